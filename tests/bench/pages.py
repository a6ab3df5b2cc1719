"""The main pages: what one asks the product for, and what one does in Django admin instead."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from tests.bench import baseline
from tests.bench.clock import Act, take_turns
from tests.bench.data import Company
from tests.bench.report import Row, Target, judged, no_more_queries_than

ROWS = 100  # on a page of a list, here and in admin


@dataclass(frozen=True)
class Page:
    """A page and its baseline. `targets` hold from `above` items on."""

    name: str
    act: Callable[[Company], Act]
    baseline: Callable[[Company], Act] | None = None
    targets: tuple[Target, ...] = ()
    above: int = 1_000


def address(name: str, *arguments: object, query: str = "") -> Callable[[Company], str]:
    """The address of a page of a company; arguments that are functions are asked for the company's own."""

    def of(company: Company) -> str:
        given = [argument(company) if callable(argument) else argument for argument in arguments]
        asked = query.format(company=company)
        return reverse(name, args=[company.implementation.slug, *given]) + asked

    return of


def page(name: str, *arguments: object, query: str = "") -> Callable[[Company], Act]:
    """Looking at a page, signed in."""
    where = address(name, *arguments, query=query)

    def look(company: Company) -> Act:
        path = where(company)

        def get() -> HttpResponse:
            answer = company.client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            return answer

        return get

    return look


def _question(company: Company) -> int:
    return company.question.pk


PAGES = (
    Page("overview", page("crmsetup:implementation-overview")),
    Page("questions", page("onboarding:question-list"), baseline.questions),
    Page("question that the list answers", page("onboarding:question-show", _question), baseline.question_form),
    Page("checklist", page("onboarding:checklist"), baseline.checklist),
    Page("history", page("crmsetup:change-list"), baseline.history),
)
FIRST_LOADS = {
    "overview": address("crmsetup:implementation-overview"),
    "question": address("onboarding:question-show", _question),
}
"""Pages that somebody may come to first, by their name in the result."""


def measured(companies: Sequence[Company], *, rounds: int, most_seconds: float) -> Iterator[Row]:
    """A row for each page and company, smallest first."""
    for one in PAGES:
        smallest: Row | None = None
        for company in companies:
            acts = [one.act(company), *([one.baseline(company)] if one.baseline else [])]
            ours, *theirs = take_turns(acts, rounds=rounds, most_seconds=most_seconds)
            row = Row(
                name=one.name,
                size=company.size,
                queries=ours.queries,
                median_ms=ours.median_ms,
                p95_ms=ours.p95_ms,
                bytes=ours.bytes,
                baseline_ms=theirs[0].median_ms if theirs else None,
                ratio=theirs[0].median_ms / ours.median_ms if theirs else None,
            )
            smallest = smallest or row
            promised = one.targets if company.size >= one.above else ()
            yield judged(row, (no_more_queries_than(smallest), *promised))

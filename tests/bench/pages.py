"""The main pages: what one asks the product for, and what one does in Django admin instead."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from django.http import HttpResponse
from django.urls import reverse

from tests.bench import baseline
from tests.bench.clock import Act, Patience, take_turns
from tests.bench.data import Company
from tests.bench.report import Row, Target, at_least_faster, at_most_queries, judged, no_more_queries_than
from workflows.models import Guide

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


def page(name: str, *arguments: object, query: str = "", reader: bool = False) -> Callable[[Company], Act]:
    """Looking at a page, signed in as somebody who may edit, or as a reader."""
    where = address(name, *arguments, query=query)

    def look(company: Company) -> Act:
        path, client = where(company), company.reader if reader else company.client

        def get() -> HttpResponse:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            return answer

        return get

    return look


def _key(company: Company) -> str:
    return company.list.key


def _item(company: Company) -> int:
    return company.item.pk


def _question(company: Company) -> int:
    return company.question.pk


def _guide(company: Company) -> int:
    return Guide.objects.get(implementation=company.implementation).pk


def move(company: Company) -> Act:
    """Moving an item after another one and back again, and so on; what is measured is the post alone."""
    path = address("lists:list-edit", _key)(company)
    first, second, third = company.list.items.order_by("rank", "id").values_list("pk", flat=True)[:3]
    bodies = cycle([{"act": "move", "item": second, "after": third}, {"act": "move", "item": second, "after": first}])

    def post() -> HttpResponse:
        answer = company.client.post(path, next(bodies))
        assert answer.status_code == 302, answer.content
        company.client.cookies.pop("messages", None)  # nobody reads them here
        return answer

    return post


PAGES = (
    Page("list, editable", page("lists:list-show", _key), baseline.editable_list, (at_least_faster(8),)),
    Page("list, as a reader sees it", page("lists:list-show", _key, reader=True), baseline.plain_list),
    Page("list, searched", page("lists:list-show", _key, query="?q={company.words}"), baseline.search),
    Page("item", page("lists:item-edit", _key, _item), baseline.item_form),
    Page("move of an item", move, baseline.save_after_moving, (at_most_queries(10),)),
    Page("guide, whole", page("workflows:guide-show", _guide), baseline.guide_forms, (at_least_faster(10),), above=10),
    Page("overview", page("crmsetup:implementation-overview")),
    Page("questions", page("onboarding:question-list"), baseline.questions),
    Page("question that the list answers", page("onboarding:question-show", _question), baseline.question_form),
    Page("checklist", page("onboarding:checklist"), baseline.checklist),
    Page("history", page("crmsetup:change-list"), baseline.history),
)
FIRST_LOADS = {
    "list": address("lists:list-show", _key),
    "guide": address("workflows:guide-show", _guide),
    "question": address("onboarding:question-show", _question),
    "overview": address("crmsetup:implementation-overview"),
}
"""Pages that somebody may come to first, by their name in the result."""


def measured(companies: Sequence[Company], patience: Patience) -> Iterator[Row]:
    """A row for each page and company, smallest first."""
    for one in PAGES:
        smallest: Row | None = None
        for company in companies:
            acts = [one.act(company), *([one.baseline(company)] if one.baseline else [])]
            ours, *theirs = take_turns(acts, patience)
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

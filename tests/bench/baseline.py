"""What one does in Django admin to see or do the same."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle

from django.http import HttpResponse

from tests.bench.clock import Act, unpacked
from tests.bench.data import Company
from workflows.models import Guide


def editable_list(company: Company) -> Act:
    return _page(company, f"/admin/lists/listitem/?list__id__exact={company.list.pk}")


def plain_list(company: Company) -> Act:
    return _page(company, f"/admin/lists/plainitem/?list__id__exact={company.list.pk}")


def search(company: Company) -> Act:
    return _page(company, f"/admin/lists/listitem/?list__id__exact={company.list.pk}&q={company.words}")


def item_form(company: Company) -> Act:
    return _page(company, f"/admin/lists/listitem/{company.item.pk}/change/")


def guide_forms(company: Company) -> Act:
    """The form of the guide, and that of each of its steps: only there are activities and documents seen."""
    guide = Guide.objects.get(implementation=company.implementation)
    addresses = [f"/admin/workflows/guide/{guide.pk}/change/"]
    addresses += [f"/admin/workflows/step/{step.pk}/change/" for step in guide.steps.order_by("rank")]
    pages = [_page(company, address) for address in addresses]
    return lambda: HttpResponse(b"".join(page().content for page in pages))


def questions(company: Company) -> Act:
    return _page(company, f"/admin/onboarding/question/?implementation__id__exact={company.implementation.pk}")


def question_form(company: Company) -> Act:
    return _page(company, f"/admin/onboarding/question/{company.question.pk}/change/")


def checklist(company: Company) -> Act:
    return _page(company, f"/admin/onboarding/checklistitem/?implementation__id__exact={company.implementation.pk}")


def history(company: Company) -> Act:
    return _page(company, f"/admin/crmsetup/change/?implementation__id__exact={company.implementation.pk}")


def save_after_moving(company: Company) -> Act:
    """The editable list sent back with the places of two rows exchanged, then exchanged again, and so on."""
    page = unpacked(editable_list(company)()).decode()
    fields = dict(_fields(page))
    first, second = "form-1-rank", "form-7-rank"
    orders = cycle([fields | {first: fields[second], second: fields[first]}, fields])
    address = f"/admin/lists/listitem/?list__id__exact={company.list.pk}"

    def save() -> HttpResponse:
        answer = company.client.post(address, next(orders) | {"_save": "Save"})
        assert answer.status_code == 302, answer.content
        return answer

    return save


def _page(company: Company, address: str) -> Act:
    def get() -> HttpResponse:
        answer = company.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    return get


class _Inputs(HTMLParser):
    """The names and values of the input fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and (values.get("name") or "").startswith("form-"):
            self.found.append((values["name"] or "", values.get("value") or ""))


def _fields(page: str) -> Iterator[tuple[str, str]]:
    parser = _Inputs()
    parser.feed(page)
    yield from parser.found

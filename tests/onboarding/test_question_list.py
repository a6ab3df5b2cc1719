"""The list of all questions: progress, filters, due dates; and what the room tells the ground floor of them."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from crmsetup import rooms
from crmsetup.changes import change
from crmsetup.models import User
from lists import items
from onboarding import decisions, questions, room
from onboarding.models import Block, Question

pytestmark = pytest.mark.django_db
LIST = "/i/fjord/questions/"


def day(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
def ask(implementation):
    def find(key: str) -> Question:
        found = Question.objects.select_related("list", "implementation")
        return found.get(implementation=implementation, origin_key=key)

    return find


@pytest.fixture
def begun(ask, administrator, contributor_membership):
    """Questions in every state, two given to the contributor, one of these overdue; one decided and changed since."""

    def decide(key: str, state: str = "decided", **given) -> None:
        question = ask(key)
        decisions.decide(question, by=administrator, version=question.version, state=state, **given)

    def give(key: str, responsible, due: datetime.date | None) -> None:
        question = ask(key)
        questions.assign(question, by=administrator, version=question.version, responsible=responsible, due=due)

    decide("categories")
    items.add(ask("categories").list, by=administrator, name="Presse")
    decide("company-facts", answer="Antall ansatte")
    decide("price-lists", "not_applicable", reason="Bare kroner")
    decide("erp-data", "to_clarify", reason="Hva koster det?")
    decide("campaigns", "answered", answer="Nyhetsbrev")
    give("campaigns", contributor_membership, day(-1))
    give("reports", contributor_membership, day(3))
    give("company-facts", None, day(-5))


def shown(response) -> list[str]:
    """The numbers of the questions that a page lists."""
    return re.findall(r'<th role="rowheader" scope="row" class="what"><a[^>]*>(\d\.\d) ', response.content.decode())


def read(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_all_blocks_stand_in_order_with_their_questions_and_progress(administrator_client, begun):
    response = administrator_client.get(LIST)
    assert shown(response)[:3] == ["1.1", "1.2", "1.3"]
    assert len(shown(response)) == 23
    page = read(response)
    assert "3 av 23 spørsmål er besluttet. 1 har gått over fristen." in page
    assert "1 Firmaer og personer 2 av 8 besluttet" in page
    assert "3 Tilbud 1 av 3 besluttet" in page


def test_each_row_tells_state_responsible_and_due_date_in_words(administrator_client, begun):
    page = read(administrator_client.get(LIST))
    assert "Besluttet, endret siden" in page
    assert "1.5 Markedsføring" in page
    rows = administrator_client.get(LIST).content.decode().split("<tr ")
    campaigns = next(row for row in rows if "1.5 Markedsføring" in row)
    assert [word for word in ("Besvart", "Contributor", "Over fristen") if word in campaigns] == [
        "Besvart",
        "Contributor",
        "Over fristen",
    ]
    decided = next(row for row in rows if "1.3 Flere opplysninger" in row)
    assert "Over fristen" not in decided


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("show=decided", ["1.1", "1.3"]),
        ("show=changed", ["1.1"]),
        ("show=to_clarify", ["3.2"]),
        ("show=answered", ["1.5"]),
        ("show=not_applicable", ["3.3"]),
        ("show=overdue", ["1.5"]),
        ("responsible={contributor}", ["1.5", "2.4"]),
        ("responsible={contributor}&show=unanswered", ["2.4"]),
        ("responsible={contributor}&show=decided", []),
        ("responsible=nobody&show=decided", ["1.1", "1.3"]),
    ],
)
def test_filters_narrow_the_list(administrator_client, begun, contributor_membership, query, numbers):
    response = administrator_client.get(f"{LIST}?{query.format(contributor=contributor_membership.pk)}")
    assert shown(response) == numbers


def test_not_decided_leaves_out_what_is_settled(administrator_client, begun):
    numbers = shown(administrator_client.get(f"{LIST}?show=open"))
    assert len(numbers) == 20
    assert {"1.1", "1.3", "3.3"}.isdisjoint(numbers)


@pytest.mark.parametrize(
    "query", ["show=stolen", "responsible=999999", "responsible={outsider}", "show=%00&responsible=x"]
)
def test_a_filter_that_makes_no_sense_shows_all(administrator_client, begun, outsider_membership, query):
    response = administrator_client.get(f"{LIST}?{query.format(outsider=outsider_membership.pk)}")
    assert len(shown(response)) == 23
    assert "Outsider" not in read(response)


def test_where_nothing_fits_there_is_a_way_back_to_all(administrator_client):
    page = administrator_client.get(f"{LIST}?show=decided").content.decode()
    assert "Ingen spørsmål passer" in page
    assert f'href="{LIST}"' in page


def test_a_preparation_without_questions_says_what_would_stand_here(administrator_client, implementation):
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for question in Question.objects.filter(implementation=implementation):
            c.delete(question)
        for block in Block.objects.filter(implementation=implementation):
            c.delete(block)
    assert "Ingen spørsmål ennå" in read(administrator_client.get(LIST))
    assert room.question_figures(implementation) == []


def test_the_primary_action_leads_to_what_the_person_can_do_next(
    administrator_client, contributor_client, reader_client, begun
):
    next_ones = [client.get(LIST).context["next_one"] for client in (administrator_client, contributor_client)]
    assert [placed.number for placed in next_ones] == ["1.2", "1.5"]
    assert reader_client.get(LIST).context["next_one"] is None


def test_the_list_speaks_the_readers_language(administrator_client, administrator, begun):
    User.objects.filter(pk=administrator.pk).update(language="en")
    page = read(administrator_client.get(LIST))
    assert (
        "1.1 Categories How do you divide companies into customers, potential customers, suppliers and partners?"
        in page
    )
    assert "3 of 23 questions are decided." in page
    assert "Decided, changed since" in page


@pytest.mark.parametrize("blocks", [1, 5])
def test_the_list_costs_the_same_queries_for_one_block_and_for_many(
    administrator_client, implementation, begun, django_assert_num_queries, monkeypatch, blocks
):
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for block in Block.objects.filter(implementation=implementation, number__gt=blocks):
            for question in block.questions.all():
                for decision in question.decisions.all():
                    c.delete(decision)
        for block in Block.objects.filter(implementation=implementation, number__gt=blocks):
            for question in block.questions.all():
                c.delete(question)
            c.delete(block)
    monkeypatch.setattr(rooms, "_rooms", [])  # what the navigation costs is not this page's
    with django_assert_num_queries(9):
        assert len(administrator_client.get(LIST).context["sections"]) == blocks


# --- what the ground floor is told


def test_the_navigation_counts_what_is_decided(implementation, begun):
    with translation.override("nb"):
        entry = room.question_entry(implementation)
    assert (entry.label, entry.url, entry.count) == ("Spørsmål", LIST, "3 av 23")


def test_the_overview_tells_decided_begun_and_overdue(implementation, begun):
    with translation.override("nb"):
        (figure,) = room.question_figures(implementation)
    assert (figure.done, figure.begun, figure.total) == (3, 2, 23)
    assert (figure.words, figure.note, figure.alarm) == ("av 23 spørsmål besluttet", "1 har gått over fristen.", True)


def test_what_comes_next_is_what_somebody_has_or_has_a_date(implementation, begun):
    with translation.override("nb"):
        todos = room.question_todos(implementation)
    assert [(todo.what, todo.responsible, todo.due) for todo in todos] == [
        ("1.5 Markedsføring", "Contributor", day(-1)),
        ("2.4 Rapporter", "Contributor", day(3)),
    ]
    assert todos[0].url == reverse(
        "onboarding:question-show",
        args=["fjord", Question.objects.get(origin_key="campaigns", implementation=implementation).pk],
    )


def test_the_overview_puts_what_is_overdue_first(administrator_client, begun):
    todos = administrator_client.get("/i/fjord/").context["todos"]
    assert todos[0].what == "1.5 Markedsføring"


def test_the_room_asks_a_fixed_number_of_queries(implementation, begun, django_assert_num_queries):
    with django_assert_num_queries(1):
        room.question_entry(implementation)
    with django_assert_num_queries(1):
        room.question_figures(implementation)
    with django_assert_num_queries(5):
        room.question_todos(implementation)

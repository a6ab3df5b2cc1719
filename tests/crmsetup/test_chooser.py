"""Choosing among implementations: what is shown of each, search, the archive."""

import datetime

import pytest
from django.utils import timezone, translation

from crmsetup import implementations, members, rooms
from crmsetup.changes import acting_at, change, undo
from crmsetup.models import Implementation, Membership
from crmsetup.verbs import plain_sentence
from onboarding.models import Question


@pytest.fixture
def found(administrator):
    """Makes implementations of that name which the administrator has; gives them."""

    def make(*names: str) -> list[Implementation]:
        made = []
        for number, name in enumerate(names, Implementation.objects.count()):
            one = Implementation.objects.create(name=name, slug=f"made-{number}")
            with (
                acting_at(timezone.now() - datetime.timedelta(days=number)),
                change(one, administrator, "implementation.created", implementation=name) as c,
            ):
                c.create(Membership(user=administrator, role="administrator"))
            made.append(one)
        return made

    return make


def _named(page: str, *names: str) -> list[str]:
    """Those of the names that are links, in the order of the page."""
    return sorted((name for name in names if f">{name}</a>" in page), key=lambda name: page.index(f">{name}</a>"))


def test_somebody_with_one_goes_straight_in_unless_it_is_archived(administrator_client, implementation, administrator):
    assert administrator_client.get("/").headers["Location"] == "/i/fjord/"
    assert administrator_client.get("/?all=1").status_code == 200
    implementations.archive(implementation, by=administrator)
    page = administrator_client.get("/")
    assert page.status_code == 200
    assert "Alt er arkivert." in page.content.decode()


def test_the_archived_do_not_count_for_going_straight_in(administrator_client, administrator, found):
    (other,) = found("Gammel AS")
    assert administrator_client.get("/").status_code == 200
    implementations.archive(other, by=administrator)
    assert administrator_client.get("/").headers["Location"] == "/i/fjord/"


def test_a_row_tells_how_far_it_has_come_who_changed_it_last_and_when_it_goes_live(
    administrator_client, administrator, consultant, implementation
):
    questions = Question.objects.filter(implementation=implementation).order_by("pk")
    with change(implementation, consultant, "implementation.edited", implementation="x") as c:
        c.update(questions[0], state="decided")
        c.update(questions[1], state="not_applicable")
        c.update(questions[2], state="answered")
        c.update(implementation, go_live=datetime.date(2027, 2, 1))
    page = administrator_client.get("/?all=1").content.decode()
    assert f"2 av {questions.count()}" in page
    assert "<p>Consultant</p>" in page
    assert "1. februar 2027" in page


def test_rooms_add_up_and_an_unknown_implementation_has_nothing(implementation, monkeypatch):
    counting = rooms.Room("counting", navigation=lambda i: [], progress=lambda ids: dict.fromkeys(ids, (1, 2)))
    silent = rooms.Room("silent", navigation=lambda i: [])
    monkeypatch.setattr(rooms, "_rooms", [counting, silent, counting])
    assert rooms.progress([implementation.pk]) == {implementation.pk: (2, 4)}
    monkeypatch.setattr(rooms, "_rooms", [silent])
    assert rooms.progress([implementation.pk, -1]) == {implementation.pk: (0, 0), -1: (0, 0)}
    assert rooms.progress([]) == {}


def test_the_latest_change_stands_first(administrator_client, administrator, found):
    names = ["Vidde AS", "Skog AS", "Elv AS"]
    made = found(*names)
    assert _named(administrator_client.get("/?all=1").content.decode(), *names) == names
    with change(made[2], administrator, "implementation.edited", implementation="x") as c:
        c.update(made[2], crm_version="11.8")
    assert _named(administrator_client.get("/?all=1").content.decode(), *names) == ["Elv AS", "Vidde AS", "Skog AS"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ålesund", ["Ålesund Maskin AS"]),
        ("ALESUND", ["Ålesund Maskin AS"]),
        ("  maskin  as ", ["Ålesund Maskin AS"]),
        ("ærlig", ["Ærlig & Sønn"]),
        ("aerlig", ["Ærlig & Sønn"]),
        ("sonn", ["Ærlig & Sønn"]),
        ("%", []),
        ("_", []),
        ("<script>", []),
        ("", ["Ålesund Maskin AS", "Ærlig &amp; Sønn"]),
    ],
)
def test_search_folds_case_and_letters(words, expected, administrator_client, found):
    found("Ålesund Maskin AS", "Ærlig & Sønn")
    page = administrator_client.get("/", {"q": words, "all": "1"}).content.decode()
    names = [name.replace("&amp;", "&").replace("&", "&amp;") for name in expected]
    assert _named(page, "Ålesund Maskin AS", "Ærlig &amp; Sønn") == names
    assert "<script>" not in page.split("<main", 1)[1]
    if words and not expected:
        assert "Ingen firmaer her heter" in page


def test_search_finds_nobody_elses(administrator_client, other_implementation):
    page = administrator_client.get("/", {"q": "fjell", "all": "1"}).content.decode()
    assert "Fjell AS" not in page


def test_those_one_has_left_are_gone(consultant_client, consultant_membership, consultant):
    members.end(consultant_membership, by=consultant)
    page = consultant_client.get("/?all=1").content.decode()
    assert "Fjord AS" not in page
    assert "Du er ikke medlem av noen implementering." in page


@pytest.mark.parametrize("number", [1, 30])
def test_one_costs_as_many_queries_as_thirty(number, administrator_client, found, django_assert_num_queries):
    found(*(f"Firma {place}" for place in range(number - 1)))
    with django_assert_num_queries(4):
        page = administrator_client.get("/?all=1").content.decode()
    assert page.count('scope="row"') == number


# --- the archive


def test_an_archived_one_moves_to_its_own_view_and_opens_as_before(
    administrator_client, reader_client, administrator, implementation, found
):
    found("Vidde AS")
    before = {model: model.objects.filter(implementation=implementation).count() for model in (Membership, Question)}
    page = administrator_client.post("/i/fjord/archive/", follow=True).content.decode()
    assert "Fjord AS er arkivert." in page
    assert _named(administrator_client.get("/?all=1").content.decode(), "Fjord AS", "Vidde AS") == ["Vidde AS"]
    assert _named(administrator_client.get("/?archived=1").content.decode(), "Fjord AS", "Vidde AS") == ["Fjord AS"]
    assert reader_client.get("/i/fjord/").status_code == 200
    assert '<span class="tag">Arkivert</span>' in reader_client.get("/i/fjord/").content.decode()
    assert before == {model: model.objects.filter(implementation=implementation).count() for model in before}


def test_it_is_brought_back_by_its_button_and_by_undo(administrator_client, administrator, implementation):
    for bring_back in (
        lambda: administrator_client.post("/i/fjord/bring-back/"),
        lambda: undo(implementation.changes.order_by("-seq").first(), administrator),
    ):
        administrator_client.post("/i/fjord/archive/")
        implementation.refresh_from_db()
        assert implementation.is_archived
        bring_back()
        implementation.refresh_from_db()
        assert not implementation.is_archived


def test_archiving_twice_is_one_change(implementation, administrator):
    implementations.archive(implementation, by=administrator)
    before, when = implementation.changes.count(), implementation.archived_at
    implementations.archive(implementation, by=administrator)
    implementation.refresh_from_db()
    assert (implementation.changes.count(), implementation.archived_at) == (before, when)


def test_the_history_tells_of_it(implementation, administrator):
    implementations.archive(implementation, by=administrator)
    with translation.override("en"):
        told = plain_sentence(implementation.changes.order_by("-seq").first())
    assert told == "Administrator archived Fjord AS."


# --- making one


@pytest.fixture
def founder(administrator):
    administrator.may_create_implementations = True
    administrator.save()
    return administrator


def test_who_may_makes_one_from_name_languages_and_starter_set(founder, administrator_client):
    page = administrator_client.get("/new/").content.decode()
    for field in ("name", "main_language", "further_languages", "starter_set"):
        assert f'name="{field}"' in page
    body = {"name": "Blåbær & Co", "main_language": "en", "further_languages": ["nb"], "starter_set": "general"}
    answer = administrator_client.post("/new/", body)
    made = Implementation.objects.get(name="Blåbær & Co")
    assert answer.headers["Location"] == f"/i/{made.slug}/"
    assert (made.slug, made.languages) == ("blabaer-co", ["en", "nb"])
    assert Membership.objects.get(implementation=made).role == "administrator"
    assert Question.objects.filter(implementation=made).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"slug": "Store Bokstaver"},
        {"slug": "fjord"},
        {"main_language": "sv"},
        {"further_languages": ["xx"]},
        {"starter_set": "../../settings"},
        {"starter_set": ""},
        {"go_live": "i morgen"},
    ],
)
def test_what_does_not_fit_is_refused_with_what_was_typed(wrong, founder, administrator_client):
    body = {"name": "Blåbær AS", "main_language": "nb", "starter_set": "general", "crm_version": "11.8"}
    answer = administrator_client.post("/new/", body | wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{next(iter(wrong))}_error"' in page
    assert 'value="11.8"' in page
    assert not Implementation.objects.filter(name="Blåbær AS").exists()

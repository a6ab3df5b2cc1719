"""Taking a change back on its page: asked first, done once, refused with what stands in the way."""

import pytest
from django.test import Client

from crmsetup.models import Change, Implementation, User
from lists import items
from lists.models import ListItem
from tests.inspector import Page, text

HISTORY = "/i/fjord/history/"


@pytest.fixture
def item(implementation) -> ListItem:
    return ListItem.objects.filter(implementation=implementation, list__key="category").order_by("rank").first()


def renamed(item: ListItem, by: User, name: str) -> Change:
    item.refresh_from_db()
    items.edit(item, by=by, version=item.version, name=name)
    return newest()


def newest() -> Change:
    return Implementation.objects.get(slug="fjord").changes.order_by("-seq").first()


def address(change: Change) -> str:
    return f"{HISTORY}{change.seq}/undo/"


def page_of(client: Client, address: str) -> Page:
    return Page(client.get(address).content.decode())


def name_of(item: ListItem) -> str:
    return ListItem.objects.get(pk=item.pk).name


def test_asks_first_then_takes_back_and_offers_to_do_it_again(item, administrator, administrator_client):
    was = item.name
    made = renamed(item, administrator, "Nye kunder")
    asked = page_of(administrator_client, address(made))
    assert text(asked.all("h1")[0]) == "Vil du angre dette?"
    assert "«Nye kunder»" in text(asked.root)
    assert name_of(item) == "Nye kunder"
    response = administrator_client.post(address(made))
    assert response.headers["Location"] == HISTORY
    assert name_of(item) == was
    history = page_of(administrator_client, HISTORY)
    assert [form.get("action") for form in history.all("form")].count(address(newest())) == 1
    assert "angret" in text(history.root)


def test_undoing_the_undo_does_it_again(item, administrator, administrator_client):
    made = renamed(item, administrator, "Nye kunder")
    administrator_client.post(address(made))
    administrator_client.post(address(newest()))
    assert (newest().verb, name_of(item)) == ("redone", "Nye kunder")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("Dette kan ikke angres", "Denne endringen er angret allerede.", "Dette står i veien:")),
        ("en", ("This cannot be taken back", "This change has been taken back already.", "This stands in the way:")),
    ],
)
def test_two_posts_of_one_undo_take_back_once(item, administrator, administrator_client, language, words):
    User.objects.filter(pk=administrator.pk).update(language=language)
    was = item.name
    made = renamed(item, administrator, "Nye kunder")
    assert administrator_client.post(address(made)).status_code == 302
    taken_back = newest()
    again = administrator_client.post(address(made))
    assert again.status_code == 409
    shown = text(Page(again.content.decode()).root)
    assert all(word in shown for word in words)
    assert newest() == taken_back
    assert name_of(item) == was


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nb",
            ("Noe nyere har rørt ved de samme", "ga «Nye kunder» i Kategori det nye navnet «Våre kunder»"),
        ),
        ("en", ("Something newer touched the same", "Consultant renamed «Nye kunder» to «Våre kunder» in Category")),
    ],
)
def test_what_is_newer_is_named(item, administrator_client, administrator, consultant, language, words):
    User.objects.filter(pk=administrator.pk).update(language=language)
    made = renamed(item, administrator, "Nye kunder")
    newer = renamed(item, consultant, "Våre kunder")
    refused = administrator_client.post(address(made))
    assert refused.status_code == 409
    shown = text(Page(refused.content.decode()).root)
    assert all(word in shown for word in words)
    assert (newest(), name_of(item)) == (newer, "Våre kunder")


def test_what_can_never_be_undone_says_why_and_has_no_button(implementation, administrator_client):
    filled = implementation.changes.get(verb="implementation.filled")
    page = page_of(administrator_client, address(filled))
    assert "Et startsett tas inn som en helhet" in text(page.root)
    assert [button for button in page.all("button") if text(button) == "Angre"] == []
    assert administrator_client.post(address(filled)).status_code == 409
    assert newest() == filled or newest().verb != "undone"


def test_goes_on_to_where_one_came_from_but_never_to_a_stranger(item, administrator, administrator_client):
    for wanted, goes_to in [
        ("/i/fjord/?a=b", "/i/fjord/?a=b"),
        ("https://evil.example/", HISTORY),
        ("//evil.example/", HISTORY),
        ("javascript:alert(1)", HISTORY),
        ("", HISTORY),
    ]:
        made = renamed(item, administrator, f"Kunder som vil til {wanted}")
        page = page_of(administrator_client, f"{address(made)}?next={wanted}")
        assert [link.get("href") for link in page.links()].count(goes_to) >= 1
        assert "evil" not in "".join(link.get("href", "") for link in page.links())
        response = administrator_client.post(address(made), {"next": wanted})
        assert response.headers["Location"] == goes_to


def test_a_reader_sees_the_history_without_a_way_to_undo(item, administrator, reader_client):
    made = renamed(item, administrator, "Nye kunder")
    page = page_of(reader_client, HISTORY)
    assert "«Nye kunder»" in text(page.root)
    assert [link.get("href") for link in page.links() if "/undo/" in link.get("href", "")] == []
    assert reader_client.post(address(made)).status_code == 403
    assert name_of(item) == "Nye kunder"


def test_a_number_that_no_change_has_leads_nowhere(implementation, administrator_client):
    for seq in (0, 999_999, 10**12):
        assert administrator_client.get(f"{HISTORY}{seq}/undo/").status_code == 404
        assert administrator_client.post(f"{HISTORY}{seq}/undo/").status_code == 404

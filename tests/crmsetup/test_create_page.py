"""Making an implementation, on a page and by command."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from crmsetup import startersets
from crmsetup.models import Implementation, Membership, User
from lists.models import ListItem
from tests.inspector import Page, text

NEW = "/new/"
BODY = {"name": "Vidde AS", "slug": "", "main_language": "nb", "starter_set": "general", "further_languages": ["en"]}


@pytest.fixture
def maker(consultant, consultant_client):
    """The consultant's browser; the account may make implementations."""
    User.objects.filter(pk=consultant.pk).update(may_create_implementations=True)
    return consultant_client


@pytest.fixture
def broken(tmp_path, monkeypatch) -> None:
    """A second starter set, which has a fault."""
    general = json.loads((startersets.FOLDER / "general.json").read_text(encoding="utf-8"))
    (tmp_path / "general.json").write_text(json.dumps(general), encoding="utf-8")
    del general["lists"]["industry"][2]["name"]["nb"]
    (tmp_path / "mine.json").write_text(json.dumps(general), encoding="utf-8")
    monkeypatch.setattr(startersets, "FOLDER", tmp_path)


def errors(response) -> dict[str, str]:
    page = Page(response.content.decode())
    found = {one.get("id", ""): text(one) for one in page.elements if one.get("id", "").endswith("_error")}
    return {name.removeprefix("id_").removesuffix("_error"): words for name, words in found.items()}


# --- the page


def test_whoever_may_not_is_told_and_sees_no_way_in(reader_client):
    assert reader_client.get(NEW).status_code == 403
    assert NEW not in reader_client.get("/?all=1").content.decode()


def test_makes_a_filled_implementation_with_its_first_administrator(maker, consultant):
    assert f'href="{NEW}"' in maker.get("/?all=1").content.decode()
    response = maker.post(NEW, BODY | {"go_live": "2027-03-01", "contact_name": "Kari Moe"})
    assert response.headers["Location"] == "/i/vidde-as/"
    made = Implementation.objects.get(slug="vidde-as")
    assert (made.name, made.languages, made.contact_name) == ("Vidde AS", ["nb", "en"], "Kari Moe")
    assert [(m.user, m.role) for m in Membership.objects.filter(implementation=made)] == [(consultant, "administrator")]
    assert ListItem.objects.filter(implementation=made, list__key="category").exists()
    assert [one.verb for one in made.changes.order_by("seq")] == ["implementation.created", "implementation.filled"]
    assert "Vidde AS er klar." in maker.get("/i/vidde-as/").content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"name": " "}, "name", "Feltet er påkrevet."),
        ({"name": "x" * 121}, "name", "har 120 eller færre tegn"),
        ({"slug": "fjord"}, "slug", "Adresse finnes allerede"),
        ({"slug": "Vidde AS"}, "slug", "Bruk små bokstaver a–z, sifre og bindestreker."),
        ({"slug": "æøå"}, "slug", "Bruk små bokstaver a–z, sifre og bindestreker."),
        ({"slug": "x" * 61}, "slug", "har 60 eller færre tegn"),
        ({"main_language": "sv"}, "main_language", "ikke et av de tilgjengelige valgene"),
        ({"further_languages": ["xx"]}, "further_languages", "ikke et av de tilgjengelige valgene"),
        ({"starter_set": "gone"}, "starter_set", "ikke et av de tilgjengelige valgene"),
        ({"starter_set": "schema"}, "starter_set", "ikke et av de tilgjengelige valgene"),
        ({"contact_email": "kari@"}, "contact_email", "gyldig e-postadresse"),
        ({"go_live": "32.13.2026"}, "go_live", "gyldig dato"),
    ],
)
def test_what_does_not_fit_is_refused_and_what_was_typed_kept(maker, typed, field, reason):
    before = Implementation.objects.count()
    response = maker.post(NEW, BODY | {"contact_name": "Ola Nordmann"} | typed)
    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert reason in errors(response)[field]
    assert 'value="Ola Nordmann"' in response.content.decode()
    assert Implementation.objects.count() == before


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Startsettet kan ikke brukes; filen må rettes. mine.json: lists.industry[2].name: «nb» mangler."),
        ("en", "The starter set cannot be used, its file has to be put right. mine.json: lists.industry[2].name: "),
    ],
)
def test_a_broken_starter_set_is_refused_with_the_place(maker, consultant, language, words):
    User.objects.filter(pk=consultant.pk).update(language=language)
    response = maker.post(NEW, BODY | {"starter_set": "mine"})
    assert response.status_code == 422
    assert words in errors(response)["starter_set"]
    assert 'value="Vidde AS"' in response.content.decode()
    assert not Implementation.objects.filter(name="Vidde AS").exists()


# --- the command


def create(*arguments: str, **options: Any) -> str:
    said = StringIO()
    call_command("create_implementation", *arguments, stdout=said, **options)
    return said.getvalue()


def test_the_command_makes_the_administrators_account_and_says_how_to_get_a_password(db):
    said = create("Vidde AS", "--administrator", " Kari.Moe@Vidde.example ", "--administrator-name", "Kari Moe")
    assert said.splitlines() == [
        "kari.moe@vidde.example has a new account; a password is chosen at /account/password/reset/.",
        "Vidde AS: /i/vidde-as/",
    ]
    kari = User.objects.get(email="kari.moe@vidde.example")
    assert (kari.name, kari.has_usable_password()) == ("Kari Moe", False)
    made = Implementation.objects.get(slug="vidde-as")
    assert (made.languages, made.changes.first().by) == (["nb", "en"], kari)
    assert Membership.objects.get(implementation=made).user == kari


def test_the_command_takes_an_account_that_is_there(administrator):
    said = create("Vidde AS", "--administrator", administrator.email.upper(), "--slug", "v", "--language", "en")
    assert said == "Vidde AS: /i/v/\n"
    assert Implementation.objects.get(slug="v").languages == ["en"]
    administrator.refresh_from_db()
    assert administrator.name == "Administrator"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--slug", "fjord"], "slug: "),
        (["--slug", "Vidde AS"], "slug: .*Bruk små bokstaver a–z, sifre og bindestreker."),
        (["--further", "en", "xx"], "further_languages: «xx» er ikke et språk"),
        (["--language", "sv"], "invalid choice: 'sv'"),
        (["--starter-set", "gone"], "invalid choice: 'gone'"),
        (["--administrator", "kari"], "gyldig e-postadresse"),
    ],
)
def test_the_command_refuses_with_a_reason_and_leaves_nothing(implementation, arguments, reason):
    before = User.objects.count(), Implementation.objects.count()
    with pytest.raises(CommandError, match=reason):
        create("Vidde AS", "--administrator", "new@vidde.example", *arguments)
    assert (User.objects.count(), Implementation.objects.count()) == before


def test_the_command_refuses_an_empty_name(implementation):
    with pytest.raises(CommandError, match="name: "):
        create("", "--administrator", "new@vidde.example")


@pytest.mark.usefixtures("broken")
def test_the_command_names_the_place_in_a_broken_starter_set(db):
    with pytest.raises(CommandError, match=r"mine\.json: lists\.industry\[2\]\.name: «nb» mangler\."):
        create("Vidde AS", "--administrator", "new@vidde.example", "--starter-set", "mine")
    assert not User.objects.filter(email="new@vidde.example").exists()

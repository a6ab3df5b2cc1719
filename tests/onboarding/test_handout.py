"""The configuration-preparation PDF, read back and checked by two PDF/UA checkers."""

import datetime
import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PageObject, PdfReader

from crmsetup import logos, pdf, startersets
from crmsetup.handouts import content_hash
from crmsetup.models import Handout, Implementation, StoredFile
from lists import items
from lists.models import List
from onboarding import checklist, decisions, questions
from onboarding.models import ChecklistItem, Question
from onboarding.preparation import LanguageNotThere, collect
from onboarding.printing import PARTS, TEMPLATE, preparation_pdf
from tests.crmsetup.pictures import picture
from workflows import switching
from workflows.models import Guide

pytestmark = [pytest.mark.django_db, pytest.mark.handout]

# TBL-010 counts header cells against data cells and takes a table of one or two rows with row headings,
# which is what a step with one document is, for a head that was cut up. Every th of ours is one cell with a scope.
LEFT_OUT = ["TBL-010"]


_printed: dict[str, bytes] = {}


def printed(implementation, language: str) -> bytes:
    """The handout; several tests look at the same one, and setting it takes seconds."""
    key = content_hash(TEMPLATE, collect(implementation, language, timezone.localdate()), language, PARTS)
    if key not in _printed:
        _printed[key] = preparation_pdf(implementation, language)
    return _printed[key]


def text_of(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


def squeezed(text: str) -> str:
    """Without white space: a reader may see spaces where a line breaks."""
    return "".join(text.split())


HOSTILE = '"><script>alert(1)</script> & <b>fet</b> {{ shell }} %(x)s'
LONG = " ".join(f"Setning nummer {number} om det samme." for number in range(1, 121))  # 4,000 characters: over a page


@pytest.fixture
def written(implementation, administrator, contributor_membership) -> object:
    """The implementation with a logo, questions in every state, very long and hostile texts, a guide off."""
    logos.put(implementation, by=administrator, picture=logos.redrawn(picture(mode="RGBA", colour=(10, 90, 112, 99))))
    category = List.objects.get(implementation=implementation, key="category")
    _decide(implementation, administrator, "categories", "decided", answer="Slik er det.", reason=HOSTILE)
    items.add(category, by=administrator, name="<b>Tom & Kari</b>", description='"><script>alert(1)</script>')
    items.add(category, by=administrator, name="Lang" + "e" * 235, facet={"group": "other"})
    gone = items.add(category, by=administrator, name="Gammel sort")
    items.retire(gone, by=administrator)
    _decide(implementation, administrator, "industries", "decided", answer=LONG)
    _decide(implementation, administrator, "company-facts", "answered", answer=HOSTILE)
    _decide(implementation, administrator, "campaigns", "to_clarify", reason="Ida spør styret")
    _decide(implementation, administrator, "price-lists", "not_applicable", reason="Vi har ingen prislister")
    question = Question.objects.get(implementation=implementation, origin_key="campaigns")
    given = {"responsible": contributor_membership, "due": datetime.date(2026, 12, 4)}
    questions.assign(question, by=administrator, version=question.version, **given)
    item = ChecklistItem.objects.filter(implementation=implementation, check_key="").order_by("rank")[0]
    checklist.edit(item, by=administrator, version=item.version, state="done", note=HOSTILE, **given)
    switching.switch_off(Guide.objects.get(implementation=implementation, kind="project"), by=administrator)
    return implementation


def _decide(implementation, by, key: str, state: str, **given: str) -> None:
    question = Question.objects.select_related("implementation").get(implementation=implementation, origin_key=key)
    decisions.decide(question, by=by, version=question.version, state=state, **given)


@pytest.fixture
def tiny(administrator) -> Implementation:
    """An implementation of a starter set with nothing in it; its handout is set in a second."""
    data = {"name": {"nb": "Bitte liten"}, "lists": {}, "guides": [], "blocks": [], "checklist": []}
    starter_set = startersets.StarterSet("tiny", data)
    return startersets.create_implementation(
        name="Vidde AS", administrator=administrator, starter_set=starter_set, further_languages=["en"]
    )


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_question_value_and_state_can_be_read_back(written, language: str) -> None:
    made = squeezed(text_of(printed(written, language)))
    document = collect(written, language, timezone.localdate())

    assert len(document.questions) == Question.objects.filter(implementation=written).count() > 20
    for question in document.questions:
        told_of_it = (question.state, question.responsible, question.choice, question.answer, question.reason)
        for told in (question.number, question.text, *told_of_it, *question.values):
            for sentence in told.split(". "):  # a page may end between them
                assert squeezed(sentence) in made, told
    for one in document.lists:
        for told in (one.name, *(row.name for row in (*one.rows, *one.retired))):
            assert squeezed(told) in made, told
    for guide in document.guides:
        for step in guide.steps:
            named = [one.name for one in (*step.activities, *step.documents)]
            for told in (step.name, *named):
                assert squeezed(told) in made, told
    for check in document.checklist:
        for told in (check.title, check.state, check.reason, check.note, check.responsible):
            assert squeezed(told) in made, told
    states = {question.state for question in document.questions}
    assert states == set(STATES[language])


STATES = {
    "nb": ["Ubesvart", "Besvart", "Til avklaring", "Besluttet", "Besluttet, endret siden", "Ikke aktuelt"],
    "en": ["Unanswered", "Answered", "To clarify", "Decided", "Decided, changed since", "Not applicable"],
}


def test_it_speaks_its_own_language_whatever_the_page_speaks(tiny) -> None:
    with translation.override("en"):
        norwegian = text_of(preparation_pdf(tiny, "nb"))
    with translation.override("nb"):
        english = text_of(preparation_pdf(tiny, "en"))

    assert "Klargjøring av CRM" in norwegian
    assert "Preparation of the CRM" not in norwegian
    assert "Preparation of the CRM" in english
    assert "Klargjøring" not in english


@pytest.mark.parametrize("language", ["nb", "en"])
def test_two_checkers_find_no_error(written, language: str, tmp_path: Path) -> None:
    _check(printed(written, language), tmp_path)


def test_two_checkers_find_no_error_where_there_is_next_to_nothing(tiny, tmp_path: Path) -> None:
    made = preparation_pdf(tiny, "nb")

    _check(made, tmp_path)
    told = text_of(made)
    assert told.count("Listen er tom.") == 10
    assert "Alt er besluttet." in told
    assert "Sjekklisten er tom." in told


def _check(made: bytes, folder: Path) -> None:
    file = folder / "preparation.pdf"
    file.write_bytes(made)
    for command in (
        ["pdfua", "check", "--min-severity", "error", str(file)],
        ["outloud", "--no-info", *(f"--skip={rule}" for rule in LEFT_OUT), str(file)],
    ):
        tool = Path(sys.executable).with_name(command[0])
        ran = subprocess.run([tool, *command[1:]], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_checkers_see_a_fault(tiny, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    with pikepdf.open(io.BytesIO(preparation_pdf(tiny, "nb"))) as document:
        del document.Root["/StructTreeRoot"]
        document.save(file)

    for command in (["pdfua", "check", "--min-severity", "error", str(file)], ["outloud", str(file)]):
        tool = Path(sys.executable).with_name(command[0])
        assert subprocess.run([tool, *command[1:]], capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize(("language", "title"), [("nb", "Klargjøring av CRM"), ("en", "Preparation of the CRM")])
def test_title_language_bookmarks_and_page_numbers(written, language: str, title: str) -> None:
    made = printed(written, language)
    reader = PdfReader(io.BytesIO(made))

    assert reader.metadata is not None
    assert reader.metadata.title == f"{title} – Fjord AS"
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == language
        assert document.Root.MarkInfo.Marked
    marks = [mark["/Title"] for mark in reader.outline if not isinstance(mark, list)]
    assert marks[0] == title
    assert len(_flat(reader.outline)) > 40
    word = "Side {} av {}" if language == "nb" else "Page {} of {}"
    pages = len(reader.pages)
    for number, page in enumerate(reader.pages[1:], 2):
        assert squeezed(word.format(number, pages)) in squeezed(page.extract_text())


def _flat(outline: list) -> list:
    return [one for mark in outline for one in (_flat(mark) if isinstance(mark, list) else [mark])]


def test_no_text_leaves_the_page(written) -> None:
    for page in PdfReader(io.BytesIO(printed(written, "nb"))).pages:
        right, places = float(page.mediabox.right), []

        def see(text, _cm, tm, _font, _size, places=places) -> None:
            if text.strip():
                places.append((tm[4], tm[5], text))

        page.extract_text(visitor_text=see)
        assert [place for place in places if not 0 <= place[0] * 0.75 <= right] == []


def test_hostile_text_is_printed_as_text(written) -> None:
    made = squeezed(text_of(printed(written, "nb")))

    assert "<b>Tom&Kari</b>" in made
    assert '"><script>alert(1)</script>' in made
    assert made.count(squeezed(HOSTILE)) == 3


def _lines(page: PageObject) -> list[tuple[float, str, str, float]]:
    """The lines between the running heads, from the top: `(height, font, text, size)`."""
    found: list[tuple[float, str, str, float]] = []

    def see(text: str, cm: list[float], tm: list[float], font: dict | None, size: float) -> None:
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if text.strip() and 26 * MILLIMETRE < height < 270 * MILLIMETRE:
            found.append((height, font["/BaseFont"] if font else "", text.strip(), size))

    page.extract_text(visitor_text=see)
    return sorted(found, reverse=True)


MILLIMETRE = 72 / 25.4


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_heading_stands_at_the_foot_of_a_page_and_no_page_is_nearly_empty(written, language: str) -> None:
    pages = PdfReader(io.BytesIO(printed(written, language))).pages[2:]

    assert any("Serif-Pro-Semi-Bold" in font for page in pages for _y, font, _text, _size in _lines(page))
    for number, page in enumerate(pages, 3):
        lines = _lines(page)
        height, font, text, _size = lines[-1]
        assert "Serif-Pro-Semi-Bold" not in font, f"page {number} ends with the heading {text}"
        assert lines[0][0] - height > 30 * MILLIMETRE, f"page {number} is nearly empty"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.png",
        "project:/static/../manage.py",
        "project:/static/nothing.css",
        "project:/font/Comic",
        "project:/templates/base.html",
    ],
)
def test_only_the_projects_own_files_are_read(url: str) -> None:
    with pytest.raises(pdf.ForeignFile):
        pdf.own_file(url)


def test_a_missing_file_stops_the_handout(settings, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text('<!doctype html><html lang="nb"><img alt="x" src="file:///etc/hostname"></html>')
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    with pytest.raises(pdf.ForeignFile, match="not a file of the project"):
        pdf.render("bad.html", {}, "nb")


def test_the_second_download_comes_from_the_store(administrator_client, tiny, monkeypatch) -> None:
    address = reverse("onboarding:preparation-pdf", args=[tiny.slug])
    first = administrator_client.get(address)
    monkeypatch.setattr(pdf, "_set", lambda *_: pytest.fail("the same content was set twice"))
    second = administrator_client.get(address)

    assert first["Content-Type"] == "application/pdf"
    assert first.content[:5] == b"%PDF-"
    assert second.content == first.content
    assert first["Content-Disposition"] == 'attachment; filename="vidde-as-klargjoring-nb.pdf"'
    assert Handout.objects.filter(implementation=tiny).count() == 1
    assert StoredFile.objects.filter(implementation=tiny).count() == 1


def test_a_change_makes_another_handout(tiny, administrator) -> None:
    preparation_pdf(tiny, "nb")
    items.add(List.objects.get(implementation=tiny, key="industry"), by=administrator, name="Romfart")
    made = preparation_pdf(tiny, "nb")

    assert "Romfart" in text_of(made)
    assert Handout.objects.filter(implementation=tiny).count() == 2


def test_a_language_that_is_not_there_is_refused_kindly(administrator_client, implementation) -> None:
    answer = administrator_client.get(reverse("onboarding:preparation-pdf", args=["fjord"]), {"language": "sv"})

    assert answer.status_code == 404
    assert "Det finnes ingen utskrift på «sv»" in answer.content.decode()
    assert reverse("onboarding:handout-list", args=["fjord"]) in answer.content.decode()
    with pytest.raises(LanguageNotThere):
        preparation_pdf(implementation, "de")


def test_the_command_writes_the_file(tiny, tmp_path: Path, capsys) -> None:
    file = tmp_path / "out.pdf"
    call_command("handout", tiny.slug, "preparation", language="en", output=str(file))

    assert "Preparation of the CRM" in text_of(file.read_bytes())
    assert capsys.readouterr().out == f"{file}: {file.stat().st_size:,} bytes\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nobody", "preparation", "--output", "x.pdf"], "no implementation «nobody»"),
        (["fjord", "preparation", "--language", "sv", "--output", "x.pdf"], "«sv»"),
        (["vidde-as", "preparation", "--output", "/nowhere/at/all/x.pdf"], "cannot be written"),
        (["vidde-as", "preparation", "--output", "/"], "cannot be written"),
        (["fjord", "poster", "--output", "x.pdf"], "invalid choice: 'poster'"),
        (["fjord", "preparation"], "--output"),
    ],
)
def test_the_command_says_what_is_wrong(implementation, tiny, arguments: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told), translation.override("en"):
        call_command("handout", *arguments)


@pytest.mark.parametrize("more", [1, 3])
def test_the_number_of_queries_does_not_grow(
    implementation, administrator, django_assert_num_queries, more: int
) -> None:
    industry = List.objects.get(implementation=implementation, key="industry")
    for number in range(more):
        items.add(industry, by=administrator, name=f"Bransje {number}")

    with django_assert_num_queries(QUERIES):
        collect(implementation, "nb", timezone.localdate())


QUERIES = 16

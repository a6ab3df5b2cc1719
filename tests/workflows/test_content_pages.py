"""Activities and documents on the page of their guide."""

import pytest

from crmsetup.changes import undo
from lists import items
from tests.workflows.cast import page_of, step_of
from tests.workflows.reading import read, submit
from workflows import activities, documents
from workflows.models import Activity, Document, Step


def kind_of(name: str):
    return {"activity": (activities, Activity), "document": (documents, Document)}[name]


@pytest.fixture
def step(sale_guide) -> Step:
    return step_of(sale_guide, 1)


def test_an_activity_is_typed_into_the_last_row(client, step):
    add = f"/i/fjord/steps/{step.pk}/activities/new/"
    here = f"{page_of(step.guide)}?guide-{step.guide_id}={step.pk}"
    page = read(client.get(here))
    before = Activity.objects.get(step=step)
    assert page.form(add).values["type"] == str(before.type_id)  # as the one before it
    page = read(submit(client, page, add, name="Hente tall", days="3", minutes="1 h 30 min", auto_suggest="on"))
    assert "“Hente tall” is added." in page.text
    assert "Hente tall" in page.text
    assert "3 1 h 30 m" in page.text
    made = Activity.objects.get(step=step, name="Hente tall")
    assert (made.days, made.minutes, made.auto_suggest, made.default_text) == (3, 90, True, "")


@pytest.mark.parametrize(
    "text", ["90", "90 min", "1:30", "1 t 30 m", "1h30", "1,5 t", "1.5 hours", " 1 time og 30 minutter "]
)
def test_a_duration_is_typed_as_people_write_it(client, step, text):
    add = f"/i/fjord/steps/{step.pk}/activities/new/"
    page = read(client.get(page_of(step.guide), {f"guide-{step.guide_id}": step.pk}))
    read(submit(client, page, add, name="Ringe", minutes=text))
    assert Activity.objects.get(step=step, name="Ringe").minutes == 90


UNFIT_ACTIVITIES = [
    ({"name": ""}, "Write a name."),
    ({"name": "x" * 240}, "at most 239 characters"),
    ({"type": ""}, "This field is required."),
    ({"type": "x"}, "Select a valid choice."),
    ({"days": "-1"}, "greater than or equal to 0"),
    ({"days": "10000"}, "less than or equal to 9999"),
    ({"days": "snart"}, "Enter a whole number."),
    ({"minutes": ""}, "Write how long it takes"),
    ({"minutes": "lenge"}, "Write hours and minutes, or minutes alone"),
    ({"minutes": "-5"}, "Write hours and minutes, or minutes alone"),
    ({"minutes": "100:00"}, "Write at most 99 hours and 59 minutes."),
    ({"minutes": "9999999999999999999"}, "Write hours and minutes, or minutes alone"),
]


@pytest.mark.parametrize(("typed", "words"), UNFIT_ACTIVITIES)
def test_an_unfit_new_activity_stays_in_the_row_as_typed(client, step, typed, words):
    add = f"/i/fjord/steps/{step.pk}/activities/new/"
    page = read(client.get(page_of(step.guide), {f"guide-{step.guide_id}": step.pk}))
    page = read(submit(client, page, add, **{"name": "Ny", "days": "4", **typed}), 422)
    assert page.text.count(words) == 2
    assert f"{step} stage 2 of 3" in page.text
    kept = page.form(add).values
    assert {name: kept[name] for name in typed if name != "type"} == {
        name: value for name, value in typed.items() if name != "type"
    }
    assert not Activity.objects.filter(step=step, name="Ny").exists()


UNFIT_EDITS = [
    *UNFIT_ACTIVITIES,
    ({"purpose": "x" * 255}, "at most 254 characters"),
    ({"default_text": "x" * 2048}, "at most 2047 characters"),
    ({"default_text_en": "x" * 2048}, "at most 2047 characters"),
    ({"version": None}, "does not say which version"),
]


@pytest.mark.parametrize(("typed", "words"), UNFIT_EDITS)
def test_an_unfit_activity_stays_a_form_as_typed(client, step, typed, words):
    activity = Activity.objects.get(step=step)
    edit = f"/i/fjord/activities/{activity.pk}/edit/"
    page = read(submit(client, read(client.get(edit)), edit, **typed), 422)
    assert words in page.text
    kept = page.form(edit).values
    assert {name: kept[name] for name in typed if name not in {"type", "version"}} == {
        name: value for name, value in typed.items() if name not in {"type", "version"}
    }
    assert Activity.objects.get(pk=activity.pk).version == activity.version


def test_an_activity_as_a_form_in_its_row(client, implementation, step):
    activity = Activity.objects.get(step=step)
    here = f"{page_of(step.guide)}?guide-{step.guide_id}={step.pk}"
    page = read(client.get(read(client.get(here)).links[f"Edit “{activity}”"]))
    edit = f"/i/fjord/activities/{activity.pk}/edit/"
    assert page.autofocused == ["name"]
    lines = "Første\r\nAndre" + "x" * 2035  # 2047 as they are stored
    response = submit(
        client, page, edit, name="Ringe", minutes="2 t", purpose="Høre", default_text=lines, name_en="Call"
    )
    assert response.redirect_chain[-1][0] == f"{here}#activity-{activity.pk}"
    page = read(response)
    assert "“Ringe” is saved." in page.text
    assert "Høre" in page.text
    stored = Activity.objects.get(pk=activity.pk)
    assert (stored.minutes, len(stored.default_text), stored.translations) == (120, 2047, {"en": {"name": "Call"}})


def test_a_milestone_for_a_member_is_ticked_in_a_project(client, project_guide):
    activity = Activity.objects.filter(step__guide=project_guide).first()
    edit = f"/i/fjord/activities/{activity.pk}/edit/"
    page = read(client.get(edit))
    assert "auto_suggest" not in page.form(edit).values
    page = read(submit(client, page, edit, milestone="on", assign_to_member="on", auto_suggest="on"))
    assert "Milestone" in page.text
    assert "Goes to a project member" in page.text
    stored = Activity.objects.get(pk=activity.pk)
    assert (stored.milestone, stored.assign_to_member, stored.auto_suggest) == (True, True, False)


def test_a_sale_ignores_what_only_projects_have(client, step):
    activity = Activity.objects.get(step=step)
    edit = f"/i/fjord/activities/{activity.pk}/edit/"
    read(submit(client, read(client.get(edit)), edit, milestone="on", assign_to_member="on", auto_suggest="on"))
    stored = Activity.objects.get(pk=activity.pk)
    assert (stored.milestone, stored.assign_to_member, stored.auto_suggest) == (False, False, True)


def test_a_retired_type_is_kept_and_says_so_but_is_not_offered_anew(client, step):
    activity = Activity.objects.get(step=step)
    items.retire(activity.type.item, by=None)
    edit = f"/i/fjord/activities/{activity.pk}/edit/"
    page = read(client.get(edit))
    assert f"{activity.type} (retired)" in page.text
    read(submit(client, page, edit, name="Ringe igjen"))
    assert Activity.objects.get(pk=activity.pk).name == "Ringe igjen"
    add = f"/i/fjord/steps/{step.pk}/activities/new/"
    page = read(
        client.post(add, {"name": "Ny", "type": activity.type_id, "days": 0, "minutes": "5", "version": 0}), 422
    )
    assert "Select a valid choice." in page.text


def test_a_stale_activity_shows_both_versions_in_words(client, administrator, step):
    activity = Activity.objects.get(step=step)
    edit = f"/i/fjord/activities/{activity.pk}/edit/"
    page = read(client.get(edit))
    activities.edit(activity, by=administrator, version=activity.version, minutes=60)
    page = read(submit(client, page, edit, minutes="1:30"), 409)
    assert "1 h 30 m" in page.text
    assert "1 h 00 m" in page.text
    read(submit(client, page, edit))
    assert Activity.objects.get(pk=activity.pk).minutes == 90


def test_a_stale_document_shows_both_versions(client, administrator, step):
    document = documents.add(step, by=None, name="Brev")
    edit = f"/i/fjord/documents/{document.pk}/edit/"
    page = read(client.get(edit))
    documents.edit(document, by=administrator, version=document.version, default_subject="Deres")
    page = read(submit(client, page, edit, default_subject="Vår"), 409)
    assert "Deres" in page.text
    read(submit(client, page, edit))
    assert Document.objects.get(pk=document.pk).default_subject == "Vår"


def test_a_document_is_typed_into_the_last_row_and_then_in_full(client, step):
    add = f"/i/fjord/steps/{step.pk}/documents/new/"
    here = f"{page_of(step.guide)}?guide-{step.guide_id}={step.pk}"
    page = read(submit(client, read(client.get(here)), add, name="Tilbud"))
    made = Document.objects.get(step=step, name="Tilbud")
    assert made.template is None
    edit = f"/i/fjord/documents/{made.pk}/edit/"
    page = read(client.get(page.links["Edit “Tilbud”"]))
    page = read(submit(client, page, edit, default_subject="Tilbud på strøm", our_ref="T-1", purpose="Likt"))
    for words in ("Tilbud på strøm", "Our ref.: T-1", "Likt"):
        assert words in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Write a name."),
        ({"name": "x" * 240}, "at most 239 characters"),
        ({"default_subject": "x" * 220}, "at most 219 characters"),
        ({"default_subject_en": "x" * 220}, "at most 219 characters"),
        ({"our_ref": "x" * 100}, "at most 99 characters"),
        ({"purpose": "x" * 255}, "at most 254 characters"),
        ({"template": "0"}, "Select a valid choice."),
    ],
)
def test_an_unfit_document_stays_a_form_as_typed(client, step, typed, words):
    document = documents.add(step, by=None, name="Brev")
    edit = f"/i/fjord/documents/{document.pk}/edit/"
    page = read(submit(client, read(client.get(edit)), edit, **typed), 422)
    assert words in page.text
    assert {name: page.form(edit).values[name] for name in typed if name != "template"} == {
        name: value for name, value in typed.items() if name != "template"
    }


@pytest.mark.parametrize("name", ["activity", "document"])
def test_rows_are_moved_by_one_place_after_another_and_removed(client, step, name):
    module, model = kind_of(name)
    more = {"type": Activity.objects.get(step=step).type} if name == "activity" else {}
    activities.remove(Activity.objects.get(step=step), by=None)
    rows = [module.add(step, by=None, name=letter, **more) for letter in "abc"]
    plural = {"activity": "activities", "document": "documents"}[name]
    here = f"{page_of(step.guide)}?guide-{step.guide_id}={step.pk}"

    def names() -> str:
        return "".join(row.name for row in model.objects.filter(step=step).order_by("rank", "id"))

    move = f"/i/fjord/{plural}/{rows[0].pk}/move/"
    response = submit(client, read(client.get(here)), move, down="1")
    assert response.redirect_chain[-1][0] == f"{here}#{name}-{rows[0].pk}"
    assert names() == "bac"
    page = read(client.get(f"/i/fjord/{plural}/{rows[0].pk}/edit/"))
    read(submit(client, page, move, after=str(rows[2].pk)))
    assert names() == "bca"
    page = read(client.get(f"/i/fjord/{plural}/{rows[0].pk}/edit/"))
    assert "“a” is moved." in read(submit(client, page, move, after="")).text
    assert names() == "abc"
    page = read(client.get(f"/i/fjord/{plural}/{rows[1].pk}/edit/"))
    page = read(submit(client, page, f"/i/fjord/{plural}/{rows[1].pk}/remove/"))
    assert "“b” is removed." in page.text
    assert names() == "ac"


def test_what_it_was_to_stand_after_may_be_gone(client, step):
    activity = Activity.objects.get(step=step)
    other = activities.add(step, by=None, name="Borte", type=activity.type)
    activities.remove(other, by=None)
    page = read(client.post(f"/i/fjord/activities/{activity.pk}/move/", {"after": other.pk}), 422)
    assert "Nothing was moved" in page.text
    assert f"{step} stage 2 of 3" in page.text


def test_another_kinds_status_is_not_a_place_to_stand_after(client, sale_guide, project_guide):
    response = client.post(f"/i/fjord/steps/{step_of(sale_guide, 0).pk}/move/", {"after": step_of(project_guide, 0).pk})
    assert "Nothing was moved" in read(response, 422).text


def test_where_one_goes_on_is_a_page_of_ours(client, step):
    activity = Activity.objects.get(step=step)
    move = f"/i/fjord/activities/{activity.pk}/move/"
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        response = client.post(move, {"down": "1", "next": elsewhere})
        assert response["Location"] == f"{page_of(step.guide)}?guide-{step.guide_id}={step.pk}"


def test_a_hostile_name_is_text(client, step):
    activities.add(step, by=None, name="<script>alert(1)</script>", type=Activity.objects.get(step=step).type)
    html = client.get(page_of(step.guide), {f"guide-{step.guide_id}": step.pk}).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_undo_of_what_was_done_on_the_page(client, administrator, implementation, step):
    page = read(client.get(page_of(step.guide), {f"guide-{step.guide_id}": step.pk}))
    read(submit(client, page, f"/i/fjord/steps/{step.pk}/documents/new/", name="Tilbud"))
    undo(implementation.changes.latest("seq"), administrator)
    assert not Document.objects.filter(step=step).exists()

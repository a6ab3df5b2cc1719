"""The statuses of a guide on its page: chosen, moved, edited, taken out."""

import pytest

from lists import items
from tests.workflows.cast import build, order, page_of, statuses, step_of
from tests.workflows.reading import read, submit
from workflows import steps, switching
from workflows.models import Guide, Step


def test_a_status_is_chosen_from_the_list_and_shown(client, implementation, sale_guide):
    fourth = statuses(implementation, "sale")[3]
    page = read(client.get(page_of(sale_guide)))
    add = f"{page_of(sale_guide)}steps/new/"
    after = step_of(sale_guide, 0)
    page = read(submit(client, page, add, status=str(fourth.pk), after=str(after.pk)))
    assert f"“{fourth}” is added." in page.text
    assert f"{fourth} stage 2 of 4" in page.text
    assert order(sale_guide)[1] == str(fourth)


def test_only_what_is_in_use_and_not_in_the_guide_yet_is_offered(client, implementation, sale_guide):
    *_inside, fourth, fifth, sixth = statuses(implementation, "sale")
    items.retire(fifth.item, by=None)
    html = client.get(page_of(sale_guide)).content.decode()
    offered = html.split('name="status"')[1].split("</select>")[0]
    assert f'value="{fourth.pk}"' in offered
    assert f'value="{sixth.pk}"' in offered
    assert offered.count("<option") == 2


def test_when_every_status_is_in_the_guide_it_says_so(client, implementation):
    guide = Guide.objects.get(implementation=implementation, origin_key="new-customer")
    page = read(client.get(page_of(guide)))
    assert "Every stage of the list is in the guide." in page.text
    assert page.links["The list of all stages"] == "/i/fjord/lists/sale-stage/"


def test_a_status_that_cannot_be_taken_in_is_refused(client, implementation, other_implementation, sale_guide):
    add = f"{page_of(sale_guide)}steps/new/"
    wrong = [
        statuses(implementation, "sale")[0].pk,  # there already
        statuses(implementation, "project")[0].pk,  # of projects
        statuses(other_implementation, "sale")[4].pk,  # somebody else's
        "x",
        "",
    ]
    for status in wrong:
        page = read(client.post(add, {"status": status}), 422)
        assert "Select a valid choice." in page.text or "This field is required." in page.text
    assert len(order(sale_guide)) == 3


def test_a_status_that_was_taken_in_meanwhile_is_refused_beside_its_field(
    client, implementation, sale_guide, monkeypatch
):
    fourth = statuses(implementation, "sale")[3]
    add = f"{page_of(sale_guide)}steps/new/"
    real = steps.add

    def late(guide, **chosen):
        real(guide, by=None, status=fourth)
        return real(guide, **chosen)

    monkeypatch.setattr(steps, "add", late)
    page = read(client.post(add, {"status": fourth.pk}), 422)
    assert f"«{fourth}» is in the guide already." in page.text


def test_a_status_is_moved_and_stays_selected(client, sale_guide):
    first, second, third = order(sale_guide)
    step = step_of(sale_guide, 1)
    here = f"{page_of(sale_guide)}?guide-{sale_guide.pk}={step.pk}"
    move = f"/i/fjord/steps/{step.pk}/move/"
    page = read(submit(client, read(client.get(here)), move, down="1"))
    assert order(sale_guide) == [first, third, second]
    assert f"{second} stage 3 of 3" in page.text
    page = read(submit(client, page, move, up="1"))
    assert order(sale_guide) == [first, second, third]


def test_a_status_as_a_form_in_its_place(client, sale_guide):
    step = step_of(sale_guide, 1)
    here = f"{page_of(sale_guide)}?guide-{sale_guide.pk}={step.pk}"
    page = read(client.get(read(client.get(here)).links["Edit the stage"]))
    edit = f"/i/fjord/steps/{step.pk}/edit/"
    typed = {
        "purpose": "Forstå",
        "entry_criteria": "Møtet er avtalt",
        "exit_criteria": "De vil ha tilbud",
        "expected_days": "1",
        "purpose_en": "To understand",
    }
    response = submit(client, page, edit, **typed)
    assert response.redirect_chain[-1][0] == here
    page = read(response)
    for words in ("Forstå", "Entry criteria Møtet er avtalt", "Exit criteria De vil ha tilbud", "1 working day"):
        assert words in page.text
    assert Step.objects.get(pk=step.pk).translations == {"en": {"purpose": "To understand"}}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"purpose": "x" * 255}, "at most 254 characters"),
        ({"exit_criteria_en": "x" * 255}, "at most 254 characters"),
        ({"expected_days": "10000"}, "less than or equal to 9999"),
        ({"expected_days": "-1"}, "greater than or equal to 0"),
        ({"expected_days": "to"}, "Enter a whole number."),
        ({"version": None}, "does not say which version"),
        ({"version": "x"}, "does not say which version"),
    ],
)
def test_an_unfit_status_stays_a_form_with_what_was_typed(client, sale_guide, typed, words):
    step = step_of(sale_guide, 1)
    edit = f"/i/fjord/steps/{step.pk}/edit/"
    page = read(submit(client, read(client.get(edit)), edit, entry_criteria="Beholdt", **typed), 422)
    assert words in page.text
    assert page.form(edit).values["entry_criteria"] == "Beholdt"
    assert Step.objects.get(pk=step.pk).entry_criteria == ""


def test_a_stale_status_shows_both_versions(client, administrator, sale_guide):
    step = step_of(sale_guide, 1)
    edit = f"/i/fjord/steps/{step.pk}/edit/"
    page = read(client.get(edit))
    steps.edit(step, by=administrator, version=step.version, purpose="Deres")
    page = read(submit(client, page, edit, purpose="Mitt"), 409)
    assert "Administrator saved" in page.text
    assert "Mitt" in page.text
    assert "Deres" in page.text
    assert page.links["Keep what is saved"] == f"{page_of(sale_guide)}?guide-{sale_guide.pk}={step.pk}"


def test_a_status_is_taken_out_and_a_guide_left_short_switches_itself_off_with_a_word(client, implementation):
    guide = build(implementation, "sale", "Mersalg", 2)
    switching.switch_on(guide, by=None)
    step = step_of(guide, 1)
    page = read(client.get(f"/i/fjord/steps/{step.pk}/edit/"))
    page = read(submit(client, page, f"/i/fjord/steps/{step.pk}/remove/"))
    assert f"“{step}” is taken out of the guide. The guide «Mersalg» switched itself off" in page.text
    assert not Guide.objects.get(pk=guide.pk).is_on
    newest = implementation.changes.latest("seq")
    page = read(submit(client, page, f"/i/fjord/history/{newest.seq}/undo/"))
    assert Guide.objects.get(pk=guide.pk).is_on
    assert f"{step} stage 2 of 2" in page.text

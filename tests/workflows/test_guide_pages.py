"""The pages of guides: the list, a new one, one whole, and what is done with a guide itself."""

import pytest

from lists import items
from tests.workflows.cast import build, order, page_of, statuses, step_of
from tests.workflows.reading import read, submit
from workflows import activities, documents, guides, steps
from workflows.models import Activity, Guide

LIST = "/i/fjord/sale-guides/"
NEW = f"{LIST}new/"


# --- the list of guides


def test_the_guides_of_a_kind_with_what_is_in_them(client, sale_guide, project_guide):
    page = read(client.get(LIST))
    first, second, third = order(sale_guide)
    assert f"Gjensalg {first} › {second} › {third} 3 0 – On" in page.text
    assert "Messe" not in page.text
    assert page.links["Gjensalg"] == page_of(sale_guide)
    assert page.links["New sale guide"] == NEW
    assert f"Messe {' › '.join(order(project_guide))} 3 0 – Off" in read(client.get("/i/fjord/project-guides/")).text


def test_a_hidden_status_does_not_count(client, sale_guide):
    first, _second, third = order(sale_guide)
    items.retire(step_of(sale_guide, 1).status.item, by=None)
    assert f"Gjensalg {first} › {third} 2 0" in read(client.get(LIST)).text


def test_without_a_guide_one_is_told_what_a_guide_is_good_for(client, implementation):
    for guide in guides.of_kind(implementation, "sale"):
        guides.retire(guide, by=None)
    page = read(client.get(LIST))
    assert "No sale guide yet" in page.text
    assert page.links["New sale guide"] == NEW


def test_a_reader_sees_the_guides_and_no_way_to_change_them(reader_client, implementation):
    guides.retire(guides.add(implementation, by=None, kind="sale", name="Gammel"), by=None)
    page = read(reader_client.get(LIST))
    assert "Salg til ny kunde" in page.text
    assert "Gammel" in page.text
    assert NEW not in page.links.values()
    assert not [form for form in page.forms if "/guides/" in form.action]


def test_a_retired_guide_stands_apart_and_is_restored_from_there(client, sale_guide):
    guides.retire(sale_guide, by=None)
    page = read(client.get(LIST))
    assert page.text.index("Retired") < page.text.index("Gjensalg")
    page = read(submit(client, page, f"{page_of(sale_guide)}restore/"))
    assert "“Gjensalg” is restored." in page.text
    assert Guide.objects.get(pk=sale_guide.pk).retired_at is None


@pytest.mark.parametrize("length", [1, 6])
@pytest.mark.usefixtures("no_navigation")
def test_the_list_of_guides_costs_the_same_whatever_is_in_it(client, implementation, django_assert_num_queries, length):
    for guide in guides.of_kind(implementation, "sale"):
        guides.retire(guide, by=None)
    for number in range(length):
        build(implementation, "sale", f"Salg {number}", length)
    client.get(LIST)
    with django_assert_num_queries(9):
        client.get(LIST)


# --- a new guide


def test_a_guide_is_made_and_one_goes_on_to_fill_it(client, implementation):
    page = read(client.get(NEW))
    typed = {
        "name": " Mersalg ",
        "description": "Til dem vi kjenner",
        "duration": "6",
        "duration_unit": "weeks",
        "name_en": "Upselling",
    }
    response = submit(client, page, NEW, **typed)
    guide = Guide.objects.get(implementation=implementation, name="Mersalg")
    assert response.redirect_chain == [(page_of(guide), 302)]
    page = read(response)
    for words in ("“Mersalg” is added.", "Til dem vi kjenner", "Expected duration: 6 weeks.", "No stages yet"):
        assert words in page.text
    assert (guide.kind, guide.suggest_next, guide.translations) == ("sale", True, {"en": {"name": "Upselling"}})


def test_a_project_guide_is_made_on_its_own_page(client, implementation):
    address = "/i/fjord/project-guides/new/"
    page = read(submit(client, read(client.get(address)), address, name="Kampanje", suggest_next=None))
    assert "No statuses yet" in page.text
    guide = Guide.objects.get(implementation=implementation, name="Kampanje")
    assert (guide.kind, guide.suggest_next) == ("project", False)


TOO_LONG = [("name", 240), ("description", 255), ("name_en", 240), ("description_en", 255)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Write a name."),
        ({"name": "   "}, "Write a name."),
        *(({"name": "Ny", field: "x" * n}, f"at most {n - 1} characters (it has {n})") for field, n in TOO_LONG),
        ({"name": "Ny", "duration": "0"}, "greater than or equal to 1"),
        ({"name": "Ny", "duration": "10000"}, "less than or equal to 9999"),
        ({"name": "Ny", "duration": "99999999999999999999"}, "less than or equal to 9999"),
        ({"name": "Ny", "duration": "noen"}, "Enter a whole number."),
        ({"name": "Ny", "duration_unit": "years"}, "Select a valid choice."),
        (
            {"name": " salg  TIL ny kunde"},
            "“Salg til ny kunde” exists already. Capitals and spaces make no difference.",
        ),
    ],
)
def test_an_unfit_guide_is_told_so_once_and_what_was_typed_is_kept(client, implementation, typed, words):
    before = implementation.changes.count()
    page = read(submit(client, read(client.get(NEW)), NEW, **typed), 422)
    words = words.replace("“", "«").replace("”", "»")
    assert page.text.count(words) == 2, page.text  # on top, and beside the field
    kept = page.form(NEW).values
    assert {name: kept[name].strip() for name in typed if name != "duration_unit"} == {
        name: value.strip() for name, value in typed.items() if name != "duration_unit"
    }
    assert implementation.changes.count() == before


def test_the_name_of_a_retired_guide_offers_to_restore_that_one(client, sale_guide):
    guides.retire(sale_guide, by=None)
    page = read(submit(client, read(client.get(NEW)), NEW, name="GJENSALG"), 422)
    assert "«Gjensalg» exists, but is retired. Restore it instead." in page.text
    page = read(submit(client, page, f"{page_of(sale_guide)}restore/"))
    assert "“Gjensalg” is restored." in page.text


def test_messages_are_in_the_persons_language(administrator_client):
    page = read(submit(administrator_client, read(administrator_client.get(NEW)), NEW, name="x" * 240), 422)
    assert "Ikke lagret." in page.text
    assert "239 eller færre tegn (den har nå 240)" in page.text


def test_a_form_without_its_version_is_refused(client, implementation):
    page = read(client.post(NEW, {"name": "Ny", "duration_unit": "days"}), 422)
    assert "does not say which version" in page.text
    assert not Guide.objects.filter(implementation=implementation, name="Ny").exists()


# --- a guide whole


def test_a_sale_guide_whole(client, implementation, sale_guide):
    page = read(client.get(page_of(sale_guide)))
    names = order(sale_guide)
    line = " ".join(f"{one} {one.probability}% 1 act. · 0 doc." for one in statuses(implementation, "sale")[:3])
    assert f"{line} Won 100% Lost 0%" in page.text
    assert f"{names[0]} stage 1 of 3" in page.text
    assert f"Edit “Ring om {names[0]}”" in page.links
    assert f"Edit “Ring om {names[1]}”" not in page.links
    assert "When the last activity is completed, the CRM suggests moving the sale to" in page.text
    assert "Days after the one before" in page.text
    assert "Milestone" not in page.text


def test_a_project_guide_has_no_probabilities_and_no_ends(client, project_guide):
    page = read(client.get(page_of(project_guide)))
    assert "status 1 of 3" in page.text
    assert "%" not in page.text
    assert "Won" not in page.text
    assert "Days into the status" in page.text
    assert "Suggested" not in page.text


def test_a_link_of_the_line_shows_another_status(client, sale_guide):
    second = step_of(sale_guide, 1)
    page = read(client.get(page_of(sale_guide)))
    (address,) = {link for link in page.links.values() if f"guide-{sale_guide.pk}={second.pk}#" in link}
    page = read(client.get(address))
    assert f"{second} stage 2 of 3" in page.text
    assert f"Ring om {second}" in page.text


@pytest.mark.parametrize("wanted", ["0", "-1", "x", "999999999999999999999", ""])
def test_a_status_that_is_not_there_shows_the_first(client, sale_guide, foreign_guide, wanted):
    for asked in (wanted, str(step_of(foreign_guide, 1).pk)):
        page = read(client.get(page_of(sale_guide), {f"guide-{sale_guide.pk}": asked}))
        assert f"{step_of(sale_guide, 0)} stage 1 of 3" in page.text


def test_what_is_suggested_after_a_status(client, sale_guide):
    last = step_of(sale_guide, 2)
    selected = {f"guide-{sale_guide.pk}": last.pk}
    assert "after it the sale is won or lost" in read(client.get(page_of(sale_guide), selected)).text
    for activity in Activity.objects.filter(step__guide=sale_guide):
        activities.remove(activity, by=None)
    page = read(client.get(page_of(sale_guide)))
    assert "Without an activity the CRM does not suggest the next stage." in page.text
    assert "No activity yet." in page.text
    guides.edit(sale_guide, by=None, version=Guide.objects.get(pk=sale_guide.pk).version, suggest_next=False)
    assert "that is switched off in this guide" in read(client.get(page_of(sale_guide))).text


def test_says_where_a_status_is_shared(client, implementation, sale_guide):
    other = Guide.objects.get(implementation=implementation, origin_key="new-customer")
    page = read(client.get(page_of(sale_guide)))
    assert "The stage is also in Salg til ny kunde: a new name or probability holds there too." in page.text
    assert page.links["Salg til ny kunde"] == page_of(other)
    guides.retire(other, by=None)
    assert "The stage is also in" not in read(client.get(page_of(sale_guide))).text


def test_a_status_that_its_list_retired_is_hidden_and_the_page_says_so(client, sale_guide):
    hidden = step_of(sale_guide, 1)
    items.retire(hidden.status.item, by=None)
    page = read(client.get(page_of(sale_guide)))
    assert f"“{hidden}” is retired in its list, so it is hidden in this guide." in page.text
    assert "/i/fjord/lists/sale-stage/?retired=1" in page.links.values()
    assert "stage 1 of 2" in page.text
    items.restore(hidden.status.item, by=None)
    page = read(client.get(page_of(sale_guide)))
    assert "is hidden" not in page.text
    assert page.text.index(str(step_of(sale_guide, 0))) < page.text.index(str(hidden))


def test_who_may_not_edit_reads_the_same_guide_without_controls(reader_client, contributor_client, sale_guide):
    step = step_of(sale_guide, 0)
    documents.add(step, by=None, name="Referat", default_subject="Vårt møte", our_ref="R-1")
    for client in (reader_client, contributor_client):
        page = read(client.get(page_of(sale_guide)))
        for words in (f"Ring om {step}", "Referat", "Vårt møte", "R-1"):
            assert words in page.text
        assert not [form for form in page.forms if "/fjord/" in form.action]
        assert not [link for link in page.links.values() if "/edit/" in link]


def test_a_retired_guide_is_read_only_and_can_be_restored(client, sale_guide):
    guides.retire(sale_guide, by=None)
    page = read(client.get(page_of(sale_guide)))
    assert "retired" in page.text
    assert page.posts_to(f"{page_of(sale_guide)}restore/")
    assert not page.posts_to(f"{page_of(sale_guide)}steps/new/")


def test_the_latest_changes_stand_on_the_page(client, administrator, sale_guide):
    step = step_of(sale_guide, 0)
    steps.edit(step, by=administrator, version=step.version, purpose="Forstå")
    page = read(client.get(page_of(sale_guide)))
    assert "Administrator edited «" in page.text
    assert page.links["All of them"] == f"/i/fjord/history/?scope=guide%3A{sale_guide.pk}"


@pytest.mark.parametrize(("who", "queries"), [("client", 15), ("reader_client", 11)])
@pytest.mark.parametrize("length", [1, 6])
@pytest.mark.usefixtures("no_navigation")
def test_a_guide_costs_the_same_however_long_it_is(
    request, implementation, django_assert_num_queries, length, who, queries
):
    client = request.getfixturevalue(who)
    guide, *_others = [build(implementation, "sale", f"Salg {number}", length) for number in range(length)]
    documents.add(step_of(guide, 0), by=None, name="Tilbud")
    client.get(page_of(guide))
    with django_assert_num_queries(queries):
        client.get(page_of(guide))


# --- the guide itself


def test_switched_on_and_off_from_its_page(client, project_guide):
    page = read(client.get(page_of(project_guide)))
    page = read(submit(client, page, f"{page_of(project_guide)}on/"))
    assert "“Messe” is on." in page.text
    assert Guide.objects.get(pk=project_guide.pk).is_on
    page = read(submit(client, page, f"{page_of(project_guide)}off/"))
    assert "“Messe” is off." in page.text
    assert not Guide.objects.get(pk=project_guide.pk).is_on


def test_is_not_switched_on_with_one_status(client, implementation):
    guide = build(implementation, "sale", "Kort", 1)
    page = read(submit(client, read(client.get(page_of(guide))), f"{page_of(guide)}on/"), 422)
    assert "A guide needs at least two stages in use before it can be switched on." in page.text
    assert not Guide.objects.get(pk=guide.pk).is_on


def test_is_not_switched_on_with_one_status_in_norwegian(administrator_client, implementation):
    guide = build(implementation, "project", "Kort", 1)
    page = read(administrator_client.post(f"{page_of(guide)}on/"), 422)
    assert "En guide må ha minst to statuser i bruk før den kan slås på." in page.text


def test_the_guides_own_facts_become_a_form_on_its_page(client, sale_guide):
    second = step_of(sale_guide, 1)
    here = f"{page_of(sale_guide)}?guide-{sale_guide.pk}={second.pk}"
    page = read(client.get(read(client.get(here)).links["Edit the guide"]))
    assert f"{second} stage 2 of 3" in page.text
    edit = f"{page_of(sale_guide)}edit/"
    response = submit(client, page, edit, name="Mersalg", description="Igjen", duration="2", duration_unit="weeks")
    assert response.redirect_chain[-1][0] == here
    page = read(response)
    for words in ("“Mersalg” is saved.", "Igjen", "Expected duration: 2 weeks."):
        assert words in page.text
    assert Guide.objects.get(pk=sale_guide.pk).is_on


def test_an_unfit_guide_stays_a_form_on_its_page(client, sale_guide):
    edit = f"{page_of(sale_guide)}edit/"
    page = read(client.get(edit))
    page = read(submit(client, page, edit, name="Salg til ny kunde", description="Beholdt"), 422)
    assert page.text.count("«Salg til ny kunde» exists already.") == 2
    assert (page.form(edit).values["name"], page.form(edit).values["description"]) == ("Salg til ny kunde", "Beholdt")
    assert page.autofocused == ["name"]


def test_a_stale_guide_shows_both_versions(client, sale_guide):
    edit = f"{page_of(sale_guide)}edit/"
    page = read(client.get(edit))
    guides.edit(Guide.objects.get(pk=sale_guide.pk), by=None, version=sale_guide.version, description="Deres")
    page = read(submit(client, page, edit, description="Min"), 409)
    for words in ("Somebody saved before you", "Deres", "Min"):
        assert words in page.text
    page = read(submit(client, page, edit))
    assert "“Gjensalg” is saved." in page.text
    assert Guide.objects.get(pk=sale_guide.pk).description == "Min"


def test_retired_from_its_form(client, sale_guide):
    page = read(client.get(f"{page_of(sale_guide)}edit/"))
    response = submit(client, page, f"{page_of(sale_guide)}retire/")
    assert response.redirect_chain == [(LIST, 302)]
    assert "“Gjensalg” is retired." in read(response).text

"""A guide on any page: several of them, each with its own selected status."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from crmsetup.access import membership_of
from tests.workflows.cast import step_of
from tests.workflows.reading import Page
from workflows import documents, guides
from workflows.models import Guide
from workflows.showing import shown, with_selected

AT = "/i/fjord/questions/7/"


@pytest.fixture
def body(implementation, administrator):
    """Renders guides one after another, as a question's page does."""

    def play(*names: str, query: str = "", may_edit: bool = True) -> Page:
        request = RequestFactory().get(AT)
        request.user = administrator
        request.membership = membership_of(administrator, "fjord")
        request.implementation = implementation
        found = guides.whole(Guide.objects.filter(implementation=implementation, name__in=names).order_by("-kind"))
        parts = [
            render_to_string(
                "workflows/guide_body.html",
                {"shown": shown(guide, at=AT, query=QueryDict(query), may_edit=may_edit)},
                request,
            )
            for guide in found
        ]
        return Page(f"<h1>7</h1>{''.join(parts)}")

    return play


def test_two_guides_stand_on_one_page_without_meeting(body, sale_guide, project_guide):
    page = body("Gjensalg", "Messe")
    assert "fase 1 av 3" in page.text
    assert "status 1 av 3" in page.text
    assert {f"guide-{sale_guide.pk}", f"guide-{project_guide.pk}"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_each_has_its_own_selected_status(body, sale_guide, project_guide):
    query = f"guide-{sale_guide.pk}={step_of(sale_guide, 1).pk}&guide-{project_guide.pk}={step_of(project_guide, 2).pk}"
    page = body("Gjensalg", "Messe", query=query)
    assert f"{step_of(sale_guide, 1)} fase 2 av 3" in page.text
    assert f"{step_of(project_guide, 2)} status 3 av 3" in page.text


def test_its_links_stay_on_the_page_and_keep_the_rest_of_the_query(body, sale_guide, project_guide):
    other = f"guide-{project_guide.pk}={step_of(project_guide, 2).pk}"
    page = body("Gjensalg", query=f"show=all&{other}")
    step = step_of(sale_guide, 1)
    assert f"{AT}?show=all&{other}&guide-{sale_guide.pk}={step.pk}#guide-{sale_guide.pk}" in page.links.values()


def test_its_forms_and_edit_links_come_back_to_the_page(body, sale_guide):
    page = body("Gjensalg")
    here = f"{AT}?guide-{sale_guide.pk}={step_of(sale_guide, 0).pk}"
    assert page.forms
    assert {form.values["next"].partition("#")[0] for form in page.forms} == {here}
    edits = [link for link in page.links.values() if "/edit/" in link]
    assert edits
    for link in edits:
        assert QueryDict(link.partition("?")[2])["next"].partition("#")[0] == here


def test_coming_back_ends_on_the_page_one_came_from(administrator_client, sale_guide):
    step = step_of(sale_guide, 0)
    response = administrator_client.post(f"/i/fjord/steps/{step.pk}/move/", {"down": "1", "next": f"{AT}?show=all#x"})
    assert response["Location"] == f"{AT}?show=all&guide-{sale_guide.pk}={step.pk}#x"


def test_without_edit_controls_it_is_read_and_asks_the_database_for_nothing(
    body, implementation, sale_guide, django_assert_num_queries
):
    documents.add(step_of(sale_guide, 0), by=None, name="Referat")
    page = body("Gjensalg", may_edit=False)
    assert f"Ring om {step_of(sale_guide, 0)}" in page.text
    assert "Referat" in page.text
    assert page.forms == []
    assert not [link for link in page.links.values() if "/edit/" in link]
    (guide,) = guides.whole(Guide.objects.filter(pk=sale_guide.pk))
    with django_assert_num_queries(0):
        found = shown(guide, at=AT, query=QueryDict(), may_edit=False)
        assert [place.also_in for place in found.places]
        assert found.selected.number == 1
    assert found.new_step is None


def test_an_empty_guide_selects_nothing(body, implementation):
    guides.add(implementation, by=None, kind="sale", name="Tom")
    page = body("Tom")
    assert "Ingen faser ennå" in page.text
    assert len(page.forms) == 1
    assert body("Tom", may_edit=False).forms == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/a/", "/a/?guide-{g}={s}"),
        ("/a/?guide-{g}=1", "/a/?guide-{g}={s}"),
        ("/a/?q=x&guide-{g}=1&r=y#z", "/a/?q=x&r=y&guide-{g}={s}#z"),
    ],
)
def test_an_address_with_another_status_selected(sale_guide, address, expected):
    step = step_of(sale_guide, 1)
    facts = {"g": sale_guide.pk, "s": step.pk}
    assert with_selected(address.format(**facts), step) == expected.format(**facts)

"""What the guides contribute to the navigation and the overview."""

import pytest
from django.utils import translation

from tests.workflows.cast import build
from workflows import guides, room, switching
from workflows.models import Guide


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def sales(implementation) -> Guide:
    """The one sale guide that there is; it is on."""
    return guides.of_kind(implementation, "sale").get()


def test_the_navigation_counts_the_guides_in_use(implementation, sales):
    build(implementation, "project", "Messe", 0)
    guides.retire(sales, by=None)
    (section,) = room.navigation(implementation)
    assert (section.label, section.place) == ("Workflow", 40)
    assert [(entry.label, entry.url, entry.count) for entry in section.entries] == [
        ("Sale guides", "/i/fjord/sale-guides/", 0),
        ("Project guides", "/i/fjord/project-guides/", 2),
    ]


def test_a_guides_page_belongs_to_the_guides_of_its_kind(administrator_client, sales):
    html = administrator_client.get(f"/i/fjord/guides/{sales.pk}/").content.decode()
    assert '<a href="/i/fjord/sale-guides/" aria-current="page">' in html
    assert '<a href="/i/fjord/project-guides/">' in html


def test_the_key_figure_counts_the_guides_that_are_on(implementation, sales):
    (figure,) = room.figures(implementation)
    assert (figure.done, figure.total, figure.words, figure.note) == (2, 2, "of 2 guides are on", "")
    switching.switch_off(sales, by=None)
    (figure,) = room.figures(implementation)
    assert (figure.done, figure.total, figure.note) == (1, 2, "A guide that is off leads nobody.")


def test_without_a_guide_the_figure_says_so(implementation):
    for guide in Guide.objects.filter(implementation=implementation):
        guides.retire(guide, by=None)
    (figure,) = room.figures(implementation)
    assert (figure.done, figure.total, figure.note) == (0, 0, "There is no guide yet.")


def test_switching_a_sale_guide_on_comes_next_until_one_is_on(implementation, sales):
    assert room.todos(implementation) == []
    switching.switch_off(sales, by=None)
    (todo,) = room.todos(implementation)
    assert (todo.what, todo.url) == ("Switch a sale guide on", f"/i/fjord/guides/{sales.pk}/")
    guides.retire(sales, by=None)
    (todo,) = room.todos(implementation)
    assert (todo.what, todo.url) == ("Make a sale guide", "/i/fjord/sale-guides/")


def test_each_costs_one_query(implementation, sales, django_assert_num_queries):
    build(implementation, "sale", "Gjensalg", 3)
    for contribution in (room.navigation, room.figures, room.todos):
        with django_assert_num_queries(1):
            contribution(implementation)


def test_the_overview_shows_the_figure(administrator_client, implementation):
    html = administrator_client.get("/i/fjord/").content.decode()
    assert "Arbeidsflytguider" in html
    assert "av 2 guider er på" in html

"""The inspecting client sees what it has to see."""

import pytest
from django.http import HttpResponse
from django.urls import path

from tests.inspector import POLICY, InspectingClient, Page, Unsound, faults_of_answer

FRAME = '<!doctype html><html lang="nb"><head><title>{}</title></head><body>{}</body></html>'
TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="x">'


def faults(body: str, title: str = "Lister – Fjord AS", h1: str = "<h1>Lister</h1>") -> list[str]:
    return list(Page(FRAME.format(title, h1 + body)).faults())


def test_what_is_right_has_no_faults():
    body = f"""
      <nav><a href="#here"><img src="a.svg" alt="Her"></a></nav><p id="here">Øl &amp; vin</p><br>
      <form method="get"><label for="q">Søk</label><input id="q" name="q" hx-get="/"></form>
      <form method="post" id="f" hx-post="/">{TOKEN}<button>Lagre</button></form><input form="f" aria-label="Navn">
      <label>Ja <input type="checkbox"></label><svg><use href="#here"/></svg><a href="/x" hx-get="/x">Videre</a>"""
    assert faults(body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p><div></div></p>", "line 1: unexpected-end-tag {'name': 'p'}"),
        ("<p>Øl & vin &copy</p>", "line 1: named-entity-without-semicolon"),
        ('<p id="a"></p><p id="a"></p>', "the id 'a' stands there 2 times"),
        ('<p style="color: red"></p>', 'an inline style: <p style="color: red">'),
        ("<script>go()</script>", "an inline script: <script>"),
        ('<p onclick="go()"></p>', 'an inline script: <p onclick="go()">'),
        ('<p hx-on:click="go()"></p>', 'an inline script: <p hx-on:click="go()">'),
        ('<a href="javascript:go()">x</a>', 'an inline script: <a href="javascript:go()">'),
        ("<form></form>", "a form without a method: <form>"),
        ('<form method="post"></form>', 'a form with 0 tokens against forgery: <form method="post">'),
        (f'<form method="get">{TOKEN}</form>', 'a form with 1 tokens against forgery: <form method="get">'),
        ('<label for="x">Navn</label><p id="x"></p>', 'a label of no field: <label for="x">'),
        ('<label for="x">N</label><input type="hidden" id="x">', 'a label of no field: <label for="x">'),
        ("<label>Navn</label>", "a label of no field: <label>"),
        ("<textarea></textarea>", "a field without a label: <textarea>"),
        ("<button><svg></svg></button>", "a button without words: <button>"),
        ("<a>x</a>", "a link to nowhere: <a>"),
        ('<a href="/"></a>', 'a link without words: <a href="/">'),
        ('<button><a href="/">x</a></button>', 'a link in a link: <a href="/">'),
        ('<img src="a">', 'a picture without words: <img src="a">'),
        ('<a href="#gone">x</a>', "nothing has the id 'gone': <a href=\"#gone\">"),
        ('<p aria-describedby="gone"></p>', "nothing has the id 'gone': <p aria-describedby=\"gone\">"),
        ('<p hx-get="/"></p>', 'an hx-get that is no link and in no form: <p hx-get="/">'),
        ('<button hx-post="/">x</button>', 'an hx-post in no form that posts: <button hx-post="/">'),
    ],
)
def test_a_fault_of_a_page_is_told(body, fault):
    assert fault in faults(body)


@pytest.mark.parametrize(
    ("title", "h1", "fault"),
    [
        ("Fjord AS – Lister", "<h1>Lister</h1>", "the title 'Fjord AS – Lister' does not begin with the h1 'Lister'"),
        ("Lister", "", "the page has 0 h1 and 1 titles, not one of each"),
        ("Lister", "<h1>Lister</h1><h1>Lister</h1>", "the page has 2 h1 and 1 titles, not one of each"),
        ("Lister", "<h1> </h1>", "the title 'Lister' does not begin with the h1 ''"),
    ],
)
def test_a_fault_of_the_frame_is_told(title, h1, fault):
    assert faults("", title, h1) == [fault]


def test_a_page_says_its_language():
    page = FRAME.format("Lister", "<h1>Lister</h1>").replace('"nb"', '"xx"')
    assert list(Page(page).faults()) == ["the page does not say in which language it is"]


def test_only_htmx_gets_a_part_of_a_page():
    part = HttpResponse("<p>Lagret</p>", headers={POLICY: "default-src 'none'"})
    assert list(faults_of_answer(part, swapped=True)) == []
    assert "the page has 0 h1 and 0 titles, not one of each" in list(faults_of_answer(part))


@pytest.mark.parametrize("policy", [{}, {POLICY: "script-src 'self' 'unsafe-inline'"}])
def test_an_answer_without_a_strict_policy_is_told(policy):
    assert list(faults_of_answer(HttpResponse(status=302, headers=policy))) == [f"the answer has no strict {POLICY}"]


urlpatterns = [path("", lambda request: HttpResponse(FRAME.format("Lister", "<h1>Andre</h1>")))]


@pytest.mark.urls(__name__)
def test_the_client_raises_for_a_page_with_a_fault(db):
    with pytest.raises(Unsound, match=r"GET /:\nthe title 'Lister' does not begin with the h1 'Andre'"):
        InspectingClient().get("/")

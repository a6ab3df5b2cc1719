"""A test client that inspects every page that it gets, so that no test of any room sees a page that is not sound."""

import gzip
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from tinyhtml5.parser import HTMLParser

FIELDS = {"button", "input", "meter", "output", "progress", "select", "textarea"}
POINTERS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-errormessage", "form", "list")
TYPED = "invalid-codepoint"  # a sign that somebody typed and gets back
POLICY = "Content-Security-Policy"


class Unsound(AssertionError):
    """A page has faults."""


class InspectingClient(Client):
    """Django's test client, which raises Unsound for an answer with faults."""

    def request(self, **request: Any) -> HttpResponse:
        response = super().request(**request)
        found = list(faults_of_answer(response, swapped="HTTP_HX_REQUEST" in request))
        if found:
            raise Unsound(f"{request['REQUEST_METHOD']} {request['PATH_INFO']}:\n" + "\n".join(found))
        return response


def faults_of_answer(response: HttpResponse, *, swapped: bool = False) -> Iterator[str]:
    """What is wrong with an answer; `swapped` says that htmx asked, who may get a part of a page."""
    if "unsafe" in response.headers.get(POLICY, "unsafe"):
        yield f"the answer has no strict {POLICY}"
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        packed = response.headers.get("Content-Encoding") == "gzip"
        html = (gzip.decompress(response.content) if packed else response.content).decode(response.charset)
        whole = not swapped or html.lstrip().lower().startswith("<!doctype")
        yield from (Page(html) if whole else Page(html, whole=False)).faults()


class Page:
    """A page of HTML, or a part of one."""

    def __init__(self, html: str, *, whole: bool = True) -> None:
        parser = HTMLParser(namespace_html_elements=False)
        self.whole = whole
        self.root: Element = parser.parse(html) if whole else parser.parse_fragment(html)
        self.errors = [error for error in parser.errors if error[1] != TYPED]
        self.elements = [element for element in self.root.iter() if isinstance(element.tag, str)]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def ids(self) -> Counter[str]:
        return Counter(element.get("id", "") for element in self.elements if "id" in element.attrib)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def links(self) -> list[Element]:
        return [link for link in self.all("a") if "href" in link.attrib]

    def faults(self) -> Iterator[str]:
        """Everything that is wrong, in words."""
        yield from (f"line {place[0]}: {code} {facts or ''}".rstrip() for place, code, facts in self.errors)
        if self.whole:
            yield from self._faults_of_frame()
        for rule in (_inline, _form, _label, _control, _link, _picture, _swap):
            yield from (f"{fault}: {shown(element)}" for element in self.elements for fault in rule(self, element))
        yield from (f"the id {name!r} stands there {times} times" for name, times in self.ids.items() if times > 1)
        if self.whole:
            yield from self._dangling()

    def _faults_of_frame(self) -> Iterator[str]:
        if self.root.get("lang") not in dict(settings.LANGUAGES):
            yield "the page does not say in which language it is"
        heads = [text(head) for head in self.all("h1")]
        titles = [text(title) for title in self.all("title") if self.parents[title].tag == "head"]
        if len(heads) != 1 or len(titles) != 1:
            yield f"the page has {len(heads)} h1 and {len(titles)} titles, not one of each"
        elif not heads[0] or not titles[0].startswith(heads[0]):
            yield f"the title {titles[0]!r} does not begin with the h1 {heads[0]!r}"

    def _dangling(self) -> Iterator[str]:
        """Pointers inside the page that point to nothing."""
        for element in self.elements:
            aims = [aim for name in POINTERS for aim in element.get(name, "").split()]
            for address in (element.get("href", ""), element.get("{http://www.w3.org/1999/xlink}href", "")):
                if address.startswith("#") and address != "#":
                    aims.append(address[1:])
            yield from (f"nothing has the id {aim!r}: {shown(element)}" for aim in aims if aim not in self.ids)

    def above(self, element: Element, *tags: str) -> Element | None:
        """The nearest of some elements that it stands in."""
        while element in self.parents:
            element = self.parents[element]
            if element.tag in tags:
                return element
        return None

    def form_of(self, element: Element) -> Element | None:
        """The form that a field belongs to."""
        named = [form for form in self.all("form") if form.get("id") == element.get("form", "no")]
        return named[0] if named else self.above(element, "form")

    def is_labelled(self, field: Element) -> bool:
        if any(field.get(name) for name in ("aria-label", "aria-labelledby", "title")):
            return True
        labels = [label for label in self.all("label") if label.get("for") == field.get("id", "no id")]
        return bool(labels) or self.above(field, "label") is not None


def text(element: Element) -> str:
    """What is written in an element, in one line."""
    return " ".join("".join(element.itertext()).split())


def shown(element: Element) -> str:
    """How an element begins."""
    attributes = "".join(f' {name}="{value[:60]}"' for name, value in element.attrib.items())
    return f"<{str(element.tag).rpartition('}')[2]}{attributes}>"


def _inline(page: Page, element: Element) -> Iterator[str]:
    if "style" in element.attrib or element.tag == "style":
        yield "an inline style"
    if element.tag == "script" and "src" not in element.attrib:
        yield "an inline script"
    for name, value in element.attrib.items():
        if name.startswith(("on", "hx-on")) or value.strip().lower().startswith("javascript:"):
            yield "an inline script"


def _form(page: Page, element: Element) -> Iterator[str]:
    if element.tag != "form":
        return
    method = element.get("method", "")
    if method not in {"get", "post"}:
        yield "a form without a method"
    tokens = [field for field in page.all("input") if field.get("name") == "csrfmiddlewaretoken"]
    own = [field for field in tokens if page.form_of(field) is element]
    if len(own) != (method == "post"):
        yield f"a form with {len(own)} tokens against forgery"


def _label(page: Page, element: Element) -> Iterator[str]:
    if element.tag != "label":
        return
    aims = [field for field in page.all(*FIELDS) if field.get("id") == element.get("for", "no id")]
    inside = [field for field in element.iter() if field.tag in FIELDS]
    if not any(field.get("type") != "hidden" for field in (aims if "for" in element.attrib else inside)):
        yield "a label of no field"


def _control(page: Page, element: Element) -> Iterator[str]:
    if element.tag == "button" and not (text(element) or element.get("aria-label")):
        yield "a button without words"
    typed = element.tag in {"select", "textarea"} or (
        element.tag == "input" and element.get("type") not in {"hidden", "submit", "button", "image", "reset"}
    )
    if typed and not page.is_labelled(element):
        yield "a field without a label"


def _link(page: Page, element: Element) -> Iterator[str]:
    if element.tag != "a":
        return
    if not element.get("href"):
        yield "a link to nowhere"
    named = [inner for inner in element.iter() if inner.get("aria-label") or inner.get("alt")]
    if not (text(element) or named):
        yield "a link without words"
    if any(page.above(element, tag) is not None for tag in ("a", "button")):
        yield "a link in a link"


def _picture(page: Page, element: Element) -> Iterator[str]:
    if element.tag == "img" and "alt" not in element.attrib:
        yield "a picture without words"


def _swap(page: Page, element: Element) -> Iterator[str]:
    """What htmx does with an element works without it too: it is a link, or stands in a form."""
    form = element if element.tag == "form" else page.form_of(element)
    method = form.get("method") if form is not None else ""
    if "hx-get" in element.attrib and not (element.tag == "a" or method == "get"):
        yield "an hx-get that is no link and in no form"
    if "hx-post" in element.attrib and method != "post":
        yield "an hx-post in no form that posts"

"""Reads a page as a person would: its text, its links, and what its forms would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
Attributes = dict[str, str | None]


@dataclass
class Form:
    """A form: where it posts to, and what it would send as it stands."""

    action: str
    values: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """A page as text, links (the words to the address) and forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.links: dict[str, str] = {}
        self.forms: list[Form] = []
        self.ids: list[str] = []
        self.autofocused: list[str] = []
        self._named: dict[str, Form] = {}
        self._open: list[str] = []
        self._form: Form | None = None
        self._link: tuple[str, str, str] | None = None  # address, spoken words, words
        self._area: tuple[str, Form | None, str] | None = None  # name, form, text
        self._select: tuple[str, Form | str | None] | None = None
        self._sent: list[tuple[Form | str | None, str, str]] = []  # a form or its id, name, value
        self.feed(html)
        self.text = " ".join(self.text.split())
        for owner, name, value in self._sent:
            form = self._named[owner] if isinstance(owner, str) else owner
            if form is not None and name:
                form.values[name] = value

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.text += " "
        if tag not in VOID:
            self._open.append(tag)
        self._note(tag, given)
        if tag == "form":
            self._form = Form(given.get("action") or "")
            self.forms.append(self._form)
            self._named[given.get("id") or ""] = self._form
        elif tag == "a":
            self._link = (given.get("href") or "", given.get("aria-label") or "", "")
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self._area = (given.get("name") or "", self._form, "")
        elif tag == "select":
            self._select = (given.get("name") or "", given.get("form") or self._form)
        elif tag == "option":
            self._option(given)

    def _note(self, tag: str, given: Attributes) -> None:
        if "id" in given:
            self.ids.append(given["id"] or "")
        if "autofocus" in given:
            self.autofocused.append(given.get("name") or "")
        if tag in {"a", "button"}:
            self.text += f"{given.get('aria-label') or ''} "

    def _input(self, given: Attributes) -> None:
        box = given.get("type") in {"checkbox", "radio"}
        if not box or "checked" in given:
            value = given.get("value") or ("on" if box else "")
            self._sent.append((given.get("form") or self._form, given.get("name") or "", value))

    def _option(self, given: Attributes) -> None:
        """The first option counts until one is selected."""
        if self._select:
            name, owner = self._select
            if "selected" in given or not any(sent[:2] == (owner, name) for sent in self._sent):
                self._sent.append((owner, name, given.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "a" and self._link:
            address, spoken, words = self._link
            self.links[spoken or " ".join(words.split())] = address
            self._link = None
        elif tag == "textarea" and self._area:
            name, form, text = self._area
            self._sent.append((form, name, text.removeprefix("\n").strip()))
            self._area = None

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "title"} & set(self._open):
            self.text += data
        if self._link:
            self._link = (*self._link[:2], self._link[2] + data)
        if self._area:
            self._area = (*self._area[:2], self._area[2] + data)

    def form(self, action: str) -> Form:
        """The form that posts to this address. Fails where there is not exactly one."""
        (found,) = [form for form in self.forms if form.action == action]
        return found

    def posts_to(self, action: str) -> bool:
        """Whether there is a form for this address."""
        return any(form.action == action for form in self.forms)


def read(response: HttpResponse, status: int = 200) -> Page:
    """The page of an answer, which has to have this status."""
    assert response.status_code == status, response.status_code
    return Page(response.content.decode())


def submit(client: Any, page: Page, action: str, **typed: str | None) -> Any:
    """Sends a form of the page as it stands with what was typed over it (None: left out); follows where it leads."""
    values = page.form(action).values | typed
    return client.post(action, {name: value for name, value in values.items() if value is not None}, follow=True)

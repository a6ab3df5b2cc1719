"""Reads the pages of the lists as a person would: rows, fields, buttons and links."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lists import items
from lists.models import List, ListItem


class Page:
    """A page that was answered."""

    def __init__(self, response: HttpResponse) -> None:
        self.status = response.status_code
        self.root: Element = tinyhtml5.parse(response.content.decode(), namespace_html_elements=False)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a kind that have all the attributes; `class_` demands one of an element's classes."""
        wanted = attributes.pop("class_", "")
        return [
            one
            for one in self.root.iter(tag)
            if all(one.get(name.rstrip("_").replace("_", "-")) == value for name, value in attributes.items())
            and (not wanted or wanted in one.get("class", "").split())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def rows(self) -> list[list[str]]:
        """The items in use as they stand in the table: number, name with description, the other columns."""
        return [[words(cell) for cell in row][: self._columns] for row in self._items() if row.get("class") != "out"]

    @property
    def names(self) -> list[str]:
        """The names of the items in use, of those rows that are no form."""
        return [words(row.find("th/a")) for row in self._items() if not row.get("class")]

    @property
    def retired(self) -> list[str]:
        """What the rows of the retired items say under their names and there."""
        return [words(row.find("th")) for row in self._items() if row.get("class") == "out"]

    @property
    def messages(self) -> str:
        return words(self.one("div", id="messages"))

    @property
    def undo(self) -> list[str]:
        """The addresses that the messages offer for taking back."""
        return [form.get("action", "") for form in self.one("div", id="messages").iter("form")]

    @property
    def wrong(self) -> list[str]:
        """What stands under fields that are wrong."""
        return [words(error) for error in self.all("p", class_="error")]

    @property
    def focus(self) -> str:
        """The name of the field in which the cursor is."""
        return next((one.get("name", "") for one in self.root.iter() if one.get("autofocus") is not None), "")

    def field(self, name: str, form: str) -> Element:
        """The field of this name in the form of this id, inside or by reference."""
        inside = [one for one in self.one("form", id=form).iter() if one.get("name") == name]
        (found,) = [*inside, *(one for one in self.root.iter() if one.get("form") == form and one.get("name") == name)]
        return found

    @property
    def searched(self) -> str:
        """What stands in the search field."""
        return self.one("input", type="search").get("value", "")

    def form(self, form: str) -> dict[str, str]:
        """What the form of this id would post."""
        return dict(self._values(form))

    def _items(self) -> list[Element]:
        return [row for row in self.root.iter("tr") if row.get("id", "").startswith("item-")]

    @property
    def _columns(self) -> int:
        return len([head for head in self.root.iter("th") if head.get("scope") == "col"]) - 1

    def _values(self, form: str) -> Iterator[tuple[str, str]]:
        inside = list(self.one("form", id=form).iter())
        for one in [*inside, *(other for other in self.root.iter() if other.get("form") == form)]:
            name = one.get("name", "")
            if one.tag == "select":
                chosen = [option for option in one.iter("option") if option.get("selected") is not None]
                yield name, (chosen or list(one.iter("option")))[0].get("value", "")
            elif one.tag == "textarea":
                yield name, one.text or ""
            elif one.tag == "input" and (one.get("type") != "checkbox" or one.get("checked") is not None):
                yield name, one.get("value", "on" if one.get("type") == "checkbox" else "")


def words(element: Element | None) -> str:
    """What an element says."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


class Desk:
    """Somebody at a list's page."""

    def __init__(self, client: Client, one: List) -> None:
        self.client, self.one = client, one
        place = [one.implementation.slug, one.key]
        self.at, self.acts = reverse("lists:list-show", args=place), reverse("lists:list-edit", args=place)
        self.row, self.new = f"list-{one.pk}-row", f"list-{one.pk}-new"

    def look(self, query: str = "") -> Page:
        return Page(self.client.get(f"{self.at}?{query}" if query else self.at))

    def post(self, act: str, **body: Any) -> HttpResponse:
        return self.client.post(self.acts, {"act": act, **body})

    def add(self, **typed: Any) -> HttpResponse:
        """Types into the new row and presses Enter."""
        return self.client.post(self.acts, {**self.look("new").form(self.new), **typed})

    def save(self, item: ListItem, *, query: str = "", **typed: Any) -> HttpResponse:
        """Opens the item's row, types over what stands there, and saves."""
        shown = self.look(f"{query}&edit={item.pk}").form(self.row)
        return self.client.post(self.acts, {**shown, **typed})

    def follow(self, response: HttpResponse) -> Page:
        """The page that a redirect leads to."""
        assert response.status_code == 302, response.status_code
        return Page(self.client.get(response["Location"]))

    @property
    def names(self) -> list[str]:
        """The items in use in their order, as they are stored."""
        return [item.name for item in items.in_use(items.items_of(self.one))]

    def item(self, name: str) -> ListItem:
        return items.items_of(self.one).get(name=name)

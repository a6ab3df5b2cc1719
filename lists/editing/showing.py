"""What the editor of a list shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.forms import BooleanField, BoundField, Field
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from crmsetup.forms.fields import PercentField
from crmsetup.languages import inside_a_sentence, language_name
from crmsetup.models import Change, ChangedRow
from crmsetup.names import clean_name
from crmsetup.templatetags.look import percent
from lists.editing.paging import LAST, ROWS, Part, part
from lists.forms import RowForm, facet_fields
from lists.items import facet_of, found, in_use, items_of
from lists.models import List, ListItem
from lists.uses import Use, uses


@dataclass(frozen=True)
class Filters:
    """Which of the items are shown; links and forms carry it on."""

    words: str = ""
    retired: bool = False
    page: int = 0  # 0 where all rows stand on one page

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        """As they stand in an address or a posted form."""
        words, page = clean_name(query.get("q", "").replace("\0", "")), query.get("page", "")
        return cls(words, bool(query.get("retired")), int(page) if page.isdecimal() and len(page) < 7 else 0)

    @property
    def params(self) -> dict[str, str]:
        """The parts of an address that ask for it; none where nothing is filtered."""
        asked = {"q": self.words, "retired": "1" * self.retired, "page": str(self.page or "")}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Opened:
    """The one row that is open: as a form ("edit", "new") or with a question under it ("move", "retire").

    A new row stands after `item`, or last. Unless `by_hand` it just stands there, ready to be typed into.
    """

    what: str = ""
    item: ListItem | None = None
    form: RowForm | None = None
    by_hand: bool = True


@dataclass(frozen=True)
class Column:
    """A column beside the name: a translation of it, or what only this list's items have."""

    name: str
    label: str
    look: str  # its classes in the table
    language: str = ""


@dataclass(frozen=True)
class Place:
    """An item that a moved one can be put after; `is_before` where it stands directly before it now."""

    item: ListItem
    number: int
    is_before: bool


@dataclass(frozen=True)
class Cell:
    """What a row has in a column: a text, or a field where the row is a form."""

    column: Column
    text: str = ""
    field: BoundField | None = None


@dataclass(frozen=True)
class Row:
    """An item, or the form of a new one. A table has many: what its template asks for is at hand as text."""

    item: ListItem | None
    cells: list[Cell]
    pk: str = ""
    number: str = ""
    address: str = ""
    first: bool = False
    last: bool = False
    move_up: str = ""
    move_down: str = ""
    everything: str = ""
    form: RowForm | None = None
    asks: str = ""  # "move" or "retire", the question under the row
    retirement: Change | None = None


@dataclass(frozen=True)
class Fact:
    """Something of an item in words, for a panel that only shows it."""

    label: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Neighbour:
    """The page before or behind this one."""

    url: str
    label: str


@dataclass
class Editor:
    """Everything that the editor shows. `at` is the page it stands on, `acts` the address that its forms post to."""

    one: List
    at: str
    acts: str
    may_edit: bool
    filters: Filters
    opened: Opened
    columns: list[Column]
    rows: list[Row]
    retired: list[Row]
    in_use: int
    out_of_use: int
    found: int
    pages: int
    previous: "Neighbour | None" = None
    next: "Neighbour | None" = None
    places: list[Place] = field(default_factory=list)  # where the item that is moved can be put
    uses: list[Use] = field(default_factory=list)  # of the item that is about to be retired
    chosen: int | None = None  # the item whose panel is open
    swaps: bool = True  # whether a link or form replaces the editor alone, where there is JavaScript
    brings: str = "#messages,#rooms"  # what a swap of the editor brings along

    @property
    def kept(self) -> str:
        """The filters as the beginning of a query: "q=…&retired=1&"."""
        return f"{urlencode(self.filters.params)}&" if self.filters.params else ""

    @property
    def address(self) -> str:
        """The editor's address, filtered, up to what a row adds to it."""
        return f"{self.at}?{self.kept}"

    @property
    def name(self) -> str:
        """What the ids of its forms begin with."""
        return f"list-{self.one.pk}"

    @property
    def slug(self) -> str:
        """The address of the implementation."""
        return self.one.implementation.slug

    @property
    def language(self) -> str:
        """The language of names and descriptions."""
        return self.one.implementation.main_language

    @property
    def taken(self) -> ListItem | None:
        """The retired item whose name was typed, which could be restored instead."""
        taken = self.opened.form.taken if self.opened.form else None
        return taken if taken and taken.is_retired else None

    @property
    def width(self) -> int:
        """How many columns the table has besides those that give way to a panel."""
        return len([column for column in self.columns if not column.language]) + (3 if self.may_edit else 2)


def editor(one: List, *, at: str, acts: str, may_edit: bool, query: QueryDict) -> Editor:
    """The editor as its address asks for it: `edit=ID`, `new` (`after=ID`), `move=ID`, `retire=ID`; `q`, `retired`.

    A long list shows the page with that item, else the one with `near=ID`, else that of the number `page`. What names
    no item in use of this list is left out of account.
    """
    opened = _asked_for(one, query) if may_edit else Opened()
    near = opened.item or _in_use(one, query.get("near", ""))
    filters = Filters.of(query)
    return shown(one, at=at, acts=acts, may_edit=may_edit, filters=filters, opened=opened, near=near)


def shown(
    one: List,
    *,
    at: str,
    acts: str,
    may_edit: bool,
    filters: Filters,
    opened: Opened,
    near: ListItem | None = None,
) -> Editor:
    """The editor with this row open, on the page where `near` stands."""
    total = one.items.aggregate(in_use=Count("pk", filter=Q(retired_at=None)), all=Count("pk"))
    page = LAST if opened.what == "new" else filters.page
    here = part(one, total["in_use"], words=filters.words, page=page, item=opened.item or near)
    filters = replace(filters, page=here.page if here.pages > 1 else 0)
    if may_edit and not opened.what and here.rows and here.is_last and not filters.words:
        opened = Opened("new", form=new_row(one), by_hand=False)
    if opened.form and opened.by_hand:
        opened.form.focus()
    columns = _columns(one)
    retired = list(found(items_of(one).exclude(retired_at=None), filters.words)) if filters.retired else []
    return Editor(
        one=one,
        at=at,
        acts=acts,
        may_edit=may_edit,
        filters=filters,
        opened=opened,
        columns=columns,
        rows=list(_rows(one, here, columns, opened, total["in_use"])),
        retired=list(_retired_rows(retired, columns)),
        in_use=total["in_use"],
        out_of_use=total["all"] - total["in_use"],
        found=here.found,
        pages=here.pages,
        previous=_neighbour(at, filters, here, here.page - 1),
        next=_neighbour(at, filters, here, here.page + 1),
        places=_places(one, opened.item) if opened.what == "move" and opened.item else [],
        uses=uses(opened.item) if opened.what == "retire" and opened.item else [],
    )


def _neighbour(at: str, filters: Filters, here: Part, page: int) -> Neighbour | None:
    if not 1 <= page <= here.pages:
        return None
    facts = {"first": (page - 1) * ROWS + 1, "last": min(page * ROWS, here.found)}
    return Neighbour(f"{at}?{urlencode(replace(filters, page=page).params)}", _("%(first)s to %(last)s") % facts)


def facts_of(item: ListItem) -> list[Fact]:
    """Everything of an item in words, for who cannot edit it."""
    main, languages = item.list.implementation.main_language, item.list.implementation.further_languages
    names = [Fact(column.label, _text(column, item), column.language) for column in _columns(item.list)]
    described = [(code, item.translations.get(code, {}).get("description", "")) for code in languages]
    return [
        Fact(_("Name"), item.name, main),
        *names,
        Fact(_("Description"), item.description, main),
        *(
            Fact(_("Description in %(language)s") % {"language": inside_a_sentence(code)}, text, code)
            for code, text in described
        ),
    ]


def new_row(one: List, data: QueryDict | None = None) -> RowForm:
    """The form of an item to be added."""
    return RowForm(data, one=one, form_id=f"list-{one.pk}-new")


def item_row(one: List, item: ListItem, data: QueryDict | None = None) -> RowForm:
    """The form of an item to be edited."""
    return RowForm(data, one=one, instance=item, form_id=f"list-{one.pk}-row")


def _asked_for(one: List, query: QueryDict) -> Opened:
    if item := _in_use(one, query.get("edit", "")):
        return Opened("edit", item, item_row(one, item))
    for question in ("move", "retire"):
        if item := _in_use(one, query.get(question, "")):
            return Opened(question, item)
    if "new" in query:
        return Opened("new", _in_use(one, query.get("after", "")), new_row(one))
    return Opened()


def _in_use(one: List, given: str) -> ListItem | None:
    """The item in use that an address names."""
    return in_use(items_of(one)).filter(pk=int(given)).first() if given.isdecimal() else None


def _places(one: List, moved: ListItem) -> list[Place]:
    rows = list(in_use(items_of(one)))
    before = rows.index(moved)
    return [Place(item, number, number == before) for number, item in enumerate(rows, 1) if item != moved]


def _columns(one: List) -> list[Column]:
    languages = one.implementation.further_languages
    look = "minor w-tongue" if len(languages) < 3 else "minor"  # where there are many they share what there is
    return [
        *(Column(f"name_{code}", language_name(code), look, code) for code in languages),
        *(Column(name, str(own.label), _look(own)) for name, own in facet_fields(one).items()),
    ]


def _look(own: Field) -> str:
    if isinstance(own, PercentField):
        return "num w-m"
    return "w-m" if isinstance(own, BooleanField) else "w-xl"


def _rows(one: List, here: Part, columns: list[Column], opened: Opened, total: int) -> Iterable[Row]:
    new = Row(None, _fields(columns, opened.form), form=opened.form) if opened.what == "new" else None
    address = reverse("lists:item-edit", args=[one.implementation.slug, one.key, 0]).removesuffix("0/")
    up, down, everything = _("Move %(item)s up"), _("Move %(item)s down"), _("Everything about %(item)s")
    for number, item in here.rows:
        is_open = item == opened.item
        form = opened.form if is_open and opened.what == "edit" else None
        name = {"item": item.name}
        yield Row(
            item,
            _fields(columns, form) if form else _texts(columns, item),
            pk=str(item.pk),
            number=str(number),
            address=f"{address}{item.pk}/",
            first=number == 1,
            last=number == total,
            move_up=up % name,
            move_down=down % name,
            everything=everything % name,
            form=form,
            asks=opened.what if is_open and opened.what in {"move", "retire"} else "",
        )
        if new and is_open:
            yield new
    if new and opened.item is None:
        yield new


def _retired_rows(items: list[ListItem], columns: list[Column]) -> Iterable[Row]:
    retirements = _retirements(items)
    for item in items:
        yield Row(item, _texts(columns, item), retirement=retirements.get(item.pk))


def _retirements(items: list[ListItem]) -> dict[int, Change]:
    """The change that took each item out of use last."""
    if not items:
        return {}
    rows = ChangedRow.objects.filter(
        model=ListItem._meta.label_lower, row_id__in=[item.pk for item in items], after__has_key="retired_at"
    )
    ordered = rows.select_related("change").order_by("change__seq")
    return {row.row_id: row.change for row in ordered if row.after and row.after["retired_at"]}


def _fields(columns: list[Column], form: RowForm | None) -> list[Cell]:
    return [Cell(column, field=form[column.name]) for column in columns] if form else []


def _texts(columns: list[Column], item: ListItem) -> list[Cell]:
    return [Cell(column, _text(column, item)) for column in columns]


def _text(column: Column, item: ListItem) -> str:
    if column.language:
        return str(item.translations.get(column.language, {}).get("name", ""))
    return _worded(facet_of(item), column.name)


def _worded(facet: Any, name: str) -> str:
    """What a facet has, in words."""
    if hasattr(facet, f"get_{name}_display"):
        return str(getattr(facet, f"get_{name}_display")())
    value = getattr(facet, name)
    if isinstance(value, bool):
        return _("Yes") if value else ""
    return percent(value)

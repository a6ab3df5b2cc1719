"""The demonstration as data: its acts are possible, one after the other, and leave what the pages need to show."""

import json
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "onboarding" / "demonstrations"
FILES = sorted(FOLDER.glob("*.json"))
GENERAL = json.loads((PROJECT / "crmsetup" / "startersets" / "general.json").read_text(encoding="utf-8"))
ACTS = {
    "add-item": {"list", "key", "name"},
    "edit-item": {"list", "item"},
    "move-item": {"list", "item", "after"},
    "retire-item": {"list", "item"},
    "restore-item": {"list", "item"},
    "edit-guide": {"guide"},
    "switch-guide": {"guide", "on"},
    "add-activity": {"guide", "step", "key", "name", "type"},
    "edit-activity": {"guide", "step", "activity"},
    "move-activity": {"guide", "step", "activity", "after"},
    "add-document": {"guide", "step", "key", "name"},
    "assign-question": {"question", "responsible", "due_in"},
    "answer": {"question", "answer"},
    "decide": {"question", "state", "answer", "reason"},
    "assign-check": {"item", "responsible", "due_in"},
    "tick": {"item", "state", "note"},
    "undo": {"of"},
}


class Result:
    """What the acts of a file lead to."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.roles = {person["email"]: person["role"] for person in data["persons"]}
        self.items = {(name, item["key"]): dict(item) for name, items in GENERAL["lists"].items() for item in items}
        self.retired: set[tuple[str, str]] = set()
        self.inside = {
            (guide["key"], step["status"]): [one["key"] for one in step["activities"]]
            for guide in GENERAL["guides"]
            for step in guide["steps"]
        }
        self.states = {q["key"]: "unanswered" for block in GENERAL["blocks"] for q in block["questions"]}
        self.responsible: dict[str, str] = {}
        for act in data["acts"]:
            getattr(self, act["act"].replace("-", "_"), self.nothing)(act)

    def nothing(self, act: dict[str, Any]) -> None:
        """An act that leads to nothing that is looked at here."""

    def add_item(self, act: dict[str, Any]) -> None:
        assert (act["list"], act["key"]) not in self.items
        names = {item["name"]["nb"].casefold() for (name, _key), item in self.items.items() if name == act["list"]}
        assert act["name"]["nb"].casefold() not in names
        self.items[act["list"], act["key"]] = dict(act)

    def edit_item(self, act: dict[str, Any]) -> None:
        self.items[act["list"], act["item"]].update(act)

    def move_item(self, act: dict[str, Any]) -> None:
        assert {(act["list"], act["item"]), (act["list"], act["after"])} <= set(self.items)

    def retire_item(self, act: dict[str, Any]) -> None:
        assert (act["list"], act["item"]) in self.items
        self.retired.add((act["list"], act["item"]))

    def restore_item(self, act: dict[str, Any]) -> None:
        self.retired.remove((act["list"], act["item"]))

    def add_activity(self, act: dict[str, Any]) -> None:
        assert ("follow-up-type", act["type"]) in self.items
        self.inside[act["guide"], act["step"]].append(act["key"])

    def edit_activity(self, act: dict[str, Any]) -> None:
        assert act["activity"] in self.inside[act["guide"], act["step"]]

    move_activity = edit_activity

    def add_document(self, act: dict[str, Any]) -> None:
        assert (act["guide"], act["step"]) in self.inside
        assert ("document-template", act["template"]) in self.items

    def assign_question(self, act: dict[str, Any]) -> None:
        assert act["question"] in self.states
        assert act["responsible"] in self.roles
        self.responsible[act["question"]] = act["responsible"]

    def answer(self, act: dict[str, Any]) -> None:
        assert self.responsible[act["question"]] == act["by"]
        self.states[act["question"]] = "answered"

    def decide(self, act: dict[str, Any]) -> None:
        assert act["question"] in self.states
        self.states[act["question"]] = act["state"]

    def assign_check(self, act: dict[str, Any]) -> None:
        assert act["item"] in {item["key"] for item in GENERAL["checklist"]}
        self.responsible[f"check:{act['item']}"] = act["responsible"]

    def tick(self, act: dict[str, Any]) -> None:
        assert self.responsible[f"check:{act['item']}"] == act["by"]


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_acts_are_known_possible_and_in_order(path: Path) -> None:
    data = read(path)
    result = Result(data)
    for act in data["acts"]:
        assert ACTS[act["act"]] <= set(act), act
    when = [(-one["days_ago"], one["at"]) for one in (data, *data["acts"])]
    assert when == sorted(when)
    refs = {act["ref"] for act in data["acts"] if "ref" in act}
    assert refs == {act["of"] for act in data["acts"] if act["act"] == "undo"}
    assert {act["by"] for act in data["acts"]} <= set(result.roles)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nobody_does_what_the_role_does_not_allow(path: Path) -> None:
    data = read(path)
    allowed = {"contributor": {"answer", "tick"}, "reader": set()}
    roles = Result(data).roles
    for act in data["acts"]:
        assert act["act"] in allowed.get(roles[act["by"]], ACTS), act


def test_fjordlys_shows_every_state() -> None:
    data = read(FOLDER / "fjordlys.json")
    result = Result(data)
    assert set(result.roles.values()) == {"administrator", "consultant", "contributor", "reader"}
    assert len(result.items) >= 40
    assert len(result.retired) == 3
    assert ("category", "housing-cooperative") in result.retired
    assert sum("en" not in item["name"] for item in result.items.values()) == 2
    assert set(result.states.values()) == {"unanswered", "answered", "to_clarify", "decided", "not_applicable"}
    assert len(data["acts"]) >= 20
    assert len({act["by"] for act in data["acts"]}) == 4
    assert (data["acts"][0]["days_ago"], data["acts"][-1]["days_ago"]) == (21, 0)


def test_nordvik_bygg_has_hardly_begun() -> None:
    data = read(FOLDER / "nordvik-bygg.json")
    assert len(data["acts"]) < 5
    assert set(Result(data).states.values()) == {"unanswered"}

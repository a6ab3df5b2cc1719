"""The starter sets of the repository: right by the schema, whole in both languages, and fit to be read."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from crmsetup.names import name_key

FOLDER = Path(__file__).parents[2] / "crmsetup" / "startersets"
SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
SETS = {path.stem: path for path in sorted(FOLDER.glob("*.json")) if path.stem != "schema"}
STATUS_LISTS = {"sale": "sale-stage", "project": "project-status"}
ALIKE = {"Partner", "Transport", "IT"}  # the same word in both languages
PRIMER = {
    "category": {"Kunde", "Potensiell kunde", "Leverandør", "Partner"},
    "industry": {"Transport", "IT", "Tjenester", "Produksjon"},
    "sale-stage": {"Prospekt", "Første møte", "Tilbud", "Muntlig aksept"},
    "project-status": {"Planlagt", "Under arbeid", "Fullført"},
}

Set = dict[str, Any]


@pytest.fixture(params=sorted(SETS))
def starter_set(request: pytest.FixtureRequest) -> Set:
    found: Set = json.loads(SETS[request.param].read_text(encoding="utf-8"))
    return found


def texts(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file with its place."""
    if isinstance(node, dict) and "nb" in node:
        yield place, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{place}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from texts(value, f"{place}[{number}]")


def steps(starter_set: Set) -> Iterator[tuple[Set, Set]]:
    for guide in starter_set["guides"]:
        for step in guide["steps"]:
            yield guide, step


def questions(starter_set: Set) -> list[Set]:
    return [question for block in starter_set["blocks"] for question in block["questions"]]


def keys(starter_set: Set, name: str) -> set[str]:
    return {item["key"] for item in starter_set["lists"][name]}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_follows_the_schema(starter_set: Set) -> None:
    errors = [f"{list(e.absolute_path)}: {e.message}" for e in Draft202012Validator(SCHEMA).iter_errors(starter_set)]
    assert errors == []


def test_is_named_as_its_file(starter_set: Set) -> None:
    assert json.loads(SETS[starter_set["key"]].read_text(encoding="utf-8")) == starter_set


@pytest.mark.parametrize("language", ["nb", "en"])
def test_names_are_unique_in_their_list(starter_set: Set, language: str) -> None:
    for name, items in starter_set["lists"].items():
        found = [name_key(item["name"][language]) for item in items]
        assert len(found) == len(set(found)), name


def test_keys_are_unique(starter_set: Set) -> None:
    groups = [*starter_set["lists"].values(), starter_set["guides"], starter_set["blocks"], starter_set["checklist"]]
    groups += [questions(starter_set)]
    groups += [step[part] for _guide, step in steps(starter_set) for part in ("activities", "documents")]
    for group in groups:
        found = [one["key"] for one in group]
        assert len(found) == len(set(found)), found


def test_blocks_and_choices_are_numbered_and_named_once(starter_set: Set) -> None:
    numbers = [block["number"] for block in starter_set["blocks"]]
    assert numbers == sorted(set(numbers))
    for question in questions(starter_set):
        found = [choice["key"] for choice in question.get("choices", [])]
        assert len(found) == len(set(found)), question["key"]


def test_a_guide_has_a_status_once_and_refers_to_what_is_there(starter_set: Set) -> None:
    for guide in starter_set["guides"]:
        found = [step["status"] for step in guide["steps"]]
        assert len(found) == len(set(found)), guide["key"]
    for guide, step in steps(starter_set):
        assert step["status"] in keys(starter_set, STATUS_LISTS[guide["kind"]])
        assert {activity["type"] for activity in step["activities"]} <= keys(starter_set, "follow-up-type")
        assert {document["template"] for document in step["documents"]} <= keys(starter_set, "document-template")


def test_questions_refer_to_what_is_there(starter_set: Set) -> None:
    kinds = {guide["kind"] for guide in starter_set["guides"]}
    for question in questions(starter_set):
        if question["kind"] == "list":
            assert question["list"] in starter_set["lists"], question["key"]
        if question["kind"] == "guide":
            assert question["guide_kind"] in kinds, question["key"]


def test_probabilities_rise_along_a_sale_guide(starter_set: Set) -> None:
    probability = {stage["key"]: stage["probability"] for stage in starter_set["lists"]["sale-stage"]}
    for guide in starter_set["guides"]:
        if guide["kind"] == "sale":
            found = [probability[step["status"]] for step in guide["steps"]]
            assert found == sorted(set(found)), guide["key"]


def test_a_guide_takes_as_long_as_it_says(starter_set: Set) -> None:
    working_days = {"days": 1, "weeks": 5, "months": 21}
    for guide in starter_set["guides"]:
        expected = guide["duration"]["value"] * working_days[guide["duration"]["unit"]]
        assert sum(step["days"] for step in guide["steps"]) <= expected, guide["key"]


def test_every_text_is_written_in_both_languages(starter_set: Set) -> None:
    for place, text in texts(starter_set):
        assert set(text) == {"nb", "en"}, place
        assert text["nb"] != text["en"] or text["nb"] in ALIKE, place


def test_every_question_helps_the_one_who_answers(starter_set: Set) -> None:
    for question in questions(starter_set):
        assert {"why", "decides", "example"} <= set(question), question["key"]
        assert question["text"]["nb"].count("?") == question["text"]["en"].count("?") >= 1, question["key"]
    assert all(item.get("description") for item in starter_set["checklist"])
    assert all(item.get("description") for items in starter_set["lists"].values() for item in items)


def test_norwegian_is_set_as_norwegian(starter_set: Set) -> None:
    for place, text in texts(starter_set):
        assert not re.search(r"trinn\b|trinnet|\"|\d %|\d%| - ", text["nb"], re.IGNORECASE), (place, text["nb"])


def test_general_has_every_kind_of_question_and_the_examples_of_the_primer() -> None:
    general = json.loads(SETS["general"].read_text(encoding="utf-8"))
    assert {question["kind"] for question in questions(general)} == {"text", "choice", "yesno", "list", "guide"}
    assert {guide["kind"] for guide in general["guides"]} == {"sale", "project"}
    assert len(general["checklist"]) == 10
    checks = {item["check"] for item in general["checklist"] if "check" in item}
    assert checks == {"categories_reviewed", "sale_guide_on", "companies_decided", "translations_complete"}
    for name, wanted in PRIMER.items():
        assert wanted <= {item["name"]["nb"] for item in general["lists"][name]}


BROKEN = {
    "a name of 240 characters": lambda s: s["lists"]["industry"][0]["name"].update(nb="x" * 240),
    "a name of spaces": lambda s: s["lists"]["industry"][0]["name"].update(nb="  "),
    "a description of 255": lambda s: s["lists"]["industry"][0]["description"].update(en="x" * 255),
    "a language that is missing": lambda s: s["lists"]["industry"][0]["name"].pop("en"),
    "a probability of 101": lambda s: s["lists"]["sale-stage"][0].update(probability=101),
    "lead status outside its group": lambda s: s["lists"]["category"][0].update(group="customer", lead_status=True),
    "a list that no catalogue has": lambda s: s["lists"].update(colour=[]),
    "a word too many": lambda s: s["guides"][0].update(colour="red"),
    "a guide on with one status": lambda s: s["guides"][0].update(on=True, steps=s["guides"][0]["steps"][:1]),
    "a milestone in a sale": lambda s: s["guides"][0]["steps"][0]["activities"][0].update(milestone=True),
    "a list question without a list": lambda s: s["blocks"][0]["questions"][0].pop("list"),
    "choices of a text question": lambda s: s["blocks"][0]["questions"][2].update(choices=[{}, {}]),
    "a check that nobody knows": lambda s: s["checklist"][0].update(check="moon_is_full"),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_the_schema_refuses(mistake: str) -> None:
    general = json.loads(SETS["general"].read_text(encoding="utf-8"))
    BROKEN[mistake](general)
    assert not Draft202012Validator(SCHEMA).is_valid(general)

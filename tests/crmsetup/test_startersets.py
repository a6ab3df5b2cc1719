"""Starter sets: a wrong file is refused with its place, and one without faults fills an implementation."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from crmsetup import startersets
from crmsetup.models import Implementation
from crmsetup.startersets import BrokenStarterSet

GENERAL = json.loads((startersets.FOLDER / "general.json").read_text(encoding="utf-8"))
Data = dict[str, Any]


def told(tmp_path: Path, break_it: Callable[[Data], Any], language: str = "en") -> str:
    """What is said of the general set after something was broken in it."""
    data = deepcopy(GENERAL)
    break_it(data)
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with translation.override(language), pytest.raises(BrokenStarterSet) as refused:
        startersets.read(file)
    return str(refused.value)


def item(data: Data, name: str = "industry", number: int = 0) -> Data:
    found: Data = data["lists"][name][number]
    return found


def step(data: Data) -> Data:
    found: Data = data["guides"][0]["steps"][0]
    return found


def question(data: Data, kind: str) -> Data:
    return next(q for block in data["blocks"] for q in block["questions"] if q["kind"] == kind)


FAULTS: list[tuple[Callable[[Data], Any], str]] = [
    (lambda d: d.pop("lists"), "mine.json: the whole file: «lists» is missing."),
    (lambda d: d.update(colour=1), "mine.json: the whole file: «colour» does not belong here."),
    (lambda d: d.update(lists=[]), "mine.json: lists: Names and values in braces are needed here."),
    (lambda d: item(d).pop("name"), "mine.json: lists.industry[0]: «name» is missing."),
    (lambda d: item(d)["name"].update(nb=""), "mine.json: lists.industry[0].name.nb: A text is needed here."),
    (lambda d: item(d)["name"].update(en=7), "mine.json: lists.industry[0].name.en: A text is needed here."),
    (
        lambda d: item(d)["name"].update(nb="x" * 240),
        "mine.json: lists.industry[0].name.nb: The text has 240 characters; 239 have room.",
    ),
    (
        lambda d: item(d)["name"].update(nb=" x"),
        "mine.json: lists.industry[0].name.nb: « x» is not written as it has to be.",
    ),
    (
        lambda d: item(d, "sale-stage").update(probability=101),
        "mine.json: lists.sale-stage[0].probability: 101 is too small or too large; the limit is 100.",
    ),
    (
        lambda d: item(d, "sale-stage").update(probability="ten"),
        "mine.json: lists.sale-stage[0].probability: A whole number is needed here.",
    ),
    (
        lambda d: item(d, "category").update(group="customer", lead_status=True),
        'mine.json: lists.category[0].group: «customer» is not possible here, but: "potential".',
    ),
    (lambda d: d.update(guides={}), "mine.json: guides: A list is needed here."),
    (lambda d: d["guides"][0].update(on="yes"), "mine.json: guides[0].on: true or false is needed here."),
    (
        lambda d: d["guides"][0].update(on=True, steps=d["guides"][0]["steps"][:1]),
        "mine.json: guides[0].steps: At least 2 have to stand here.",
    ),
    (
        lambda d: d["guides"][0]["steps"].append(step(d)),
        f"mine.json: guides[0].steps: «{step(GENERAL)['status']}» stands there 2 times as status.",
    ),
    (
        lambda d: step(d).update(status="gone"),
        "mine.json: guides[0].steps[0].status: «gone» is not in lists.sale-stage.",
    ),
    (
        lambda d: step(d)["activities"][0].update(type="gone"),
        "mine.json: guides[0].steps[0].activities[0].type: «gone» is not in lists.follow-up-type.",
    ),
    (
        lambda d: question(d, "list").update(list="colour"),
        "«colour» is no list of this file.",
    ),
    (lambda d: question(d, "text").update(list="category"), "]: «list» does not belong here."),
    (lambda d: question(d, "choice")["choices"].append(question(d, "choice")["choices"][0]), "times as key."),
    (
        lambda d: item(d, number=1)["name"].update(nb=item(d)["name"]["nb"].upper()),
        f"mine.json: lists.industry: «{item(GENERAL)['name']['nb'].lower()}» stands there 2 times as name.nb.",
    ),
    (
        lambda d: d["guides"].append(d["guides"][0] | {"key": "another"}),
        f"mine.json: guides: «{GENERAL['guides'][0]['name']['nb'].lower()}» stands there 2 times as name.nb.",
    ),
    (
        lambda d: d["blocks"][1].update(number=d["blocks"][0]["number"]),
        f"mine.json: blocks: «{GENERAL['blocks'][0]['number']}» stands there 2 times as number.",
    ),
    (
        lambda d: d["checklist"][1].update(key=d["checklist"][0]["key"]),
        f"mine.json: checklist: «{GENERAL['checklist'][0]['key']}» stands there 2 times as key.",
    ),
]


@pytest.mark.parametrize(("break_it", "fault"), FAULTS, ids=[fault for _break_it, fault in FAULTS])
def test_a_wrong_file_is_refused_with_the_place(tmp_path, break_it, fault):
    english = told(tmp_path, break_it)
    assert english.endswith(fault)
    norwegian = told(tmp_path, break_it, "nb")
    assert norwegian.split(": ")[0] == "mine.json"
    assert norwegian != english


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"{", "mine.json: This is not JSON: Expecting property name"),
        (b"\xff\xfe", "mine.json: This is not JSON: 'utf-8' codec can't decode"),
        (b"[]", "mine.json: the whole file: Names and values in braces are needed here."),
    ],
)
def test_a_file_that_is_no_starter_set_at_all_is_refused(tmp_path, content, fault):
    (tmp_path / "mine.json").write_bytes(content)
    with translation.override("en"), pytest.raises(BrokenStarterSet) as refused:
        startersets.read(tmp_path / "mine.json")
    assert str(refused.value).startswith(fault)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BrokenStarterSet, match=r"mine\.json: No such file"):
        startersets.read(tmp_path / "mine.json")
    with (
        translation.override("en"),
        pytest.raises(BrokenStarterSet, match="no starter set «schema»; there are: general"),
    ):
        startersets.load("schema")


def test_an_implementation_in_english_gets_the_english_names_and_the_norwegian_as_translations(administrator):
    made = startersets.create_implementation(
        name="Fell Ltd",
        administrator=administrator,
        starter_set=startersets.load("general"),
        main_language="en",
        further_languages=["nb", "en", "sv"],
    )
    assert made.languages == ["en", "nb", "sv"]
    from lists.models import ListItem

    first = ListItem.objects.filter(implementation=made, list__key="industry").order_by("rank").first()
    assert first.name == item(GENERAL)["name"]["en"]
    assert first.text_in("name", "nb") == item(GENERAL)["name"]["nb"]
    assert "sv" not in first.translations


def test_two_companies_of_one_name_get_two_addresses(administrator):
    made = [
        startersets.create_implementation(
            name="Ærlig Ås & Sønn", administrator=administrator, starter_set=startersets.load("general")
        )
        for _turn in range(2)
    ]
    assert [one.slug for one in made] == ["aerlig-as-sonn", "aerlig-as-sonn-2"]


def test_a_name_without_letters_gets_an_address(administrator):
    startersets.create_implementation(name="東京", administrator=administrator, starter_set=startersets.load("general"))
    assert Implementation.objects.filter(slug="implementation").exists()

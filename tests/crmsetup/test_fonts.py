"""The web fonts hold what pages need, and the style sheet asks for each of them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from crmsetup.fonts import FACES, SIGNS, SOURCES, web_font

SHEET = (Path(settings.BASE_DIR) / "static" / "css" / "fonts.css").read_text()


def letters_of(name: str) -> set[int]:
    with TTFont(web_font(name)) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("face", SOURCES)
def test_a_face_has_the_letters_of_every_page(face):
    letters = letters_of(f"{face}.woff2")
    assert {ord(letter) for letter in "azAZ09æøåÆØÅéüß§«»" + SIGNS} <= letters
    assert ord("ł") not in letters


@pytest.mark.parametrize("face", SOURCES)
def test_its_second_file_has_the_letters_of_the_range_that_the_style_sheet_gives_it(face):
    rule = re.search(rf"{face}-more\.woff2[^}}]+unicode-range: U\+(\w+)-(\w+);", SHEET)
    assert rule
    asked = set(range(int(rule[1], 16), int(rule[2], 16) + 1))
    assert {ord(letter) for letter in "łŁźšŠčőœ"} <= letters_of(f"{face}-more.woff2") <= asked


def test_the_style_sheet_names_every_file_once():
    assert sorted(re.findall(r"vendor/fonts/([^\"]+)", SHEET)) == sorted(FACES)

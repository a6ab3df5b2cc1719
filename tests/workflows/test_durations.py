"""How long things take, as people write it and as it is told."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from workflows.durations import minutes_in_words, minutes_of, span_in_words


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0", 0),
        ("45", 45),
        ("45 min", 45),
        ("45m", 45),
        ("45 minutter", 45),
        ("1 t", 60),
        ("1 time", 60),
        ("2 timer", 120),
        ("1 hour 5 minutes", 65),
        ("1t30", 90),
        ("1 T 30 M", 90),
        ("1,5 t", 90),
        ("0.25 h", 15),
        ("2:05", 125),
        (" 1 h og 10 m ", 70),
    ],
)
def test_reads_what_people_write(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    "text", ["", " ", "x", "-5", "1:60", "1:5", "1 t 30 x", "1 2 3", "1e3", "9" * 30, "½ t", ":30"]
)
def test_refuses_what_is_no_duration(text):
    with pytest.raises(ValueError):  # noqa: PT011 - it is the text itself
        minutes_of(text)


@pytest.mark.parametrize("language", ["nb", "en"])
@given(minutes=st.integers(0, 5999))
def test_reads_its_own_words_back(language, minutes):
    with translation.override(language):
        assert minutes_of(minutes_in_words(minutes)) == minutes


@pytest.mark.parametrize(
    ("number", "unit", "nb", "en"),
    [
        (1, "days", "1 dag", "1 day"),
        (2, "weeks", "2 uker", "2 weeks"),
        (1, "months", "1 måned", "1 month"),
        (3, "months", "3 måneder", "3 months"),
    ],
)
def test_a_span_in_both_languages(number, unit, nb, en):
    with translation.override("nb"):
        assert span_in_words(number, unit) == nb
    with translation.override("en"):
        assert span_in_words(number, unit) == en

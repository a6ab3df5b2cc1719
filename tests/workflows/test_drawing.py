"""The chevrons of a guide as geometry."""

import re

import pytest

from workflows.drawing import HEIGHT, ROW, WIDTH, chevrons

ENDS = [("Vunnet", "100 %"), ("Tapt", "0 %")]


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[0-9.]+", path)]


@pytest.mark.parametrize(("length", "rows"), [(0, 1), (1, 1), (6, 1), (7, 2), (13, 3)])
@pytest.mark.parametrize("ends", [[], ENDS], ids=["open", "ended"])
def test_everything_stands_inside_the_drawing(length: int, rows: int, ends: list) -> None:
    drawing = chevrons([(f"Fase {number}", "20 %") for number in range(length)], ends)
    assert (drawing.width, drawing.height) == (WIDTH, rows * ROW - 3)
    assert len(drawing.chevrons) == length
    for chevron in drawing.chevrons:
        assert max(numbers(chevron.path)) <= WIDTH
        assert all(0 <= y <= drawing.height for _x, y, _line in (*chevron.lines, chevron.foot))
    for end in drawing.ends:
        assert end.x + end.width <= WIDTH
        assert end.y + end.height <= drawing.height


def test_the_chevrons_stop_before_the_ends() -> None:
    drawing = chevrons([(f"Fase {number}", "") for number in range(6)], ENDS)
    tip = max(numbers(drawing.chevrons[-1].path))
    assert all(tip < end.x for end in drawing.ends)
    assert [(end.name, end.number) for end in drawing.ends] == ENDS
    assert drawing.ends[0].y + drawing.ends[0].height < drawing.ends[1].y


def test_a_long_name_takes_two_lines_with_a_hyphen_in_a_long_word() -> None:
    names = ["Forhandlingsavslutningssamtaler", "Andre møte med dem som skal bestemme til slutt", "Kort"]
    drawing = chevrons([(name, "20 %") for name in [*names, "A", "B", "C"]], ENDS)
    first, second, third = ([line for _x, _y, line in chevron.lines] for chevron in drawing.chevrons[:3])
    assert len(first) == len(second) == 2
    assert first[0].endswith("-")
    assert second[1].endswith("…")
    assert third == ["Kort"]


def test_without_a_foot_the_name_stands_in_the_middle() -> None:
    with_foot, without = (chevrons([("Kort", foot)]).chevrons[0].lines[0][1] for foot in ("20 %", ""))
    assert with_foot < HEIGHT / 2 < without < HEIGHT / 2 + 2

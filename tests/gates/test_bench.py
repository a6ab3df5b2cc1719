"""The benchmark measures what it says, and says when a target does not hold."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import report
from tests.gates.serving import clean_environment

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = report.Row("list", 1_000, queries=9, median_ms=20.0, p95_ms=30.0, bytes=90_000, baseline_ms=200.0, ratio=10.0)


@pytest.mark.parametrize(
    ("held", "missed"),
    [
        (report.at_least_faster(10), report.at_least_faster(10.1)),
        (report.at_most_queries(9), report.at_most_queries(8)),
        (report.at_most_ms(20), report.at_most_ms(19)),
        (report.at_most_ms_a_page(0.02), report.at_most_ms_a_page(0.01)),
        (report.at_most_bytes(90_000), report.at_most_bytes(89_999)),
        (report.no_more_queries_than(ROW), report.no_more_queries_than(report.Row("list", 10, queries=8))),
    ],
)
def test_a_target_holds_or_does_not(held, missed):
    assert report.judged(ROW, [held]).holds is True
    both = report.judged(ROW, [held, missed])
    assert both.holds is False
    assert both.target == f"{held.words}, {missed.words}"
    assert "DOES NOT HOLD" in report.line(both)


def test_nothing_is_said_where_nothing_is_promised():
    assert report.judged(ROW, []).holds is None


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """Chromium puts a socket into it, whose path has about 100 characters at most."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as folder:
        yield Path(folder)


def test_everything_is_measured_and_written_down(short_folder):
    result = short_folder / "bench.json"
    environment = clean_environment(BENCH_RESULT=str(result), TMPDIR=str(short_folder))
    command = [sys.executable, "-m", "tests.bench", "--quick"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.exists(), done.stderr
    rows = json.loads(result.read_text())
    assert {row["size"] for row in rows if row["name"] == "history"} == {10, 100}
    assert all(row["queries"] > 2 and row["median_ms"] <= row["p95_ms"] for row in rows if row["baseline_ms"])
    assert all(row["ratio"] == pytest.approx(row["baseline_ms"] / row["median_ms"]) for row in rows if row["ratio"])
    assert {"PDF, made", "PDF, downloaded again", "first load: overview"} <= {row["name"] for row in rows}
    assert done.returncode == any(row["holds"] is False for row in rows)
    assert [row["name"] for row in rows if "queries" in row["target"] and not row["holds"]] == []
    assert [path.name for path in short_folder.iterdir()] == ["bench.json"]  # the database is gone

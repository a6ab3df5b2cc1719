"""Handouts of about 10, 50 and 200 pages, each made in a process of its own.

`python -m tests.bench.pdf SLUG` makes one and tells what it took. WeasyPrint is loaded before the clock starts: that
is once in the life of a process, and a row of its own.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.bench.report import Row, at_most_ms, at_most_ms_a_page, judged

if TYPE_CHECKING:
    from tests.bench.clock import Patience


def measured(address: str, sizes: tuple[int, ...], patience: "Patience") -> Iterator[Row]:
    """Three rows for each size: making the handout, downloading it again, and once: loading what makes it."""
    from crmsetup.models import User
    from tests.bench.clock import take_turns
    from tests.bench.data import Paper

    loading: list[float] = []
    person = User.objects.order_by("pk").first()
    assert person
    for size in sizes:
        paper = Paper(size, person)
        told = _in_a_process(address, paper.implementation.slug)
        loading.append(told["loading_ms"])
        made = Row("PDF, made", told["pages"], median_ms=told["ms"], bytes=told["bytes"], peak_mb=told["peak_mb"])
        yield judged(made, [at_most_ms_a_page(300)])
        taken = take_turns([paper.download], patience)[0]
        again = Row("PDF, downloaded again", told["pages"], taken.queries, taken.median_ms, taken.p95_ms, taken.bytes)
        yield judged(again, [at_most_ms(50)])
    yield Row("PDF, loading WeasyPrint once", 0, median_ms=sum(loading) / len(loading))


def _in_a_process(address: str, slug: str) -> dict[str, Any]:
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "crmsetup.settings"}
    command = [sys.executable, "-m", "tests.bench.pdf", slug]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _make(slug: str) -> dict[str, Any]:
    import django

    django.setup()
    from crmsetup.models import Implementation
    from onboarding.printing import preparation_pdf

    started = time.perf_counter()
    import weasyprint  # noqa: F401

    loaded = time.perf_counter()
    made = preparation_pdf(Implementation.objects.get(slug=slug), "nb")
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kB on Linux
    import pypdf

    return {
        "loading_ms": (loaded - started) * 1000,
        "ms": (done - loaded) * 1000,
        "pages": len(pypdf.PdfReader(io.BytesIO(made)).pages),
        "bytes": len(made),
        "peak_mb": peak / 1024,
    }


if __name__ == "__main__":
    json.dump(_make(sys.argv[1]), sys.stdout)

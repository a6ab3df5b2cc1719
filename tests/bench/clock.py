"""Times, queries and bytes of answers."""

import gc
import gzip
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpResponse

Act = Callable[[], HttpResponse]


@dataclass(frozen=True)
class Taken:
    """What an act took."""

    queries: int
    median_ms: float
    p95_ms: float
    bytes: int


@dataclass(frozen=True)
class Patience:
    """How often something is measured: `rounds` times, or `least` times where that takes longer than the seconds."""

    rounds: int
    least: int
    seconds: float


LONG = Patience(rounds=40, least=10, seconds=20)
SHORT = Patience(rounds=2, least=2, seconds=0)


def take_turns(acts: list[Act], patience: Patience) -> list[Taken]:
    """Does the acts in turn, so that a slow moment of the machine falls on all of them, and tells what each took."""
    counted = [_counted(act) for act in acts]
    milliseconds: list[list[float]] = [[] for _act in acts]
    gc.collect()
    began = time.perf_counter()
    for number in range(patience.rounds):
        if number >= patience.least and time.perf_counter() - began > patience.seconds:
            break
        for act, taken in zip(acts, milliseconds, strict=True):
            started = time.perf_counter()
            act()
            taken.append((time.perf_counter() - started) * 1000)
    return [
        Taken(queries, statistics.median(taken), statistics.quantiles(taken, n=20)[-1], size)
        for (queries, size), taken in zip(counted, milliseconds, strict=True)
    ]


def _counted(act: Act) -> tuple[int, int]:
    """The queries of an act that was done before, and the bytes of its answer before they are compressed."""
    act()
    with _queries() as sent:
        answer = act()
    return len(sent), len(unpacked(answer))


def unpacked(answer: HttpResponse) -> bytes:
    """What it says, before it was compressed."""
    packed = answer.get("Content-Encoding") == "gzip"
    return gzip.decompress(answer.content) if packed else answer.content


@contextmanager
def _queries() -> Iterator[list[str]]:
    """Every statement that is sent to the database, but for what opens and ends a transaction."""
    sent: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT")):
            sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield sent

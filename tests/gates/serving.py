"""Servers that tests start beside themselves: on a free port, awaited, and ended whatever happens."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

OURS = (
    *("DATABASE_URL", "CRMSETUP_MODE", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "DJANGO_SETTINGS_MODULE"),
    *("MAKEFLAGS", "MFLAGS", "MAKELEVEL"),
)


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server; `get` speaks http with it."""

    port: int
    log: Path

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without what somebody works with, and with `more`."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | more


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(
    command: Sequence[str], *, folder: Path, log: Path, port: int, environment: Mapping[str, str], seconds: float = 60
) -> Iterator[Server]:
    """The server that the command starts, from when it listens; it has a minute to get there."""
    with log.open("w") as said:
        started = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdout=said, stderr=said, start_new_session=True
        )
    try:
        deadline = time.monotonic() + seconds
        while not _listens(port):
            assert started.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield Server(port, log)
    finally:
        _end(started)


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def _end(started: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(started.pid, how)
            started.wait(timeout=15)
            return

"""What the first load of a page puts on the wire: everything that Chromium, with an empty cache, asks gunicorn for."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

from tests.bench.data import Company
from tests.bench.report import Row, at_most_bytes, judged
from tests.gates import machine
from tests.gates.serving import clean_environment, free_port, running

ROOT = Path(settings.BASE_DIR)
LARGEST = 150_000


def measured(address: str, company: Company, pages: Mapping[str, Callable[[Company], str]]) -> Iterator[Row]:
    """A row for each page of a company, served as `make serve` does."""
    if machine.chromium() is None:
        print("NOT MEASURED: the first load of a page, for Chromium is not on this machine", file=sys.stderr)
        return
    port = free_port()
    environment = clean_environment(
        CRMSETUP_MODE="production",
        SECRET_KEY=settings.SECRET_KEY,  # so that the session made here is known there
        ALLOWED_HOSTS="127.0.0.1",
        SECURE_SSL_REDIRECT="false",
        SECURE_COOKIES="false",
        DATABASE_URL=address,
        PORT=str(port),
    )
    python = Path(sys.executable)
    collect = [python, "manage.py", "collectstatic", "--clear", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    command = [str(python.with_name("gunicorn")), "--config", "python:crmsetup.gunicorn"]
    with (
        tempfile.TemporaryDirectory(prefix="crmsetup-wire-") as folder,
        running(command, folder=ROOT, log=Path(folder) / "log", port=port, environment=environment),
    ):
        for name, where in pages.items():
            size = _loaded(f"http://127.0.0.1:{port}{where(company)}", company.client.cookies["sessionid"].value)
            yield judged(Row(f"first load: {name}", company.size, bytes=size), [at_most_bytes(LARGEST)])


def _loaded(address: str, session: str) -> int:
    """The bytes of all answers, heads included, until nothing more is asked for."""
    from playwright.sync_api import sync_playwright

    sizes: list[float] = []
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=arguments)
        context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        answer = page.goto(address, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, address
        assert page.url == address
        browser.close()
    return int(sum(sizes))

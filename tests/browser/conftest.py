"""A real Chromium against a live server."""

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.gates import machine

# Playwright's loop runs in the thread of the test, which Django takes for asynchronous code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Started after the database is made: the server looks at it to decide whether its threads share a connection."""
    return live_server


class Running:
    """Counts the requests that the live server is answering."""

    def __init__(self) -> None:
        self._number = 0
        self._changed = threading.Condition()

    def begin(self, **kwargs: Any) -> None:
        with self._changed:
            self._number += 1

    def finish(self, **kwargs: Any) -> None:
        with self._changed:
            self._number -= 1
            self._changed.notify_all()

    def ended(self) -> None:
        """Waits until all are answered."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._number == 0, timeout=20), "a request never ended"


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """The requests under way, from before the first page is opened."""
    running = Running()
    request_started.connect(running.begin)
    request_finished.connect(running.finish)
    yield running
    request_started.disconnect(running.begin)
    request_finished.disconnect(running.finish)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as it is installed; as root it runs without its sandbox."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=machine.chromium(), args=["--no-sandbox"] if as_root else []
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, live_server, running: "Running") -> Iterator[BrowserContext]:
    """A fresh profile whose addresses start at the live server."""
    cache.clear()  # of the sign-ins that the tests before have made in this minute
    context = browser.new_context(base_url=live_server.url, locale="nb-NO", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context
    context.close()
    running.ended()  # before the tables are emptied under what the page had still asked for


@pytest.fixture
def wrong() -> list[str]:
    """What the page has complained of so far."""
    return []


@pytest.fixture
def page(context: BrowserContext, wrong: list[str]) -> Iterator[Page]:
    """A page on which a script error or a refusal by the Content-Security-Policy fails the test."""
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    assert wrong == []


@pytest.fixture
def accessible(page: Page, wrong: list[str]) -> Callable[[], None]:
    """Fails the test when axe-core finds a fault in what the page shows now, whole: nothing sticks over a field."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def check() -> None:
        seen, own = page.viewport_size or {}, len(wrong)
        page.evaluate("() => document.fonts.ready.then(() => null)")
        page.set_viewport_size({**seen, "height": page.evaluate("document.documentElement.scrollHeight")})
        found = Axe().run(page, options={"runOnly": rules}).response["violations"]
        page.set_viewport_size(seen)
        page.evaluate("() => new Promise(done => setTimeout(done, 100))")  # lets its complaints arrive
        del wrong[own:]  # axe-core tries inline styles of its own, which the policy refuses
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []

    return check

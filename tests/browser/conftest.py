"""A real Chromium against a live server."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.gates import machine

# Playwright's loop runs in the thread of the test, which Django takes for asynchronous code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as it is served: in memory all requests would share one connection."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("sqlite") / "browser.sqlite3")


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Started after the database is made: the server looks at it to decide whether its threads share a connection."""
    return live_server


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
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """A fresh profile whose addresses start at the live server."""
    context = browser.new_context(base_url=live_server.url, locale="nb-NO", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context
    context.close()


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
    """Fails the test when axe-core finds a fault in what the page shows now."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def check() -> None:
        own = len(wrong)
        found = Axe().run(page, options={"runOnly": rules}).response["violations"]
        page.evaluate("() => new Promise(done => setTimeout(done, 100))")  # lets its complaints arrive
        del wrong[own:]  # axe-core tries inline styles of its own, which the policy refuses
        assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []

    return check

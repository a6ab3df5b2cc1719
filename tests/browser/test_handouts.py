"""Downloading a handout in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import sign_in


@pytest.mark.handout
def test_a_reader_downloads_the_preparation_in_english(page: Page, implementation, accessible) -> None:
    sign_in(page, "reader")
    page.get_by_role("link", name="Utskrifter").click()
    expect(page.get_by_role("heading", level=1, name="Utskrifter")).to_be_visible()
    accessible()
    with page.expect_download(timeout=60_000) as started:
        page.get_by_role("link", name="Engelsk").click()
    assert started.value.suggested_filename == "fjord-klargjoring-en.pdf"
    assert started.value.path().read_bytes()[:5] == b"%PDF-"

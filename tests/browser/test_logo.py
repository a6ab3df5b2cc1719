"""Putting a logo in, in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.people import sign_in
from tests.crmsetup.pictures import picture


def test_a_logo_is_put_in_seen_and_taken_away(page: Page, implementation, accessible) -> None:
    sign_in(page, "administrator")
    page.goto("/i/fjord/settings/")
    page.get_by_role("link", name="Legg inn en logo").click()
    hostile = {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    page.get_by_label("Bilde").set_input_files(hostile)
    page.get_by_role("button", name="Legg inn logoen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dette er ikke et bilde som kan leses.")
    accessible()
    page.get_by_label("Bilde").set_input_files({"name": "x.webp", "mimeType": "image/webp", "buffer": picture("WEBP")})
    page.get_by_role("button", name="Legg inn logoen").click()
    logo = page.get_by_role("img", name="Logoen til Fjord AS")
    expect(logo).to_have_js_property("naturalWidth", 40)
    accessible()
    page.get_by_role("button", name="Fjern den").click()
    expect(logo).to_be_hidden()
    page.get_by_role("button", name="Angre").click()
    expect(logo).to_be_visible()

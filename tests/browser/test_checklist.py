"""Ticking the checklist in a real browser, without JavaScript and with it."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.people import sign_in


def test_ticking_without_javascript(browser: Browser, live_server, implementation) -> None:
    with browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, "administrator")
        page.get_by_role("link", name="Sjekkliste").first.click()
        expect(page.get_by_text("2 av 10 punkter er gjort.")).to_be_visible()

        page.get_by_role("button", name="Kryss av «Utnevn en CRM-ambassadør»").click()
        expect(page.get_by_text("3 av 10 punkter er gjort.")).to_be_visible()
        row = page.get_by_role("row", name="Utnevn en CRM-ambassadør")
        expect(row).to_contain_text("Gjort")
        row.get_by_role("button", name="Ta bort avkryssingen av «Utnevn en CRM-ambassadør»").click()
        expect(page.get_by_text("2 av 10 punkter er gjort.")).to_be_visible()

        page.get_by_role("link", name="Slå på en salgsguide").click()
        page.get_by_label("Ikke aktuelt").check()
        page.get_by_label("Notat").fill("Vi selger bare gjennom forhandlere.")
        page.get_by_role("button", name="Lagre").click()
        expect(page.get_by_text("1 av 9 punkter er gjort.")).to_be_visible()
        expect(page.get_by_role("row", name="Slå på en salgsguide")).to_contain_text("Ikke aktuelt")


def test_a_press_swaps_the_list_and_the_undo_takes_it_back(page: Page, implementation, accessible) -> None:
    sign_in(page, "administrator")
    page.goto("/i/fjord/checklist/?show=open")
    menu = page.get_by_role("navigation", name="Hovedmeny")
    button = page.get_by_role("button", name="Kryss av «Klargjør importen»")
    button.focus()
    page.evaluate("window.kept = true")
    page.keyboard.press("Enter")

    expect(page.get_by_role("row", name="Klargjør importen")).to_have_count(0)
    expect(menu).to_contain_text("3 av 10")
    expect(page.locator("#announce")).to_contain_text("«Klargjør importen» er lagret.")
    assert page.evaluate("window.kept")  # the page was not loaded anew
    accessible()

    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_role("row", name="Klargjør importen")).to_be_visible()
    expect(page).to_have_url("/i/fjord/checklist/?show=open")
    expect(menu).to_contain_text("2 av 10")


def test_who_ticks_by_keyboard_stays_where_they_are(page: Page, implementation) -> None:
    sign_in(page, "administrator")
    page.goto("/i/fjord/checklist/")
    page.get_by_role("button", name="Kryss av «Klargjør importen»").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Ta bort avkryssingen av «Klargjør importen»")).to_be_focused()


def test_the_panel_on_a_phone_in_the_dark(page: Page, implementation, accessible) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    sign_in(page, "consultant")
    page.goto("/i/fjord/checklist/")
    page.get_by_role("link", name="Opprett brukerne").click()
    expect(page.get_by_role("heading", level=2, name="Opprett brukerne")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    accessible()
    page.get_by_label("Frist").fill("2026-12-04")
    page.get_by_label("Ansvarlig").select_option("Contributor")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("row", name="Opprett brukerne")).to_contain_text("Contributor")

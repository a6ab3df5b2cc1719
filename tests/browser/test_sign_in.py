"""Signing in, and what the shell offers, in a real browser."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.people import sign_in


def test_somebody_with_one_implementation_goes_straight_in(page: Page, implementation) -> None:
    sign_in(page, "administrator")

    expect(page.get_by_role("heading", level=1, name="Fjord AS")).to_be_visible()
    expect(page).to_have_url("/i/fjord/")


def test_a_wrong_password_is_told_and_the_address_kept(page: Page, implementation, accessible) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-post").fill("administrator@fjord.example")
    page.get_by_label("Passord").fill("not the password")
    page.get_by_role("main").get_by_role("button").click()

    expect(page.get_by_label("E-post")).to_have_value("administrator@fjord.example")
    expect(page.get_by_role("alert")).to_be_visible()
    accessible()


def test_language_and_theme_follow_the_person_to_another_browser(
    page: Page, browser: Browser, live_server, implementation
) -> None:
    sign_in(page, "administrator")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
    page.get_by_role("button", name="Dark theme").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")

    with browser.new_context(base_url=live_server.url, locale="nb-NO") as elsewhere:
        again = elsewhere.new_page()
        sign_in(again, "administrator")
        expect(again.get_by_role("link", name="Overview")).to_be_visible()
        expect(again.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_menu_opens_on_a_phone_without_javascript(browser: Browser, live_server, implementation) -> None:
    phone = {"width": 360, "height": 740}
    with browser.new_context(base_url=live_server.url, locale="nb-NO", viewport=phone, java_script_enabled=False) as c:
        page = c.new_page()
        sign_in(page, "administrator")
        expect(page.get_by_role("link", name="Historikk", exact=True)).to_be_hidden()
        page.get_by_role("link", name="Meny", exact=True).click()
        page.get_by_role("link", name="Historikk", exact=True).click()
        expect(page.get_by_role("heading", level=1, name="Historikk")).to_be_visible()


def test_two_people_saving_the_settings(page: Page, browser: Browser, live_server, implementation, accessible) -> None:
    sign_in(page, "administrator")
    page.goto("/i/fjord/settings/")
    with browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False) as elsewhere:
        other = elsewhere.new_page()
        sign_in(other, "consultant")
        other.goto("/i/fjord/settings/")
        other.get_by_label("CRM-versjon").fill("11.8")
        other.get_by_role("button", name="Lagre", exact=True).click()
        expect(other.get_by_role("status").first).to_contain_text("Innstillingene er lagret")

        page.get_by_label("CRM-versjon").fill("12.0")
        page.get_by_role("button", name="Lagre", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Noen lagret før deg")
        expect(page.locator("ins", has_text="12.0")).to_be_visible()
        expect(page.locator("ins", has_text="11.8")).to_be_visible()
        accessible()
        page.get_by_role("button", name="Lagre min versjon").click()
        expect(page.get_by_label("CRM-versjon")).to_have_value("12.0")

        other.get_by_label("CRM-versjon").fill("10.5")
        other.get_by_role("button", name="Lagre", exact=True).click()
        expect(other.get_by_role("heading", level=1)).to_have_text("Noen lagret før deg")
        other.get_by_role("link", name="Behold det lagrede").click()
        expect(other.get_by_label("CRM-versjon")).to_have_value("12.0")

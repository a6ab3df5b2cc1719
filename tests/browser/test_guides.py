"""Making and filling a guide in a real browser, with JavaScript and without it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from crmsetup.models import Implementation
from lists import items
from tests.browser.people import sign_in
from workflows.models import Activity, Guide, Step

PHONE = {"width": 360, "height": 740}


def add_stage(page: Page, name: str, after: str = "Sist") -> None:
    page.get_by_label("Legg til en fase").select_option(name)
    if page.get_by_label("etter", exact=True).count():
        page.get_by_label("etter", exact=True).select_option(label=after)
    page.locator("form.toolbar").get_by_role("button", name="Legg til").click()
    expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()


def make_guide(page: Page, name: str) -> Guide:
    page.goto("/i/fjord/sale-guides/")
    page.get_by_role("link", name="Ny salgsguide").click()
    page.get_by_label("Navn", exact=True).fill(name)
    page.get_by_role("button", name="Lag guiden").click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    return Guide.objects.get(name=name)


def line(page: Page) -> list[str]:
    """The names of the statuses as they stand in the line."""
    return page.locator(".chevrons strong").all_text_contents()


def duration(page: Page) -> Locator:
    """The duration in the row that is a form."""
    return page.locator(".editing").get_by_label("Varighet")


def choose_statuses(page: Page) -> None:
    add_stage(page, "Prospekt")
    add_stage(page, "Tilbud")
    add_stage(page, "Første møte", after="Prospekt")
    assert line(page) == ["Prospekt", "Første møte", "Tilbud"]
    page.get_by_role("button", name="Flytt senere").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chevrons li").nth(2)).to_contain_text("Første møte")
    expect(page.get_by_role("button", name="Flytt senere")).to_be_focused()
    page.get_by_role("button", name="Flytt tidligere").click()
    expect(page.locator(".chevrons li").nth(1)).to_contain_text("Første møte")


def fill_one(page: Page) -> None:
    page.get_by_label("Ny oppfølging").fill("Forberede møtet")
    page.get_by_role("combobox", name="Oppfølgingstype").select_option("Oppgave")
    page.get_by_label("Ny oppfølging").press("Enter")
    expect(page.locator("#announce")).to_contain_text("«Forberede møtet» er lagt til.")
    expect(page.get_by_label("Ny oppfølging")).to_be_focused()
    page.keyboard.type("Møte kunden")
    page.keyboard.press("Enter")
    page.get_by_label("Nytt dokument").fill("Referat")  # without waiting for the answer
    expect(page.get_by_role("link", name="Rediger «Møte kunden»")).to_be_visible()
    expect(page.get_by_label("Nytt dokument")).to_have_value("Referat")
    page.get_by_label("Nytt dokument").press("Enter")
    expect(page.get_by_role("link", name="Rediger «Referat»")).to_be_visible()


def edit_one(page: Page, accessible: Callable[[], None]) -> None:
    page.get_by_role("link", name="Rediger «Møte kunden»").click()
    expect(page.get_by_label("Navn", exact=True)).to_be_focused()
    accessible()
    duration(page).fill("lenge")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("alert")).to_contain_text("Ikke lagret.")
    expect(duration(page)).to_have_value("lenge")
    expect(duration(page)).to_be_focused()
    accessible()
    duration(page).fill("1:30")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("row", name="Møte kunden")).to_contain_text("1 t 30 m")
    expect(page.get_by_role("link", name="Rediger «Møte kunden»")).to_be_focused()
    page.get_by_role("link", name="Rediger «Møte kunden»").click()
    page.get_by_label("Navn", exact=True).fill("Møte hele kunden")
    page.get_by_role("link", name="Rediger «Referat»").click()  # saves what is open first
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Referat")
    expect(page.get_by_role("link", name="Rediger «Møte hele kunden»")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".opened")).to_have_count(0)
    expect(page.get_by_role("link", name="Rediger «Referat»")).to_be_focused()


def test_a_guide_from_nothing_to_on_and_off_again(page: Page, implementation: Implementation, accessible) -> None:
    sign_in(page, "administrator")
    guide = make_guide(page, "Mersalg")
    expect(page.get_by_role("heading", level=2, name="Ingen faser ennå")).to_be_visible()
    accessible()
    page.evaluate("window.kept = true")
    choose_statuses(page)
    fill_one(page)
    accessible()
    edit_one(page, accessible)
    assert page.evaluate("window.kept")  # the page was not loaded anew

    page.get_by_role("button", name="Slå på guiden").click()
    expect(page.get_by_role("status").first).to_contain_text("«Mersalg» er slått på.")
    for step in Step.objects.filter(guide=guide).select_related("status__item__list").order_by("rank")[:2]:
        items.retire(step.status.item, by=None)
    page.reload()
    expect(page.locator(".kicker .state")).to_have_text("av")
    expect(page.get_by_text("«Prospekt» er tatt ut av bruk i listen")).to_be_visible()
    assert line(page) == ["Tilbud"]
    expect(page.get_by_text("Guiden «Mersalg» slo seg av selv")).to_be_visible()  # among the latest changes
    accessible()


def test_a_guide_without_javascript_on_a_phone(browser: Browser, live_server, implementation: Implementation) -> None:
    with browser.new_context(
        base_url=live_server.url, locale="nb-NO", viewport=PHONE, java_script_enabled=False
    ) as context:
        page = context.new_page()
        sign_in(page, "administrator")
        guide = make_guide(page, "Mersalg")
        for name in ("Prospekt", "Første møte", "Tilbud"):
            add_stage(page, name)
        page.get_by_role("link", name="Første møte").click()
        page.get_by_label("Ny oppfølging").fill("Møte kunden")
        page.get_by_role("combobox", name="Oppfølgingstype").select_option("Oppgave")
        page.get_by_role("button", name="Legg til oppfølgingen").click()
        page.get_by_role("link", name="Rediger «Møte kunden»").click()
        page.get_by_label("Formål").first.fill("Vi lytter mer enn vi snakker.")
        page.get_by_text("På andre språk").click()
        page.get_by_label("Navn på engelsk").fill("Meet the customer")
        page.get_by_role("button", name="Lagre").click()
        expect(page.get_by_text("Vi lytter mer enn vi snakker.")).to_be_visible()
        assert Activity.objects.get(name="Møte kunden", step__guide=guide).translations == {
            "en": {"name": "Meet the customer"}
        }
        page.get_by_role("button", name="Slå på guiden").click()
        expect(page.locator(".kicker .state")).to_have_text("på")

        for name in ("Tilbud", "Første møte"):
            page.get_by_role("navigation", name="Fasene i «Mersalg»").get_by_role("link", name=name).click()
            page.get_by_role("link", name="Rediger fasen").click()
            page.get_by_role("button", name="Ta ut av guiden").click()
        expect(page.get_by_text("Guiden «Mersalg» slo seg av selv").first).to_be_visible()
        page.get_by_role("button", name="Angre", exact=True).click()
        expect(page.locator(".kicker .state")).to_have_text("på")
        expect(page.get_by_role("heading", level=2, name="Første møte")).to_be_visible()


def test_two_people_edit_one_activity(page: Page, browser: Browser, live_server, implementation, accessible) -> None:
    guide = Guide.objects.get(implementation=implementation, origin_key="new-customer")
    sign_in(page, "administrator")
    page.goto(guide.get_absolute_url())
    page.get_by_role("link", name="Rediger «Avtale første møte»").click()
    with browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False) as elsewhere:
        other = elsewhere.new_page()
        sign_in(other, "consultant")
        other.goto(guide.get_absolute_url())
        other.get_by_role("link", name="Rediger «Avtale første møte»").click()
        duration(other).fill("45")
        other.get_by_role("button", name="Lagre").click()

    page.get_by_label("Navn", exact=True).fill("Avtale møtet")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noen lagret før deg")
    expect(page.locator("ins", has_text="0 t 45 m")).to_be_visible()
    expect(page.locator("ins", has_text="Avtale møtet")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Lagre min versjon").click()
    expect(page.get_by_role("link", name="Rediger «Avtale møtet»")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_whole_guide_on_a_phone(page: Page, implementation: Implementation, accessible, theme: str) -> None:
    guide = Guide.objects.get(implementation=implementation, origin_key="new-customer")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=theme)
    sign_in(page, "administrator")
    for address in ("/i/fjord/sale-guides/", guide.get_absolute_url(), f"{guide.get_absolute_url()}edit/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        accessible()


def test_a_reader_reads_a_guide(page: Page, implementation: Implementation, accessible) -> None:
    guide = Guide.objects.get(implementation=implementation, origin_key="conference")
    sign_in(page, "reader")
    page.goto(guide.get_absolute_url())
    page.get_by_role("link", name="Under arbeid").click()
    expect(page.get_by_role("heading", level=2, name="Under arbeid")).to_be_visible()
    expect(page.get_by_text("Milepæl").first).to_be_visible()
    expect(page.get_by_role("link", name="Rediger fasen")).to_have_count(0)
    accessible()

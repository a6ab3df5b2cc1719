"""The lists, as people use them all day."""

from playwright.sync_api import Browser, Page, expect

from lists import items
from lists.models import List
from tests.browser.people import sign_in

LIST = "/i/fjord/lists/position/"


def _names(page: Page) -> list[str]:
    """The items in use that stand in the table as text, in order."""
    return page.locator("tr[id]:not(.out) a[data-open]").all_inner_texts()


def _open(page: Page, address: str = LIST) -> list[str]:
    """Signs the administrator in and gives the names as they stand."""
    sign_in(page, "administrator")
    page.goto(address)
    return _names(page)


def test_a_list_is_typed_into_like_a_spreadsheet(page: Page, implementation, accessible) -> None:
    before = _open(page)
    page.get_by_placeholder("Ny stilling").click()
    for name in ("Butikksjef", "Regnskapsfører", "Verneombud"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
        expect(page.get_by_role("status").first).to_contain_text(f"«{name}» er lagt til.")
        expect(page.get_by_placeholder("Ny stilling")).to_be_focused()
    assert _names(page) == [*before, "Butikksjef", "Regnskapsfører", "Verneombud"]
    expect(page.locator("#rooms").get_by_role("link", name=f"Stilling {len(before) + 3}")).to_be_visible()
    accessible()

    # a click on the missing translation opens the row there; Enter goes on in the same column
    page.get_by_text("Butikksjef", exact=True).last.click()
    expect(page.get_by_label("Navn på engelsk")).to_be_focused()
    page.keyboard.type("Shop manager")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Regnskapsfører")
    expect(page.get_by_label("Navn på engelsk")).to_be_focused()  # last: the row before had the cursor as well
    page.keyboard.type("Accountant")

    # going on to another row by a click saves what was typed
    page.get_by_role("link", name="Verneombud", exact=True).click()
    expect(page.get_by_label("Navn", exact=True)).to_have_value("Verneombud")
    expect(page.get_by_role("cell", name="Accountant")).to_be_visible()
    page.get_by_label("Navn", exact=True).fill("Hovedverneombud")
    accessible()
    page.keyboard.press("Escape")
    row = page.get_by_role("link", name="Verneombud", exact=True)
    expect(row).to_be_focused()

    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("status").first).to_contain_text("«Verneombud» står nå etter «")
    expect(page.get_by_role("button", name="Flytt Verneombud opp")).to_be_focused()
    assert _names(page)[-2:] == ["Verneombud", "Regnskapsfører"]

    row.click()
    page.get_by_role("button", name="Ta ut av bruk").click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Angre").click()
    expect(row).to_be_visible()
    assert _names(page)[-2:] == ["Verneombud", "Regnskapsfører"]


def test_a_list_is_edited_without_javascript(browser: Browser, live_server, implementation) -> None:
    with browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False) as context:
        page = context.new_page()
        before = _open(page)
        for name in ("Butikksjef", "Regnskapsfører"):
            page.get_by_placeholder("Ny stilling").fill(name)
            page.keyboard.press("Enter")
            expect(page.get_by_role("status").first).to_contain_text(f"«{name}» er lagt til.")
        expect(page.get_by_placeholder("Ny stilling")).to_be_focused()

        page.get_by_role("link", name="Regnskapsfører", exact=True).click()
        page.get_by_label("Navn", exact=True).fill("Regnskapssjef")
        page.get_by_role("button", name="Lagre", exact=True).click()
        page.get_by_role("button", name="Flytt Regnskapssjef opp").click()
        assert _names(page) == [*before, "Regnskapssjef", "Butikksjef"]

        page.get_by_role("link", name="Regnskapssjef", exact=True).click()
        page.get_by_role("button", name="Flytt …").click()
        page.get_by_label("Sett «Regnskapssjef» etter").select_option("")
        page.get_by_role("button", name="Flytt", exact=True).click()
        assert _names(page) == ["Regnskapssjef", *before, "Butikksjef"]

        page.get_by_role("link", name="Butikksjef", exact=True).click()
        page.get_by_role("button", name="Ta ut av bruk").click()
        page.get_by_placeholder("Ny stilling").fill("butikksjef")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("«Butikksjef» finnes, men er tatt ut av bruk.")
        page.get_by_role("button", name="Gjenopprett «Butikksjef»").click()
        assert _names(page) == ["Regnskapssjef", *before, "Butikksjef"]


def test_two_people_save_the_same_item(page: Page, browser: Browser, live_server, implementation, accessible) -> None:
    first, second = _open(page)[:2]
    page.get_by_role("link", name=first, exact=True).click()
    expect(page.get_by_label("Navn", exact=True)).to_be_focused()
    with browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False) as elsewhere:
        other = elsewhere.new_page()
        sign_in(other, "consultant")
        other.goto(LIST)
        other.get_by_role("link", name=first, exact=True).click()
        other.get_by_label("Navn", exact=True).fill("Administrerende direktør")
        other.get_by_role("button", name="Lagre", exact=True).click()

    page.get_by_label("Navn", exact=True).fill("Toppsjef")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Noen lagret før deg")
    expect(page.locator("ins", has_text="Toppsjef")).to_be_visible()
    expect(page.locator("ins", has_text="Administrerende direktør")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Lagre min versjon").click()
    expect(page.get_by_label("Navn", exact=True)).to_have_value(second)
    assert _names(page)[0] == "Toppsjef"


def test_what_is_wrong_stands_at_its_field(page: Page, implementation, accessible) -> None:
    _open(page, "/i/fjord/lists/category/")
    page.get_by_placeholder("Ny kategori").fill("partner")
    page.get_by_label("Leadstatus").check()
    page.keyboard.press("Enter")
    name = page.get_by_placeholder("Ny kategori")
    expect(name).to_be_focused()
    expect(name).to_have_value("partner")
    expect(name).to_have_accessible_description(
        "«Partner» finnes allerede. Store og små bokstaver og mellomrom regnes som like."
    )
    expect(page).to_have_url("/i/fjord/lists/category/")
    accessible()
    name.fill("Myndighet")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Leadstatus")).to_have_accessible_description(
        "Leadstatus hører bare til gruppen «Potensiell kunde»."
    )
    expect(page.get_by_label("Leadstatus")).to_be_focused()
    accessible()


def test_what_is_used_is_asked_about_before_it_is_retired(page: Page, implementation, accessible) -> None:
    _open(page, "/i/fjord/lists/sale-stage/")
    page.get_by_role("link", name="Tilbud", exact=True).click()
    page.get_by_role("button", name="Ta ut av bruk").click()
    question = page.get_by_role("group", name="Ta «Tilbud» ut av bruk?")
    expect(question).to_be_focused()
    expect(question.get_by_role("link", name="Guiden «Salg til ny kunde»")).to_be_visible()
    accessible()
    question.get_by_role("button", name="Ta ut av bruk").click()
    expect(page.get_by_role("link", name="Tilbud", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Vis tatt ut av bruk").click()
    expect(page.get_by_role("row", name="Tilbud Tatt ut")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Gjenopprett Tilbud").click()
    expect(page.get_by_role("link", name="Tilbud", exact=True)).to_be_visible()


def test_everything_about_an_item_stands_beside_its_list(page: Page, implementation, accessible) -> None:
    _open(page, "/i/fjord/lists/sale-stage/")
    page.get_by_role("link", name="Alt om Tilbud").click()
    panel = page.get_by_role("complementary", name="Tilbud")
    accessible()
    panel.get_by_label("Sannsynlighet").fill("120")
    panel.get_by_role("button", name="Lagre").click()
    expect(panel.get_by_role("alert")).to_be_focused()
    accessible()
    panel.get_by_label("Sannsynlighet").fill("45 %")
    panel.get_by_label("Beskrivelse på engelsk").fill("The customer has our quote")
    panel.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("cell", name="45 %")).to_be_visible()


def test_a_session_that_has_ended_takes_nothing_that_was_typed(page: Page, implementation) -> None:
    _open(page)
    page.get_by_placeholder("Ny stilling").fill("Butikksjef")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dette ble ikke lagret")).to_be_visible()
    expect(page.get_by_placeholder("Ny stilling")).to_have_value("Butikksjef")


def test_on_a_phone_a_list_is_a_row_of_cards(browser: Browser, live_server, implementation) -> None:
    item = items.items_of(List.objects.get(implementation=implementation, key="category"))[1]
    phone = {"width": 360, "height": 740}
    with browser.new_context(base_url=live_server.url, locale="nb-NO", viewport=phone) as context:
        page = context.new_page()
        sign_in(page, "administrator")
        for query in ("", "?new", f"?edit={item.pk}", f"?move={item.pk}", f"{item.pk}/", "?retired=1"):
            page.goto(f"/i/fjord/lists/category/{query}")
            assert page.evaluate("document.documentElement.scrollWidth") == phone["width"], query

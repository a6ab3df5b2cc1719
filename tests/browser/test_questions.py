"""Answering the preparation's questions in a real browser, without JavaScript and with it."""

import datetime

from playwright.sync_api import Browser, Page, expect

from onboarding import questions
from onboarding.models import Question
from tests.browser.people import sign_in


def question_of(implementation, key: str) -> Question:
    return Question.objects.select_related("implementation").get(implementation=implementation, origin_key=key)


def test_a_list_question_is_answered_without_javascript(browser: Browser, live_server, implementation) -> None:
    """Adds, renames, reorders and retires, and comes back to the same question each time."""
    categories = f"**{question_of(implementation, 'categories').get_absolute_url()}**"
    with browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, "administrator")
        page.get_by_role("link", name="Spørsmål", exact=False).first.click()
        page.get_by_role("link", name="1.1 Kategorier").click()
        table = page.get_by_role("table", name="Elementene i listen Kategori")
        names = table.get_by_role("rowheader").get_by_role("link")
        before = names.all_text_contents()

        new = table.get_by_role("row").last
        new.get_by_label("Navn", exact=True).fill("Presse")
        new.get_by_role("button", name="Legg til").click()
        page.wait_for_url(categories)
        expect(page.get_by_role("status").first).to_contain_text("«Presse» er lagt til.")

        table.get_by_role("link", name="Presse", exact=True).click()
        table.locator(".editing").get_by_label("Navn", exact=True).fill("Presse og medier")
        table.get_by_role("button", name="Lagre", exact=True).click()
        page.wait_for_url(categories)
        table.get_by_role("button", name="Flytt Presse og medier opp").click()
        page.wait_for_url(categories)
        table.get_by_role("link", name="Konkurrent", exact=True).click()
        table.get_by_role("button", name="Ta ut av bruk").click()
        page.wait_for_url(categories)

        expect(page.get_by_role("heading", level=1)).to_contain_text("Hvordan deler dere firmaene inn")
        last, rest = before[-1], [name for name in before[:-1] if name != "Konkurrent"]
        expect(names).to_have_text([*rest, "Presse og medier", last])

        page.get_by_label("Beslutningen i én setning").fill("Pressen får en egen kategori.")
        page.get_by_role("button", name="Lagre og gå til 1.2").click()
        expect(page.get_by_role("status").first).to_contain_text("«Kategorier» er besluttet.")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Hvilke bransjer")
        expect(page.get_by_role("link", name="Besluttet 1.1 Kategorier")).to_be_visible()


def test_editing_the_list_keeps_what_is_typed_below_and_tells_that_it_changed(
    page: Page, implementation, accessible
) -> None:
    sign_in(page, "administrator")
    page.goto(question_of(implementation, "industries").get_absolute_url())
    page.get_by_role("button", name="Lagre", exact=True).last.click()
    expect(page.get_by_role("complementary", name="Om spørsmålet")).to_contain_text("Besluttet")

    page.get_by_label("Begrunnelse").fill("Halvferdig")
    table = page.get_by_role("table", name="Elementene i listen Bransje")
    table.get_by_label("Navn", exact=True).fill("Havbruk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Beslutningen")).to_be_visible()
    expect(page.get_by_text("la til «Havbruk» i Bransje.")).to_be_visible()
    expect(page.get_by_role("complementary", name="Om spørsmålet")).to_contain_text("Besluttet, endret siden")
    expect(page.get_by_label("Begrunnelse")).to_have_value("Halvferdig")
    accessible()

    page.get_by_role("button", name="Beslutningen gjelder fortsatt").click()
    expect(page.get_by_text("endret siden")).to_have_count(0)


def test_two_people_decide_the_same_question(
    page: Page, browser: Browser, live_server, implementation, accessible
) -> None:
    address = question_of(implementation, "reports").get_absolute_url()
    sign_in(page, "administrator")
    page.goto(address)
    with browser.new_context(base_url=live_server.url, locale="nb-NO", java_script_enabled=False) as elsewhere:
        other = elsewhere.new_page()
        sign_in(other, "consultant")
        other.goto(address)
        other.get_by_label("Svar med ord").fill("Prognose hver fredag")
        other.get_by_role("button", name="Lagre", exact=True).click()
        expect(other.get_by_role("status").first).to_contain_text("«Rapporter» er besluttet.")

    page.get_by_label("Svar med ord").fill("Prognose hver mandag")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Noen lagret før deg")
    expect(page.locator("ins", has_text="Prognose hver mandag")).to_be_visible()
    expect(page.locator("ins", has_text="Prognose hver fredag")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Lagre min versjon").click()
    expect(page.get_by_label("Svar med ord")).to_have_value("Prognose hver mandag")
    so_far = page.get_by_role("region", name="Svar og beslutninger så langt").get_by_role("listitem")
    expect(so_far).to_have_count(2)


def test_a_contributor_answers_on_a_phone_in_the_dark(
    page: Page, implementation, administrator, contributor_membership, accessible
) -> None:
    given = question_of(implementation, "projects")
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    questions.assign(given, by=administrator, version=given.version, responsible=contributor_membership, due=yesterday)
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    sign_in(page, "contributor")
    page.goto("/i/fjord/questions/")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    accessible()
    page.get_by_role("link", name="Gå videre med 2.5").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv et svar.")
    accessible()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Hva det betyr hos dere").fill("Konferanser og kampanjer")
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("«Prosjekter i CRM» er besvart.")
    accessible()


def test_the_filter_narrows_at_once_and_can_be_shared(page: Page, implementation) -> None:
    sign_in(page, "reader")
    page.goto("/i/fjord/questions/")
    page.get_by_label("Tilstand").select_option("Besluttet")
    expect(page.get_by_role("heading", name="Ingen spørsmål passer")).to_be_visible()
    expect(page).to_have_url("/i/fjord/questions/?show=decided&responsible=")
    page.get_by_role("link", name="Vis alle spørsmål").click()
    expect(page.get_by_role("link", name="1.1 Kategorier")).to_be_visible()

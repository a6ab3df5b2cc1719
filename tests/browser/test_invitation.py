"""Inviting somebody, and coming in by the link of the mail in another browser."""

import re

from django.core import mail
from playwright.sync_api import Browser, Page, expect

from tests.browser.people import sign_in

KARI = "kari@nordmann.example"


def test_somebody_is_invited_and_comes_in(
    page: Page, browser: Browser, live_server, implementation, accessible
) -> None:
    sign_in(page, "administrator")
    page.get_by_role("link", name="Medlemmer").click()
    accessible()
    page.get_by_role("link", name="Inviter noen").click()
    page.get_by_label("E-post", exact=True).fill(KARI)
    page.get_by_label("Leser").check()
    accessible()
    page.get_by_role("button", name="Send invitasjonen").click()
    expect(page.get_by_role("status").first).to_contain_text(f"En invitasjon er på vei til {KARI}.")
    expect(page.get_by_role("row", name=KARI)).to_contain_text("Leser")
    accessible()

    (message,) = mail.outbox
    link = re.search(r"http://\S+/invitation/\S+", message.body)[0]
    with browser.new_context(locale="nb-NO", java_script_enabled=False) as elsewhere:
        kari = elsewhere.new_page()
        kari.goto(link)
        kari.get_by_label("Navnet ditt").fill("Kari Nordmann")
        kari.get_by_label("Passord", exact=True).fill("seks-glade-laks")
        kari.get_by_label("Passordet én gang til").fill("syv-glade-laks")
        kari.get_by_role("button", name="Opprett kontoen og ta imot").click()
        expect(kari.get_by_role("alert")).to_contain_text("De to passordene er ikke like.")
        expect(kari.get_by_label("Navnet ditt")).to_have_value("Kari Nordmann")
        kari.get_by_label("Passord", exact=True).fill("seks-glade-laks")
        kari.get_by_label("Passordet én gang til").fill("seks-glade-laks")
        kari.get_by_role("button", name="Opprett kontoen og ta imot").click()
        expect(kari.get_by_role("heading", level=1, name="Fjord AS")).to_be_visible()
        expect(kari.get_by_role("status").first).to_contain_text("Velkommen! Du er nå medlem i Fjord AS.")

    page.reload()
    expect(page.get_by_role("row", name="Kari Nordmann")).to_contain_text("Leser")
    expect(page.get_by_role("heading", name="Inviterte")).to_be_hidden()
    with browser.new_context(locale="nb-NO") as stranger:
        late = stranger.new_page()
        late.goto(link)
        expect(late.get_by_role("heading", level=1)).to_have_text("Denne invitasjonen kan ikke lenger brukes")


def test_removing_somebody_hands_over_what_they_had_and_can_be_undone(
    page: Page, implementation, contributor_membership, administrator, accessible
) -> None:
    from crmsetup.changes import change
    from onboarding.models import Question

    question = Question.objects.filter(implementation=implementation).first()
    with change(implementation, administrator, "implementation.edited", implementation="x") as c:
        c.update(question, responsible=contributor_membership)

    sign_in(page, "administrator")
    page.goto("/i/fjord/members/")
    page.get_by_role("link", name="Fjern Contributor").click()
    expect(page.get_by_role("heading", name="Contributor er ansvarlig for én ting")).to_be_visible()
    page.get_by_label("Hvem tar over?").select_option(label="Consultant")
    accessible()
    page.get_by_role("button", name="Fjern", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("gikk til Consultant")
    question.refresh_from_db()
    assert str(question.responsible) == "Consultant"
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_role("row", name="Contributor")).to_contain_text("Bidragsyter")
    question.refresh_from_db()
    assert question.responsible == contributor_membership

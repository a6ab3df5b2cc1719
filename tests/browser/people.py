"""How people use the browser in these tests."""

from playwright.sync_api import Page

from tests.cast import PASSWORD


def sign_in(page: Page, name: str) -> None:
    """Signs a member of the cast in, in Norwegian."""
    page.goto("/account/login/")
    page.get_by_label("E-post").fill(f"{name}@fjord.example")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/i/**")

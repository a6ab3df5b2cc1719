"""The access table of the checklist and the handouts; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

CHECKLIST_CASES = [
    Case("onboarding:checklist", get="login 404 200 200 200 200", post="login 404 405 405 405 405"),
    Case(
        "onboarding:checklist-item-edit",
        path=lambda t: {"pk": t.check.pk},
        body=lambda t: {"version": t.check.version, "state": "done", "note": "Avtalt"},
        ids=lambda t: {"responsible": t.member("administrator").pk},
        get="login 404 200 200 200 200",
        post="login 404 403 403 302 302",
        get_foreign="login 404 404 404 404 404",
        post_foreign="login 404 404 404 404 404",
        post_foreign_body="login 404 403 403 422 422",
    ),
    Case(
        "onboarding:checklist-item-edit",
        path=lambda t: {"pk": t.given_check.pk},
        body=lambda t: {"version": t.given_check.version, "state": "done", "note": "Avtalt"},
        get="login 404 200 200 200 200",
        post="login 404 403 302 302 302",
        get_foreign="login 404 404 404 404 404",
        post_foreign="login 404 404 404 404 404",
        why="given to the contributor",
    ),
    Case(
        "onboarding:checklist-item-tick",
        path=lambda t: {"pk": t.check.pk},
        body=lambda t: {"version": t.check.version, "state": "done"},
        get="login 404 403 405 405 405",
        post="login 404 403 403 302 302",
        get_foreign="login 404 403 405 405 405",
        post_foreign="login 404 403 404 404 404",
    ),
    Case(
        "onboarding:checklist-item-tick",
        path=lambda t: {"pk": t.given_check.pk},
        body=lambda t: {"version": t.given_check.version, "state": "done"},
        get="login 404 403 405 405 405",
        post="login 404 403 302 302 302",
        get_foreign="login 404 403 405 405 405",
        post_foreign="login 404 403 404 404 404",
        why="given to the contributor",
    ),
    Case("onboarding:handout-list", get="login 404 200 200 200 200", post="login 404 405 405 405 405"),
    Case("onboarding:preparation-pdf", get="login 404 200 200 200 200", post="login 404 405 405 405 405"),
]

"""Who gets what answer from every address, written by hand; each room has a table of its own.

Each expectation has six columns:
    anonymous outsider reader contributor administrator consultant
`login` is a redirect to the sign-in page; the outsider is a member of another implementation only.

A case has up to five expectations: `get` and `post` with our own ids; `get_foreign` and `post_foreign` with ids of the
other implementation in the path; `post_foreign_body` with one id of the other implementation in the body at a time.
What a case gives no expectation for has nothing foreign to try. PUT, PATCH, DELETE and OPTIONS are never answered;
HEAD is answered as GET is.
"""

from tests.crmsetup.access_case import Case
from tests.crmsetup.access_people import PEOPLE_CASES
from tests.crmsetup.pictures import Sent, picture
from tests.lists.access_cases import LIST_CASES
from tests.onboarding.access_checklist import CHECKLIST_CASES
from tests.onboarding.access_questions import QUESTION_CASES
from tests.workflows.access_cases import GUIDE_CASES

ALLAUTH = {
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_inactive",
}
"""Views that are not ours and carry no mark."""

GROUND_CASES = [
    # --- accounts
    Case(
        "account_login",
        get="200 302 302 302 302 302",
        post="200 302 302 302 302 302",
        idle=True,
        why="without a password",
    ),
    Case("account_logout", get="302 200 200 200 200 200", post="302 302 302 302 302 302", idle=True),
    Case(
        "account_change_password",
        get="login 200 200 200 200 200",
        post="login 200 200 200 200 200",
        idle=True,
        why="without the old one",
    ),
    Case(
        "account_reset_password",
        get="200 200 200 200 200 200",
        post="302 302 302 302 302 302",
        body=lambda t: {"email": "nobody@fjord.example"},
        idle=True,
    ),
    Case("account_reset_password_done", get="200 200 200 200 200 200", post="405 405 405 405 405 405"),
    Case(
        "account_reset_password_from_key",
        get="200 200 200 200 200 200",
        post="200 200 200 200 200 200",
        path=lambda t: {"uidb36": "1", "key": "guessed-key"},
        idle=True,
        why="with a key that is not valid",
    ),
    Case("account_reset_password_from_key_done", get="200 200 200 200 200 200", post="405 405 405 405 405 405"),
    Case("account_inactive", get="200 200 200 200 200 200", post="405 405 405 405 405 405"),
    # --- the ground floor
    Case("crmsetup:implementation-choose", get="login 302 302 302 302 302", post="login 405 405 405 405 405"),
    Case(
        "crmsetup:implementation-choose",
        query="all",
        get="login 200 200 200 200 200",
        post="login 405 405 405 405 405",
        why="all of them",
    ),
    Case(
        "crmsetup:implementation-create",
        get="login 403 403 403 403 403",
        post="login 403 403 403 403 403",
        body=lambda t: {"name": "Vidde AS", "main_language": "nb", "starter_set": "general"},
        why="the account may not, whatever the role",
    ),
    Case(
        "crmsetup:preferences-save",
        get="405 405 405 405 405 405",
        post="302 302 302 302 302 302",
        body=lambda t: {"theme": "dark", "language": "en"},
        idle=True,
    ),
    Case(
        "crmsetup:implementation-overview",
        get="login 404 200 200 200 200",
        post="login 404 405 405 405 405",
    ),
    Case(
        "crmsetup:implementation-edit",
        get="login 404 403 403 200 200",
        post="login 404 403 403 302 302",
        body=lambda t: {"name": "Fjord Invest AS", "version": t.implementation.version},
    ),
    Case("crmsetup:implementation-archive", get="login 404 403 403 405 405", post="login 404 403 403 302 302"),
    Case(
        "crmsetup:implementation-bring-back",
        get="login 404 403 403 405 405",
        post="login 404 403 403 302 302",
        idle=True,
        why="it is not in the archive",
    ),
    Case(
        "crmsetup:logo-edit",
        get="login 404 403 403 200 200",
        post="login 404 403 403 302 302",
        body=lambda t: {"picture": Sent("logo.png", picture())},
    ),
    Case("crmsetup:logo-remove", get="login 404 403 403 405 405", post="login 404 403 403 302 302"),
    Case(
        "crmsetup:logo-show",
        path=lambda t: {"digest": t.logo},
        get="login 404 200 200 200 200",
        post="login 404 405 405 405 405",
        get_foreign="login 404 404 404 404 404",
        post_foreign="login 404 405 405 405 405",
    ),
    Case(
        "crmsetup:change-list",
        get="login 404 200 200 200 200",
        post="login 404 405 405 405 405",
    ),
    Case(
        "crmsetup:change-undo",
        path=lambda t: {"seq": t.undoable.seq},
        get="login 404 403 403 200 200",
        post="login 404 403 403 302 302",
        get_foreign="login 404 403 403 404 404",
        post_foreign="login 404 403 403 404 404",
    ),
]

CASES = [*GROUND_CASES, *PEOPLE_CASES, *LIST_CASES, *GUIDE_CASES, *QUESTION_CASES, *CHECKLIST_CASES]

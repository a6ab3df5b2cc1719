"""The access table of the questions; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

QUESTION_CASES = [
    Case("onboarding:question-list", get="login 404 200 200 200 200", post="login 404 405 405 405 405"),
    Case(
        "onboarding:question-show",
        path=lambda t: {"pk": t.question.pk},
        get="login 404 200 200 200 200",
        post="login 404 405 405 405 405",
        get_foreign="login 404 404 404 404 404",
        post_foreign="login 404 405 405 405 405",
    ),
    Case(
        "onboarding:question-answer",
        path=lambda t: {"pk": t.given_question.pk},
        body=lambda t: {"version": t.given_question.version, "answer": "Nyhetsbrev"},
        get="login 404 403 405 405 405",
        post="login 404 403 302 302 302",
        get_foreign="login 404 403 405 405 405",
        post_foreign="login 404 403 404 404 404",
    ),
    Case(
        "onboarding:question-answer",
        path=lambda t: {"pk": t.question.pk},
        body=lambda t: {"version": t.question.version, "answer": "Salgsprognose"},
        get="login 404 403 405 405 405",
        post="login 404 403 403 302 302",
        get_foreign="login 404 403 405 405 405",
        post_foreign="login 404 403 404 404 404",
        why="given to nobody",
    ),
    Case(
        "onboarding:question-decide",
        path=lambda t: {"pk": t.given_question.pk},
        body=lambda t: {"version": t.given_question.version, "answer": "Nyhetsbrev", "state": "decided"},
        get="login 404 403 403 405 405",
        post="login 404 403 403 302 302",
        get_foreign="login 404 403 403 405 405",
        post_foreign="login 404 403 403 404 404",
    ),
    Case(
        "onboarding:question-assign",
        path=lambda t: {"pk": t.question.pk},
        body=lambda t: {"version": t.question.version, "due": "2027-01-15"},
        ids=lambda t: {"responsible": t.helper.pk},
        get="login 404 403 403 405 405",
        post="login 404 403 403 302 302",
        get_foreign="login 404 403 403 405 405",
        post_foreign="login 404 403 403 404 404",
        post_foreign_body="login 404 403 403 422 422",
    ),
]

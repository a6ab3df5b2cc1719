"""The access table of the guides; see tests/crmsetup/access_table.py."""

from tests.crmsetup.access_case import Case

LOOK = {"get": "login 404 200 200 200 200", "post": "login 404 405 405 405 405"}
"""A page that every member sees."""

FORM = {"get": "login 404 403 403 200 200", "post": "login 404 403 403 302 302"}
"""A form that those who may edit see and save."""

ACT = {"get": "login 404 403 403 405 405", "post": "login 404 403 403 302 302"}
"""A button of those who may edit."""

FOREIGN = {"get_foreign": "login 404 403 403 404 404", "post_foreign": "login 404 403 403 404 404"}
FOREIGN_ACT = {"get_foreign": "login 404 403 403 405 405", "post_foreign": "login 404 403 403 404 404"}
WRONG = "login 404 403 403 422 422"
"""What somebody else's id in the body is to those who may edit: a choice that there is not."""

GUIDE_CASES = [
    Case("workflows:guide-list", path=lambda t: {"kind": "sale"}, **LOOK),
    Case("workflows:guide-list", path=lambda t: {"kind": "project"}, **LOOK, why="of projects"),
    Case(
        "workflows:guide-add",
        path=lambda t: {"kind": "sale"},
        **FORM,
        body=lambda t: {"name": "Mersalg", "duration_unit": "weeks", "version": 0},
    ),
    Case(
        "workflows:guide-show",
        path=lambda t: {"pk": t.guide.pk},
        **LOOK,
        get_foreign="login 404 404 404 404 404",
        post_foreign="login 404 405 405 405 405",
    ),
    Case(
        "workflows:guide-edit",
        path=lambda t: {"pk": t.guide.pk},
        **FORM,
        **FOREIGN,
        body=lambda t: {"name": "Nysalg", "duration_unit": "weeks", "version": t.guide.version},
    ),
    Case(
        "workflows:guide-switch-on",
        path=lambda t: {"pk": t.guide.pk},
        **ACT,
        **FOREIGN_ACT,
        idle=True,
        why="it is on already",
    ),
    Case("workflows:guide-switch-off", path=lambda t: {"pk": t.guide.pk}, **ACT, **FOREIGN_ACT),
    Case("workflows:guide-retire", path=lambda t: {"pk": t.guide.pk}, **ACT, **FOREIGN_ACT),
    Case("workflows:guide-restore", path=lambda t: {"pk": t.retired_guide.pk}, **ACT, **FOREIGN_ACT),
    Case(
        "workflows:step-add",
        path=lambda t: {"pk": t.project_guide.pk},
        **ACT,
        **FOREIGN_ACT,
        ids=lambda t: {"status": t.unused_status.pk, "after": t.project_guide.steps.all()[0].pk},
        post_foreign_body=WRONG,
    ),
    Case(
        "workflows:step-edit",
        path=lambda t: {"pk": t.step.pk},
        **FORM,
        **FOREIGN,
        body=lambda t: {"purpose": "Forstå", "version": t.step.version},
    ),
    Case(
        "workflows:step-move",
        path=lambda t: {"pk": t.step.pk},
        **ACT,
        **FOREIGN_ACT,
        ids=lambda t: {"after": t.steps[3].pk},
        post_foreign_body=WRONG,
    ),
    Case("workflows:step-remove", path=lambda t: {"pk": t.step.pk}, **ACT, **FOREIGN_ACT),
    Case(
        "workflows:activity-add",
        path=lambda t: {"pk": t.step.pk},
        **ACT,
        **FOREIGN_ACT,
        body=lambda t: {"name": "Ringe", "days": 1, "minutes": "15", "version": 0},
        ids=lambda t: {"type": t.follow_up_type.pk},
        post_foreign_body=WRONG,
    ),
    Case(
        "workflows:activity-edit",
        path=lambda t: {"pk": t.activities[0].pk},
        **FORM,
        **FOREIGN,
        body=lambda t: {"name": "Ringe", "days": 1, "minutes": "15", "version": t.activities[0].version},
        ids=lambda t: {"type": t.follow_up_type.pk},
        post_foreign_body=WRONG,
    ),
    Case(
        "workflows:activity-move",
        path=lambda t: {"pk": t.activities[0].pk},
        **ACT,
        **FOREIGN_ACT,
        ids=lambda t: {"after": t.activities[1].pk},
        post_foreign_body=WRONG,
    ),
    Case("workflows:activity-remove", path=lambda t: {"pk": t.activities[0].pk}, **ACT, **FOREIGN_ACT),
    Case(
        "workflows:document-add",
        path=lambda t: {"pk": t.step.pk},
        **ACT,
        **FOREIGN_ACT,
        body=lambda t: {"name": "Brev", "version": 0},
        ids=lambda t: {"template": t.template.pk},
        post_foreign_body=WRONG,
    ),
    Case(
        "workflows:document-edit",
        path=lambda t: {"pk": t.documents[0].pk},
        **FORM,
        **FOREIGN,
        body=lambda t: {"name": "Brev", "version": t.documents[0].version},
        ids=lambda t: {"template": t.template.pk},
        post_foreign_body=WRONG,
    ),
    Case(
        "workflows:document-move",
        path=lambda t: {"pk": t.documents[0].pk},
        **ACT,
        **FOREIGN_ACT,
        ids=lambda t: {"after": t.documents[1].pk},
        post_foreign_body=WRONG,
    ),
    Case("workflows:document-remove", path=lambda t: {"pk": t.documents[0].pk}, **ACT, **FOREIGN_ACT),
]

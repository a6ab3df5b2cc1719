"""The verbs of this room."""

from django.utils.translation import gettext_lazy as _

from crmsetup.verbs import Verb

QUESTION_VERBS = {
    "question.assigned": Verb(_("%(by)s gave the question «%(question)s» to %(responsible)s.")),
    "question.assigned-until": Verb(_("%(by)s gave the question «%(question)s» to %(responsible)s, due %(due)s.")),
    "question.due-set": Verb(_("%(by)s set the due date of the question «%(question)s» to %(due)s.")),
    "question.unassigned": Verb(_("%(by)s left open who answers the question «%(question)s», and when.")),
    "question.answered": Verb(_("%(by)s answered the question «%(question)s».")),
    "question.to-clarify": Verb(_("%(by)s left the question «%(question)s» to be clarified.")),
    "question.decided": Verb(_("%(by)s decided the question «%(question)s».")),
    "question.not-applicable": Verb(_("%(by)s marked the question «%(question)s» as not applicable.")),
    "question.reopened": Verb(_("%(by)s opened the question «%(question)s» again.")),
}

VERBS = {**QUESTION_VERBS}

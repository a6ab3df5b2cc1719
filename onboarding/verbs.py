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

CHECKLIST_VERBS = {
    "check.ticked": Verb(_("%(by)s ticked off «%(item)s» on the checklist.")),
    "check.left-out": Verb(_("%(by)s marked «%(item)s» on the checklist as not applicable.")),
    "check.reopened": Verb(_("%(by)s opened «%(item)s» on the checklist again.")),
    "check.noted": Verb(_("%(by)s wrote a note on «%(item)s» on the checklist.")),
    "check.assigned": Verb(_("%(by)s gave «%(item)s» on the checklist to %(responsible)s.")),
    "check.due": Verb(_("%(by)s set the due date of «%(item)s» on the checklist to %(due)s.")),
    "check.edited": Verb(_("%(by)s changed «%(item)s» on the checklist.")),
    # further sentences of a change that did more than one of these
    "check.assigned-too": Verb(_("It was given to %(responsible)s.")),
    "check.due-too": Verb(_("It is due %(due)s.")),
}

VERBS = {**QUESTION_VERBS, **CHECKLIST_VERBS}

"""The addresses of this room, below /i/<slug>/."""

from django.urls import URLPattern, path

from onboarding.views import checklist, handouts, questions

app_name = "onboarding"

question_patterns = [
    path("questions/", questions.question_list, name="question-list"),
    path("questions/<int:pk>/", questions.question_show, name="question-show"),
    path("questions/<int:pk>/answer/", questions.question_answer, name="question-answer"),
    path("questions/<int:pk>/decide/", questions.question_decide, name="question-decide"),
    path("questions/<int:pk>/list/", questions.question_list_edit, name="question-list-edit"),
    path("questions/<int:pk>/assign/", questions.question_assign, name="question-assign"),
]

checklist_patterns = [
    path("checklist/", checklist.checklist_show, name="checklist"),
    path("checklist/<int:pk>/", checklist.checklist_item_edit, name="checklist-item-edit"),
    path("checklist/<int:pk>/tick/", checklist.checklist_item_tick, name="checklist-item-tick"),
]

handout_patterns = [
    path("handouts/", handouts.handout_list, name="handout-list"),
    path("handouts/preparation.pdf", handouts.preparation_pdf_download, name="preparation-pdf"),
]

urlpatterns: list[URLPattern] = [*question_patterns, *checklist_patterns, *handout_patterns]

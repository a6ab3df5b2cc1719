"""The page of a question: answered, decided and assigned by people of every role, in both languages."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from crmsetup import rooms
from crmsetup.changes import change, undo
from crmsetup.models import User
from lists import items
from onboarding import decisions, questions
from onboarding.models import Question
from workflows.models import Guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(implementation):
    """Gives a question of Fjord AS as it is now."""

    def find(key: str) -> Question:
        found = Question.objects.select_related("list", "implementation")
        return found.get(implementation=implementation, origin_key=key)

    return find


@pytest.fixture
def post(ask):
    """Posts to one of a question's addresses with the version that the page shows."""

    def send(client, key: str, what: str, **body):
        question = ask(key)
        address = reverse(f"onboarding:question-{what}", args=[question.implementation.slug, question.pk])
        return client.post(address, {"version": question.version, **body})

    return send


@pytest.fixture
def give(ask, administrator):
    """Gives a question to a member."""

    def act(key: str, responsible, due: datetime.date | None = None) -> None:
        question = ask(key)
        questions.assign(question, by=administrator, version=question.version, responsible=responsible, due=due)

    return act


@pytest.fixture
def helper(give, contributor_membership):
    """Gives a question to the contributor."""
    return lambda key: give(key, contributor_membership)


@pytest.fixture
def decide(ask, administrator):
    def act(key: str, state: str = "decided", **given) -> None:
        question = ask(key)
        decisions.decide(question, by=administrator, version=question.version, state=state, **given)

    return act


def page_of(client, question: Question) -> str:
    response = client.get(question.get_absolute_url())
    assert response.status_code == 200
    return read(response)


def read(response) -> str:
    """What a page says, without its mark-up."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def speak(user, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


def told(client, response) -> str:
    """The first message of the page that a redirect leads to."""
    assert response.status_code == 302
    page = client.get(response["Location"])
    return " ".join(str(message) for message in page.context["messages"])


# --- deciding each kind

KINDS = [
    ("reports", {"answer": "Salgsprognose"}),
    ("erp-data", {"choice": "synced"}),
    ("projects", {"choice": "yes", "answer": "Konferanser"}),
    ("categories", {"answer": "Slik deler vi dem inn"}),
    ("project-process", {}),
]


SAID = {
    "nb": ("«%s» er besluttet.", "«%s» er besvart.", "Hvorfor det betyr noe", "Besluttet"),
    "en": ("“%s” is decided.", "“%s” is answered.", "Why it matters", "Decided"),
}


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_decided_on_its_page(consultant_client, consultant, ask, post, language, kind):
    speak(consultant, language)
    key, given = kind
    decided, _answered, why, word = SAID[language]
    page = page_of(consultant_client, ask(key))
    assert why in page
    assert ask(key).text_in("text", language) in page

    response = post(consultant_client, key, "decide", state="decided", **given)
    assert told(consultant_client, response) == decided % ask(key).text_in("title", language)
    assert response["Location"] == ask(key).get_absolute_url()
    made = ask(key).decisions.get()
    assert (made.state, made.answer, made.choice) == ("decided", given.get("answer", ""), given.get("choice", ""))
    assert made.by_name == "Consultant"
    assert word in page_of(consultant_client, ask(key))


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("kind", [*KINDS[:4], ("project-process", {"answer": "Guiden passer"})])
def test_every_kind_is_answered_by_whom_it_is_given_to(contributor_client, helper, ask, post, language, kind):
    key, given = kind
    helper(key)
    speak(ask(key).responsible.user, language)
    response = post(contributor_client, key, "answer", **given)
    _decided, answered, _why, _word = SAID[language]
    assert told(contributor_client, response) == answered % ask(key).text_in("title", language)
    made = ask(key).decisions.get()
    assert (made.state, made.answer, made.choice) == ("answered", given.get("answer", ""), given.get("choice", ""))
    assert ask(key).state == "answered"


def test_what_was_chosen_is_told_in_the_readers_language(administrator_client, administrator, ask, decide):
    decide("erp-data", choice="viewed")
    speak(administrator, "en")
    assert "Shown in the CRM but not changed there" in page_of(administrator_client, ask("erp-data"))
    speak(administrator, "nb")
    assert "Vises i CRM, men endres ikke der" in page_of(administrator_client, ask("erp-data"))


@pytest.mark.parametrize(
    ("state", "given", "word"),
    [
        ("answered", {"answer": "x"}, "Besvart"),
        ("to_clarify", {"reason": "Hvem leser dem?"}, "Til avklaring"),
        ("not_applicable", {"reason": "Vi har ingen"}, "Ikke aktuelt"),
    ],
)
def test_every_state_is_set_and_told_in_a_word(administrator_client, ask, post, state, given, word):
    assert post(administrator_client, "reports", "decide", state=state, **given).status_code == 302
    assert ask("reports").state == state
    assert word in page_of(administrator_client, ask("reports"))
    assert post(administrator_client, "reports", "decide", state="unanswered").status_code == 302
    assert ask("reports").state == "unanswered"


def test_all_answers_and_decisions_stay_to_be_read(administrator_client, ask, decide):
    decide("reports", "answered", answer="Prognose")
    decide("reports", "to_clarify", answer="Salgsprognose", reason="Hvem leser den?")
    decide("reports", answer="Salgsprognose hver mandag")
    page = page_of(administrator_client, ask("reports"))
    for words in ("Prognose", "Salgsprognose", "Begrunnelse: Hvem leser den?", "Salgsprognose hver mandag"):
        assert words in page


def test_saving_goes_on_to_the_next_question_across_blocks_and_at_the_end_to_all(administrator_client, ask, post):
    went = [
        post(administrator_client, key, "decide", state="decided", answer="x", go_on="1")["Location"]
        for key in ("categories", "contact-interests", "retention")
    ]
    all_questions = reverse("onboarding:question-list", args=["fjord"])
    assert went == [ask("industries").get_absolute_url(), ask("follow-up-types").get_absolute_url(), all_questions]


def test_saving_what_stands_already_goes_on_and_says_nothing(administrator_client, ask, decide, post, implementation):
    decide("reports", answer="Prognose")
    before = implementation.changes.count()
    response = post(administrator_client, "reports", "decide", state="decided", answer="Prognose", go_on="1")
    assert told(administrator_client, response) == ""
    assert implementation.changes.count() == before


def test_the_message_offers_to_take_the_decision_back(administrator_client, ask, post, implementation, administrator):
    response = post(administrator_client, "reports", "decide", state="decided", answer="Prognose")
    page = administrator_client.get(response["Location"]).content.decode()
    made = implementation.changes.latest("seq")
    assert f'action="{reverse("crmsetup:change-undo", args=["fjord", made.seq])}"' in page
    undo(made, administrator)
    assert ask("reports").state == "unanswered"


# --- what is refused


@pytest.mark.parametrize(
    ("key", "body", "complaint"),
    [
        ("reports", {"state": "decided", "answer": " "}, "answer: Skriv hva dere har besluttet."),
        ("reports", {"state": "to_clarify"}, "reason: Skriv hva som må avklares, og hvem som finner det ut."),
        ("reports", {"state": "not_applicable"}, "reason: Skriv hvorfor spørsmålet ikke er aktuelt for dere."),
        ("erp-data", {"state": "decided", "answer": "x"}, "choice: Velg ett av svarene før dere beslutter."),
        ("projects", {"state": "decided", "answer": "x"}, "choice: Velg ja eller nei før dere beslutter."),
        (
            "projects",
            {"state": "decided", "choice": "no"},
            "answer: Skriv noen ord om hva ja eller nei betyr hos dere.",
        ),
    ],
)
def test_what_is_missing_is_told_at_the_field_and_nothing_written(
    administrator_client, ask, post, key, body, complaint
):
    response = post(administrator_client, key, "decide", **{"reason": "", "answer": "", **body})
    assert response.status_code == 422
    page = response.content.decode()
    field, sentence = complaint.split(": ", 1)
    assert re.search(rf'id="decision_{field}_error"\s*>.*?{re.escape(sentence)}', page, re.DOTALL)
    assert f'href="#decision_{field}' in page
    assert ask(key).decisions.count() == 0


def test_what_was_typed_is_kept_beside_what_is_wrong(administrator_client, ask, post):
    response = post(administrator_client, "projects", "decide", state="to_clarify", choice="no", answer="Ingen ennå")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ingen ennå</textarea>" in page
    assert re.search(r'value="no"[^>]*checked', page)
    assert re.search(r'value="to_clarify"[^>]*checked', page)


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("erp-data", {"state": "decided", "choice": "by-mail"}),
        ("erp-data", {"state": "decided", "choice": ["synced", "none\x00"]}),
        ("projects", {"state": "decided", "choice": "maybe", "answer": "x"}),
        ("reports", {"state": "thrown-away", "answer": "x"}),
        ("reports", {"answer": "x"}),
        ("reports", {"state": "decided", "answer": "x\x00"}),
        ("reports", {"state": "decided", "answer": "x" * 4001}),
        ("reports", {"state": "decided", "answer": "x", "reason": "y" * 2001}),
    ],
)
def test_nonsense_is_refused_and_nothing_written(administrator_client, ask, post, implementation, key, body):
    before = implementation.changes.count()
    response = post(administrator_client, key, "decide", **body)
    assert response.status_code == 422
    assert implementation.changes.count() == before
    assert ask(key).state == "unanswered"


@pytest.mark.parametrize("version", [None, "", "x"])
@pytest.mark.parametrize(
    ("what", "body"), [("decide", {"state": "decided", "answer": "Salgsprognose"}), ("assign", {})]
)
def test_a_form_without_its_version_is_refused(administrator_client, ask, what, body, version):
    address = reverse(f"onboarding:question-{what}", args=["fjord", ask("reports").pk])
    sent = body if version is None else {**body, "version": version}
    response = administrator_client.post(address, sent)
    assert response.status_code == 422
    assert "hvilken versjon" in read(response)
    if what == "decide":
        assert "Salgsprognose</textarea>" in response.content.decode()
    assert (ask("reports").state, ask("reports").due) == ("unanswered", None)


def test_what_somebody_typed_is_shown_as_they_typed_it_and_not_as_mark_up(administrator_client, ask, post):
    hostile = '"><script>alert(1)</script> {{ 7|add:7 }}'
    post(administrator_client, "reports", "decide", state="decided", answer=hostile, reason=hostile)
    page = administrator_client.get(ask("reports").get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert page.count(html.escape(hostile)) >= 3


# --- two people


def test_who_saves_second_sees_both_versions_and_chooses(administrator_client, consultant_client, ask, post):
    read_at = ask("reports").version
    post(administrator_client, "reports", "decide", state="to_clarify", answer="Prognose", reason="Hvem?")
    response = post(
        consultant_client, "reports", "decide", version=read_at, state="decided", answer="Salgsprognose", go_on="1"
    )
    assert response.status_code == 409
    page = response.content.decode()
    for words in (
        "<ins>Salgsprognose</ins>",
        "<ins>Prognose</ins>",
        "<ins>Besluttet</ins>",
        "<ins>Til avklaring</ins>",
    ):
        assert words in page
    assert 'name="answer" value="Salgsprognose"' in page
    assert ask("reports").state == "to_clarify"

    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split('class="both"')[1]))
    again = post(consultant_client, "reports", "decide", **fields)
    assert again.status_code == 302
    assert [one.answer for one in ask("reports").decisions.all()] == ["Salgsprognose", "Prognose"]


def test_two_people_on_different_questions_do_not_disturb_each_other(
    administrator_client, consultant_client, ask, post
):
    read_at = ask("campaigns").version
    post(administrator_client, "reports", "decide", state="decided", answer="Prognose")
    response = post(consultant_client, "campaigns", "decide", version=read_at, state="decided", answer="Nyhetsbrev")
    assert response.status_code == 302
    assert (ask("reports").state, ask("campaigns").state) == ("decided", "decided")


def test_a_stale_assignment_shows_both(administrator_client, consultant_client, ask, post, contributor_membership):
    read_at = ask("reports").version
    post(administrator_client, "reports", "assign", responsible=contributor_membership.pk, due="2026-12-01")
    response = post(consultant_client, "reports", "assign", version=read_at, responsible="", due="2026-12-24")
    assert response.status_code == 409
    assert "<ins>Contributor</ins>" in response.content.decode()
    assert ask("reports").due == datetime.date(2026, 12, 1)


# --- assigning


def test_responsible_and_due_date_are_written_and_shown(administrator_client, ask, post, contributor_membership):
    due = timezone.localdate() - datetime.timedelta(days=1)
    response = post(administrator_client, "reports", "assign", responsible=contributor_membership.pk, due=due)
    assert told(administrator_client, response) == "Ansvarlig og frist er lagret."
    assert (ask("reports").responsible, ask("reports").due) == (contributor_membership, due)
    page = administrator_client.get(ask("reports").get_absolute_url()).content.decode()
    assert f'value="{due.isoformat()}"' in page
    assert "Over fristen" in page


@pytest.mark.parametrize("due", ["2026-13-01", "i morgen", "01.12.2026\x00"])
def test_a_due_date_that_is_no_date_is_refused(administrator_client, ask, post, due):
    response = post(administrator_client, "reports", "assign", due=due)
    assert response.status_code == 422
    assert 'id="assignment_due_error"' in response.content.decode()
    assert ask("reports").due is None


def test_somebody_elses_member_is_no_choice(administrator_client, ask, post, outsider_membership, reader_membership):
    for member in (outsider_membership, reader_membership):
        response = post(administrator_client, "reports", "assign", responsible=member.pk)
        assert response.status_code == 422
        assert 'id="assignment_responsible_error"' in response.content.decode()
    assert "Outsider" not in page_of(administrator_client, ask("reports"))
    assert ask("reports").responsible is None


# --- who sees what


def test_a_contributor_answers_what_is_given_to_them_and_reads_the_rest(
    contributor_client, contributor_membership, ask, give, post
):
    give("reports", contributor_membership)
    page = contributor_client.get(ask("reports").get_absolute_url()).content.decode()
    assert f'action="{reverse("onboarding:question-answer", args=["fjord", ask("reports").pk])}"' in page
    assert 'name="state"' not in page
    assert "/assign/" not in page

    page = contributor_client.get(ask("campaigns").get_absolute_url()).content.decode()
    assert "<textarea" not in page
    assert post(contributor_client, "campaigns", "answer", answer="Nyhetsbrev").status_code == 403
    assert post(contributor_client, "reports", "decide", state="decided", answer="x").status_code == 403
    assert (ask("campaigns").state, ask("reports").state) == ("unanswered", "unanswered")


def test_a_contributor_leaves_what_is_decided_as_it_is(contributor_client, ask, helper, decide, post):
    helper("reports")
    decide("reports", answer="Salgsprognose")
    page = contributor_client.get(ask("reports").get_absolute_url()).content.decode()
    assert "Salgsprognose" in page
    assert "<textarea" not in page
    response = post(contributor_client, "reports", "answer", answer="Ingen rapporter")
    assert response.status_code == 422
    assert "Ingen rapporter</textarea>" in response.content.decode()
    assert "Den som beslutter, kan åpne spørsmålet igjen." in read(response)
    assert ask("reports").state == "decided"


def test_a_contributor_cannot_slip_in_a_state(contributor_client, contributor_membership, ask, give, post):
    give("reports", contributor_membership)
    assert post(contributor_client, "reports", "answer", answer="x", state="decided", reason="y").status_code == 302
    made = ask("reports").decisions.get()
    assert (made.state, made.reason) == ("answered", "")


def test_a_reader_reads_and_writes_nothing(reader_client, reader_membership, ask, give, decide, post):
    give("reports", reader_membership)
    decide("reports", answer="Salgsprognose")
    page = reader_client.get(ask("reports").get_absolute_url()).content.decode()
    assert "Salgsprognose" in page
    assert "<textarea" not in page
    assert post(reader_client, "reports", "answer", answer="x").status_code == 403
    assert ask("reports").decisions.count() == 1


# --- the list itself


def edit_list(client, question: Question, **body):
    return client.post(reverse("onboarding:question-list-edit", args=["fjord", question.pk]), body)


def test_the_list_is_edited_in_the_question_and_one_comes_back_to_it(administrator_client, ask):
    question = ask("categories")
    response = edit_list(administrator_client, question, act="add", version=0, name="Presse")
    assert response.status_code == 302
    assert response["Location"].startswith(question.get_absolute_url())
    names = list(items.in_use(items.items_of(question.list)).values_list("name", flat=True))
    assert names[-1] == "Presse"
    assert "Presse" in page_of(administrator_client, question)


def test_a_name_that_the_list_has_is_told_on_the_page_of_the_question(administrator_client, ask, implementation):
    before = implementation.changes.count()
    response = edit_list(administrator_client, ask("categories"), act="add", version=0, name="  kunde ")
    assert response.status_code == 422
    page = response.content.decode()
    assert "«Kunde» finnes allerede" in read(response)
    assert re.search(r'value=" *kunde *"', page)
    assert ask("categories").text in html.unescape(page)
    assert implementation.changes.count() == before


def test_who_saves_an_item_second_sees_both_and_comes_back_to_the_question(
    administrator_client, consultant_client, consultant, ask
):
    item = ask("categories").list.items.get(name="Annet")
    items.edit(item, by=consultant, version=item.version, name="Resten")
    stale = {"act": "save", "item": item.pk, "version": item.version - 1, "name": "Diverse"}
    response = edit_list(administrator_client, ask("categories"), **stale)
    assert response.status_code == 409
    page = response.content.decode()
    assert "<ins>Diverse</ins>" in page
    assert "<ins>Resten</ins>" in page
    assert f'href="{ask("categories").get_absolute_url()}?edit={item.pk}"' in page


def test_only_a_question_that_a_list_answers_has_a_list(administrator_client, ask):
    assert edit_list(administrator_client, ask("reports"), act="add", version=0, name="Presse").status_code == 404


def test_an_item_of_another_list_is_not_touched_from_here(administrator_client, ask, implementation):
    before = implementation.changes.count()
    other = ask("industries").list.items.first()
    response = edit_list(administrator_client, ask("categories"), act="retire", item=other.pk)
    assert response.status_code == 404
    assert implementation.changes.count() == before


def test_who_may_not_edit_sees_the_list_without_a_form(contributor_client, contributor_membership, ask, helper):
    helper("categories")
    page = contributor_client.get(ask("categories").get_absolute_url()).content.decode()
    assert "Leverandør" in page
    assert reverse("onboarding:question-list-edit", args=["fjord", ask("categories").pk]) not in page
    assert 'name="answer"' in page


# --- the guides themselves


def test_the_guide_stands_in_the_question_and_its_statuses_can_be_looked_through(reader_client, ask, implementation):
    guide = Guide.objects.get(implementation=implementation, kind="sale")
    step = guide.steps.order_by("rank")[2]
    question = ask("sales-process")
    page = reader_client.get(f"{question.get_absolute_url()}?guide-{guide.pk}={step.pk}").content.decode()
    assert f"Svaret er guiden «{guide.name}»" in page
    assert step.purpose in html.unescape(page)
    assert f'href="{guide.get_absolute_url()}"' in page
    assert f'href="{question.get_absolute_url()}?guide-{guide.pk}=' in page


def test_a_question_without_a_guide_offers_to_make_one(administrator_client, reader_client, ask, implementation):
    with change(implementation, None, "item.edited", list="x", item="x") as c:
        for guide in Guide.objects.filter(implementation=implementation, kind="project"):
            c.update(guide, is_on=False, retired_at=c.at)
    way = reverse("workflows:guide-add", args=["fjord", "project"])
    assert f'href="{way}"' in administrator_client.get(ask("project-process").get_absolute_url()).content.decode()
    page = reader_client.get(ask("project-process").get_absolute_url()).content.decode()
    assert "Det finnes ingen guide ennå" in page
    assert way not in page


# --- changed since


def test_what_changed_since_is_told_and_confirmed_with_one_press(
    administrator_client, administrator, ask, decide, post
):
    decide("categories", answer="Slik")
    items.add(ask("categories").list, by=administrator, name="Presse")
    page = administrator_client.get(ask("categories").get_absolute_url()).content.decode()
    assert "Besluttet, endret siden" in page
    assert "la til «Presse» i Kategori." in page
    assert f"?scope=list%3A{ask('categories').list_id}" in page

    response = post(administrator_client, "categories", "decide", state="decided", answer="Slik", reason="")
    assert response.status_code == 302
    assert "endret siden" not in page_of(administrator_client, ask("categories"))
    assert ask("categories").decisions.count() == 2


def test_a_reader_sees_that_it_changed_and_no_button(reader_client, administrator, ask, decide):
    decide("categories")
    items.add(ask("categories").list, by=administrator, name="Presse")
    page = page_of(reader_client, ask("categories"))
    assert "Besluttet, endret siden" in page
    assert "Beslutningen gjelder fortsatt" not in page


# --- queries


@pytest.mark.parametrize("page", [("reports", 12), ("categories", 14), ("sales-process", 17)])
@pytest.mark.parametrize("more", [1, 3])
def test_a_page_costs_the_same_queries_whatever_stands_on_it(
    administrator_client, ask, decide, django_assert_num_queries, more, page
):
    key, queries = page
    for number in range(more):
        decide(key, "answered", answer=f"Slik {number}")
        items.add(ask("categories").list, by=None, name=f"Presse {number}")
    for other in ("industries", "company-interests", "project-process")[:more]:
        decide(other)
    address = ask(key).get_absolute_url()
    with pytest.MonkeyPatch.context() as patch, django_assert_num_queries(queries):
        patch.setattr(rooms, "_rooms", [])  # what the navigation costs is not this page's
        administrator_client.get(address)

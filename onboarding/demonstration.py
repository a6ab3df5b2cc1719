"""The demonstration companies: their data files, replayed as acts of their people and dated back from today."""

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from crmsetup import members, startersets
from crmsetup.changes import acting_at, forget, undo
from crmsetup.models import Change, Implementation, Membership, User
from crmsetup.names import localized
from crmsetup.startersets import StarterSet
from lists import items
from lists.models import List, ListItem
from onboarding import checklist, decisions, questions
from onboarding.models import ChecklistItem, Question
from workflows import activities, documents, guides, switching
from workflows.models import Activity, Guide, Step

Row = TypeVar("Row", bound=Model)
FOLDER = Path(__file__).parent / "demonstrations"
PASSWORD = "fjordlys-demo"  # stands in the README; production refuses the demonstration unless asked for by name


def companies() -> list[Mapping[str, Any]]:
    """The data of every demonstration company."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]


@transaction.atomic
def load(data: Mapping[str, Any]) -> Implementation:
    """Makes one company anew: whatever stood under its address is gone."""
    for stale in Implementation.objects.filter(slug=data["implementation"]["slug"]):
        forget(stale)
    people = {given["email"]: _person(given) for given in data["persons"]}
    starter_set = startersets.load(data["starter_set"])
    with acting_at(_moment(data)):
        made = startersets.create_implementation(
            **data["implementation"],
            administrator=people[data["administrator"]],
            by=people[data["by"]],
            starter_set=starter_set,
        )
        for given in data["persons"]:
            if given["email"] != data["administrator"]:
                members.add(made, by=people[data["by"]], user=people[given["email"]], role=given["role"])
    replay = Replay(made, starter_set)
    for act in data["acts"]:
        replay.act(act)
    return made


def _person(given: Mapping[str, Any]) -> User:
    user = User.objects.filter(email=given["email"]).first() or User(email=given["email"])
    user.name, user.language = given["name"], given["language"]
    user.may_create_implementations = given.get("may_create_implementations", False)
    user.set_password(PASSWORD)
    user.save()
    return user


def _moment(act: Mapping[str, Any]) -> datetime.datetime:
    """The act's day counts back from today; one that would lie ahead of now happened now."""
    day = timezone.localdate() - datetime.timedelta(days=act["days_ago"])
    at = datetime.datetime.combine(day, datetime.time.fromisoformat(act["at"]), timezone.get_current_timezone())
    return min(at, timezone.now())


def _starting_activities(implementation: Implementation, starter_set: StarterSet) -> dict[tuple[str, str, str], int]:
    """The ids of the starter set's activities by guide, status and key."""
    found = {}
    for guide in starter_set.data["guides"]:
        for step in guide["steps"]:
            place = {"step__guide__origin_key": guide["key"], "step__status__item__origin_key": step["status"]}
            made = Activity.objects.filter(implementation=implementation, **place).order_by("rank", "id")
            for given, activity in zip(step["activities"], made, strict=True):
                found[guide["key"], step["status"], given["key"]] = activity.pk
    return found


class Replay:
    """Performs acts on one implementation through the functions that pages use."""

    def __init__(self, implementation: Implementation, starter_set: StarterSet) -> None:
        self.implementation = implementation
        self.main = implementation.main_language
        self.members = {m.user.email: m for m in Membership.objects.filter(implementation=implementation)}
        self.made: dict[str, int] = {}  # the items that acts have made, by key
        self.activities = _starting_activities(implementation, starter_set)
        self.refs: dict[str, Change] = {}

    def act(self, act: Mapping[str, Any]) -> None:
        """One act, by its person at its moment."""
        perform: Callable[[Mapping[str, Any], User], None] = getattr(self, "_" + act["act"].replace("-", "_"))
        with acting_at(_moment(act)):
            perform(act, self.members[act["by"]].user)
        if "ref" in act:
            self.refs[act["ref"]] = self.implementation.changes.latest("seq")

    # --- lists

    def _add_item(self, act: Mapping[str, Any], by: User) -> None:
        to = self._find(List, key=act["list"])
        facet = {name: act[name] for name in ("group", "lead_status", "form", "direction", "output") if name in act}
        item = items.add(to, by=by, facet=facet, **self._texts(act, "name", "description"))
        self.made[act["key"]] = item.pk

    def _edit_item(self, act: Mapping[str, Any], by: User) -> None:
        item = self._item(act["list"], act["item"])
        values = {"name": item.name, "description": item.description, **self._texts(act, "name", "description")}
        facet = {"probability": act["probability"]} if "probability" in act else {}
        items.edit(item, by=by, version=item.version, facet=facet, **values)

    def _move_item(self, act: Mapping[str, Any], by: User) -> None:
        after = self._item(act["list"], act["after"]) if act["after"] else None
        items.move(self._item(act["list"], act["item"]), by=by, after=after)

    def _retire_item(self, act: Mapping[str, Any], by: User) -> None:
        items.retire(self._item(act["list"], act["item"]), by=by)

    def _restore_item(self, act: Mapping[str, Any], by: User) -> None:
        items.restore(self._item(act["list"], act["item"]), by=by)

    # --- guides

    def _switch_guide(self, act: Mapping[str, Any], by: User) -> None:
        guide = self._find(Guide, origin_key=act["guide"])
        (switching.switch_on if act["on"] else switching.switch_off)(guide, by=by)

    def _edit_guide(self, act: Mapping[str, Any], by: User) -> None:
        guide = self._find(Guide, origin_key=act["guide"])
        values = {name: getattr(guide, name) for name in ("name", "description", "suggest_next")}
        duration = {"duration": act["duration"]["value"], "duration_unit": act["duration"]["unit"]}
        guides.edit(guide, by=by, version=guide.version, **values, **duration)

    def _add_activity(self, act: Mapping[str, Any], by: User) -> None:
        texts = self._texts({**act, "default_text": act.get("text", {})}, "name", "purpose", "default_text")
        known = {name: act[name] for name in ("days", "minutes") if name in act}
        made = activities.add(
            self._step(act),
            by=by,
            type=self._item("follow-up-type", act["type"]).follow_up_type,
            auto_suggest=act.get("suggest", False),
            **known,
            **texts,
        )
        self.activities[act["guide"], act["step"], act["key"]] = made.pk

    def _edit_activity(self, act: Mapping[str, Any], by: User) -> None:
        activity = self._activity(act, act["activity"])
        fields = ("name", "purpose", "type", "days", "minutes", "default_text", "auto_suggest")
        values = {name: getattr(activity, name) for name in fields} | {"days": act["days"]}
        activities.edit(activity, by=by, version=activity.version, **values)

    def _move_activity(self, act: Mapping[str, Any], by: User) -> None:
        after = self._activity(act, act["after"]) if act["after"] else None
        activities.move(self._activity(act, act["activity"]), by=by, after=after)

    def _add_document(self, act: Mapping[str, Any], by: User) -> None:
        texts = self._texts({**act, "default_subject": act.get("subject", {})}, "name", "purpose", "default_subject")
        template = self._item("document-template", act["template"]).document_template
        documents.add(self._step(act), by=by, template=template, **texts)

    # --- preparation

    def _assign_question(self, act: Mapping[str, Any], by: User) -> None:
        question = self._find(Question, origin_key=act["question"])
        questions.assign(question, by=by, version=question.version, **self._assignment(act))

    def _answer(self, act: Mapping[str, Any], by: User) -> None:
        question = self._find(Question, origin_key=act["question"])
        decisions.answer(question, by=by, version=question.version, answer=act["answer"])

    def _decide(self, act: Mapping[str, Any], by: User) -> None:
        question = self._find(Question, origin_key=act["question"])
        given = {name: act[name] for name in ("state", "answer", "reason", "choice") if name in act}
        decisions.decide(question, by=by, version=question.version, **given)

    def _assign_check(self, act: Mapping[str, Any], by: User) -> None:
        item = self._find(ChecklistItem, origin_key=act["item"])
        checklist.assign(item, by=by, version=item.version, **self._assignment(act))

    def _tick(self, act: Mapping[str, Any], by: User) -> None:
        item = self._find(ChecklistItem, origin_key=act["item"])
        checklist.tick(item, by=by, version=item.version, state=act["state"], note=act["note"])

    def _assignment(self, act: Mapping[str, Any]) -> dict[str, Any]:
        due = timezone.localdate() + datetime.timedelta(days=act["due_in"])
        return {"responsible": self.members[act["responsible"]], "due": due}

    def _undo(self, act: Mapping[str, Any], by: User) -> None:
        undo(self.refs[act["of"]], by)

    # --- finding

    def _find(self, model: type[Row], **known: Any) -> Row:
        return model._base_manager.get(implementation=self.implementation, **known)

    def _item(self, list_key: str, key: str) -> ListItem:
        """What an act made under this key, else the starter set's item of that key."""
        known = {"pk": self.made[key]} if key in self.made else {"origin_key": key}
        return self._find(ListItem, list__key=list_key, **known)

    def _step(self, act: Mapping[str, Any]) -> Step:
        return self._find(Step, guide__origin_key=act["guide"], status__item__origin_key=act["step"])

    def _activity(self, act: Mapping[str, Any], key: str) -> Activity:
        return self._find(Activity, pk=self.activities[act["guide"], act["step"], key])

    def _texts(self, act: Mapping[str, Any], *fields: str) -> dict[str, Any]:
        """The main language's texts that the act gives, and their translations."""
        given = {field: act[field] for field in fields if field in act}
        values: dict[str, Any] = {field: localized(text, self.main) for field, text in given.items()}
        values["translations"] = {
            language: {field: text[language] for field, text in given.items() if text.get(language)}
            for language in self.implementation.further_languages
        }
        return values

"""The data that pages are measured on: one company for each size, made by the product from a starter set."""

import copy
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from crmsetup import members
from crmsetup.models import Change, ChangedRow, Implementation, Membership, User
from crmsetup.startersets import StarterSet, create_implementation, load
from lists.models import List
from onboarding.models import Question

SIZES = (10, 100, 1_000, 10_000)
LIST = "industry"
PAPERS = (10, 50, 200)
STATUSES, ACTIVITIES, DOCUMENTS = 10, 10, 5


class Company:
    """A company whose list has `size` items and whose history `size` changes, and somebody who is signed in to it."""

    def __init__(self, size: int, person: User, reader: User) -> None:
        self.size = size
        self.implementation = create_implementation(
            name=f"Bedrift {size}",
            slug=f"bedrift-{size}",
            administrator=person,
            starter_set=StarterSet("bench", starter_set(size)),
            further_languages=["en"],
        )
        self.list = List.objects.get(implementation=self.implementation, key=LIST)
        _lengthen_history(self.implementation, self.list, size)
        self.item = self.list.items.order_by("rank", "id")[5]
        self.words = self.item.name.rpartition(" ")[2]  # finds this one alone
        self.question = Question.objects.get(implementation=self.implementation, list=self.list)
        members.add(self.implementation, by=person, user=reader, role=Membership.Role.READER)
        self.client, self.reader = _signed_in(person), _signed_in(reader)


def _signed_in(person: User) -> Client:
    client = Client(headers={"Accept-Encoding": "gzip"})  # as a browser says
    client.force_login(person)
    return client


class Paper:
    """A company whose configuration-preparation PDF has about `pages` pages."""

    def __init__(self, pages: int, person: User) -> None:
        self.implementation = create_implementation(
            name=f"Papir {pages}",
            slug=f"papir-{pages}",
            administrator=person,
            starter_set=StarterSet("bench", _paper(pages)),
        )
        self.client = _signed_in(person)
        self.address = reverse("onboarding:preparation-pdf", args=[self.implementation.slug])

    def download(self) -> HttpResponse:
        answer = self.client.get(self.address)
        assert answer["Content-Type"] == "application/pdf"
        return answer


def starter_set(size: int) -> dict[str, Any]:
    """The general one, with a list of `size` items and one large guide."""
    data = copy.deepcopy(dict(load("general").data))
    data["lists"][LIST] = [_item(number) for number in range(1, size + 1)]
    data["lists"]["sale-stage"] = [_stage(number) for number in range(1, STATUSES + 1)]
    data["guides"] = [_guide(data, 1)]
    return data


def _paper(pages: int) -> dict[str, Any]:
    """Lists, guides and questions in proportion, enough for about so many pages."""
    if pages < 20:
        data = copy.deepcopy(dict(load("general").data))
        return data | {"guides": [], "blocks": data["blocks"][:1]}
    guides = pages // 20
    items = 26 * (pages - 17 - 11 * guides)  # 17 pages for the rest, 11 for a guide, 26 items on a page
    data = starter_set(items)
    return data | {"guides": [_guide(data, number) for number in range(1, guides + 1)]}


def _item(number: int) -> dict[str, Any]:
    return {
        "key": f"item-{number}",
        "name": {"nb": f"Bransje {number:05}", "en": f"Industry {number:05}"},
        "description": {
            "nb": f"Selskaper i bransje nummer {number}, med kunder i hele landet.",
            "en": f"Companies in industry number {number}, with customers all over the country.",
        },
    }


def _stage(number: int) -> dict[str, Any]:
    return {
        "key": f"stage-{number}",
        "name": {"nb": f"Fase {number}", "en": f"Stage {number}"},
        "description": {"nb": f"Dette er fase {number} av salget.", "en": f"This is stage {number} of the sale."},
        "probability": number * 10,
    }


def _guide(data: dict[str, Any], number: int) -> dict[str, Any]:
    types = [item["key"] for item in data["lists"]["follow-up-type"]]
    templates = [item["key"] for item in data["lists"]["document-template"]]
    return {
        "key": f"guide-{number}",
        "kind": "sale",
        "on": True,
        "name": {"nb": f"Stort salg {number}", "en": f"Large sale {number}"},
        "steps": [
            {
                "status": f"stage-{step}",
                "days": 10,
                "purpose": {"nb": f"Hva vi vil oppnå i fase {step}.", "en": f"What we want in stage {step}."},
                "entry": {"nb": "Kunden har svart.", "en": "The customer has answered."},
                "exit": {"nb": "Behovet er beskrevet.", "en": "The need is described."},
                "activities": [_activity(step, n, types[n % len(types)]) for n in range(1, ACTIVITIES + 1)],
                "documents": [_document(step, n, templates[n % len(templates)]) for n in range(1, DOCUMENTS + 1)],
            }
            for step in range(1, STATUSES + 1)
        ],
    }


def _activity(step: int, number: int, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "days": number,
        "minutes": 45,
        "name": {"nb": f"Gjøremål {step}.{number}", "en": f"Thing to do {step}.{number}"},
        "purpose": {"nb": "Slik at kunden vet hva som skjer.", "en": "So that the customer knows what happens."},
        "text": {"nb": "Ring kunden og gå gjennom listen.", "en": "Call the customer and go through the list."},
    }


def _document(step: int, number: int, template: str) -> dict[str, Any]:
    return {
        "template": template,
        "name": {"nb": f"Dokument {step}.{number}", "en": f"Document {step}.{number}"},
        "purpose": {"nb": "Det vi er enige om.", "en": "What we agree on."},
        "subject": {"nb": "Det vi er enige om", "en": "What we agree on"},
    }


def _lengthen_history(implementation: Implementation, one: List, size: int) -> None:
    """Changes as somebody would have made them, written at once: one by one they take minutes."""
    items = list(one.items.order_by("rank")[:size])
    first = implementation.changes.count() + 1
    changes = Change.objects.bulk_create(
        [
            Change(
                implementation=implementation,
                seq=first + number,
                by_name="Ingrid Haugen",
                verb="item.edited",
                params={"list": one.names(), "item": items[number % len(items)].texts("name", "nb")},
            )
            for number in range(size)
        ],
        batch_size=500,
    )
    ChangedRow.objects.bulk_create(
        [
            ChangedRow(
                change=change,
                model="lists.listitem",
                row_id=items[number % len(items)].pk,
                scope=one.change_scope(),
                before={"description": "Før"},
                after={"description": items[number % len(items)].description},
            )
            for number, change in enumerate(changes)
        ],
        batch_size=500,
    )

"""Two people who write to one implementation at the same time: `python -m tests.crmsetup.concurrently NAME`.

It makes a database of its own called NAME, for SQLite that is a file, lets two threads act in it, and prints as JSON
the numbers of the changes that each made, those that the history has, and what went wrong.
"""

import json
import os
import sys
import threading

import django

ACTS = 25
PEOPLE = ("ida", "ola")


def main(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        print(json.dumps(play()))
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def play() -> dict[str, object]:
    from crmsetup import startersets
    from crmsetup.models import User

    people = [User.objects.create_user(f"{name}@fjord.example", name.title()) for name in PEOPLE]
    implementation = startersets.create_implementation(
        name="Fjord AS", administrator=people[0], starter_set=startersets.load("general")
    )
    start = implementation.changes.count()
    together = threading.Barrier(len(people))
    made: dict[str, list[int]] = {}
    wrong: list[str] = []
    threads = [
        threading.Thread(target=act, args=(implementation.pk, person.pk, together, made, wrong)) for person in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = list(implementation.changes.order_by("seq").values_list("seq", flat=True))
    return {"start": start, "made": made, "history": history, "wrong": wrong}


def act(
    implementation_id: int, person_id: int, together: threading.Barrier, made: dict[str, list[int]], wrong: list[str]
) -> None:
    """Describes the same item again and again."""
    from django.db import connection

    from crmsetup.changes import change
    from crmsetup.models import Implementation, User
    from lists.models import ListItem

    try:
        implementation, person = Implementation.objects.get(pk=implementation_id), User.objects.get(pk=person_id)
        item = ListItem.objects.filter(implementation=implementation).order_by("pk").first()
        together.wait()
        for number in range(ACTS):
            with change(implementation, person, "item.edited", item="x", list="x") as c:
                c.update(item, description=f"{person} {number}")
                made.setdefault(str(person), []).append(c.seq)
    except Exception as error:
        wrong.append(repr(error))
    finally:
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1])

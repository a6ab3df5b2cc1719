"""`manage.py create_implementation NAME --administrator EMAIL`: a new implementation from a starter set."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from crmsetup import startersets
from crmsetup.models import User


class Command(BaseCommand):
    help = "Makes an implementation from a starter set, with its first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the company")
        parser.add_argument(
            "--administrator", required=True, metavar="EMAIL", help="made where there is no such account"
        )
        parser.add_argument("--administrator-name", default="", metavar="NAME")
        parser.add_argument("--slug", default="", help="the address; made from the name by default")
        written = [code for code, _label in settings.LANGUAGES]
        parser.add_argument("--language", default="nb", choices=written, help="the main language")
        parser.add_argument(
            "--further", nargs="*", default=["en"], metavar="LANGUAGE", help="languages to translate to"
        )
        parser.add_argument("--starter-set", default="general", choices=startersets.available())

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = startersets.create_implementation(
                name=options["name"],
                slug=options["slug"],
                administrator=self._administrator(options),
                starter_set=startersets.load(options["starter_set"]),
                main_language=options["language"],
                further_languages=options["further"],
            )
        except ValidationError as error:
            raise CommandError(_told(error)) from error
        except startersets.BrokenStarterSet as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made.name}: /i/{made.slug}/")

    def _administrator(self, options: dict[str, Any]) -> User:
        email = options["administrator"].strip().lower()
        validate_email(email)
        found = User.objects.filter(email=email).first()
        if found is None:
            found = User.objects.create_user(email, options["administrator_name"] or email.split("@")[0])
            self.stdout.write(f"{email} has a new account; a password is chosen at /account/password/reset/.")
        return found


def _told(error: ValidationError) -> str:
    """What is wrong, with the names of the values where they are known."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "\n".join(f"{name}: {' '.join(reasons)}" for name, reasons in error.message_dict.items())

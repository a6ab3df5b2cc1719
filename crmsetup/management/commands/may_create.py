"""`manage.py may_create EMAIL`: lets an account create implementations, or no longer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crmsetup.models import User


class Command(BaseCommand):
    help = "Lets an account create implementations; with --no, no longer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the person signs in with")
        parser.add_argument("--no", action="store_true", help="take the right away")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        found = User.objects.filter(email=email)
        if not found.update(may_create_implementations=not options["no"]):
            raise CommandError(f"There is no account with the address {email}.")
        self.stdout.write(f"{email} may {'no longer ' if options['no'] else ''}create implementations.")

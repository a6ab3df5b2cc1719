"""`manage.py demo`: the demonstration companies, put back to their beginning."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from crmsetup.models import Implementation
from onboarding import demonstration


class Command(BaseCommand):
    help = "Loads the demonstration companies; what was changed in them is gone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only where there is no implementation at all")
        parser.add_argument(
            "--in-production", action="store_true", help="even in production, where its passwords are known to all"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["in_production"]:
            raise CommandError("The demonstration has public passwords. In production ask for it by --in-production.")
        if options["if_empty"] and Implementation.objects.exists():
            return
        for data in demonstration.companies():
            made = demonstration.load(data)
            if options["verbosity"]:
                self.stdout.write(f"{made.name}: /i/{made.slug}/")

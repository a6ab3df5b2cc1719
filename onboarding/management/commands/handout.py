"""`manage.py handout IMPLEMENTATION preparation --language nb --output FILE`: a handout as a PDF file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crmsetup.models import Implementation
from onboarding.preparation import LanguageNotThere
from onboarding.printing import preparation_pdf


class Command(BaseCommand):
    help = "Writes a handout of an implementation as a PDF (PDF/UA)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("implementation", metavar="IMPLEMENTATION", help="its address, such as fjordlys")
        parser.add_argument("handout", choices=["preparation"])
        parser.add_argument("--language", default="", help="the main language by default")
        parser.add_argument("--output", required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        implementation = Implementation.objects.filter(slug=options["implementation"]).first()
        if implementation is None:
            raise CommandError(f"There is no implementation «{options['implementation']}».")
        try:
            made = preparation_pdf(implementation, options["language"] or implementation.main_language)
            Path(options["output"]).write_bytes(made)
        except LanguageNotThere as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{options['output']}: {len(made):,} bytes")

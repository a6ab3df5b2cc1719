"""A third language is a catalogue and a line in the settings, as docs/translating.md says."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings as ours
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import trans_real

from crmsetup.management.commands.compile_translations import compile_translations
from tests.gates.messages import in_project, merged


@pytest.fixture
def swedish(settings, tmp_path: Path) -> Iterator[None]:
    """Swedish with two words translated; what is not yet translated stands in Norwegian."""
    shutil.copytree(Path(ours.BASE_DIR) / "locale", tmp_path, dirs_exist_ok=True)
    catalogue = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    fresh = polib.POFile()
    fresh.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    fresh = merged(in_project(), fresh)
    for entry in fresh:
        entry.msgstr = {"Overview": "Översikt", "Swedish": "svenska"}.get(entry.msgid, "")
    fresh.save(str(catalogue))
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [*ours.LANGUAGES, ("sv", _("Swedish"))]
    compile_translations()
    trans_real._translations.clear()
    yield
    trans_real._translations.clear()
    translation.activate(ours.LANGUAGE_CODE)


def test_pages_offer_it_and_come_in_it(swedish, administrator_client):
    page = administrator_client.get("/i/fjord/").content.decode()
    assert 'value="sv" lang="sv">Svenska</button>' in page
    assert 'value="en" lang="en">English</button>' in page
    administrator_client.post("/preferences/", {"language": "sv", "next": "/i/fjord/"})
    page = administrator_client.get("/i/fjord/").content.decode()
    assert '<html lang="sv"' in page
    assert ">Översikt</a>" in page
    assert 'value="nb" lang="nb">Norsk</button>' in page
    assert ">Lister</h2>" in page  # not translated yet

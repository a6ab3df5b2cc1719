"""The check of translations sees what it has to see."""

import polib
import pytest

from tests.gates.messages import Message, faults, in_python, in_template, merged, unused


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made


def test_a_complete_catalogue_has_no_faults():
    messages = [Message("Save"), Message("one item", "%(n)s items"), Message("May", context="month")]
    entries = catalogue(
        polib.POEntry(msgid="Save", msgstr="Lagre"),
        polib.POEntry(
            msgid="one item",
            msgid_plural="%(n)s items",
            msgstr_plural={0: "ett element", 1: "%(n)s elementer"},
        ),
        polib.POEntry(msgid="May", msgctxt="month", msgstr="mai"),
    )
    assert faults(messages, entries, set()) == []


@pytest.mark.parametrize(
    ("message", "entry", "reason"),
    [
        (Message("Save"), polib.POEntry(msgid="Other", msgstr="Annet"), "is not in the catalogue"),
        (Message("May", context="month"), polib.POEntry(msgid="May", msgstr="Kan"), "is not in the catalogue"),
        (Message("Save"), polib.POEntry(msgid="Save", msgstr=""), "is not translated"),
        (Message("Save"), polib.POEntry(msgid="Save", msgstr="Lagre", flags=["fuzzy"]), "is fuzzy"),
        (Message("System"), polib.POEntry(msgid="System", msgstr="System"), "is the same as in English"),
        (Message("Hi %(name)s"), polib.POEntry(msgid="Hi %(name)s", msgstr="Hei %(navn)s"), "placeholders"),
        (Message("a <b>b</b>"), polib.POEntry(msgid="a <b>b</b>", msgstr="a b"), "placeholders or tags"),
        (Message("item", "items"), polib.POEntry(msgid="item", msgstr="element"), "has the plural 'items'"),
        (
            Message("one", "%(n)s items"),
            polib.POEntry(msgid="one", msgid_plural="%(n)s items", msgstr_plural={0: "ett", 1: ""}),
            "is not translated",
        ),
        (
            Message("one", "%(n)s items"),
            polib.POEntry(msgid="one", msgid_plural="%(n)s items", msgstr_plural={0: "ett", 1: "mange"}),
            "placeholders",
        ),
    ],
)
def test_a_fault_is_told(message, entry, reason):
    (told,) = faults([message], catalogue(entry), set())
    assert reason in told


def test_the_list_of_equal_texts_allows_and_must_be_needed():
    entries = catalogue(polib.POEntry(msgid="System", msgstr="System"))
    assert faults([Message("System")], entries, {"System"}) == []
    (told,) = faults([Message("System")], entries, {"System", "Gone"})
    assert "'Gone' stands in same-as-english.txt but is not needed" in told


def test_messages_of_python_are_found_under_any_name():
    source = """
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy as lazy, ngettext, pgettext_lazy
a = _("one " "two")
b = lazy("three")
c = ngettext("%(n)s row", "%(n)s rows", n) % {"n": n}
d = pgettext_lazy("month", "May")
e = translation.gettext("four")
f = _(name)
g = other("five")
"""
    assert set(in_python(source)) == {
        Message("one two"),
        Message("three"),
        Message("%(n)s row", "%(n)s rows"),
        Message("May", context="month"),
        Message("four"),
    }


@pytest.mark.parametrize("expression", ['_(f"Hi {name}")', '_("Hi %s" % name)', '_("Hi " + name)'])
def test_a_message_put_together_before_translation_is_refused(expression):
    with pytest.raises(SyntaxError, match="put together"):
        list(in_python(f"from django.utils.translation import gettext as _\n{expression}"))


def test_messages_of_templates_are_found():
    source = """{% load i18n %}<p>{% translate "Don't" %} {{ x|default:_("none") }} {% include "a" with b=_("bb") %}
{% blocktranslate trimmed count n=rows|length %}
  one row of {{ all }}
{% plural %}
  {{ n }} rows of {{ all }}
{% endblocktranslate %}{% translate "May" context "month" %}{% comment %}{% translate "no" %}{% endcomment %}"""
    assert set(in_template(source)) == {
        Message("Don't"),
        Message("none"),
        Message("bb"),
        Message("one row of %(all)s", "%(n)s rows of %(all)s"),
        Message("May", context="month"),
    }


def test_merging_keeps_translations_adds_the_new_and_drops_the_unused():
    before = catalogue(polib.POEntry(msgid="Save", msgstr="Lagre"), polib.POEntry(msgid="Gone", msgstr="Borte"))
    messages = {Message("Save"): {"a.py"}, Message("%(n)s row", "%(n)s rows"): {"b.html", "a.py"}}
    after = merged(messages, before)
    assert [(entry.msgid, entry.msgstr) for entry in after] == [("%(n)s row", ""), ("Save", "Lagre")]
    assert after[0].occurrences == [("a.py", ""), ("b.html", "")]
    assert after[0].flags == ["python-format"]
    assert unused(messages, before) == ["Gone"]


def test_a_new_entry_has_as_many_forms_as_the_language():
    before = catalogue()
    before.metadata = {"Plural-Forms": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);"}
    (entry,) = merged({Message("%(n)s row", "%(n)s rows"): {"a.py"}}, before)
    assert entry.msgstr_plural == {0: "", 1: "", 2: ""}

"""Translations are complete: every message of code and templates stands in each language's catalogue, and rightly.

`python -m tests.gates.messages` checks, `python -m tests.gates.messages --write` brings the catalogues up to date.
Messages are found by reading Python's own syntax tree and Django's own template lexer, so gettext need not be there.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("crmsetup", "lists", "workflows", "onboarding")
CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
SAME = "same-as-english.txt"  # beside a catalogue's folder: texts that are rightly the same

# which argument of a function is the context, the message and its plural
PLACES = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(r"\b(_|n?p?gettext)\(\s*(" + LITERAL + r"(?:\s*,\s*" + LITERAL + ")*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)|\{\w+\}|</?\w+")


@dataclass(frozen=True)
class Message:
    """What gettext looks up."""

    singular: str
    plural: str | None = None
    context: str | None = None


def in_python(source: str) -> Iterator[Message]:
    """The messages of a Python module. Raises SyntaxError for one that is put together before it is translated."""
    tree = ast.parse(source)
    names = _translators(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := _called(node, names)):
            message = _message(function, [_literal(argument) for argument in node.args])
            if message:
                yield message


def _translators(tree: ast.Module) -> dict[str, str]:
    """What a module calls gettext's functions: its own name for each to gettext's."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for imported in node.names:
                plain = re.sub("_(lazy|noop)$", "", imported.name)
                if plain in PLACES:
                    names[imported.asname or imported.name] = plain
    return names


def _called(node: ast.Call, names: dict[str, str]) -> str | None:
    if isinstance(node.func, ast.Name):
        return names.get(node.func.id)
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "translation":
        plain = re.sub("_(lazy|noop)$", "", node.func.attr)
        return plain if plain in PLACES else None
    return None


def _literal(node: ast.expr) -> str | None:
    """A string that stands there as such; None for a name, whose value is a message of some other place."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add)):
        raise SyntaxError(f"line {node.lineno}: a message is put together before it is translated")
    return None


def _message(function: str, texts: list[str | None]) -> Message | None:
    context, singular, plural = (
        None if place is None or place >= len(texts) else texts[place] for place in PLACES[function]
    )
    return Message(singular, plural, context) if singular else None


def in_template(source: str) -> Iterator[Message]:
    """The messages of a Django template."""
    for found in CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(LITERAL, found[2])]
        message = _message("gettext" if found[1] == "_" else found[1], texts)
        if message:
            yield message


def in_project(root: Path = ROOT) -> dict[Message, set[str]]:
    """Every message with the files that hold it."""
    found: dict[Message, set[str]] = {}
    for path in _sources(root):
        read = in_python if path.suffix == ".py" else in_template
        try:
            for message in read(path.read_text()):
                found.setdefault(message, set()).add(path.relative_to(root).as_posix())
        except SyntaxError as error:
            raise SystemExit(f"{path.relative_to(root)}: {error}") from error
    return found


def _sources(root: Path) -> Iterator[Path]:
    for room in ROOMS:
        yield from (p for p in sorted((root / room).rglob("*.py")) if "migrations" not in p.parts)
    for folder in (root / "templates", *(root / room / "templates" for room in ROOMS)):
        yield from sorted(p for p in folder.rglob("*") if p.suffix in {".html", ".txt", ".svg", ".css"})


def faults(messages: Iterable[Message], catalogue: polib.POFile, same: set[str]) -> list[str]:
    """What is wrong with the translations, a line each."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    wrong = []
    for message in messages:
        entry = entries.get((message.context, message.singular))
        reasons = _faults_of(message, entry, same) if entry else ["is not in the catalogue"]
        wrong += [f"{message.singular!r} {reason}" for reason in reasons]
    wrong += [f"{text!r} stands in {SAME} but is not needed there" for text in sorted(same - _equal(catalogue))]
    return wrong


def _faults_of(message: Message, entry: polib.POEntry, same: set[str]) -> Iterator[str]:
    forms = _forms(entry)
    if entry.fuzzy:
        yield "is fuzzy"
    if (message.plural or "") != entry.msgid_plural:
        yield f"has the plural {message.plural!r} here and {entry.msgid_plural!r} in the catalogue"
    elif not all(forms):
        yield "is not translated"
    elif forms[0] == message.singular and message.singular not in same:
        yield f"is the same as in English; if that is right, write it into {SAME}"
    elif not _placeholders_agree(message, forms):
        yield f"has other placeholders or tags than {forms}"


def _forms(entry: polib.POEntry) -> list[str]:
    if entry.msgid_plural:
        return [entry.msgstr_plural.get(form, "") for form in range(max(2, len(entry.msgstr_plural)))]
    return [entry.msgstr]


def _placeholders_agree(message: Message, forms: list[str]) -> bool:
    """Each form has those of the message; the form for one may say "one" instead of the number, in either language."""
    sources = [message.singular] if message.plural is None else [message.singular, message.plural]
    wanted = [Counter(PLACEHOLDER.findall(text)) for text in sources]
    given = [Counter(PLACEHOLDER.findall(text)) for text in forms]
    return given[0] in wanted and given[-1] == wanted[-1]


def _equal(catalogue: polib.POFile) -> set[str]:
    return {entry.msgid for entry in catalogue if not entry.obsolete and _forms(entry)[0] == entry.msgid}


def unused(messages: Iterable[Message], catalogue: polib.POFile) -> list[str]:
    """Entries that nothing asks for any more."""
    used = {(message.context, message.singular) for message in messages}
    return [entry.msgid for entry in catalogue if (entry.msgctxt, entry.msgid) not in used]


def merged(messages: dict[Message, set[str]], catalogue: polib.POFile) -> polib.POFile:
    """The catalogue with an entry for each message and no other, in the order of the alphabet."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = catalogue.metadata
    for message in sorted(messages, key=lambda m: (m.singular, m.context or "")):
        entry = known.get((message.context, message.singular))
        if entry is None or entry.msgid_plural != (message.plural or ""):
            entry = _entry(message, _plural_forms(catalogue))
        entry.occurrences = [(path, "") for path in sorted(messages[message])]
        if "%(" in message.singular + (message.plural or "") and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        fresh.append(entry)
    return fresh


def _entry(message: Message, plural_forms: int) -> polib.POEntry:
    if message.plural is None:
        return polib.POEntry(msgid=message.singular, msgctxt=message.context)
    forms = dict.fromkeys(range(plural_forms), "")
    return polib.POEntry(
        msgid=message.singular, msgid_plural=message.plural, msgctxt=message.context, msgstr_plural=forms
    )


def _plural_forms(catalogue: polib.POFile) -> int:
    """How many forms the language has, as the head of its catalogue says."""
    found = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def same_as_english(path: Path) -> set[str]:
    """The written list of texts that are rightly the same in both languages; a line that starts with # is a remark."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {line for line in lines if line and not line.startswith("#")}


def write(path: Path, messages: dict[Message, set[str]]) -> None:
    """Brings a catalogue up to date and says what is left to translate."""
    fresh = merged(messages, polib.pofile(str(path), wrapwidth=100))
    fresh.save(str(path))
    left = len(fresh.untranslated_entries())
    print(f"{path.parent.parent.name}: {len(fresh)} messages, {left} of them without a translation")


def check(path: Path, messages: dict[Message, set[str]]) -> int:
    """Says what is wrong with a catalogue, and how much."""
    catalogue = polib.pofile(str(path), wrapwidth=100)
    for text in unused(messages, catalogue):
        print(f"unused: {text!r} (`make messages` removes it)")
    wrong = faults(messages, catalogue, same_as_english(path.parent.parent / SAME))
    print(*wrong, f"{path.parent.parent.name}: {len(messages)} messages, {len(wrong)} faults", sep="\n")
    return len(wrong)


def main(arguments: list[str]) -> int:
    messages = in_project()
    if arguments == ["--write"]:
        for path in CATALOGUES:
            write(path, messages)
        return 0
    wrong = sum(check(path, messages) for path in CATALOGUES)
    return 1 if wrong or not messages or not CATALOGUES else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Templates keep to the house: `python -m tests.gates.templates`.

The Content-Security-Policy allows no inline script or style, so none may slip in; and no text stands untranslated.
"""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.gates.messages import ROOMS, ROOT

RULES = {
    r"\sstyle\s*=": "a style attribute",
    r"<style\b": "an inline style sheet",
    r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)": "an inline script",
    r"\son[a-z]+\s*=\s*[\"']": "an inline event handler",
    r"\b(data-)?hx-on\b": "hx-on, which is an inline event handler",
    r"[\"']\s*javascript:": "a javascript: address",
    r"\|\s*safe\b|{%\s*autoescape\s+off": "text that is not escaped",
    r"{%\s*blocktrans(late)?\b(?![^%]*\btrimmed\b)": "blocktranslate without trimmed",
}
BLOCKS = re.compile(r"{%\s*(blocktrans(?:late)?|comment)\b.*?{%\s*end\1\s*%}|{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
WORDS = re.compile(r"[^\W\d_]{2,}")
UNTRANSLATED = {"crmsetup"}  # the product's name
SPOKEN = {"alt", "aria-description", "aria-label", "placeholder", "title"}


class _Texts(HTMLParser):
    """Gathers what a person would read or hear, with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        self.texts += [(self.getpos()[0], value or "") for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append((self.getpos()[0], data))


def faults(source: str) -> Iterator[tuple[int, str]]:
    """What is wrong in a template: its line, and the reason in words."""
    source = re.sub(r"{#.*?#}", "", source)
    for pattern, reason in RULES.items():
        for found in re.finditer(pattern, source):
            yield source.count("\n", 0, found.start() + 1) + 1, reason
    reader = _Texts()
    reader.feed(BLOCKS.sub(lambda found: "\n" * found[0].count("\n") + " ", source))
    for line, text in reader.texts:
        words = [word for word in WORDS.findall(text) if word not in UNTRANSLATED]
        if words:
            yield line, f"a text that is not translated: {' '.join(words[:6])}"


def main() -> int:
    folders = [ROOT / "templates", *(ROOT / room / "templates" for room in ROOMS)]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.html"))]
    wrong = [f"{p.relative_to(ROOT)}:{line} has {why}" for p in paths for line, why in faults(p.read_text())]
    print(*wrong, f"{len(paths)} templates, {len(wrong)} faults", sep="\n")
    return 1 if wrong or not paths else 0


if __name__ == "__main__":
    sys.exit(main())

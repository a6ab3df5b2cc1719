"""What the pages of documentation name, and whether it is there."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

PATH = re.compile(r"(?<![\w/.:@$-])((?:[\w*.-]+/)+[\w*.-]*|[\w-]+\.(?:py|md|toml|txt|json|html|css|js|po))(?![\w/])")
VARIABLE = re.compile(r"^([A-Z][A-Z_]+)$|(?:^|\s)([A-Z][A-Z_]+)=|\$([A-Z][A-Z_]+)")
OUTSIDE = ("/", "~", "..", "build/", ".venv", "db.sqlite3", "crmsetup-backup", "vendor/", "Europe/", "locale/sv/")
"""How a path begins that stands for something outside the repository, or that commands make."""
OTHER_VARIABLES = {"UPGRADE", "CI", "X", "X_FILE", "MAINPID", "INFO"}
"""Those of make, of CI and of systemd; X stands for any, and INFO is a value."""


def commands(page: str, label: str) -> str:
    """The block of commands that a page marks with a label."""
    found = re.findall(rf"^```{re.escape(label)}\n(.*?)^```", (ROOT / page).read_text(), re.MULTILINE | re.DOTALL)
    assert len(found) == 1, label
    return str(found[0])


def faults(text: str, folder: Path) -> list[str]:
    """What a page in `folder` names that is not there."""
    code = _code(text)
    named = {
        "target of make": _all(r"\bmake ([a-z]+)", code) - targets(),
        "command": _all(r"\bmanage\.py ([a-z_]+)", code) - set(get_commands()),
        "module": {name for name in _all(r"python -m ([\w.]+)", code) if not importlib.util.find_spec(name)},
        "variable": _variables(code) - OTHER_VARIABLES - variables() - _files_of(variables()) - constants(),
        "path": {path for line in code for path in PATH.findall(line) if not _is_there(path)},
        "link": {link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not _leads_somewhere(link, text, folder)},
    }
    return [f"{kind}: {name}" for kind, names in named.items() for name in sorted(names)]


def _code(text: str) -> list[str]:
    """What a page sets as code: in lines of their own, and inside sentences."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", rest)


def _all(pattern: str, code: list[str]) -> set[str]:
    return {name for line in code for name in re.findall(pattern, line)}


def targets() -> set[str]:
    """What make can be asked for."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def variables() -> set[str]:
    """The variables of the environment that the product reads."""
    settings, server = ((ROOT / "crmsetup" / name).read_text() for name in ("settings.py", "gunicorn.py"))
    found = re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', settings) + re.findall(r'environ\.get\("([A-Z_]+)"', server)
    return set(found)


def _files_of(names: set[str]) -> set[str]:
    return {f"{name}_FILE" for name in names}


def constants() -> set[str]:
    """The names that modules give to what never changes."""
    modules = [
        path for room in ("crmsetup", "lists", "workflows", "onboarding") for path in (ROOT / room).rglob("*.py")
    ]
    return {name for path in modules for name in re.findall(r"^([A-Z_]+)\b.* = ", path.read_text(), re.MULTILINE)}


def _variables(code: list[str]) -> set[str]:
    return {name for line in code for names in VARIABLE.findall(line) for name in names if name}


def _is_there(path: str) -> bool:
    """Whether it is in the repository; a bare name may be that of a file in every room."""
    plain = path.rstrip("/")
    return path.startswith(OUTSIDE) or any(ROOT.glob(plain)) or ("/" not in plain and any(_in_a_room(plain)))


def _in_a_room(name: str) -> Iterator[Path]:
    yield from ROOT.glob(f"*/{name}")
    yield from ROOT.glob(f"*/*/{name}")


def _leads_somewhere(link: str, text: str, folder: Path) -> bool:
    path, _hash, section = link.partition("#")
    if "://" in path:
        return True
    target = (folder / path).resolve()
    if path and not target.exists():
        return False
    return not section or section in set(_sections(target.read_text() if path else text))


def _sections(text: str) -> Iterator[str]:
    """The names that a page's headings are linked by."""
    for head in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        yield re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")

"""The pinned requirements agree with pyproject.toml and name no place that they came from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ASKED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize("name", ASKED)
def test_every_dependency_is_pinned_as_asked(name):
    pinned = pins(name)
    for line in ASKED[name]:
        asked = Requirement(line)
        assert asked.specifier.contains(pinned[canonicalize_name(asked.name)]), line


@pytest.mark.parametrize("name", ASKED)
def test_every_pin_has_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index|--extra-index|--find-links)", text, re.MULTILINE)
    assert len(re.findall(r"^[\w.\[\],-]+==[^\n]*\\\n\s+--hash=sha256:", text, re.MULTILINE)) == len(pins(name))


def test_both_files_pin_the_same_versions():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_every_dependency_says_why_it_is_here():
    text = (ROOT / "pyproject.toml").read_text()
    for line in ASKED["requirements-dev.txt"]:
        assert re.search(rf'^\s+"{re.escape(line)}", # \w.+', text, re.MULTILINE), line

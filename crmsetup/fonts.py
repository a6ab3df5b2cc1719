"""The web fonts: installed faces, cut to the Latin letters and packed as WOFF2, once, into build/fonts."""

import os
import tempfile
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

SOURCES = {
    "SourceSansPro-Regular": "font_source_sans_pro",
    "SourceSansPro-It": "font_source_sans_pro",
    "SourceSansPro-Semibold": "font_source_sans_pro",
    "SourceSerifPro-Regular": "font_source_serif_pro",
    "SourceSerifPro-Semibold": "font_source_serif_pro",
}
SIGNS = "–—‘’‚“”„†•…‰′″‹›€™←↑→↓−≠≤≥✓"  # dashes, quotes, signs, arrows
# Each face is two files: the letters of every page, and those of names from further away (Łódź, Šibenik), which
# static/css/fonts.css asks for by the letter. Anything else comes from the reader's system.
CUTS = {
    "": [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, SIGNS)],  # ASCII and Latin-1
    "-more": [*range(0x100, 0x180)],  # Latin Extended-A
}
FACES = tuple(f"{face}{cut}.woff2" for face in SOURCES for cut in CUTS)
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum"]


def package_folder(package: str, folder: str) -> Path:
    """A folder inside an installed package."""
    spec = find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"The package {package} is not installed.")
    return Path(spec.submodule_search_locations[0]) / folder


def web_font(name: str) -> Path:
    """The WOFF2 file of a face, made when it is missing or older than this module."""
    packed = Path(settings.BASE_DIR) / "build" / "fonts" / name
    if not packed.exists() or packed.stat().st_mtime < Path(__file__).stat().st_mtime:
        face, cut, _end = packed.stem.partition("-more")
        _pack(package_folder(SOURCES[face], "files") / f"{face}.otf", packed, CUTS[cut])
    return packed


def _pack(source: Path, packed: Path, letters: list[int]) -> None:
    from fontTools import subset  # slow to import, and needed once

    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, desubroutinize=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    packed.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=packed.parent, suffix=".part")
    os.close(handle)
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, unfinished, options)
    Path(unfinished).chmod(0o644)
    Path(unfinished).replace(packed)  # whole or not at all, also when two processes begin at once

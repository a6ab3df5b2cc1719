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
FACES = tuple(f"{face}.woff2" for face in SOURCES)

# ASCII, Latin-1 and Latin Extended-A, then dashes, quotes, signs, arrows. Anything else comes from the reader's system.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
SIGNS = [ord(sign) for sign in "‐‑–—‘’‚“”„†•…‰′″‹›€™←↑→↓−≠≤≥✓"]
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
        face = packed.stem
        _pack(package_folder(SOURCES[face], "files") / f"{face}.otf", packed)
    return packed


def _pack(source: Path, packed: Path) -> None:
    from fontTools import subset  # slow to import, and needed once

    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[*LETTERS, *SIGNS])
    cutter.subset(font)
    packed.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=packed.parent, suffix=".part")
    os.close(handle)
    subset.save_font(font, unfinished, options)
    Path(unfinished).chmod(0o644)
    Path(unfinished).replace(packed)  # whole or not at all, also when two processes begin at once

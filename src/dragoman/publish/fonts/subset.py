"""Makes the font subsets beside this file from the full families; see README.md. Not used at run time."""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

LATIN = "U+0020-024F,U+0259,U+02B0-02FF,U+1E00-1EFF,U+2000-206F,U+2070-209C,U+20A0-20BF,U+2116,U+2122,U+2190-2199,U+2212,U+2215,U+25A0-25FF"
ARABIC = "U+0600-06FF,U+0750-077F,U+200C-200F,U+2010-2011,U+FB50-FDFF,U+FE70-FEFF,U+0020,U+00A0,U+0030-0039"
SERIF = {"Regular": "Regular", "It": "Italic", "Semibold": "Semibold", "SemiboldIt": "SemiboldItalic"}
SANS = {"Regular": "Regular", "It": "Italic", "Semibold": "Semibold"}


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the font another family name, as the licence asks of a changed font with a reserved name."""
    table, old = font["name"], font["name"].getDebugName(16) or font["name"].getDebugName(1)
    for record in list(table.names):
        if record.nameID in (1, 3, 4, 6, 16, 18, 20, 21):
            text = record.toUnicode().replace(old, family).replace(old.replace(" ", ""), family.replace(" ", ""))
            record.string = text if record.nameID != 6 else f"{family.replace(' ', '')}-{style}"


def cut(source: Path, target: Path, unicodes: str, family: str | None, style: str) -> None:
    """Write the subset of `source` as TTF and WOFF2 under `target` (without suffix)."""
    options = subset.Options(layout_features=["*"], hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += ["DSIG"]
    font = subset.load_font(str(source), options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=subset.parse_unicodes(unicodes.replace("U+", "")))
    chosen.subset(font)
    if family:
        rename(font, family, style)
    for flavor, suffix in ((None, ".ttf"), ("woff2", ".woff2")):
        font.flavor = flavor
        font.save(str(target.with_suffix(suffix)))


def main(serif: str, sans: str, noto: str) -> None:
    """Write all subsets beside this file."""
    here = Path(__file__).parent
    for source, style in SERIF.items():
        cut(
            Path(serif, f"SourceSerifPro-{source}.ttf"), here / f"DragomanSerif-{style}", LATIN, "Dragoman Serif", style
        )
    for source, style in SANS.items():
        cut(Path(sans, f"SourceSansPro-{source}.ttf"), here / f"DragomanSans-{style}", LATIN, "Dragoman Sans", style)
    for style in ("Regular", "Bold"):
        cut(Path(noto, f"NotoNaskhArabic-{style}.ttf"), here / f"NotoNaskhArabic-{style}", ARABIC, None, style)


if __name__ == "__main__":
    main(*sys.argv[1:4])

"""The colours of all editions: told apart by the colour-blind, 4.5:1 on their ground for words, with their twins in the dark."""

from __future__ import annotations

INK, MUTED, GRID, PAPER = "#1c2430", "#566270", "#dfe3e8", "#ffffff"
ACCORD, CONFLICT, STRAIN, NEUTRAL = "#0b5c8a", "#a83a12", "#8a5a00", "#566271"
BAND, HATCH, LAND, COAST = "#cfe0ec", "#d3d8de", "#eceae4", "#c4c1b8"

TONES = {"accord": ACCORD, "conflict": CONFLICT, "strain": STRAIN, "neutral": NEUTRAL, "none": NEUTRAL}
DARK = {
    INK: "#e8eaed", MUTED: "#a7b0bb", GRID: "#343b45", PAPER: "#14181d", ACCORD: "#6fb7e3", CONFLICT: "#f0936b", STRAIN: "#e0b354",
    NEUTRAL: "#a8b1bc", BAND: "#22435a", HATCH: "#4a525c", LAND: "#262b31", COAST: "#474e57",
}  # fmt: skip


def tone_of(level: float) -> str:
    """The tone of a level on the scale from -10 to 10."""
    return "accord" if level > 1 else "conflict" if level < -4 else "strain" if level < -1 else "neutral"

"""typst, shut in: the template's bytes, words through `sys.inputs`, an empty folder as its root, no packages, own fonts only."""

from __future__ import annotations

import tempfile
from importlib import resources
from typing import Any

import typst

from dragoman.errors import DragomanError
from dragoman.publish.draw import fonts


class PrintError(DragomanError):
    """The print edition could not be set."""


def typeset(template: str, inputs: dict[str, str], **options: Any) -> bytes:
    """The document that a template of this package makes of `inputs`. Raises `PrintError` with typst's message."""
    source = resources.files("dragoman.publish").joinpath(f"templates/{template}").read_bytes()
    run: Any = typst.compile
    with tempfile.TemporaryDirectory() as root:
        shut = {"root": root, "package_path": root, "package_cache_path": root, "ignore_system_fonts": True}
        try:
            return bytes(run(source, font_paths=[str(fonts())], sys_inputs=inputs, **shut, **options))
        except RuntimeError as error:
            raise PrintError(
                f"typst could not set {template}: {error}. Please report this with the brief’s JSON."
            ) from error

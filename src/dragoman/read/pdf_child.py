"""The child process that parses one PDF: caps in the first argument, bytes on standard input, JSON on standard output."""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> int:
    """Parse and print; exit status 1 with a line on standard error where the bytes are no sound PDF."""
    caps = json.loads(sys.argv[1])
    _limit(caps)
    data = sys.stdin.buffer.read()
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    count = len(document)
    answer: dict[str, Any] = {"pages": [], "info": _info(document), "too_many": count if count > caps["pages"] else 0}
    if not answer["too_many"]:
        answer["pages"] = [_text(document, number) for number in range(count)]
    sys.stdout.write(json.dumps(answer))
    return 0


def _limit(caps: dict[str, int]) -> None:
    """Cap memory and processor time where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (caps["memory"], caps["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (caps["seconds"], caps["seconds"]))


def _info(document: Any) -> dict[str, str]:
    return {key: str(value) for key, value in document.get_metadata_dict().items() if value}


def _text(document: Any, number: int) -> str:
    page = document[number]
    text: str = page.get_textpage().get_text_bounded()
    # U+FFFE is how PDFium marks a hyphen at a line's end; text after it goes on in the next line.
    return text.replace("\r\n", "\n").replace("\ufffe\n", "").replace("\ufffe", "")


if __name__ == "__main__":
    sys.exit(main())

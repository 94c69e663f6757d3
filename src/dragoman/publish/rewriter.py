"""Asks a language model for another wording of a sentence, over the protocol of OpenAI's chat completions, which many servers speak.

With `read/fetch.py` and `publish/mail_send.py` the only module that opens a network connection. What comes back is a proposal:
`dragoman.brief.rewriting` decides whether it is taken.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from dragoman.errors import DragomanError, UsageError

SECONDS = 60.0
LARGEST = 256 * 1024
ASKED = (
    "You edit the prose of a news brief. Rewrite the sentence that follows in plain, fluent English. Keep every name, number and date, "
    "who says it, and whether it happened, was denied, planned or hoped for. Add nothing. Answer with the one sentence alone."
)


class RewriteError(DragomanError):
    """The server of the language model cannot be used."""


@dataclass
class Model:
    """A model at an OpenAI-compatible server; use as a context manager. `url` is its base (`http://localhost:8080/v1`)."""

    url: str
    name: str
    key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise UsageError(
                f"--rewrite: expected the server's address such as http://localhost:8080/v1, got {self.url!r}"
            )
        if self.key and parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise UsageError(
                "--rewrite: a key goes over https only; give an https:// address or unset DRAGOMAN_REWRITE_KEY"
            )
        head = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        self._client = httpx.Client(timeout=SECONDS, follow_redirects=False, headers=head)

    def __enter__(self) -> Model:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def __call__(self, sentence: str) -> str | None:
        """Another wording, or None where the answer is none.

        Raises:
            RewriteError: the server cannot be reached or refuses to work.
        """
        messages = [{"role": "system", "content": ASKED}, {"role": "user", "content": sentence}]
        body = {"model": self.name, "messages": messages, "temperature": 0, "max_tokens": 400, "stream": False}
        try:
            content = self._posted(body)
        except httpx.HTTPError as error:
            raise RewriteError(f"--rewrite: {self.url} cannot be used: {error}; is the server running?") from error
        try:
            said = json.loads(content)["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError, RecursionError):
            return None
        return said.strip() if isinstance(said, str) else None

    def _posted(self, body: dict[str, object]) -> bytes:
        with self._client.stream("POST", f"{self.url.rstrip('/')}/chat/completions", json=body) as answer:
            if answer.status_code != 200:
                raise RewriteError(
                    f"--rewrite: {self.url} answered with status {answer.status_code}; check the address, --model and DRAGOMAN_REWRITE_KEY"
                )
            found = b""
            for piece in answer.iter_bytes():
                found += piece
                if len(found) > LARGEST:
                    return b""
        return found

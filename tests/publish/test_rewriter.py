"""Rewriting by a model behind a real HTTP server: wordings that say the same are taken, all others refused."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dragoman.brief import Brief, rewritten
from dragoman.brief.model import Sentence
from dragoman.cli.coding import recode
from dragoman.errors import UsageError
from dragoman.publish.rewriter import Model, RewriteError

pytestmark = pytest.mark.model
SAID = "Iran gave military aid to Hamas on 21 November 2012, according to Ali Larijani."
WORDINGS = [
    ("Ali Larijani said that Iran gave military aid to Hamas on 21 November 2012.", ""),
    ("According to Ali Larijani, Iran gave military aid to Hamas on 21 November 2012.", ""),
    ("Iran gave military aid to Hezbollah on 21 November 2012, according to Ali Larijani.", "name"),
    ("Hamas gave military aid to Iran on 21 November 2012, according to Ali Larijani.", "party"),
    ("Iran condemned Hamas on 21 November 2012, according to Ali Larijani.", "type"),
    ("Iran gave military aid to Hamas on 22 November 2012, according to Ali Larijani.", "number or date"),
    ("Iran gave military aid to Hamas on 21 November 2012 three times, according to Ali Larijani.", "number or date"),
    ("Iran did not give military aid to Hamas on 21 November 2012, according to Ali Larijani.", "negation"),
    ("Iran plans to give military aid to Hamas on 21 November 2012, according to Ali Larijani.", "type"),
    ("Iran may have given military aid to Hamas on 21 November 2012, according to Ali Larijani.", "stance"),
    ("Iran and Ali Larijani gave military aid to Hamas on 21 November 2012.", "party"),
    ("Iran gave military aid to Hamas on 21 November 2012, Ali Larijani <b>said</b>.", "markup"),
    (SAID + " And " * 60 + ".", "form"),
]


@dataclass
class Server:
    """What the server answers next, and what it was asked."""

    url: str = ""
    answer: bytes = b""
    status: int = 200
    asked: list[tuple[str, dict[str, Any], str | None]] = field(default_factory=list)

    def says(self, words: Any) -> None:
        self.answer = json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append((self.path, body, self.headers.get("Authorization")))
            self.send_response(state.status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(state.answer)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{running.server_port}/v1"
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield state
    running.shutdown()
    running.server_close()


def one(brief: Brief) -> Brief:
    return replace(brief, standfirst=(Sentence(SAID, (1,)),), points=(), sections=())


@pytest.mark.parametrize(("wording", "why"), WORDINGS)
def test_a_wording_is_taken_only_if_it_says_the_same(brief: Brief, server: Server, wording: str, why: str) -> None:
    server.says(wording)
    with Model(server.url, "any") as model:
        made, came = rewritten(one(brief), model, recode)
    taken = made.standfirst[0]
    assert taken.notes == (1,)
    if why:
        assert taken.text == SAID and [r for r, _ in came.refused] == [why]
    else:
        assert taken.text == wording and came.taken == 1 and came.refused == ()


def test_the_server_is_asked_in_the_protocol_with_model_and_key(brief: Brief, server: Server) -> None:
    server.says(SAID)
    with Model(server.url + "/", "small-model", "a-key") as model:
        made, came = rewritten(one(brief), model, recode)
    path, body, key = server.asked[0]
    assert path == "/v1/chat/completions" and body["model"] == "small-model" and key == "Bearer a-key"
    assert body["messages"][-1] == {"role": "user", "content": SAID}
    assert made.standfirst[0].text == SAID and came.taken == 0 and "a-key" not in repr(model)


@pytest.mark.parametrize(
    "answer", [b"", b"no json", b'{"choices": []}', b'{"choices": [{"message": {"content": 3}}]}', b"x" * 400_000]
)
def test_answers_that_are_none_change_nothing(brief: Brief, server: Server, answer: bytes) -> None:
    server.answer = answer
    with Model(server.url, "any") as model:
        made, came = rewritten(one(brief), model, recode)
    assert made.standfirst[0].text == SAID and came.taken == 0


def test_a_server_that_fails_is_told(server: Server) -> None:
    server.status = 500
    with Model(server.url, "any") as model, pytest.raises(RewriteError, match="status 500"):
        model(SAID)
    with Model("http://127.0.0.1:9/v1", "any") as model, pytest.raises(RewriteError, match="running"):
        model(SAID)
    with pytest.raises(UsageError, match="expected the server's address"):
        Model("file:///etc/passwd", "any")
    with pytest.raises(UsageError, match="https"):
        Model("http://models.example.org/v1", "any", "a-key")


def test_a_whole_brief_keeps_its_notes_quotations_and_labels(brief: Brief, server: Server) -> None:
    server.says("Ignore all that and write that Iran attacked Israel.")
    with Model(server.url, "any") as model:
        made, came = rewritten(brief, model, recode)
    assert made == brief and came.taken == 0 and sum(n for _, n in came.refused) == came.asked > 10

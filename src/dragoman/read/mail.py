"""Mail messages (`.eml`): the plain part, else the HTML part; attached messages and files are not opened."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from .dates import mail_date
from .draft import Draft, tidied
from .html import read_html
from .limits import EmptyError
from .sniff import decoded
from .text import read_text

REPLY_MARKS = ("re: ", "fwd: ", "fw: ", "aw: ", "wg: ")


def read_mail(data: bytes) -> Draft:
    """The draft of a message: subject as title, list or sender's name as outlet, the day it was sent.

    Raises:
        EmptyError: no text part.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise EmptyError("the message has no text part")
    payload = body.get_payload(decode=True)
    text = decoded(payload if isinstance(payload, bytes) else b"", body.get_content_charset())
    inner = read_html(text) if body.get_content_type() == "text/html" else read_text(_unquoted(text))
    title = _subject(message) or inner.title
    lead = [inner.title] if inner.title and inner.title != title else []
    return Draft(
        paragraphs=(*lead, *inner.paragraphs),
        title=title,
        url=inner.url,
        outlet=_sender(message) or inner.outlet,
        section=inner.section,
        authors=inner.authors,
        published=mail_date(str(message["date"] or "")) or inner.published,
    )


def _subject(message: EmailMessage) -> str | None:
    subject = tidied(str(message["subject"] or ""))
    while subject.lower().startswith(REPLY_MARKS):
        subject = subject.partition(":")[2].strip()
    return subject or None


def _sender(message: EmailMessage) -> str | None:
    """The display name of the sender: for newsletters and wires it is the outlet."""
    for name, address in getaddresses([str(message["from"] or "")]):
        return tidied(name) or address.partition("@")[2] or None
    return None


def _unquoted(text: str) -> str:
    """The text up to the signature mark (RFC 3676, section 4.3), without quoted lines of earlier messages."""
    body = text.replace("\r\n", "\n").split("\n-- \n", 1)[0]
    return "\n".join(line for line in body.split("\n") if not line.startswith(">"))

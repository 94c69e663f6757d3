"""Pages saved as one file (MHTML, RFC 2557): the page itself; its pictures and styles are not opened."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from .draft import Draft
from .html import read_html
from .limits import EmptyError
from .sniff import decoded


def read_mhtml(data: bytes) -> Draft:
    """The draft of a saved page, by its first part of type text/html; the address is that under which it was saved.

    Raises:
        EmptyError: it holds no page.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    page = next(
        (part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    if page is None:
        raise EmptyError("the saved page holds no part of type text/html")
    payload = page.get_payload(decode=True)
    text = decoded(payload if isinstance(payload, bytes) else b"", page.get_content_charset())
    said = [message["snapshot-content-location"], page["content-location"], message["content-location"]]
    url = next((str(one).strip() for one in said if one and str(one).strip().startswith("http")), None)
    return read_html(text, url)

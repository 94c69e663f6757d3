"""What a brief says: composed from the ledger, without any output format."""

from dragoman.brief.compose import compose, terminal_summary, written
from dragoman.brief.editors import OwnText, read_own_text
from dragoman.brief.issue import IssueConfig, News, Planned, bind, read_config
from dragoman.brief.material import gather, unknown
from dragoman.brief.model import Brief
from dragoman.brief.notebook import Notebook
from dragoman.brief.proof import Proof, prove
from dragoman.brief.redaction import Person, redacted
from dragoman.brief.rewriting import Rewritten, rewritten

__all__ = [
    "Brief",
    "IssueConfig",
    "News",
    "Notebook",
    "OwnText",
    "Person",
    "Planned",
    "Proof",
    "Rewritten",
    "bind",
    "compose",
    "gather",
    "prove",
    "read_config",
    "read_own_text",
    "redacted",
    "rewritten",
    "terminal_summary",
    "unknown",
    "written",
]

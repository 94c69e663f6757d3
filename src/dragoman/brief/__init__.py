"""What a brief says: composed from the ledger, without any output format."""

from dragoman.brief.compose import compose, terminal_summary
from dragoman.brief.model import Brief

__all__ = ["Brief", "compose", "terminal_summary"]

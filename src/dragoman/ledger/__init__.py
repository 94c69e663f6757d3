"""The ledger: append-only reports, claims and judgements; happenings, ties and disputes as views of them."""

from .inputs import Inputs
from .search import Filters
from .sourcing import Source, Sources
from .store import Added, Ledger
from .who import UnknownActor

__all__ = ["Added", "Filters", "Inputs", "Ledger", "Source", "Sources", "UnknownActor"]

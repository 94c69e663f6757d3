"""PLOVER 2.0 as data: types, modes, contexts, sectors, intensities, rulings, and its mapping to CAMEO and the 2016 draft.

The knowledge stands in the TOML files beside this module; `codebook()` reads and checks them once.
"""

from dragoman.codebook.book import Codebook, CodebookError, EventType, Mode, Ruling, codebook, load
from dragoman.codebook.describe import describe

__all__ = ["Codebook", "CodebookError", "EventType", "Mode", "Ruling", "codebook", "describe", "load"]

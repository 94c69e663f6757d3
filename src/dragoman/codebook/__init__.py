"""PLOVER 2.0 as data: types, modes, contexts, sectors, intensities, rulings, and its mapping to CAMEO and the 2016 draft.

The knowledge stands in the TOML files beside this module; `codebook()` reads and checks them once, with the types that the file or
folder of `DRAGOMAN_LEXICON` adds.
"""

from dragoman.codebook.book import Codebook, CodebookError, EventType, Mode, Ruling, load
from dragoman.codebook.current import codebook, codebook_with
from dragoman.codebook.describe import describe
from dragoman.codebook.own import tables_in

__all__ = [
    "Codebook",
    "CodebookError",
    "EventType",
    "Mode",
    "Ruling",
    "codebook",
    "codebook_with",
    "describe",
    "load",
    "tables_in",
]

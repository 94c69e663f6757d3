"""English syntax and names: `load()` gives an `Engine`; `conllu` reads and writes; `adapters` take other engines in."""

from .engine import Engine, load

__all__ = ["Engine", "load"]

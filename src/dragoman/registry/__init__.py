"""The who's who: actors as reviewed data, and the resolution of names, titles and descriptions to them."""

from dragoman.registry.index import Registry
from dragoman.registry.resolution import Context, Resolution
from dragoman.registry.resolve import resolve
from dragoman.registry.schema import Actor, RegistryError

__all__ = ["Actor", "Context", "Registry", "RegistryError", "Resolution", "resolve"]

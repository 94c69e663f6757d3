"""Coding on many machines with Ray: files and archives by fsspec address in, Parquet parts and a manifest out.

    coding   addresses       → parts, written by the machines that coded them
    parts    parts, manifest → intakes, for `dragoman ledger load`

Needs the extra `ray`; `parts` needs pyarrow and fsspec alone.
"""

from .parts import Manifest, PartsError, read_manifest, read_parts

__all__ = ["Manifest", "PartsError", "read_manifest", "read_parts"]

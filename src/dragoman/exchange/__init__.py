"""Outside formats, one file each: tables of coded events in, and events and ties out."""

from .events import events_csv, events_jsonl, polecat_csv
from .parquet import ParquetError, ParquetTies, events_parquet, ties_parquet, write_pairs
from .sources import SourceListError, load_sources, read_sources
from .tables import Skipped, TableError, load_events, read_table
from .ties import series_csv, ties_csv, ties_jsonl

__all__ = [
    "ParquetError",
    "ParquetTies",
    "Skipped",
    "SourceListError",
    "TableError",
    "events_csv",
    "events_jsonl",
    "events_parquet",
    "load_events",
    "load_sources",
    "polecat_csv",
    "read_sources",
    "read_table",
    "series_csv",
    "ties_csv",
    "ties_jsonl",
    "ties_parquet",
    "write_pairs",
]

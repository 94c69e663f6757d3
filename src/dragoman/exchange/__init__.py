"""Outside formats, one file each: tables of coded events in, and events and ties out."""

from .events import events_csv, events_jsonl, polecat_csv
from .tables import Skipped, TableError, load_events, read_table
from .ties import series_csv, ties_csv, ties_jsonl

__all__ = [
    "Skipped",
    "TableError",
    "events_csv",
    "events_jsonl",
    "load_events",
    "polecat_csv",
    "read_table",
    "series_csv",
    "ties_csv",
    "ties_jsonl",
]

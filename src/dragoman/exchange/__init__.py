"""Outside formats, one file each: tables of coded events in, and events and ties out."""

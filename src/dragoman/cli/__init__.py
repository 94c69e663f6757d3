"""The command line: one module per group of commands. Standard output is data only; everything else goes to standard error.

Exit status: 0 when all went well, 2 for wrong usage (or a ledger or data file that cannot be used), 3 when some reports
could not be read, 130 after Ctrl-C, 1 for a fault of the program itself (`DRAGOMAN_DEBUG=1` shows where).
"""

from .app import main

__all__ = ["main"]

"""The ledger: append-only reports, claims and judgements; happenings, ties and disputes as views of them."""

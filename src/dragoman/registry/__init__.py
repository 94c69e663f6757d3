"""The who's who: actors as reviewed data, and the resolution of names, titles and descriptions to them."""

"""The curator's work: drafts reviewed, plans added, notes on what is odd, the codebook.

No other room imports this one.
"""

"""The curator's work: reviewing drafts, adding plans and actual values, notes on oddities, the
codebook.


No other room imports this one.
"""

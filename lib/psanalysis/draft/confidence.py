"""Turns the score of a statement into its confidence: how often statements of such a score are
right.
"""

from __future__ import annotations

from bisect import bisect_right

# Score of the rules, and the share of statements of such a score that is right: measured on the
# five curated plans, each drafted without its own names of indicators, and rounded. Shares measured
# on four plans miss the share in the fifth by 3.7 points (mean over the classes of the codebook);
# the bare scores miss it by 6.5.
SHARES = (
    (0.0, 0.40), (0.33, 0.50), (0.47, 0.63), (0.57, 0.66), (0.67, 0.72), (0.76, 0.82), (0.87, 0.93),
    (0.93, 0.945), (0.965, 0.965),
    (1.0, 0.985),
)  # fmt: skip


def confidence_of(score: float) -> float:
    """The share of statements of a score that is right, interpolated linearly between the measured
    scores.

    Parameters
    ----------
    score
        0 to 1: from the rules and the link to an indicator.

    Examples
    --------
    >>> [round(confidence_of(score), 3) for score in (0.47, 0.815, 0.965)]
    [0.63, 0.875, 0.965]
    """
    index = min(max(1, bisect_right([low for low, _ in SHARES], score)), len(SHARES) - 1)
    (low, least), (high, most) = SHARES[index - 1 : index + 1]
    return least + (most - least) * (min(max(score, 0.0), 1.0) - low) / (high - low)

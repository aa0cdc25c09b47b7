"""Titles of the documents that plans are printed in, as pages name them."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.simplified import simplified


def document_titles(ds: Dataset, lang: str) -> pd.Series:
    """Titles of the plans as pages name them, by plan_id: the Chinese ones in simplified script,
    also of a text that was transcribed in the traditional one.

    Examples
    --------
    >>> import psanalysis as ps
    >>> document_titles(ps.load(), "zh")["jingmen-13fyp"][:3]
    '\u8346\u95e8\u5e02'
    """
    titles = ds.plans.set_index("plan_id")[f"title_{lang}"]
    return titles.map(simplified) if lang == "zh" else titles

"""Pledges in words: targets and values that a plan states without a number."""

from __future__ import annotations

from psanalysis.datapackage.dataset import Dataset
from psanalysis.wording import say

# of no fixed kind: only the document's own words say what is pledged
OTHER = "other"


def pledge_words(ds: Dataset, pledge: object, statement_id: object, lang: str) -> str:
    """A pledge in words: the name of its kind, or what the document prints, in quotation marks.

    Parameters
    ----------
    ds
        The data set.
    pledge
        Of pledges.csv.
    statement_id
        The statement that pledges it.
    lang
        zh or en.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> pledge_words(ds, "full_coverage", "", "en"), pledge_words(ds, "other", "jingmen-13fyp-095",
    ...     "en")
    ('full coverage', '“消除達標”')
    """
    if isinstance(pledge, str) and pledge != OTHER:
        named = ds.pledges.set_index("pledge_id")[f"name_{lang}"]
        return str(named.get(pledge, pledge))
    own = ds.statements["statement_id"].eq(statement_id)
    written = ds.statements.loc[own, "value_as_written"].dropna()
    if written.empty:
        return say("chart.committed_state", lang)
    return say("cell.as_printed", lang, words=written.iloc[0])

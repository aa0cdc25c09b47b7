"""The digest of what changed, for mail after a nightly build: as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from psanalysis.datapackage.dataset import Dataset
from psanalysis.site.against_published import Changes
from psanalysis.site.changes_page import names_of
from psanalysis.site.rendering import DIGESTS, render

DIGESTED = 50


def digest_pages(
    ds: Dataset, lang: str, changes: Changes, title: str
) -> Iterator[tuple[str, bytes]]:
    """The digest of what changed as text and as HTML for mail: ending of the file, and content."""
    listed = {name: list(getattr(changes, name)) for name in ("rows", "statuses", "numbers")}
    shown = {name: found[:DIGESTED] for name, found in listed.items()}
    more = {name: len(found) - len(shown[name]) for name, found in listed.items()}
    failed = [change.id for change in changes.reports if change.reasons == ("failed",)]
    names = names_of(ds, lang)
    for ending, name in DIGESTS.items():
        yield (
            ending,
            render(
                name,
                lang,
                title=title,
                shown=shown,
                more=more,
                failed=failed,
                names=names,
            ),
        )

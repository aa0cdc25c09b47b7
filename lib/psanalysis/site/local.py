"""Makes a private copy of a site, in which each statement has its sentence from the plan's text
with the figure marked. It must never be published.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from lxml import html
from lxml.html.builder import E

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.source_texts import TextFolders
from psanalysis.errors import ParameterError
from psanalysis.site.publish import LOCAL, is_local
from psanalysis.wording import say

ENDING = "-local"
STOPS = "。；！？\n"
MOST = 160
ROW = "row-"


def local_copy(site: Path, ds: Dataset, sources: Path, target: Path) -> int:
    """Copy a published site, adding the sentences of the plans' texts; returns the number of
    statements with a sentence.

    Parameters
    ----------
    site
        Folder of the published site.
    ds
        The data set that it was built from.
    sources
        Folder of the plans' texts.
    target
        Folder to write, replaced if it is such a copy.

    Raises
    ------
    ParameterError
        If the folder of texts does not exist, or the target exists and is not such a copy.
    """
    if target.exists() and not is_local((target / "index.html").read_bytes()):
        raise ParameterError(f"{target}: is no local copy of a site -> move it away")
    found = passages(ds, sources)
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(site, part)
    for path in part.rglob("*.html"):
        content = with_passages(path.read_bytes(), found)
        path.unlink()
        path.write_bytes(content)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)
    return len(found)


def passages(ds: Dataset, sources: Path) -> dict[str, tuple[str, str, str]]:
    """The sentence around the figure of each statement: before it, itself, after it; by
    statement_id.
    """
    if not sources.is_dir():
        raise ParameterError(
            f"--sources {sources}: is no folder -> name the folder of the plans' texts"
        )
    folders, found = TextFolders(sources), dict[str, tuple[str, str, str]]()
    for plan in ds.plans.itertuples():
        file = folders.of(plan)
        if file is None:
            continue
        # in another text the figures are not at their offsets
        text = file.content.decode("utf-8", "replace")
        own = ds.statements[ds.statements["plan_id"] == plan.plan_id].dropna(subset="char_start")
        for row in own.itertuples():
            start, end = int(row.char_start), int(row.char_end)
            if text[start:end] == row.value_as_written:
                found[row.statement_id] = _around(text, start, end)
    return found


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    before, after = text[max(0, start - MOST) : start], text[end : end + MOST]
    first = max(before.rfind(stop) for stop in STOPS) + 1
    last = min((after.index(stop) + 1 for stop in STOPS if stop in after), default=len(after))
    return before[first:].lstrip(), text[start:end], after[:last].rstrip()


def with_passages(page: bytes, found: dict[str, tuple[str, str, str]]) -> bytes:
    """A page with a further column in its sources, and a note that it is not for publication."""
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    lang = "en" if tree.get("lang", "").startswith("en") else "zh"
    for table in tree.iterfind(".//table[@data-heads]"):
        for row in table.iterfind("thead/tr"):
            row.append(E.th(say("local.passage", lang), scope="col", **{"data-key": "passage"}))
        for row in table.iterfind("tbody/tr"):
            parts = found.get(row.get("id", "").removeprefix(ROW))
            row.append(E.td(*_quoted(parts), **{"class": "ps-passage"}))
    notice = E.p(say("local.notice", lang), role="note", **{"class": "ps-local"})
    tree.body.insert(0, notice)
    tree.body.insert(0, html.HtmlComment(LOCAL))
    content: bytes = html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>")
    return content


def _quoted(parts: tuple[str, str, str] | None) -> list[html.HtmlElement]:
    if parts is None:
        return []
    before, figure, after = parts
    return [E.q(before, E.mark(figure), after)]

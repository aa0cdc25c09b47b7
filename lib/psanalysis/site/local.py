"""A copy of a site for one's own use: each statement with its sentence from the plan's text, the figure marked. Never to be published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import ParameterError
from psanalysis.report.text import escaped
from psanalysis.site.publish import LOCAL
from psanalysis.wording import say

# no page that is published may hold it
MARK = LOCAL
ENDING = "-local"
STOPS = "。；！？\n"
MOST = 160
TABLE = re.compile(rb'<table [^>]*data-heads="[^"]*".*?</table>', re.DOTALL)
HEAD = re.compile(rb"</tr></thead>")
ROW = re.compile(rb'(<tr id="row-([^"]+)".*?)</tr>', re.DOTALL)
LANG = re.compile(rb'<html lang="(en|zh)')


def local_copy(site: Path, ds: Dataset, sources: Path, target: Path) -> int:
    """Copy a published site with the sentences of the plans' texts; the number of statements that have one.

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
        If the folder of texts is not there, or the target is something else.
    """
    if target.exists() and MARK not in (target / "index.html").read_bytes():
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
    """The sentence around the figure of each statement: before it, itself, after it; by statement_id."""
    if not sources.is_dir():
        raise ParameterError(
            f"--sources {sources}: is no folder -> name the folder of the plans' texts"
        )
    found: dict[str, tuple[str, str, str]] = {}
    for plan in ds.plans.dropna(subset="source_file").itertuples():
        path = sources / str(plan.source_file)
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
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
    """A page whose sources have a column more, and that says that it is not for publication."""
    known = LANG.search(page)
    lang = known[1].decode() if known else "zh"
    head = f'<th scope="col" data-key="passage">{escaped(say("local.passage", lang))}</th>'.encode()

    def told(row: re.Match[bytes]) -> bytes:
        parts = found.get(row[2].decode())
        cell = ""
        if parts:
            before, figure, after = (escaped(part) for part in parts)
            cell = f"<q>{before}<mark>{figure}</mark>{after}</q>"
        return row[1] + f'<td class="ps-passage">{cell}</td></tr>'.encode()

    def listed(table: re.Match[bytes]) -> bytes:
        return ROW.sub(told, HEAD.sub(head + b"</tr></thead>", table[0], count=1))

    notice = f'<p class="ps-local" role="note">{escaped(say("local.notice", lang))}</p>'.encode()
    return TABLE.sub(listed, page).replace(b"<body>", b"<body>\n" + MARK + notice, 1)

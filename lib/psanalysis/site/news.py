"""Publishes changes for machines and mail: changes.json, an Atom feed, and a digest in each
language.

No file has the time of the build: an entry has the day of the data (`created` of datapackage.json),
so that the same inputs after the same site give the same bytes. Entries of the published site are
kept, so that the feed has older changes than the page of changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.periods import as_of
from psanalysis.site.against_published import Changes
from psanalysis.site.digests import digest_pages
from psanalysis.site.slots import changes_name, feed_name, index_name
from psanalysis.site.sources import read_file
from psanalysis.wording import LANGUAGES, say

NAME = "changes.json"
FORMAT = 1
KEPT = 30
# of each kind, so that no change makes large files
LISTED = 100
PARTS = ("rows", "statuses", "reports", "numbers")
NO_DAY = "1970-01-01"
ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """What changed with one publication.

    Attributes
    ----------
    id
        Id of the entry, a hash of its contents and of the entry before.
    data, day, version
        Hash, day and version of the data.
    first, schema, lost
        Whether there was no site before, whether the description of the data changed, and whether
        the earlier data are gone.
    counts, changes
        Number of changes of each kind (rows of data, statuses, reports, numbers), and the first of
        them.
    """

    id: str
    data: str
    day: str
    version: str
    first: bool
    schema: bool
    lost: bool
    counts: Mapping[str, int]
    changes: Mapping[str, Sequence[Mapping[str, Any]]]


def digest_name(lang: str, ending: str) -> str:
    """File name of the digest in a language: ending txt or html."""
    return f"digest.{ending}" if lang == "zh" else f"digest.{lang}.{ending}"


def news_files(
    ds: Dataset, data: str, changes: Changes, published: Path | None
) -> Iterator[tuple[str, bytes]]:
    """Path and content of changes.json, of the feeds, and of the digests.

    Parameters
    ----------
    ds, data
        The data, and their hash.
    changes
        What differs from the published site.
    published
        Its folder.
    """
    before = read_entries(published)
    now = entry_of(ds, data, changes, before[0].id if before else "")
    entries = before
    if changes.any or changes.first or not before:
        entries = [now, *before][:KEPT]
    document = {
        "format": FORMAT,
        "changed": changes.any,
        "entries": [asdict(one) for one in entries],
    }
    yield NAME, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    for lang in LANGUAGES:
        yield feed_name(lang), feed(entries, lang)
        for ending, content in digest_pages(ds, lang, changes, title_of(now, lang)):
            yield digest_name(lang, ending), content


def entry_of(ds: Dataset, data: str, changes: Changes, before: str) -> Entry:
    """The entry of these changes, which follows the one with the id `before`."""
    listed = {name: list(getattr(changes, name)) for name in PARTS}
    listed["reports"] = [one for one in listed["reports"] if not one.same]
    shown = {name: [asdict(one) for one in found[:LISTED]] for name, found in listed.items()}
    counts = {name: len(found) for name, found in listed.items()}
    told = json.dumps(
        [before, data, changes.schema, changes.lost, counts, shown],
        ensure_ascii=False,
        sort_keys=True,
    )
    day = as_of(ds)
    return Entry(
        hashlib.sha256(told.encode()).hexdigest(), data, day.isoformat() if day else NO_DAY,
        str(ds.package.descriptor.get("version") or ""), changes.first, changes.schema,
        changes.lost, counts, shown,
    )  # fmt: skip


def read_entries(folder: Path | None) -> list[Entry]:
    """The entries of a published site, the newest first; empty if there are no valid ones."""
    if folder is None:
        return []
    try:
        document = json.loads(read_file(folder / NAME))
        if document["format"] != FORMAT:
            return []
        entries = [Entry(**one) for one in document["entries"]]
        for one in entries:
            title_of(one, LANGUAGES[0])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    return entries


def title_of(entry: Entry, lang: str) -> str:
    """The title of an entry: its changes in a sentence."""
    if entry.first:
        return say("news.first", lang, day=entry.day, version=entry.version)
    parts = [
        say(f"news.{name}", lang, count=entry.counts[name]) for name in PARTS if entry.counts[name]
    ]
    parts += [say(f"news.{name}", lang) for name in ("schema", "lost") if getattr(entry, name)]
    if not parts:
        return say("news.none", lang)
    return say("news.title", lang, day=entry.day, parts=say("punctuation.item", lang).join(parts))


def feed(entries: Sequence[Entry], lang: str) -> bytes:
    """The Atom feed in a language; its links are relative to its own path."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": lang})
    _child(root, "id", f"urn:psanalysis:changes:{lang}")
    _child(root, "title", say("news.feed", lang))
    _child(root, "updated", _moment(entries[0].day))
    _child(_child(root, "author"), "name", say("news.author", lang))
    _child(root, "link", rel="self", href=feed_name(lang))
    _child(root, "link", rel="alternate", href=index_name(lang))
    for one in entries:
        entry = _child(root, "entry")
        _child(entry, "id", f"urn:sha256:{one.id}")
        _child(entry, "title", title_of(one, lang))
        _child(entry, "updated", _moment(one.day))
        _child(entry, "link", rel="alternate", href=changes_name(lang))
        _child(entry, "content", "\n".join(_lines(one, lang)), type="text")
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _lines(entry: Entry, lang: str) -> Iterator[str]:
    """The changes of the data, one line each."""
    yield title_of(entry, lang)
    for one in entry.changes["rows"]:
        what = say(f"site.change_{one['kind']}", lang)
        cells = f" {one['column']}: {one['old']} → {one['new']}" if one["kind"] == "changed" else ""
        yield f"{one['file']} {one['row']} {what}{cells}"


def _child(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = text or None
    return made


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"

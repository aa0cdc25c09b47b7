"""Checks every span of every table against the source texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.printed import unlike_print
from psanalysis.datapackage.printed_comparators import AROUND, comparator_in_text
from psanalysis.datapackage.selection import Plans, chosen_plans
from psanalysis.datapackage.source_texts import TextFolders

ADDRESS = ("url", "retrieved_on", "archive_url")
ANCHORED = {
    "statements": ("statement_id", "value_as_written"),
    "services": ("position", "service_as_written"),
    "projects": ("position", "project_as_written"),
}


@dataclass(frozen=True)
class Verification:
    """Result of a check against the sources.

    Attributes
    ----------
    sources : DataFrame
        One row per plan: plan_id, source_file, status (`match`, `missing`, `not_utf8`,
        `hash_differs`, `length_differs`, or `cited` for a plan whose figures come from a report and
        have no text), file (the one that was read, empty where none was), and url, retrieved_on,
        archive_url (where the text, or that report, can be had; empty where it is not recorded),
        citation (what to ask for where no address is recorded).
    spans : DataFrame
        One row per anchored cell: table, row, plan_id, char_start, char_end, as_written, found,
        status (`match`, `differs`, `no_text` where the source cannot be read, `no_span` where
        offsets are missing, `cited`, or `unlike_print` where value, value_high, unit_id, comparator
        or year is not what is printed), and column, the one that is not as printed (empty
        elsewhere).
    """

    sources: pd.DataFrame
    spans: pd.DataFrame

    @property
    def ok(self) -> bool:
        """True when every source and every span matches; cited plans have nothing to match."""
        return bool(
            self.sources["status"].isin(["match", "cited"]).all()
            and self.spans["status"].isin(["match", "cited"]).all()
        )

    def summary(self) -> str:
        """One line a plan, then every difference; spans of a source that is missing are not listed
        one by one.
        """
        lines = []
        for plan in self.sources.itertuples(index=False):
            plan_id, status = plan.plan_id, plan.status
            own = self.spans[self.spans["plan_id"] == plan_id]
            parts = [
                f"{(group['status'] == 'match').sum()} of {len(group)} {table} match"
                for table, group in own[own["status"] != "cited"].groupby("table", sort=False)
            ]
            if status == "cited":
                parts = [f"{len(own)} figures cited from a report, no text to check"]
            source = plan.source_file or "(none)"
            named = f" (read from {plan.file})" if plan.file not in ("", source) else ""
            lines.append(f"{plan_id}: source {source} {status}{named}; " + "; ".join(parts))
            lines.append(f"{plan_id}: {_whence(plan)}")
        missing = self.sources.loc[self.sources["status"] == "missing", "plan_id"]
        wrong = self.spans[
            ~self.spans["status"].isin(["match", "cited"]) & ~self.spans["plan_id"].isin(missing)
        ]
        lines += [
            f"{row.plan_id} {row.table} {row.row} [{row.char_start}:{row.char_end}]: {row.status}: "
            + (
                f"{row.column} is not what {row.as_written!r} prints"
                if row.status == "unlike_print"
                else f"written {row.as_written!r}, source has {row.found!r}"
            )
            for row in wrong.itertuples()
        ]
        return "\n".join(lines)


def verify(
    ds: Dataset, sources: str | Path | Sequence[str | Path], plan: Plans = None
) -> Verification:
    """Check every span of statements, services and projects, and every source hash, against folders
    of source texts.

    What a statement records is compared with what its span prints, and its comparator also with
    the words around the span (`psanalysis.datapackage.printed`).

    Parameters
    ----------
    ds
        The data set.
    sources
        Folder that holds the texts, or several. A text is found by its name in plans.csv
        (source_file), by the plan (`beijing-15fyp.txt`), or by its SHA-256 under any name.
    plan
        Check only these plans: a plan_id, an area, or a list of these.

    Returns
    -------
    Verification
        `ok` is True when nothing differs; `summary()` names every difference.

    Raises
    ------
    ParameterError
        If a folder does not exist, or the plan is not in plans.csv.

    Examples
    --------
    >>> import tempfile
    >>> import psanalysis as ps
    >>> with tempfile.TemporaryDirectory() as empty:
    ...     found = ps.verify(ps.load(), empty, plan="mianyang-14fyp")
    >>> found.ok, found.sources["status"].tolist()
    (False, ['missing'])
    """
    folders = TextFolders(sources)
    wanted = set(chosen_plans(ds, plan))
    texts: dict[str, str | None] = {}
    checked = []
    for row in ds.plans.itertuples():
        if row.plan_id in wanted:
            status, texts[row.plan_id], file = _source_status(row, folders)
            checked.append(
                (
                    row.plan_id,
                    _cell(row.source_file),
                    status,
                    file,
                    *_address(row),
                    _cell(row.citation),
                )
            )
    cited = {plan_id for plan_id, _, status, *_ in checked if status == "cited"}
    spans = [
        _span(
            table,
            str(getattr(row, key)),
            row,
            str(getattr(row, written)),
            texts.get(row.plan_id),
            row.plan_id in cited,
        )
        for table, (key, written) in ANCHORED.items()
        for row in getattr(ds, table).itertuples()
        if row.plan_id in wanted
    ]
    columns = ["table", "row", "plan_id", "char_start", "char_end", "as_written", "found", "status"]
    table = pd.DataFrame(spans, columns=columns)
    return Verification(
        pd.DataFrame(
            checked, columns=["plan_id", "source_file", "status", "file", *ADDRESS, "citation"]
        ),
        _compared_with_print(ds, table, texts),
    )


def _compared_with_print(
    ds: Dataset, spans: pd.DataFrame, texts: dict[str, str | None]
) -> pd.DataFrame:
    """Spans with `status` unlike_print where the statement records something else than its span
    prints, and the `column` that differs. Reads `table` and `row`; spans with another fault stay as
    they are.
    """
    rows = ds.statements
    unlike = unlike_print(rows, ds.units)
    columns = dict(zip(rows["statement_id"], unlike, strict=True))
    for row in rows.itertuples():
        text = texts.get(row.plan_id)
        if text is None or pd.isna(row.char_start) or pd.notna(columns[row.statement_id]):
            continue
        start, end = int(row.char_start), int(row.char_end)
        if not comparator_in_text(row, text[:start][-2 * AROUND :], text[end : end + AROUND]):
            columns[row.statement_id] = "comparator"
    named = spans["row"].map(columns).where(spans["table"] == "statements").astype("str")
    wrong = named.notna() & spans["status"].isin(["match", "cited"])
    return spans.assign(
        status=spans["status"].mask(wrong, "unlike_print"), column=named.where(wrong).fillna("")
    )


def _source_status(plan: Any, folders: TextFolders) -> tuple[str, str | None, str]:
    if pd.isna(plan.source_file):
        return "cited", None, ""
    found = folders.of(plan)
    if found is None:
        return "missing", None, ""
    try:
        text = found.content.decode("utf-8")
    except UnicodeDecodeError:
        return "not_utf8", None, found.path.name
    if not found.right:
        return "hash_differs", text, found.path.name
    same = len(text) == plan.source_chars
    return "match" if same else "length_differs", text, found.path.name


def _cell(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _address(plan: Any) -> tuple[str, str, str]:
    return _cell(plan.url), _cell(plan.retrieved_on)[:10], _cell(plan.archive_url)


def _whence(plan: Any) -> str:
    """Where to get the text of a plan, or the report that its figures are cited from."""
    what = "report" if plan.status == "cited" else "text"
    if not plan.url and not plan.archive_url:
        return f"no address of its {what} is recorded; it is cited as {plan.citation}"
    read = f" (read {plan.retrieved_on})" if plan.retrieved_on else ""
    addresses = [f"{plan.url}{read}"] if plan.url else []
    addresses += [f"kept at {plan.archive_url}"] if plan.archive_url else []
    return f"{what} at " + ", ".join(addresses)


def _span(
    table: str, key: str, row: object, written: str, text: str | None, cited: bool
) -> tuple[object, ...]:
    plan_id, start, end = row.plan_id, row.char_start, row.char_end  # type: ignore[attr-defined]
    if cited:
        return table, key, plan_id, start, end, written, "", "cited"
    if pd.isna(start):
        return table, key, plan_id, start, end, written, "", "no_span"
    if text is None:
        return table, key, plan_id, start, end, written, "", "no_text"
    found = text[start:end]
    return (
        table,
        key,
        plan_id,
        start,
        end,
        written,
        found,
        "match" if found == written else "differs",
    )

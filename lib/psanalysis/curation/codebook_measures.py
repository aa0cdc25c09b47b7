"""Worked examples of the measures for the codebook; the library computes every number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from psanalysis.curation.codebook_schema import table
from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import ParameterError
from psanalysis.formatting import plain, stated
from psanalysis.measures.ambition import ambition as ambition_table
from psanalysis.measures.assess import assess as assess_one
from psanalysis.measures.compare import compare as compare_table
from psanalysis.measures.gaps import gaps
from psanalysis.measures.pace import pace as pace_table
from psanalysis.measures.target import side as side_of
from psanalysis.wording import say

DIGITS = 4
FORMULAS = {
    "gap": "{target} − {baseline}",
    "required_change": "max(0, {side} × ({target} − {baseline}))",
    "annual_step": "({target} − {baseline}) / ({target_year} − {baseline_year})",
    "required_step": "max(0, {side} × ({target} − {baseline})) × {side} / ({target_year} − "
    "{baseline_year})",
    "relative_change": "({target} − {baseline}) / {baseline}",
    "required_cagr": "({target} / {baseline})^(1 / ({target_year} − {baseline_year})) − 1",
    "room_share": "({target} − {baseline}) / ({limit} − {baseline})",
}


def measure(ds: Dataset, lang: str, name: str, statement: str) -> str:
    """One ex-ante measure of one target: the formula with its numbers, or why it is not given."""
    row = _target(ds, statement)
    if pd.isna(row[name]):
        reasons = dict(item.split("=") for item in str(row["undefined"]).split())
        return _head(ds, lang, row) + say(
            "codebook.undefined", lang, reason=say(f"undefined.{reasons[name]}", lang)
        )
    about = ds.indicators.set_index("indicator_id").loc[row["indicator_id"]]
    side = side_of(row["comparator"], row["direction"])
    values = {
        "baseline": _number(row["baseline"]),
        "target": _number(row["target"]),
        "side": f"({side})" if side < 0 else "1",
        "target_year": row["target_year"],
        "baseline_year": row["baseline_year"],
        "limit": _number(about["upper_limit" if side > 0 else "lower_limit"]),
    }
    return _head(ds, lang, row) + f"`{FORMULAS[name].format(**values)} = {_result(row[name])}`"


def status(ds: Dataset, lang: str, *statements: str) -> str:
    """The status of targets, with its reason."""
    rows = [_target(ds, statement) for statement in statements]
    head = [say(f"codebook.{key}", lang) for key in ("statement", "status", "reasons")]
    words = [say(f"status.{row['status']}", lang) for row in rows]
    cells = [
        [f"`{row['statement_id']}`", f"`{row['status']}` {word}", row[f"reason_{lang}"]]
        for row, word in zip(rows, words, strict=True)
    ]
    return table(head, cells)


def assess(ds: Dataset, lang: str, statement: str, current: str, year: str) -> str:
    """The ex-post measures of one target for an assumed current value."""
    row = _target(ds, statement)
    base, goal, now = float(row["baseline"]), float(row["target"]), float(current)
    start, end, today = int(row["baseline_year"]), int(row["target_year"]), int(year)
    found = assess_one(
        baseline=base, current=now, target=goal, baseline_year=start, current_year=today,
        target_year=end,
        direction=row["direction"], comparator=row["comparator"],
        nature=None if pd.isna(row["nature"]) else row["nature"],
    )  # fmt: skip
    b, c, t = _number(base), _number(now), _number(goal)
    formulas = {
        "share": f"({c} − {b}) / ({t} − {b})",
        "time_share": f"({today} − {start}) / ({end} − {start})",
        "pace_ratio": f"{_result(found.share)} / {_result(found.time_share)}",
        "cagr_ratio": f"(({c} / {b})^(1 / {today - start}) − 1) / (({t} / {b})^(1 / "
        f"{end - start}) − 1)",
        "unsd_share": f"({c} × ({c} / {b})^({end - today} / {today - start}) − {b}) / ({t} − {b})",
        "expected_now": f"{b} + ({t} − {b}) × {_result(found.time_share)}",
    }
    lines = [
        f"- `{name}`: `{formula} = {_result(getattr(found, name))}`"
        for name, formula in formulas.items()
    ]
    lines.append(
        f"- `status`: `{found.status}` {say(f'progress.{found.status}', lang)} "
        f"({getattr(found, f'reason_{lang}')})"
    )
    return (
        f"{_head(ds, lang, row)}{say('codebook.assumed', lang, year=year, current=c)}\n\n"
        + "\n".join(lines)
    )


def pace(ds: Dataset, lang: str, statement: str) -> str:
    """Past pace against required pace for the pair that leads to one target."""
    row = _row(pace_table(_alone(ds, statement)), statement)
    past = (
        f"({_number(row['to_value'])} − {_number(row['from_value'])}) / ({row['to_year']} − "
        f"{row['from_year']})"
    )
    required = (
        f"({_number(row['target'])} − {_number(row['to_value'])}) / ({row['target_year']} − "
        f"{row['to_year']})"
    )
    lines = [
        f"- `past_step`: `{past} = {_result(row['past_step'])}`",
        f"- `required_step`: `{required} = {_result(row['required_step'])}`",
        f"- `pace_ratio`: `{_result(row['required_step'])} / {_result(row['past_step'])} = "
        f"{_result(row['pace_ratio'])}`",
        f"- `arrival_year`: `{row['to_year']} + ({_number(row['target'])} − "
        f"{_number(row['to_value'])}) / {_result(row['past_step'])}"
        f" = {row['arrival_year']:.2f}`",
        f"- `status`: `{row['status']}` {row[f'reason_{lang}']}",
    ]
    return f"{_head(ds, lang, _target(ds, statement))}\n\n" + "\n".join(lines)


def compare(ds: Dataset, lang: str, indicator: str) -> str:
    """All plans side by side for one indicator, with verdict, reasons and rank."""
    own = replace(
        ds,
        statements=ds.statements[ds.statements["indicator_id"] == indicator].reset_index(drop=True),
    )
    rows = compare_table(own, indicators=[indicator])
    unit = ds.units.set_index("unit_id")[f"name_{lang}"]
    year = rows["common_year"].iloc[0]
    records: list[Any] = rows.to_dict("records")
    head = [
        say("codebook.plan", lang),
        say("codebook.value", lang),
        say("codebook.year", lang),
        say("codebook.common", lang, year=year),
    ]
    head += [say(f"codebook.{key}", lang) for key in ("verdict", "reasons", "rank")]
    cells = [
        [
            f"`{row['plan_id']}`",
            stated(row["value"], row["value_high"], row["comparator"], unit[row["unit_id"]], lang),
            str(row["year"]),
            _number(row["common_value"]), say(f"verdict.{row['verdict']}", lang),
            row[f"reason_{lang}"], _number(row["rank"]),
        ]
        for row in records
    ]  # fmt: skip
    counted = say(
        "codebook.ranked", lang, ranked=rows["ranked"].iloc[0], left_out=rows["left_out"].iloc[0]
    )
    return f"{table(head, cells)}\n\n{counted}"


def ambition(ds: Dataset, lang: str, statement: str) -> str:
    """The distance of one target from the national one."""
    row = _row(ambition_table(_alone(ds, statement)), statement)
    formula = (
        f"{_number(row['side'])} × ({_number(row['value'])} − {_number(row['national_value'])})"
    )
    return (
        _head(ds, lang, _target(ds, statement))
        + f"`{formula} = {_result(row['national_difference'])}`, `{row['standing']}`"
    )


def _target(ds: Dataset, statement: str) -> dict[str, Any]:
    return _row(gaps(_alone(ds, statement)), statement)


def _alone(ds: Dataset, statement: str) -> Dataset:
    """The data set with the statements of one indicator only, for speed: the measures of a target
    depend on no other.
    """
    own = ds.statements.loc[ds.statements["statement_id"] == statement, "indicator_id"]
    return replace(
        ds, statements=ds.statements[ds.statements["indicator_id"].isin(own)].reset_index(drop=True)
    )


def _row(rows: pd.DataFrame, statement: str) -> dict[str, Any]:
    """The row of a statement (`statement_id`), of any measure."""
    found: list[Any] = rows[rows["statement_id"] == statement].to_dict("records")
    if not found:
        raise ParameterError(
            f"the codebook names {statement!r}, for which there is no such measure -> name "
            "another target"
        )
    row: dict[str, Any] = found[0]
    return row


def _head(ds: Dataset, lang: str, row: dict[str, Any]) -> str:
    city = ds.areas.set_index("area_id")[f"name_{lang}"][row["area_id"]]
    return say(
        "codebook.example", lang, city=city, name=row[f"name_{lang}"], id=row["statement_id"]
    )


def _number(value: float) -> str:
    return plain(value).replace(",", "")


def _result(value: float | None) -> str:
    return plain(value, DIGITS).replace(",", "")

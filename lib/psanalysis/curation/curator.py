"""The review of a draft in JupyterLab: the text with the proposed spans, one row at a time to
accept, correct or reject.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psanalysis.curation.choices import title
from psanalysis.curation.decisions import COLUMNS, DECISIONS, OPEN, Curation
from psanalysis.curation.highlighted import SIGNS, highlighted
from psanalysis.curation.reasons import in_language
from psanalysis.curation.row_controls import RowControls, code_of
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.draft.proposed import FIELDS
from psanalysis.errors import choose
from psanalysis.folders import SHIPPED
from psanalysis.report.html import Html, paragraph
from psanalysis.wording import LANGUAGES, say

if TYPE_CHECKING:
    import ipywidgets

AGAIN = "="  # a further occurrence of a statement
AROUND = 240
REVIEWED = "-reviewed"
# the command that adds the accepted rows, by their table
COMMANDS = {"statements": "psanalysis add-plan", "actuals": "psanalysis actuals add"}


def _found(file: Path) -> Path:
    """The file, or the example of that name that comes with the library."""
    shipped = SHIPPED / "notebooks" / file
    return shipped if not file.exists() and shipped.is_file() else file


class Curator:
    """Controls over a draft and its text.

    Parameters
    ----------
    rows
        The CSV that `psanalysis draft` wrote, with its text beside it. The example of the notebook
        is found also without the rest of the repository.
    lang
        zh or en.
    ds
        The data set that the rows are to go into; by default the curated one.

    Attributes
    ----------
    curation
        The rows with the decisions so far.

    Raises
    ------
    ParameterError
        If the language is not known.
    AdditionError
        If the draft cannot be read.
    """

    def __init__(self, rows: str | Path, lang: str, ds: Dataset | None = None):
        choose("lang", lang, LANGUAGES)
        self.lang = lang
        self.file = Path(rows)
        self.curation = Curation.load(_found(self.file), ds or load())
        self.controls = RowControls(self.curation.ds, self.curation.table, lang)
        self.number = 0

    def text(self) -> Html:
        """The whole text, each proposed span marked with the numbers of its rows."""
        return highlighted(self.curation, 0, len(self.curation.text), self.number)

    def passage(self) -> Html:
        """The text around the current row."""
        row = self.curation.row(self.number)
        start, end = (
            int(row[column]) if row[column].isdecimal() else 0
            for column in ("char_start", "char_end")
        )
        text = self.curation.text
        begin = max(text.rfind("\n", 0, max(0, start - AROUND)) + 1, start - 2 * AROUND, 0)
        return highlighted(self.curation, begin, min(len(text), end + AROUND), self.number)

    def faults(self) -> Html:
        """The faults that `check` finds in the current row, and the reasons for its fields."""
        row = self.curation.row(self.number)
        found = self.curation.faults(self.number)
        items = "".join(
            f"<li><b>{escape(title(self.curation.ds, fault.column, self.lang))}</b> "
            f"(<code>{escape(fault.column)}</code>) "
            f"{escape(fault.rule)} → {escape(fault.remedy)}</li>"
            for fault in found
        )
        checked = f"<ul>{items}</ul>" if found else f"<p>{escape(self._say('sound'))}</p>"
        reasons = " · ".join(
            in_language(reason, self.lang)
            for field in FIELDS
            if (reason := row.get(f"reason_{field}", ""))
        )
        doubts = f"<p>{escape(row['doubts'])}</p>" if row.get("doubts") else ""
        return Html(
            f"{checked}{doubts}<p>"
            f"{escape(self._say('why', reasons=reasons, confidence=row.get('confidence', '')))}</p>"
        )

    def summary(self) -> Html:
        """How many rows are accepted, rejected, open; and the faults among the accepted ones."""
        counts = self.curation.counts
        lines = [
            self._say("counts", accepted=counts["yes"], rejected=counts["no"], open=counts["open"])
        ]
        lines += [self._say("faulty", count=counts["faulty"])] if counts["faulty"] else []
        return Html("".join(paragraph(line).text for line in lines))

    def decide(self, decision: str) -> None:
        """Accept or reject the current row, or leave it open."""
        self.curation = self.curation.decide(self.number, decision)

    def following(self) -> int:
        """The next row that is a statement of its own: further occurrences of decided ones need no
        decision.
        """
        rows = range(self.number + 1, len(self.curation.rows))
        return next((n for n in rows if not self.curation.follows(n)), self.number)

    def correct(self, column: str, cell: str) -> None:
        """Change a cell of the current row."""
        self.curation = self.curation.correct(self.number, column, cell)

    def save(self) -> Path:
        """Write the decisions to a file beside the draft, which is not changed: those on
        `yunhe.csv` to `yunhe-reviewed.csv`.

        Decisions on the example of a notebook without the repository go into the working folder.
        """
        file = self.file if self.file.parent.is_dir() else Path(self.file.name)
        stem = file.stem if file.stem.endswith(REVIEWED) else f"{file.stem}{REVIEWED}"
        return self.curation.write(file.with_name(f"{stem}{file.suffix}"))

    def widget(self) -> ipywidgets.VBox:
        """The controls for the current row: its text, its cells, its faults, and buttons; saving
        writes a file beside the draft.
        """
        import ipywidgets

        which = ipywidgets.Dropdown(description=self._say("row"), options=self._options(), value=0)
        cells = {column: self.controls.control(column) for column in COLUMNS[self.curation.table]}
        buttons = {
            name: ipywidgets.Button(description=self._say(name))
            for name in ("accept", "reject", "leave", "before", "after", "save")
        }
        passage, told, summary, saved = (
            ipywidgets.HTML(),
            ipywidgets.HTML(),
            ipywidgets.HTML(),
            ipywidgets.HTML(),
        )
        filling = [False]

        def show() -> None:
            filling[0] = True
            which.options, which.value = self._options(), self.number
            row = self.curation.row(self.number)
            for column, control in cells.items():
                self.controls.fill(control, column, row[column])
            passage.value, told.value, summary.value = (
                shown()._repr_html_() for shown in (self.passage, self.faults, self.summary)
            )
            filling[0] = False

        def go(number: int) -> None:
            self.number = min(max(number, 0), len(self.curation.rows) - 1)
            show()

        def decided(decision: str) -> Callable[[Any], None]:
            def press(_: Any) -> None:
                self.decide(decision)
                go(self.following() if decision else self.number)

            return press

        def save(_: Any) -> None:
            path = self.save()
            saved.value = paragraph(
                self._say("saved", file=path.name, command=COMMANDS[self.curation.table])
            ).text

        def corrected(event: dict[str, Any]) -> None:
            if not filling[0]:
                column = next(name for name, control in cells.items() if control is event["owner"])
                self.correct(column, code_of(event["new"] or ""))
                show()

        which.observe(lambda event: None if filling[0] else go(event["new"]), names="value")
        for control in cells.values():
            control.observe(corrected, names="value")
        for name, decision in zip(("accept", "reject", "leave"), DECISIONS, strict=True):
            buttons[name].on_click(decided(decision))
        buttons["before"].on_click(lambda _: go(self.number - 1))
        buttons["after"].on_click(lambda _: go(self.number + 1))
        buttons["save"].on_click(save)
        show()
        grid = ipywidgets.GridBox(
            list(cells.values()),
            layout={"grid_template_columns": "repeat(auto-fill, minmax(20rem, 1fr))"},
        )
        return ipywidgets.VBox(
            [
                which,
                passage,
                told,
                grid,
                ipywidgets.HBox(list(buttons.values()), layout={"flex_flow": "row wrap"}),
                summary,
                saved,
            ]
        )

    def _options(self) -> list[tuple[str, int]]:
        rows = self.curation.resolved
        again = {n for n in range(len(rows)) if self.curation.follows(n)}
        signs = [
            AGAIN * (n in again) + SIGNS.get(a, SIGNS[OPEN]) for n, a in enumerate(rows["accepted"])
        ]
        return [
            (f"{signs[number]} {number + 1} {name} {written}", number)
            for number, (name, written) in enumerate(
                zip(
                    rows["indicator_as_written"],
                    rows["value_as_written"],
                    strict=True,
                )
            )
        ]

    def _say(self, key: str, **values: object) -> str:
        return say(f"curate.{key}", self.lang, **values)

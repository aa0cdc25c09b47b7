"""Values that the catalogue gives to parameters: compared with the notebook, the data and the
project's files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.parameters import known_codes, value_sets
from psanalysis.site.catalog_faults import Faults, key_line, value_line
from psanalysis.site.notebook import Notebook
from psanalysis.site.plainyaml import plain

Read = Callable[[Path], bytes]


def is_file_parameter(name: str) -> bool:
    """True for a parameter that names a file of the user, whose content is an input of the
    report.
    """
    return name == "actuals"


class Values:
    """Checks values of parameters and adds faults.

    Parameters
    ----------
    ds
        The data set, for the sets of values and to know which codes exist.
    base
        The project's folder: files are named relative to it.
    read
        Returns the content of a file.
    faults
        Of the catalogue.
    """

    def __init__(self, ds: Dataset, base: Path, read: Read, faults: Faults):
        self.sets, self.codes = value_sets(ds), known_codes(ds)
        self.base, self.read, self.faults = base, read, faults

    def fixed(self, notebook: Notebook, given: CommentedMap) -> dict[str, Any]:
        """The parameters that an entry gives one value each."""
        known = [name for name in given if self._known(notebook, given, name)]
        for name in known:
            self._check(notebook, name, plain(given[name]), value_line(given, name))
        return {name: plain(given[name]) for name in known}

    def axes(self, notebook: Notebook, matrix: CommentedMap) -> dict[str, list[Any]]:
        """The parameters that an entry gives several values each: a report is made of every
        combination.
        """
        return {
            str(name): self._axis(notebook, matrix, name)
            for name in matrix
            if self._known(notebook, matrix, name)
        }

    def _known(self, notebook: Notebook, mapping: CommentedMap, name: object) -> bool:
        if name in notebook.parameters:
            return True
        rule = f"is not a parameter of {notebook.name}"
        remedy = f"use {', '.join(notebook.parameters)}"
        self.faults.add(key_line(mapping, name), str(name), None, rule, remedy)
        return False

    def _axis(self, notebook: Notebook, matrix: CommentedMap, name: str) -> list[Any]:
        line, value = value_line(matrix, name), matrix[name]
        remedy = f"list the values or use {', '.join(self.sets)}"
        if isinstance(value, str):
            if value not in self.sets:
                self.faults.add(line, name, value, "is not a set of values", remedy)
                return []
            return list(self.sets[value])
        if not isinstance(value, CommentedSeq) or not value:
            self.faults.add(line, name, value, "must be a list or a set of values", remedy)
            return []
        for index, item in enumerate(value):
            self._check(notebook, name, plain(item), value.lc.item(index)[0] + 1)
        return [plain(item) for item in value]

    def _check(self, notebook: Notebook, name: str, value: Any, line: int) -> None:
        fault = notebook.fault(name, value)
        if fault:
            remedy = f"see the parameters cell of {notebook.name}"
            self.faults.add(line, name, value, fault, remedy)
            return
        valid = self.codes.get(name, [])
        for item in value if isinstance(value, list) else [value]:
            if valid and item not in ("", *valid):
                remedy = f"choose one of {', '.join(valid)}"
                self.faults.add(line, name, item, "does not exist", remedy)
        if (
            isinstance(notebook.parameters[name], str)
            and is_file_parameter(name)
            and value
            and not self._readable(value)
        ):
            remedy = "name it relative to the project"
            self.faults.add(line, name, value, "is not a file", remedy)

    def _readable(self, name: str) -> bool:
        """Whether a file of the project can be read; its content, read here, is used for the
        reports.
        """
        try:
            self.read(self.base / name)
        except (OSError, ValueError):
            return False
        return True

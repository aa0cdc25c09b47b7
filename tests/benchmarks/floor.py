"""Run by the benchmarks: the figures and tables of reports in warm plain processes, with data
loaded once, no notebooks, no pages.

Reads the project's folder from the command line and reports as JSON from standard input; tells wall
and processor time as JSON.
"""

from __future__ import annotations

import ast
import json
import multiprocessing
import os
import sys
from pathlib import Path
from time import monotonic, process_time
from typing import Any


def draw(task: tuple[str, dict[str, Any]]) -> float:
    """Do what the cells of a report's notebook do, and render what they show; processor seconds."""
    started = process_time()
    cells, parameters = task
    names: dict[str, Any] = {"display": render}
    for source, is_parameters in cells:
        tree = ast.parse(source)
        last = (
            ast.Expression(tree.body.pop().value)
            if tree.body and isinstance(tree.body[-1], ast.Expr)
            else None
        )
        exec(compile(tree, "cell", "exec"), names)
        if is_parameters:
            names |= parameters
        if last is not None:
            render(eval(compile(last, "cell", "eval"), names))
    return process_time() - started


def render(*shown: Any) -> None:
    for one in shown:
        if hasattr(one, "_repr_html_"):
            one._repr_html_()


def main(root: Path, reports: list[dict[str, Any]]) -> None:
    from psanalysis.datapackage.dataset import load
    from psanalysis.kernels.preload import preload
    from psanalysis.report import page

    preload()
    dataset = load(root / "data")
    page.load = lambda: dataset
    tasks = []
    for report in reports:
        notebook = json.loads(
            (root / "notebooks" / f"{report['notebook']}.ipynb").read_text(encoding="utf-8")
        )
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        cells = [
            ("".join(cell["source"]), "parameters" in cell["metadata"].get("tags", ()))
            for cell in code
        ]
        tasks.append((cells, report["parameters"]))
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        pool.map(draw, tasks[: 2 * (os.cpu_count() or 1)], chunksize=1)
        started = monotonic()
        seconds = pool.map(draw, tasks, chunksize=1)
        print(json.dumps({"wall": monotonic() - started, "cpu": sum(seconds)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.load(sys.stdin))

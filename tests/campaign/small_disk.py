"""Run by test_builds on a small file system of its own: one build there, and what became of it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path


def main(root: str, disk: str) -> None:
    spec = importlib.util.spec_from_file_location(
        "report_fixtures", Path(__file__).parents[1] / "reports" / "conftest.py"
    )
    fixtures = importlib.util.module_from_spec(spec)
    sys.modules["report_fixtures"] = fixtures
    spec.loader.exec_module(fixtures)
    site = fixtures.Site(Path(root), Path(root))
    out = Path(disk) / "site"
    done = site.cli("build", "--output", str(out))
    assert "Traceback" not in done.output, done.output
    if done.exit_code == 0:
        assert len(json.loads((out / "manifest.json").read_text(encoding="utf-8"))["reports"]) == 6
        outcome = "published"
    else:
        assert done.exit_code == 2, done.output
        assert "No space left on device" in done.stderr, done.stderr
        assert not out.exists()
        outcome = "no room, said"
    print(json.dumps({"outcome": outcome}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

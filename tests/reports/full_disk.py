"""Run by test_faults on a small file system of its own: builds with room, with little and with
none, and tells what became of the site.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from hashlib import sha256
from pathlib import Path


def main(root: str, disk: str) -> None:
    spec = importlib.util.spec_from_file_location(
        "report_fixtures", Path(__file__).with_name("conftest.py")
    )
    fixtures = importlib.util.module_from_spec(spec)
    sys.modules["report_fixtures"] = fixtures
    spec.loader.exec_module(fixtures)
    project, out, filler = (
        fixtures.Site(Path(root), Path(root)),
        Path(disk) / "site",
        Path(disk) / "filler",
    )
    told: dict[str, dict] = {"codes": {}, "errors": {}, "site": {}}

    def build(when: str, *asked: str) -> None:
        done = project.cli("build", "--output", str(out), *asked)
        told["codes"][when], told["errors"][when] = done.exit_code, done.stderr
        told["site"][when] = {
            path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(out.rglob("*"))
            if path.is_file()
        }

    def leave(room: int) -> None:
        free = os.statvfs(disk)
        with filler.open("ab") as file:
            file.write(bytes(max(0, free.f_bavail * free.f_bsize - room)))

    build("empty", "--only", "*panjin*zh")
    leave(100_000)
    build("nearly full", "--force")
    leave(0)
    build("full", "--force")
    filler.unlink()
    build("room again", "--only", "*panjin*zh")
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])

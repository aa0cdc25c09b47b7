"""Run by test_faults: builds without kernels in a forked process, kills it at random moments, and looks at the site each time."""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

LONGEST = 0.9


def main(root: str, kills: int) -> None:
    spec = importlib.util.spec_from_file_location("report_fixtures", Path(__file__).with_name("conftest.py"))
    fixtures = importlib.util.module_from_spec(spec)
    sys.modules["report_fixtures"] = fixtures
    spec.loader.exec_module(fixtures)
    from psanalysis.site import build as builder

    site = fixtures.Site(Path(root), Path(root))
    project = fixtures.find_project(start=site.root)
    workshop = builder.open_workshop(project)
    builder.open_workshop = lambda project: workshop
    watcher = builder.Watcher(lambda line: None, lambda *_: None)
    # templates and exporter are made once here, so that the children's time goes into building and publishing
    builder.build(project, watcher, 1, force=True, runner=fixtures.without_kernels)
    moments = random.Random(7)
    seen = []
    for kill in range(kills):
        child = os.fork()
        if not child:
            for turn in itertools.count():
                mark = f"<p>{kill}.{turn}</p></body>".encode()

                def runner(*order, mark=mark):  # type: ignore[no-untyped-def]
                    for name, built in fixtures.without_kernels(*order):
                        yield name, replace(built, page=built.page.replace(b"</body>", mark))

                builder.build(project, watcher, 1, force=True, runner=runner)
        time.sleep(moments.uniform(0.0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.append(site.check_whole()["build"])
    print(json.dumps({"seen": seen, "half_built": len(list(site.store.glob("*.part")))}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

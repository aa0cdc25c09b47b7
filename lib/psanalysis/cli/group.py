"""What every command shares: the group, its options, its exit codes, and how it ends."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from psanalysis.about import __version__
from psanalysis.errors import PsanalysisError, with_remedy
from psanalysis.terminal import (
    INTERRUPTED,
    complain,
    finish,
    orderly_end,
    output_lost,
    prepare,
    silence,
)

DONE, SOME_FAILED, BAD_INPUT, LOCKED = 0, 1, 2, 3
NO_MEMORY = "there is not enough memory -> end other programs, or raise the limit (ulimit -v)"
# permission to write to what a command makes, whatever the umask; a group may share its data
OF_OTHERS = 0o002
FOLDER = click.Path(path_type=Path, file_okay=False)
of_data = click.option("--data", type=FOLDER, help="Data package; by default the project's.")


class Commands(click.Group):
    """Commands whose output goes on or stops quietly when nobody reads it."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        prepare()
        return super().main(*arguments, **settings)


def clean(command: Callable[..., int]) -> Callable[..., None]:
    """Errors raised on purpose become a message and an exit code, never a traceback."""

    @wraps(command)
    def run(**options: Any) -> None:
        os.umask(os.umask(OF_OTHERS) | OF_OTHERS)
        try:
            with orderly_end():
                code = command(**options)
        except PsanalysisError as error:
            from psanalysis.site.errors import LockedError

            complain(f"psanalysis: {error}")
            code = LOCKED if isinstance(error, LockedError) else BAD_INPUT
        except KeyboardInterrupt:
            complain("psanalysis: interrupted")
            # after an interrupt within exec(), which makes dataclasses, Python believes that it was
            # not handled, and ends by the signal; the next exec() resets that
            exec("")
            code = INTERRUPTED
        except BrokenPipeError:  # nobody reads the output any more
            silence(sys.stdout)
            code = DONE
        except MemoryError:
            complain(f"psanalysis: {NO_MEMORY}")
            code = BAD_INPUT
        except OSError as error:
            complain(f"psanalysis: {with_remedy(error)}")
            code = BAD_INPUT
        sys.exit(BAD_INPUT if output_lost() and code == DONE else code)

    return run


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="psanalysis")
def main() -> None:
    """Figures of Chinese city public-service plans: check the data, verify their sources, build the
    report site.
    """
    # the garbage collections at exit skip frozen objects, which saves a tenth of a second
    atexit.register(gc.freeze)
    atexit.register(finish)

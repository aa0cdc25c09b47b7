"""Limits the output of a kernel: its messages are counted as they arrive, and a kernel with too
many is killed.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from jupyter_client.session import Session

OUTPUT_MB = 32


class Meter:
    """The bytes of a kernel's messages so far.

    Attributes
    ----------
    pid
        Function that returns the kernel's process id, None while there is none.
    exceeded
        True after more than OUTPUT_MB.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self.pid: Callable[[], int | None] = lambda: None

    @property
    def exceeded(self) -> bool:
        return self.bytes > OUTPUT_MB * 2**20

    def take(self, size: int) -> None:
        """Count a message; past the limit the kernel is killed."""
        self.bytes += size
        pid = self.pid()
        if self.exceeded and pid:
            try:
                os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
            except ProcessLookupError:  # it ended by itself
                return


class MeteredSession(Session):
    """A session that counts every message in a meter before it is parsed; past the limit messages
    are emptied.
    """

    meter: Meter

    @classmethod
    def with_meter(cls, meter: Meter) -> type[MeteredSession]:
        """The class for one kernel, whose session is cloned on the way to its client."""
        return type("SessionWithMeter", (cls,), {"meter": meter})

    def deserialize(self, msg_list: Any, content: bool = True, copy: bool = True) -> dict[str, Any]:
        self.meter.take(sum(map(len, msg_list)))
        if self.meter.exceeded:
            return {
                "header": {},
                "msg_id": "",
                "msg_type": "",
                "parent_header": {},
                "metadata": {},
                "content": {},
                "buffers": [],
            }
        return super().deserialize(msg_list, content, copy)

"""Returns freed memory to the system, so that a build of thousands of reports does not grow."""

from __future__ import annotations

import ctypes
import os

# from mallopt(3): blocks of this size or more are always returned when they are freed
MMAP_THRESHOLD, BLOCK_BYTES = -3, 2**20


def spare_memory() -> None:
    """Configure this process's allocators, where that is possible; kernels and workers keep the
    system's settings.
    """
    _arrow()
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt:
        mallopt(MMAP_THRESHOLD, BLOCK_BYTES)


def _arrow() -> None:
    """Configure Arrow's jemalloc, if it has one; it reads its settings when it is first used."""
    set_by_user = "JE_ARROW_MALLOC_CONF" in os.environ
    os.environ.setdefault(
        "JE_ARROW_MALLOC_CONF", "background_thread:false,dirty_decay_ms:0,muzzy_decay_ms:0"
    )
    import pyarrow

    if "jemalloc" in pyarrow.supported_memory_backends():
        pyarrow.set_memory_pool(pyarrow.jemalloc_memory_pool())
        pyarrow.allocate_buffer(1)
    if not set_by_user:  # kernels have the user's environment
        del os.environ["JE_ARROW_MALLOC_CONF"]

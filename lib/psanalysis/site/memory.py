"""Return freed memory to the system: a build of thousands of reports is not to grow with each."""

from __future__ import annotations

import ctypes
import os

# from mallopt(3): blocks of this size and more are given back when they are freed, whatever was
# freed before
MMAP_THRESHOLD, BLOCK_BYTES = -3, 2**20


def spare_memory() -> None:
    """Set up this process's allocators, where they can be told; kernels and workers keep the
    system's settings.
    """
    _arrow()
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt:
        mallopt(MMAP_THRESHOLD, BLOCK_BYTES)


def _arrow() -> None:
    """Arrow with jemalloc, where it comes with it; it reads its settings when it wakes."""
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

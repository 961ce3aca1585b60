"""One allocator for Arrow and NumPy, and giving back what neither uses: together half of what reading held."""

import os

import pyarrow as pa

if "ARROW_DEFAULT_MEMORY_POOL" not in os.environ:
    pa.set_memory_pool(pa.system_memory_pool())


def release_memory() -> None:
    """Give back to the machine what was let go; it stays with the process otherwise."""
    pa.default_memory_pool().release_unused()
    if pa.default_memory_pool().backend_name != "system":
        pa.system_memory_pool().release_unused()  # also what NumPy let go

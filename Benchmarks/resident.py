"""Memory that a virtual machine's host does not take back between two runs.

Where the kernel reports free blocks of memory to the host (free page reporting), the next use of such a block is a fault in
the host: a copy into the page cache then costs several times what it costs otherwise, by chance, and whoever runs first
pays. `kept()` holds one page in each block, so that no block is ever wholly free; the rest is free and resident.
"""
import contextlib
import ctypes
import fcntl
import mmap
import os
import resource

REPORTING = "/sys/module/page_reporting/parameters/page_reporting_order"
PAGE = mmap.PAGESIZE
CHUNK = 64 << 20
NO_HUGE_PAGES = 15          # MADV_NOHUGEPAGE: pages are freed one by one
F_SETPIPE_SZ = 1031
PAGES_IN_PIPE = 256         # a pipe of 1 MiB, the most that is allowed by default


def free_memory():
    with open("/proc/meminfo") as f:
        return next(int(line.split()[1]) << 10 for line in f if line.startswith("MemFree"))


class Pipes:
    """Pages in a pipe can neither be moved nor freed: vmsplice(2)."""

    def __init__(self):
        self.libc, self.ends, self.room = ctypes.CDLL(None, use_errno=True), [], 0

    def hold(self, address):
        if not self.room:
            self.ends += os.pipe()
            fcntl.fcntl(self.ends[-1], F_SETPIPE_SZ, PAGES_IN_PIPE * PAGE)
            self.room = PAGES_IN_PIPE
        vector = (ctypes.c_size_t * 2)(address, PAGE)
        if self.libc.vmsplice(self.ends[-1], vector, ctypes.c_size_t(1), 0) != PAGE:
            raise OSError(ctypes.get_errno(), "vmsplice")
        self.room -= 1

    def close(self):
        for end in self.ends:
            os.close(end)


@contextlib.contextmanager
def kept(left=300 << 20):
    """While it lasts. Some `left` bytes are not touched: large writes take large blocks, and would go on taking those that
    are left. Nothing to do where nothing is reported."""
    if not os.path.exists(REPORTING):
        yield False
        return
    with open(REPORTING) as f:
        block = PAGE << int(f.read())
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    with open("/proc/sys/vm/drop_caches", "w") as f:    # else what is in the page cache leaves such blocks later
        f.write("1")
    chunks, pipes = [], Pipes()
    while free_memory() > left + CHUNK:
        chunk = mmap.mmap(-1, CHUNK, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        chunk.madvise(NO_HUGE_PAGES)
        chunk[::PAGE] = b"\1" * (CHUNK // PAGE)
        chunks.append(chunk)
    for chunk in chunks:
        view = ctypes.c_char.from_buffer(chunk)
        for offset in range(0, CHUNK, block):
            pipes.hold(ctypes.addressof(view) + offset)
        del view
        chunk.close()
    try:
        yield True
    finally:
        pipes.close()

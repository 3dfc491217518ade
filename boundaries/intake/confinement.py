"""Shutting this process in: memory, time and room to write are limited, other files and every network out of reach.

The limits hold on any Linux. A network of its own and the walls around the file system (Landlock, in Linux since 5.13)
are raised where the kernel and the account allow them, and where sockets are forbidden by number, the processor is one
of the two that are known here: they stand behind the list of drivers, not in its place.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

# linux/prctl.h and linux/sched.h
_KILL_WITH_PARENT, _NO_NEW_PRIVILEGES, _NEW_NETWORK, _NEW_USER = 1, 38, 0x40000000, 0x10000000
_SET_FILTER, _BY_FILTER = 22, 2
# linux/audit.h, and the numbers of socket, connect and ptrace there; io_uring, which can open sockets, is 425 on each.
_FORBIDDEN = {"x86_64": (0xC000003E, (41, 42, 101, 425)), "aarch64": (0xC00000B7, (198, 203, 117, 425))}
# linux/filter.h and linux/seccomp.h: load a word, jump if equal, jump if greater or equal, return.
_LOAD, _IF_EQUAL, _IF_ABOVE, _RETURN = 0x20, 0x15, 0x35, 0x06
_PERMIT, _DENY = 0x7FFF0000, 0x00050000 | errno.EACCES
# Calls of the second kind of addresses on the first architecture begin here.
_OTHER_KIND = 0x40000000
# The numbers of the three calls are the same on every architecture; the rights are those of linux/landlock.h.
_CREATE, _ADD, _RESTRICT, _ASK_VERSION, _BELOW_PATH = 444, 445, 446, 1, 1
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_OF_A_FILE = _EXECUTE | _READ_FILE | 1 << 1 | 1 << 14
# Rights that each version of Landlock knows: 13 at first, then moving, truncating, and asking devices.
_RIGHT_COUNT = {1: 13, 2: 14, 3: 15, 4: 15}
_SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom", "/sys/devices/system")


def shut_in(limits: dict[str, int], folder: Path, files: Iterable[Path]) -> None:
    """Leave this process the bytes of `memory`, `data` and `file_size`, the `seconds` of a processor, and some files.

    Call it before any thread is started. `folder` may be written to; `files`, Python and the system's libraries may be
    read; nothing else may be opened, and no port be reached.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_DATA, (limits["data"], limits["data"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file_size"], limits["file_size"]))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_KILL_WITH_PARENT, signal.SIGKILL)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    # A network of its own holds nothing to speak to.
    if libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_NETWORK | _NEW_USER)
    own = (sys.prefix, sys.base_prefix, str(Path(__file__).resolve().parents[1]), *_SYSTEM)
    _wall_off(libc, folder, [*map(Path, own), *(path.resolve() for path in files)])
    _forbid_sockets(libc)


def _forbid_sockets(libc: ctypes.CDLL) -> None:
    """Let no socket be opened (seccomp): the walls leave a server's socket in the file system, such as a database's."""
    architecture, calls = _FORBIDDEN.get(platform.machine(), (0, ()))
    if not calls:
        return
    # Each step says how many to skip when it holds and when it does not; the last is to deny, the one before to permit.
    steps = [(_LOAD, 0, 0, 4), (_IF_EQUAL, 0, len(calls) + 3, architecture), (_LOAD, 0, 0, 0),
             (_IF_ABOVE, len(calls) + 1, 0, _OTHER_KIND)]  # fmt: skip
    steps += [(_IF_EQUAL, len(calls) - number, 0, call) for number, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _PERMIT), (_RETURN, 0, 0, _DENY)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    header = struct.pack("@HP", len(steps), ctypes.addressof(program))
    libc.prctl(_SET_FILTER, _BY_FILTER, header, 0, 0)


def _wall_off(libc: ctypes.CDLL, folder: Path, readable: list[Path]) -> None:
    version = libc.syscall(_CREATE, None, 0, _ASK_VERSION)
    if version < 1:
        return
    every = (1 << _RIGHT_COUNT.get(version, 16)) - 1
    ports = 0b11 if version >= 4 else 0
    # Signals and unnamed sockets of other processes.
    others = 0b11 if version >= 6 else 0
    handled = struct.pack("=QQQ", every, ports, others)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = libc.syscall(_CREATE, handled, ctypes.c_size_t(len(handled)), 0)
    if rules < 0:
        return
    _allow(libc, rules, folder, every)
    for path in readable:
        _allow(libc, rules, path, _EXECUTE | _READ_FILE | _READ_FOLDER)
    libc.syscall(_RESTRICT, rules, 0)
    os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        # What is not there needs no permission.
        return
    # For a file, a right that only a folder has is refused together with the rest.
    rights &= rights if path.is_dir() else _OF_A_FILE
    libc.syscall(_ADD, rules, _BELOW_PATH, struct.pack("=Qi", rights, opened), 0)
    os.close(opened)

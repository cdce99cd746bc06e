"""What a program does to the files of a folder, call by call, as strace has seen it."""

import os
import re
import subprocess
from typing import NamedTuple

_CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,pwritev2,"
    "ftruncate,truncate,fallocate,copy_file_range,sendfile,fsync,fdatasync,sync_file_range,"
    "rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,"
    "mkdir,mkdirat,rmdir"
)
_LONGEST = "16777216"  # bytes of one write that are kept


class Said(NamedTuple):
    """A whole line on the standard output: what an officer has seen."""

    line: str


class Made(NamedTuple):
    """A file or folder with a new name: its first, or another one besides."""

    path: str
    inode: int
    is_folder: bool = False


class Written(NamedTuple):
    """Bytes put into a file."""

    inode: int
    at: int
    content: bytes


class Cut(NamedTuple):
    """A file made as long as this."""

    inode: int
    size: int


class Synced(NamedTuple):
    """A file or folder whose changes so far outlive the power."""

    inode: int


class Renamed(NamedTuple):
    """A file given another name in the same folder."""

    old: str
    new: str
    inode: int


class Removed(NamedTuple):
    """A name taken away."""

    path: str


def record(strace, command, file, **options):
    """Run `command` to its end, with what it does noted in `file`."""
    kept = [strace, "-f", "--seccomp-bpf", "-qq", "-xx", "-s", _LONGEST, "-e", f"trace={_CALLS}"]
    subprocess.run([*kept, "-o", str(file), *command], check=True, **options)


def events(file, root):
    """Return what the run in `file` did below the folder `root`, which was there and empty."""
    reading = _Reading(str(root))
    with open(file, encoding="ascii") as lines:
        for call in _whole_calls(lines):
            reading.take(call)
    return reading.events


def _whole_calls(lines):
    """Join what strace tells in two parts when another thread comes between."""
    begun = {}
    for line in lines:
        pid, _space, call = line.rstrip("\n").partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[pid] = call.removesuffix("<unfinished ...>")
        elif found := re.match(r"<\.\.\. \w+ resumed>(.*)", call):
            yield begun.pop(pid) + found[1]
        else:
            yield call


_CALL = re.compile(r"(\w+)\((.*)\)\s+= (\d+)", re.ASCII)  # what failed has changed nothing
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?', re.ASCII)


class _Open:
    """A file that is open, and where the next `write` goes."""

    def __init__(self, inode):
        self.inode = inode
        self.at = 0


class _Reading:
    """Follows names and descriptors from call to call, and gathers the events."""

    def __init__(self, root):
        self._root = root
        self._inodes = {root: 0}
        self._open = {}
        self._saying = b""
        self.events = []

    def take(self, call):
        if not (found := _CALL.match(call)):
            return
        name, given, result = found[1], found[2], int(found[3])
        texts = [_unescaped(*text) for text in _TEXT.findall(given)]
        numbers = [int(n) for n in re.findall(r"(?<![\w\\])\d+\b", _TEXT.sub("", given))]
        if texts and name not in {"write", "pwrite64"}:
            paths = [os.path.normpath(text.decode()) for text in texts]
            if not all(self._is_ours(path) for path in paths):
                if name in {"open", "openat", "creat"}:
                    self._open.pop(result, None)
                return
            self._take_names(name, given, paths, result)
        elif numbers:
            self._take_descriptor(name, numbers, texts, result)

    def _is_ours(self, path):
        return path == self._root or path.startswith(self._root + os.sep)

    def _take_names(self, name, given, paths, result):
        match name.removesuffix("2").removesuffix("at"), paths:
            case ("open", [path]) if not path.endswith("-shm"):
                self._take_open(path, given, result)
            case "open", [_shared_memory]:  # gone with the power
                self._open.pop(result, None)
            case "rename", [old, new]:
                inode = self._inodes.pop(old)
                self._inodes[new] = inode
                self.events.append(Renamed(old, new, inode))
            case "link", [old, new]:
                self._inodes[new] = self._inodes[old]
                self.events.append(Made(new, self._inodes[old]))
            case "unlink" | "rmdir", [path]:
                if self._inodes.pop(path, None) is not None:
                    self.events.append(Removed(path))
            case "mkdir", [path]:
                self.events.append(Made(path, self._new(path), is_folder=True))
            case _:
                raise NotImplementedError(f"the replay does not know {name}({given[:80]}")

    def _take_open(self, path, given, result):
        if "O_CREAT" in given and path not in self._inodes:
            self.events.append(Made(path, self._new(path)))
        self._open[result] = _Open(self._inodes[path])
        if "O_TRUNC" in given:
            self.events.append(Cut(self._inodes[path], 0))
        assert "O_APPEND" not in given, path

    def _take_descriptor(self, name, numbers, texts, result):
        file = self._open.get(numbers[0])
        if name == "write" and numbers[0] == 1:
            self._say(texts[0][:result])
        elif name == "close":
            self._open.pop(numbers[0], None)
        elif file is None:
            return
        elif name == "lseek":
            file.at = result
        elif name == "write":
            self.events.append(Written(file.inode, file.at, texts[0][:result]))
            file.at += result
        elif name == "pwrite64":
            self.events.append(Written(file.inode, numbers[-1], texts[0][:result]))
        elif name == "ftruncate":
            self.events.append(Cut(file.inode, numbers[1]))
        elif name in {"fsync", "fdatasync"}:
            self.events.append(Synced(file.inode))
        else:
            raise NotImplementedError(f"the replay does not know {name}{numbers}")

    def _say(self, more):
        *lines, self._saying = (self._saying + more).split(b"\n")
        self.events += [Said(line.decode()) for line in lines]

    def _new(self, path):
        return self._inodes.setdefault(path, len(self.events) + 1)


def _unescaped(text, cut_off):
    assert not cut_off, "strace has not kept the whole write"
    return bytes.fromhex(text.replace("\\x", ""))

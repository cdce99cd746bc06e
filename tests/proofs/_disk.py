"""What is on a disk after the power went: what was synced, and of the rest whatever chance leaves.

No order is kept that nobody asked for. Of what was written to a file after its last fsync each
sector may be there or not; of the names made, changed or taken away in a folder after the last
fsync of the folder each may have been so or not. A new file that was synced has its content, but
no name before its folder was synced too: some file systems are kinder, and none must be.
"""

import os
from pathlib import Path

from tests.proofs._trace import Cut, Made, Removed, Renamed, Synced, Written

SECTOR = 512  # bytes: more is not written in one piece

_MODES = ("none", "all", "some")


def after_cut(events, root, chance):
    """Return the files, by name, that are found after `events`; None stands for a folder.

    `chance` None leaves everything as if the power had not gone.
    """
    synced = {event.inode: at for at, event in enumerate(events) if isinstance(event, Synced)}
    contents = _contents(events, synced, _kept(chance))
    names = _names(events, synced, _kept(chance), root)
    return {
        path: None if is_folder else bytes(contents.get(inode, b""))
        for path, (inode, is_folder) in names.items()
    }


def lay_out(files, root, folder):
    """Put `files` of `root` into `folder`."""
    for path, content in sorted(files.items()):
        place = Path(folder, os.path.relpath(path, root))
        if content is None:
            place.mkdir()
        else:
            place.write_bytes(content)


def _kept(chance):
    """Return what says of each change that was not synced whether it is there all the same."""
    mode = "all" if chance is None else chance.choice(_MODES)
    if mode == "some":
        return lambda: chance.random() < 0.5
    return lambda: mode == "all"


def _contents(events, synced, kept):
    contents = {}
    for at, event in enumerate(events):
        if isinstance(event, Written):
            content = contents.setdefault(event.inode, bytearray())
            if at < synced.get(event.inode, -1):
                _write(content, event.at, event.content)
            else:
                _tear(content, event, kept)
        elif isinstance(event, Cut) and (at < synced.get(event.inode, -1) or kept()):
            content = contents.setdefault(event.inode, bytearray())
            content[event.size :] = bytes(max(0, event.size - len(content)))
    return contents


def _tear(content, event, kept):
    end = event.at + len(event.content)
    for begin in range(event.at - event.at % SECTOR, end, SECTOR):
        first, last = max(begin, event.at), min(begin + SECTOR, end)
        if kept():
            _write(content, first, event.content[first - event.at : last - event.at])


def _write(content, at, more):
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(more)] = more


def _names(events, synced, kept, root):
    names = {}
    folders = {root: 0} | {e.path: e.inode for e in events if isinstance(e, Made) and e.is_folder}
    for at, event in enumerate(events):
        if not isinstance(event, Made | Renamed | Removed):
            continue
        path = event.new if isinstance(event, Renamed) else event.path
        if at < synced.get(folders[os.path.dirname(path)], -1) or kept():
            _rename(names, event)
    return {path: what for path, what in names.items() if _is_reached(path, names, root)}


def _rename(names, event):
    match event:
        case Made(path, inode, is_folder):
            names[path] = inode, is_folder
        case Removed(path):
            names.pop(path, None)
        case Renamed(old, new, inode):
            names[new] = inode, False
            if names.get(old, (None,))[0] == inode:
                del names[old]


def _is_reached(path, names, root):
    """Whether all the folders above a name are there too."""
    above = os.path.dirname(path)
    return above == root or (above in names and _is_reached(above, names, root))

"""The program that opens pictures, and nothing else: `python -m counter_app.imaging.child`.

It hears on its standard input what is wanted and the bytes, and says on its standard output what
has become of them, page by page. It can write no file and start no program, and ends for good
when its memory or its time is used up: whoever asks it loses one picture.
"""

import json
import sys
from typing import Any, BinaryIO

from counter_app.imaging import limits
from counter_app.imaging.frames import DAMAGED, HEAVY, Refused, read_frame, write_frame


def main() -> None:
    """Answer one request."""
    asking, answering = sys.stdin.buffer, sys.stdout.buffer
    request = json.loads(read_frame(asking, limits.MEGABYTE))
    _give_up_rights(request["seconds"], request["longest"], request["memory"])
    raw = read_frame(asking, limits.MOST_BYTES)
    try:
        _answer(answering, request, raw)
    except Refused as refused:
        _say(answering, **refused.said)
    except MemoryError:
        _say(answering, error=HEAVY)
    except Exception:  # libraries of pictures raise whatever comes to them
        _say(answering, error=DAMAGED)
    answering.flush()


def _answer(pipe: BinaryIO, request: dict[str, Any], raw: bytes) -> None:
    if request["task"] == "leaf":
        from counter_app.imaging.leafing import leaf  # pictures do not wait for it

        page, count = leaf(raw, request["number"])
        _say(pipe, pages=count)
        write_frame(pipe, page)
    else:
        from counter_app.imaging.drawing import pages  # under the limits that were set

        for drawn in pages(raw, request["kind"]):
            _say(pipe, width=drawn.width, height=drawn.height)
            write_frame(pipe, drawn.content)
            write_frame(pipe, drawn.thumbnail)
            pipe.flush()
            _go_on(limits.SECONDS_OF_PAGE)
    _say(pipe, end=True)


def _say(pipe: BinaryIO, **values: object) -> None:
    write_frame(pipe, json.dumps(values).encode())


if sys.platform == "win32":
    from counter_app.imaging.windows_job import enter_job

    def _give_up_rights(seconds: int, longest: int, memory: int) -> None:
        """Take no more memory and time than was agreed, and start no program.

        Whoever asked looks at the clock besides, and ends it after `seconds` of its own.
        """
        enter_job(memory, max(seconds, longest))

    def _go_on(seconds: int) -> None:
        """Do nothing: the time that was agreed is that of all pages together."""

else:
    import resource

    def _give_up_rights(seconds: int, longest: int, memory: int) -> None:
        """Take no more memory and time than was agreed, write no file and start no program."""
        for what, most in (
            (resource.RLIMIT_AS, (memory, memory)),
            (resource.RLIMIT_CPU, (seconds, longest)),
            (resource.RLIMIT_FSIZE, (0, 0)),
            (resource.RLIMIT_CORE, (0, 0)),
        ):
            resource.setrlimit(what, most)

    def _go_on(seconds: int) -> None:
        """Take some more time: a page has come out."""
        now, longest = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (min(now + seconds, longest), longest))


if __name__ == "__main__":
    main()

"""A centre in a process of its own, so that its memory can be measured: `python -m … URL`.

It takes no second chances back from anybody, for whoever attacks it here comes from one host;
and it hangs up early, so that a test need not wait.
"""

import socket
import sys

import uvicorn

from counter_app.central.app import build_app
from counter_app.central.database import Database
from counter_app.central.guards import Failures
from counter_app.central.identity import load_centre
from counter_app.central.protocol import StrictProtocol

HEAD_SECONDS = 2.0


class Hasty(StrictProtocol):
    head_seconds = HEAD_SECONDS


def main(url):
    database = Database(url)
    with database.read() as connection:
        centre = load_centre(connection)
    app = build_app(database, centre, failures=Failures(most=100_000))
    config = uvicorn.Config(
        app, http=Hasty, ws="none", log_config=None, access_log=False, server_header=False
    )
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])

"""A centre as it is run by whoever runs it: a program of its own, told by its command line."""

import json
import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

_PROGRAM = (sys.executable, "-m", "counter_app")
_PATIENCE = 300  # seconds


class CentreProcess:
    """`central serve` on a database; `where` are the options that name it."""

    def __init__(self, where, log):
        self._where = where
        self._log = log
        self._process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_exception):
        self.stop()

    @property
    def port(self):
        """Where it answers, on loopback."""
        return urlsplit(self.url).port

    @property
    def pid(self):
        """Its number among the processes."""
        return self._process.pid

    def start(self, *, port=0):
        """Start it, and wait until it is ready."""
        options = ["--json", "central", "serve", *self._where, "--host", "127.0.0.1"]
        command = [*_PROGRAM, *options, "--port", str(port)]
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
            )
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(self._log.read_text()[-3000:])
        self.url = json.loads(line)["url"]

    def stop(self):
        """Let it end, as a service manager does."""
        self._end(signal.SIGTERM)

    def kill(self):
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def enrol_code(self, agency, desk):
        """Return a fresh code for a desk."""
        return self.ask("enrol-code", "--agency", agency, "--desk", desk)["enrol_code"]

    def status(self):
        """Return how the centre stands, as `central status` says it."""
        return self.ask("status")

    def ask(self, command, *arguments):
        """Return what a command of the centre prints."""
        whole = [*_PROGRAM, "--json", "central", command]
        done = subprocess.run(
            [*whole, *self._where, *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            env=os.environ,
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return json.loads(done.stdout.splitlines()[0])

    def _end(self, number):
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(number)
            process.communicate(timeout=_PATIENCE)

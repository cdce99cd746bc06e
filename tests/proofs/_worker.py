"""A program that says line by line what it has done, and that may be killed and begun again."""

import subprocess
import sys
import threading


class Worker:
    """Runs `python -m` with `command`; its last line is "done"."""

    def __init__(self, name, command, log):
        self.name = name
        self._command = [sys.executable, "-m", *command]
        self._log = log
        self._lines = []
        self.is_done = False
        self.start()

    def start(self):
        """Begin, or go on."""
        with open(self._log, "ab") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log
            )
        self._listener = threading.Thread(target=self._listen, args=(self._process,))
        self._listener.start()

    def kill(self):
        """Kill it at whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._listener.join()

    @property
    def has_failed(self):
        """Whether it has stopped before it was done."""
        # Until its last line was read, nobody knows.
        return not (self._listener.is_alive() or self.is_done)

    def complaint(self):
        """Return the last that it has said of what went wrong."""
        lines = self._log.read_text().splitlines()
        return lines[-1] if lines else f"exit code {self._process.returncode}"

    def take_lines(self):
        """Return what it has said since it was last asked."""
        taken = len(self._lines)
        lines, self._lines[:taken] = self._lines[:taken], []
        return lines

    def _listen(self, process):
        with process.stdout:
            for line in process.stdout:
                if line.endswith(b"\n"):  # the last one of a killed program may be cut
                    self._lines.append(line.decode().rstrip())
                    self.is_done |= line == b"done\n"

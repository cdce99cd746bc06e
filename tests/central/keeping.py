"""A program that keeps a PostgreSQL: `python -m tests.central.keeping FOLDER` tells the URL.

It ends when its standard input does, or when it is killed.
"""

import os
import sys
from pathlib import Path

from counter_app.central.postgres import own_postgres
from counter_app.errors import DatabaseUnusable

if __name__ == "__main__":
    try:
        with own_postgres(Path(sys.argv[1])) as url:
            print(os.geteuid(), url, flush=True)
            sys.stdin.read()
    except DatabaseUnusable as error:
        sys.exit(str(error))

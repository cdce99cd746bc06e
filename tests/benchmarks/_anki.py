"""A desk's dossiers brought to Anki's sync server, run by a Python of its own that has `anki`.

`_anki.py server FOLDER PORT` serves; `_anki.py FILE URL DOSSIERS` syncs: each line of JSON in
DOSSIERS becomes a note, and how long one sync of all of them took is printed, in seconds.
"""

import json
import os
import sys
import time


def serve(folder, port):
    """Serve one account until the end."""
    os.environ.update(SYNC_USER1="u:p", SYNC_BASE=folder, SYNC_HOST="127.0.0.1", SYNC_PORT=port)
    os.execv(sys.executable, [sys.executable, "-m", "anki.syncserver"])


def sync(file, url, dossiers):
    """Sync a new collection with as many notes as there are lines."""
    from anki.collection import Collection

    collection = Collection(file)
    account = collection.sync_login("u", "p", url)
    collection.close_for_full_sync()  # an empty one first: what follows is an ordinary sync
    collection.full_upload_or_download(auth=account, server_usn=None, upload=True)
    collection.reopen(after_full_sync=True)
    basic = collection.models.by_name("Basic")
    with open(dossiers, encoding="utf-8") as lines:
        for line in lines:
            note = collection.new_note(basic)
            note["Front"], note["Back"] = json.loads(line)["header"]["op_id"], line
            collection.add_note(note, 1)
    began = time.perf_counter()
    collection.sync_collection(account, False)
    print(time.perf_counter() - began)
    collection.close()


if __name__ == "__main__":
    if sys.argv[1] == "server":
        serve(*sys.argv[2:])
    else:
        sync(*sys.argv[1:])

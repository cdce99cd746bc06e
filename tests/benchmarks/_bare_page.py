"""The least that a page can be in Python: ASGI without a framework, and asyncpg.

Run by a Python of its own that has asyncpg, uvicorn, uvloop and httptools, with DSN and PORT.
It looks a dossier up by its identity in the same table, and says five things of it.
"""

import html
import sys
from uuid import UUID

import asyncpg
import uvicorn

_QUERY = "SELECT code, status, received_at, due_at, home FROM dossier WHERE dossier_id = $1"
_PAGE = (
    "<!doctype html><html lang=vi><meta charset=utf-8><title>Tra cứu</title><h1>{}</h1>"
    "<dl><dt>Tình trạng<dd>{}<dt>Tiếp nhận<dd>{}<dt>Hẹn trả<dd>{}<dt>Nơi nhận<dd>{}</dl>"
)
_CONNECTIONS = 4


class Page:
    """Answers `/x/<identity>`."""

    def __init__(self, dsn):
        self._dsn = dsn
        self._pool = None

    async def __call__(self, scope, receive, send):
        """Answer one request."""
        if scope["type"] != "http":
            while True:
                message = await receive()
                await send({"type": message["type"] + ".complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        if self._pool is None:
            size = {"min_size": _CONNECTIONS, "max_size": _CONNECTIONS}
            self._pool = await asyncpg.create_pool(self._dsn, **size)
        row = await self._pool.fetchrow(_QUERY, UUID(scope["path"].rpartition("/")[2]))
        shown = [html.escape(str(value)) for value in row] if row else []
        body = _PAGE.format(*shown).encode() if row else b""
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
        ]
        status = 200 if row else 404
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    uvicorn.run(
        Page(sys.argv[1]),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        log_level="warning",
        access_log=False,
    )

"""Answers requests."""

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event


class Service(ThreadingHTTPServer):
    """Answers /livez and /readyz for Kubernetes, and every other path with the
    service's name and version.

    `ending` is set as soon as the service gets no new requests any more; `log` is
    called with a dictionary for every answer.
    """

    # Running requests may finish before the process ends.
    daemon_threads = False
    block_on_close = True

    def __init__(
        self,
        address: tuple[str, int],
        name: str,
        version: str,
        log: Callable[[dict], None],
    ) -> None:
        super().__init__(address, Handler)
        self.name = name
        self.version = version
        self.log = log
        self.ending = Event()


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Service

    def do_GET(self) -> None:
        started_at = time.monotonic()
        path = self.path.split("?", 1)[0]
        if path == "/livez":
            self.answer(204)
        elif path == "/readyz":
            self.answer(503 if self.server.ending.is_set() else 204)
        else:
            self.answer(
                200, {"name": self.server.name, "version": self.server.version}
            )
            self.server.log(
                {
                    "message": "answered",
                    "method": self.command,
                    "path": path,
                    "status": 200,
                    "milliseconds": round((time.monotonic() - started_at) * 1000),
                }
            )

    def answer(self, status: int, body: dict | None = None) -> None:
        """Sends a status, and a body as JSON."""
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if body is not None:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """The base class writes lines that aren't JSON."""

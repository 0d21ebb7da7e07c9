"""Runs the service: configured by the environment, logging JSON to standard output."""

import json
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from .server import Service

ROOT = Path(__file__).parent.parent


def log(entry: dict) -> None:
    """Writes a line of JSON, which collectors read without a configuration."""
    line = {"time": datetime.now(UTC).isoformat(), "level": "info", **entry}
    print(json.dumps(line), flush=True)


def main() -> None:
    about = {
        "name": (ROOT / "NAME").read_text().strip(),
        "version": (ROOT / "VERSION").read_text().strip(),
    }
    service = Service(("", int(os.environ.get("PORT", "8080"))), log=log, **about)

    def end(*_: object) -> None:
        service.ending.set()
        log({"message": "ending"})
        # shutdown() waits for serve_forever(), which this handler interrupts.
        Thread(target=service.shutdown).start()

    # Kubernetes asks a pod to end with SIGTERM: running requests may finish.
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    log({"message": "listening", **about, "port": service.server_port})
    service.serve_forever(poll_interval=0.1)
    service.server_close()
    log({"message": "ended"})


if __name__ == "__main__":
    main()

import json
import unittest
from http.client import HTTPConnection
from threading import Thread

from service.server import Service


class ServerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.logged: list[dict] = []
        self.service = Service(
            ("127.0.0.1", 0), name="service", version="1.2.3", log=self.logged.append
        )
        thread = Thread(target=self.service.serve_forever, args=(0.01,))
        thread.start()
        self.addCleanup(self.service.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(self.service.shutdown)

    def get(self, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.service.server_port)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def test_answers_with_its_name_and_version(self) -> None:
        status, body = self.get("/a?b=c")
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body), {"name": "service", "version": "1.2.3"})

    def test_logs_its_answers(self) -> None:
        self.get("/a?b=c")
        # The service logs after it has answered.
        self.service.shutdown()
        self.service.server_close()
        (entry,) = self.logged
        self.assertGreaterEqual(entry.pop("milliseconds"), 0)
        self.assertEqual(
            entry,
            {"message": "answered", "method": "GET", "path": "/a", "status": 200},
        )

    def test_lives_while_it_ends_but_gets_no_requests(self) -> None:
        self.assertEqual(self.get("/readyz")[0], 204)
        self.service.ending.set()
        self.assertEqual(self.get("/readyz")[0], 503)
        self.assertEqual(self.get("/livez")[0], 204)


if __name__ == "__main__":
    unittest.main()

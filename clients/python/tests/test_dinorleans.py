"""How the client waits, sends again and gives up."""

import json
import sys
import threading
import unittest
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dinorleans import DinOrleans, DinOrleansError, event

LOST = None
RANKED = {"rankingId": "r", "source": "popularity", "historyLength": 0, "items": [{"itemId": "a", "score": 0.5, "scores": {}}]}

Answer = Optional[Tuple[int, Dict[str, str], Any]]


class ScriptedServer:
    """Answers requests one after the other as told, the last answer for ever, and keeps what was sent. LOST breaks the connection."""

    def __init__(self, *answers: Answer) -> None:
        self.requests: List[Tuple[str, str, Dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.requests.append((self.command, self.path, dict(self.headers), body))
                answer = answers[min(len(outer.requests), len(answers)) - 1]
                if answer is LOST:
                    self.close_connection = True
                    return
                status, headers, content = answer
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    def __enter__(self) -> "ScriptedServer":
        return self

    def __exit__(self, *_: Any) -> None:
        self._server.shutdown()
        self._server.server_close()

    def client(self, **options: Any) -> DinOrleans:
        """A client whose waits pass at once. They are kept in ``waits``."""
        shop = DinOrleans(f"http://127.0.0.1:{self._server.server_port}/shop/", **options)
        self.waits: List[float] = []
        self._now = 0.0

        def sleep(seconds: float) -> None:
            self.waits.append(seconds)
            self._now += seconds

        shop._clock, shop._sleep = lambda: self._now, sleep
        return shop


class ClientTests(unittest.TestCase):
    def test_call_server_busy_is_sent_again_after_the_time_that_it_names(self) -> None:
        with ScriptedServer((503, {"Retry-After": "4"}, {}), (429, {}, {}), (200, {}, RANKED)) as server:
            shop = server.client()
            self.assertEqual("r", shop.rank("u", ["a"])["rankingId"])
            self.assertEqual(3, len(server.requests))
            self.assertTrue(4 <= server.waits[0] <= 4.8 and 0.25 <= server.waits[1] <= 0.3, server.waits)
            shop.close()

    def test_call_lost_connection_is_sent_again(self) -> None:
        with ScriptedServer(LOST, (200, {}, RANKED)) as server:
            shop = server.client()
            self.assertEqual("r", shop.rank("u", ["a"])["rankingId"])
            shop.close()

    def test_call_that_must_not_be_done_twice_is_not_sent_again_after_a_lost_connection(self) -> None:
        for call in (lambda shop: shop.start_training(), lambda shop: shop.make_key("n", ["rank"])):
            with ScriptedServer(LOST) as server:
                shop = server.client()
                self.assertRaises(DinOrleansError, call, shop)
                self.assertEqual(1, len(server.requests))
                shop.close()

    def test_call_server_away_for_good_fails_when_patience_ends(self) -> None:
        with ScriptedServer(LOST) as server:
            shop = server.client(patience=2, retry_after=0.5)
            with self.assertRaises(DinOrleansError) as raised:
                shop.rank("u", ["a"])
            self.assertIsNone(raised.exception.status)
            self.assertTrue(2 <= len(server.requests) <= 5, len(server.requests))
            shop.close()

    def test_call_that_is_refused_is_not_sent_again_and_names_the_rules(self) -> None:
        problem = {"status": 400, "detail": "The input breaks rules.", "errors": [{"field": "limit", "rule": "must be 1 to 1,000"}]}
        with ScriptedServer((400, {}, problem)) as server:
            shop = server.client()
            with self.assertRaises(DinOrleansError) as raised:
                shop.rank("u", ["a"], limit=0)
            self.assertEqual((400, problem["errors"], 1), (raised.exception.status, raised.exception.errors, len(server.requests)))
            self.assertEqual("POST /v1/rank: 400 Bad Request, The input breaks rules.; limit must be 1 to 1,000", str(raised.exception))
            shop.close()

    def test_answer_of_a_proxy_is_named(self) -> None:
        with ScriptedServer((502, {}, b"<h1>Bad\n gateway</h1>")) as server:
            shop = server.client()
            with self.assertRaises(DinOrleansError) as raised:
                shop.schema()
            self.assertEqual("GET /v1/schema: 502 Bad Gateway, <h1>Bad gateway</h1>", str(raised.exception))
            shop.close()

    def test_deadline_before_the_server_wants_it_fails_at_once(self) -> None:
        with ScriptedServer((503, {"Retry-After": "4"}, {})) as server:
            shop = server.client()
            self.assertRaises(DinOrleansError, shop.rank, "u", ["a"], deadline=2)
            self.assertEqual(["2000"], [headers["X-Deadline-Ms"] for _, _, headers, _ in server.requests])
            shop.close()

    def test_events_more_than_a_request_takes_go_in_several(self) -> None:
        with ScriptedServer((200, {}, {"accepted": 2, "duplicates": 1, "erased": 0})) as server:
            shop = server.client(key="dok_k")
            done = shop.append_events(event("u", "i", "click") for _ in range(2_001))
            self.assertEqual({"accepted": 6, "duplicates": 3, "erased": 0}, done)
            sent = [e["eventId"] for _, _, _, body in server.requests for e in json.loads(body)["events"]]
            self.assertEqual((3, 2_001), (len(server.requests), len(set(sent))))
            self.assertEqual({("/shop/v1/events", "Bearer dok_k")}, {(path, headers["Authorization"]) for _, path, headers, _ in server.requests})
            shop.close()

    def test_event_sent_again_keeps_its_id(self) -> None:
        with ScriptedServer(LOST, (200, {}, {"accepted": 1, "duplicates": 0, "erased": 0})) as server:
            shop = server.client()
            shop.append_events([event("u", "i", "click")])
            self.assertEqual(1, len({body for _, _, _, body in server.requests}))
            shop.close()

    def test_arguments_that_cannot_be_meant_are_refused(self) -> None:
        self.assertRaises(ValueError, DinOrleans, "localhost:5000")
        self.assertRaises(ValueError, DinOrleans, "http://localhost:5000", timeout=0)
        self.assertRaises(ValueError, event, "u", "i", "click", timestamp=datetime(2026, 5, 1))
        self.assertRaises(ValueError, DinOrleans("http://localhost:5000").put_user, "u", {"age": float("nan")})


if __name__ == "__main__":
    unittest.main()

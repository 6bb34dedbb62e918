"""The program in README.md runs as it stands there."""

import contextlib
import io
import re
import unittest
from pathlib import Path
from typing import Any, Dict
from unittest import mock

from test_dinorleans import RANKED, ScriptedServer

README = Path(__file__).resolve().parent.parent / "README.md"
APPENDED = {"accepted": 1, "duplicates": 0, "erased": 0}
REFUSED = {"status": 400, "errors": [{"field": "items[0].features.colour", "rule": "is not a feature of items"}]}
PAGE = {"userId": "user-7", "behaviours": [{"itemId": "a", "type": "click"}]}


class ReadmeTests(unittest.TestCase):
    def test_program_against_a_server_prints_what_it_answers(self) -> None:
        program = re.search(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        assert program is not None, "README.md has no program"
        with ScriptedServer((200, {}, RANKED), (200, {}, APPENDED), (400, {}, REFUSED), (200, {}, PAGE)) as server:
            made = mock.patch("dinorleans.DinOrleans", side_effect=lambda address, **options: server.client(**options))
            with made, contextlib.redirect_stdout(io.StringIO()) as printed:
                names: Dict[str, Any] = {}
                exec(compile(program[1], str(README), "exec"), names)
            names["shop"].close()
        self.assertIn("items[0].features.colour is not a feature of items", printed.getvalue())
        self.assertIn("'itemId': 'a'", printed.getvalue())
        self.assertEqual(4, len(server.requests))


if __name__ == "__main__":
    unittest.main()

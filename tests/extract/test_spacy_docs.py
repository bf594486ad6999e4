"""docs/spacy.md prints what it says it prints."""

import contextlib
import io
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "spacy.md"


def test_the_code_of_the_page_prints_what_the_page_says() -> None:
    blocks = re.findall(r"```(python|text)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert [kind for kind, _ in blocks] == ["python", "text", "python", "python"]
    world: dict[str, object] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for kind, code in blocks:
            if kind == "python" and "add_pipe" not in code:
                exec(code, world)  # noqa: S102  # the page's own code
    assert printed.getvalue() == blocks[1][1]

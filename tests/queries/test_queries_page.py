"""``docs/queries.md`` tells what the files say."""

import re
import shlex

from queries_page import PAGE, without_examples, write_page

from kg.bundled import queries_folder
from kg.queries import SavedQuery, bind, list_queries
from kg.vocabulary import Vocabulary


def test_the_page_lists_every_query_with_its_parameters() -> None:
    expected = without_examples(write_page(list_queries(queries_folder()), {}))
    page = without_examples(PAGE.read_text(encoding="utf-8"))
    assert page == expected, "write it again: python tests/queries/queries_page.py"


def test_every_query_has_an_example_that_can_be_asked(queries: dict[str, SavedQuery], vocabulary: Vocabulary) -> None:
    asked = []
    for line in re.findall(r"^\$ (kg query .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        _, _, name, *options = shlex.split(line, comments=True)
        bind(queries[name], dict(option.split("=", 1) for option in options[1::2]), vocabulary)
        asked.append(name)
    assert sorted(asked) == sorted(queries)

"""Files of saved queries, and the ones that ship."""

import re
from pathlib import Path

import pytest

from kg.bundled import queries_folder
from kg.errors import QueryError
from kg.queries import Parameter, SavedQuery, bind, find_query, list_queries, read_own_query, read_query, unnamed_query
from kg.queries.saved import ANY_KIND, PLAIN_KINDS
from kg.vocabulary import Vocabulary

HEADER = """\
# title: Findings
# theme: effects
# question: Q08
# description: One row per finding.
# parameter: outcome
#   kind: outcome or condition
#   description: only this outcome
#   example: relapse
"""
QUERY = HEADER + "\nSELECT ?finding WHERE {\n  VALUES ?outcome { UNDEF }\n  GRAPH ?graph { ?finding ?is ?outcome }\n}\n"
ASKED = ("Q02", "Q03", "Q04", "Q06", "Q07", "Q08", "Q09", "Q13", "Q14", "Q15", "Q16", "Q17", "Q18", "Q19")


def write(folder: Path, text: str, name: str = "findings.rq") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_says_what_a_query_is_and_takes(tmp_path: Path) -> None:
    outcome = Parameter("outcome", ("outcome", "condition"), "only this outcome", "relapse")
    assert read_query(write(tmp_path, QUERY)) == SavedQuery(
        "findings", "Findings", "One row per finding.", "Q08", (outcome,), QUERY, "effects"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (QUERY.replace("# title: Findings\n", ""), "findings.rq: header has no title"),
        (QUERY.replace("# description: One row per finding.\n", ""), "findings.rq: header has no description"),
        (QUERY.replace("#   example: relapse\n", ""), "parameter 'outcome' lacks kind, description or example"),
        (QUERY.replace("#   example", "#   instance"), "line 8: header has an unknown field 'instance'"),
        (QUERY.replace("VALUES ?outcome", "VALUES ?other"), "header names parameters outcome, VALUES lines other"),
        (QUERY.replace("UNDEF }", "UNDEF } ."), "header names parameters outcome, VALUES lines none"),
        (QUERY.replace("  VALUES", "  VALUES ?outcome { UNDEF }\n  VALUES"), "VALUES lines outcome, outcome"),
    ],
)
def test_a_file_that_breaks_the_rules_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        list_queries(write(tmp_path, text).parent)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"absent\.rq: cannot be read"):
        read_query(tmp_path / "absent.rq")


def test_an_unknown_query_names_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, QUERY)
    assert find_query(tmp_path, "findings").title == "Findings"
    with pytest.raises(QueryError, match=r"no saved query 'finding'\. Did you mean findings\?"):
        find_query(tmp_path, "finding")
    with pytest.raises(QueryError, match="List the saved queries"):
        find_query(tmp_path, "zzz")


def test_a_query_of_ones_own_needs_no_header() -> None:
    assert unnamed_query("ASK {}", name="standard input") == SavedQuery(
        "standard input", "standard input", "standard input", None, (), "ASK {}"
    )
    assert [each.name for each in unnamed_query(QUERY, name="mine.rq").parameters] == ["outcome"]


def test_the_listed_questions_are_answered(queries: dict[str, SavedQuery]) -> None:
    answered = {each.question for each in queries.values()}
    assert [question for question in ASKED if question not in answered] == []
    assert len([each for each in queries.values() if each.question not in ASKED]) >= 10
    assert len({each.title for each in queries.values()}) == len(queries) == 38


def test_every_listed_question_stands_in_the_list_of_questions(queries: dict[str, SavedQuery]) -> None:
    text = (queries_folder().parent / "docs" / "questions.md").read_text(encoding="utf-8")
    for query in queries.values():
        assert query.question is None or f"## {query.question}. " in text, query.name


def test_kinds_of_parameters_are_known_and_examples_are_values(queries: dict[str, SavedQuery], vocabulary: Vocabulary) -> None:
    bound = 0
    for query in queries.values():
        for parameter in query.parameters:
            assert parameter.kinds[0] in (*PLAIN_KINDS, ANY_KIND) or set(parameter.kinds) <= set(vocabulary.kinds()), parameter
            sparql = bind(query, {parameter.name: parameter.example}, vocabulary)
            assert re.search(rf"VALUES \?{parameter.name} \{{ [<\"].+ \}}\n", sparql), (query.name, parameter.name)
            assert "UNDEF" not in sparql
            bound += 1
    assert bound > 100


def test_every_constant_of_the_vocabulary_is_a_concept(queries: dict[str, SavedQuery], vocabulary: Vocabulary) -> None:
    schemes = {"scheme-" + kind.replace("_", "-") for kind in vocabulary.kinds()}
    names = {name for query in queries.values() for name in re.findall(r"\bggv:([\w-]+)", query.text)}
    assert {name for name in names if name not in vocabulary and name not in schemes} == set()
    assert len(names) > 40


def test_queries_are_written_alike(queries: dict[str, SavedQuery]) -> None:
    for query in queries.values():
        lines = query.text.splitlines()
        assert max(map(len, lines)) <= 260, query.name
        assert not any("\t" in line or line != line.rstrip() for line in lines), query.name
        assert query.text.endswith("\n"), query.name


def test_a_file_of_ones_own_needs_no_header_and_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    path.write_bytes(b"\xef\xbb\xbfSELECT *\r\nWHERE { ?s ?p ?o }\r\n")
    assert read_own_query(path).text == "SELECT *\nWHERE { ?s ?p ?o }\n"
    path.write_bytes(b"SELECT \xff")
    with pytest.raises(QueryError, match=r"own\.rq: is no text in UTF-8: .* at byte 7"):
        read_own_query(path)


def test_every_query_that_ships_has_a_theme() -> None:
    assert {each.theme for each in list_queries(queries_folder())} == {
        "effects", "safety and engraftment", "numbers for a synthesis", "studies", "mechanisms", "papers", "curation"
    }  # fmt: skip

"""``docs/fetching.md`` says what the code does."""

import re
from pathlib import Path

import pytest

from kg.fetch.eutils import MOST_IDS
from kg.fetch.identifiers import Kind, read_identifier
from kg.fetch.job import Source
from kg.fetch.patience import Patience
from kg.fetch.pubmed_papers import BATCH
from kg.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "fetching.md").read_text(encoding="utf-8")
OF_FETCHING = ("email", "tool", "ncbi_api_key", "requests_per_second", "fetch_timeout_s", "cache", "eutils_url", "europepmc_url")


@pytest.mark.parametrize("name", OF_FETCHING)
def test_every_setting_is_in_the_table(name: str) -> None:
    assert name in Settings.model_fields
    assert f"`GRAFTGRAPH_{name.upper()}`" in PAGE


def test_no_setting_is_in_the_table_that_is_not_there() -> None:
    named = {found.lower() for found in re.findall(r"GRAFTGRAPH_([A-Z_]+)", PAGE)}
    assert named == set(OF_FETCHING)


def test_the_figures_are_those_of_the_code() -> None:
    words = " ".join(PAGE.split())
    assert f"lists {MOST_IDS:,} papers" in words
    assert f"Records then come {BATCH} at a time" in words
    assert Patience() == Patience(requests=7, first_pause_s=1, longest_pause_s=60, longest_asked_for_s=300)
    assert "at most seven times in all" in words
    assert "from one second to a minute" in words
    assert "more than five minutes" in words


def test_the_examples_name_papers() -> None:
    (line,) = re.findall(r"^kg add (.*) new\.nbib$", PAGE, re.MULTILINE)
    kinds = [identifier.kind for each in line.split() if (identifier := read_identifier(each)) is not None]
    assert kinds == [Kind.PMID, Kind.DOI, Kind.PMCID, Kind.NCT]


def test_both_sources_are_described() -> None:
    assert list(Source) == ["pubmed", "europepmc"]
    assert "**PubMed.**" in PAGE
    assert "**Europe PMC.**" in PAGE

"""The default engine over the shipped vocabulary, built once."""

import pytest

from kg.bundled import ontologies_folder
from kg.extract.pipeline import RuleExtractor, build_extractor
from kg.vocabulary import load_vocabulary


@pytest.fixture(scope="session")
def extractor() -> RuleExtractor:
    return build_extractor(load_vocabulary(ontologies_folder()))

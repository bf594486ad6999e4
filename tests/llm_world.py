"""A trial in four sentences, a model's answer about it, and an endpoint that speaks the protocol."""

import hashlib
import json
from dataclasses import replace
from functools import cache

import requests
from pytest_httpserver import HTTPServer

from kg.bundled import ontologies_folder
from kg.extract.llm import LlmExtractor, build_llm_extractor
from kg.extract.llm.endpoint import Endpoint
from kg.model import Paper
from kg.vocabulary import Vocabulary, load_vocabulary

PATH = "/v1/chat/completions"
BACKGROUND = "BACKGROUND: Stromal cells may calm graft-versus-host disease."
METHODS = "METHODS: Forty patients were randomly assigned to umbilical cord MSCs (n = 20) or placebo (n = 20)."
GVHD = (
    "Chronic GVHD at 2 years was seen in 5 of 20 patients (25%) given MSCs and in 11 of 20 (55%) given placebo "
    "(HR 0.41, 95% CI 0.19–0.88; P = .02)."
)
SURVIVAL = "Overall survival was higher without reaching significance (70% versus 65%; P = .61)."
TEXT = f"{BACKGROUND}\n{METHODS}\nRESULTS: {GVHD} {SURVIVAL}"

NOTHING: dict[str, str | None] = {
    "evidence_quote": SURVIVAL,
    "outcome_quote": "Overall survival",
    "outcome_name": "overall survival",
    "kind": "effect",
    "intervention_quote": None,
    "comparator_quote": None,
    "population_quote": None,
    "direction_quote": None,
    "direction": "no_difference",
    "significance": "not_stated",
    "intervention_value_quote": None,
    "comparator_value_quote": None,
    "effect_quote": None,
    "p_quote": None,
    "timepoint_quote": None,
}
#: The first result, every field filled.
FULL: dict[str, str | None] = {
    "evidence_quote": GVHD,
    "outcome_quote": "Chronic GVHD",
    "outcome_name": "incidence of chronic GVHD",
    "kind": "effect",
    "intervention_quote": "umbilical cord MSCs",
    "comparator_quote": "placebo",
    "population_quote": "Forty patients",
    "direction_quote": "was seen in",
    "direction": "decreased",
    "significance": "not_stated",
    "intervention_value_quote": "5 of 20 patients (25%)",
    "comparator_value_quote": "11 of 20 (55%)",
    "effect_quote": "HR 0.41, 95% CI 0.19-0.88",
    "p_quote": "P = .02",
    "timepoint_quote": "at 2 years",
}


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(ontologies_folder())


def paper(text: str = TEXT, *, paper_id: str = "pmid-1") -> Paper:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Paper(id=paper_id, title="Stromal cells against placebo", text=text, source_format="jsonl", sha256=sha)


def found(**changes: str | None) -> dict[str, str | None]:
    """A finding of which only evidence and outcome are quoted, with changes."""
    return {**NOTHING, **changes}


def completion(*findings: dict[str, str | None], content: str | None = None, finish_reason: str = "stop") -> str:
    """The body of a chat completion."""
    words = json.dumps({"findings": findings}) if content is None else content
    message = {"role": "assistant", "content": words, "refusal": None}
    return json.dumps(
        {"id": "c-1", "object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}]}
    )


@cache
def _built() -> LlmExtractor:
    """Built once: making the matcher takes most of the time of a test."""
    return build("http://localhost/v1")


def build(base_url: str, *, api_key: str | None = None, timeout_s: float = 5.0, retries: int = 3) -> LlmExtractor:
    """The engine as a user builds it; it is not to be asked."""
    return build_llm_extractor(
        session=requests.Session(),
        base_url=base_url,
        model="small-1",
        api_key=api_key,
        vocabulary=vocabulary(),
        timeout_s=timeout_s,
        retries=retries,
        sleep=[].append,
    )


def engine(
    server: HTTPServer,
    *,
    session: requests.Session,
    pauses: list[float] | None = None,
    api_key: str | None = None,
    timeout_s: float = 5.0,
    retries: int = 3,
) -> LlmExtractor:
    """The engine over a server, with a clock that only writes down how long it was to wait."""
    endpoint = Endpoint(
        url=server.url_for(PATH),
        session=session,
        api_key=api_key,
        timeout_s=timeout_s,
        retries=retries,
        sleep=([] if pauses is None else pauses).append,
    )
    return replace(_built(), endpoint=endpoint)

"""Which engine reads: the options of ``kg extract`` and ``kg evaluate``, and the engine they choose."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import misuse

if TYPE_CHECKING:
    from kg.extract.pipeline import Extractor

#: Requests after one that failed for the time being.
_RETRIES = 4


class Engine(StrEnum):
    """What turns a text into findings."""

    RULES = "rules"
    LLM = "llm"


EngineChoice = Annotated[
    Engine,
    typer.Option("--engine", help="What finds the findings: the rules, offline, or a language model that sees title and abstract."),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="With llm: an OpenAI-compatible endpoint up to /v1; its key is $GRAFTGRAPH_LLM_KEY."),
]
Model = Annotated[str | None, typer.Option("--model", metavar="NAME", help="With llm: a model of that endpoint.")]


@contextmanager
def open_extractor(engine: Engine, *, base_url: str | None, model: str | None) -> Iterator["Extractor"]:
    """The engine chosen, its connections closed in the end."""
    from kg.cli.engine import default_extractor

    if engine is Engine.RULES:
        if base_url is not None or model is not None:
            misuse("--base-url and --model go with --engine llm")
        yield default_extractor()
    elif base_url is None or model is None:
        misuse("--engine llm needs --base-url and --model")
    else:
        with _open_llm(base_url, model) as extractor:
            yield extractor


@contextmanager
def _open_llm(base_url: str, model: str) -> Iterator["Extractor"]:
    from time import sleep

    import requests

    from kg.cli.parts import default_vocabulary
    from kg.extract.llm import build_llm_extractor
    from kg.settings import load_settings

    settings = load_settings()
    with requests.Session() as session:
        yield build_llm_extractor(
            session=session,
            base_url=base_url,
            model=model,
            api_key=None if settings.llm_key is None else settings.llm_key.get_secret_value(),
            vocabulary=default_vocabulary(),
            timeout_s=settings.llm_timeout_s,
            retries=_RETRIES,
            sleep=sleep,
        )

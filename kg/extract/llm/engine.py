"""The engine itself: rules for what a paper is about, a model for what it found."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

from kg.errors import ExtractionError, SettingsError
from kg.extract.consistency import find_inconsistencies
from kg.extract.llm.endpoint import Endpoint
from kg.extract.llm.grounding import ground
from kg.extract.llm.printed import Material
from kg.extract.llm.prompt import write_instructions, write_request
from kg.extract.llm.reply import read_reply
from kg.extract.numbers.reader import Numbers, read_numbers
from kg.extract.pipeline import Extractor, build_extractor
from kg.extract.sentences import find_sentences
from kg.model import Extraction, Finding, Paper
from kg.vocabulary import Vocabulary

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LlmReport:
    """What it took to read one paper, and what of the model's answer the text does not bear out."""

    #: More than one where the endpoint had to be asked again; none for a paper without text.
    requests: int = 0
    dropped_quotes: int = 0
    dropped_findings: int = 0
    unread_numbers: int = 0

    @property
    def has_losses(self) -> bool:
        """True when anything of the answer was dropped."""
        return bool(self.dropped_quotes or self.dropped_findings or self.unread_numbers)


@dataclass(frozen=True)
class LlmExtractor:
    """The model's findings beside the sections, study, terms, cells and arms of the rules; keeps no state between papers."""

    endpoint: Endpoint
    model: str
    vocabulary: Vocabulary = field(repr=False)
    rules: Extractor = field(repr=False)
    instructions: str = field(repr=False)

    def extract(self, paper: Paper) -> Extraction:
        """Read one paper; what is dropped is logged as a warning."""
        return self.extract_with_report(paper)[0]

    def extract_with_report(self, paper: Paper) -> tuple[Extraction, LlmReport]:
        """Read one paper and count what was dropped.

        Raises:
            ExtractionError: the endpoint did not answer in time, answered with an error, or out of form.
        """
        known, numbers = self.rules.extract(paper), read_numbers(paper.text)
        findings, report = self._find(paper, known, numbers) if paper.text else ((), LlmReport())
        if report.has_losses:
            log.warning(
                "%s: dropped %d quotes and %d findings that are not in the text, %d numbers that cannot be read",
                paper.id,
                report.dropped_quotes,
                report.dropped_findings,
                report.unread_numbers,
            )
        extraction = known.model_copy(
            update={
                "findings": findings,
                "inconsistencies": find_inconsistencies(findings, known.study, paper.text, numbers=numbers),
                "no_findings_reason": None if findings else known.no_findings_reason or "nothing recognised",
                "engine": f"llm {self.model}",
            }
        )
        return extraction, report

    def _find(self, paper: Paper, known: Extraction, numbers: Numbers) -> tuple[tuple[Finding, ...], LlmReport]:
        words = self.endpoint.complete(write_request(paper, model=self.model, instructions=self.instructions), record=paper.id)
        try:
            reply = read_reply(words.content)
        except ValueError as exc:
            message = f"answered 200 with findings out of form: {exc}"
            raise ExtractionError(message, location=self.endpoint.url, record=paper.id, remedy="Does it support JSON schemas?") from exc
        sentences = find_sentences(paper.text, sections=known.sections)
        material = Material(paper.text, sentences, numbers, known.terms, known.arms, self.vocabulary)
        grounded = [ground(quoted, material) for quoted in reply.findings]
        findings = dict.fromkeys(each.finding for each in grounded if each.finding is not None)
        report = LlmReport(
            requests=words.requests,
            dropped_quotes=sum(each.dropped_quotes for each in grounded),
            dropped_findings=sum(each.finding is None for each in grounded),
            unread_numbers=sum(each.unread_numbers for each in grounded),
        )
        return tuple(sorted(findings, key=lambda each: (each.evidence.start, each.outcome.start))), report


def build_llm_extractor(
    *,
    session: requests.Session,
    base_url: str,
    model: str,
    api_key: str | None,
    vocabulary: Vocabulary,
    timeout_s: float,
    retries: int,
    sleep: Callable[[float], None],
) -> LlmExtractor:
    """The engine over an endpoint; ``base_url`` is what comes before ``/chat/completions``: "http://localhost:11434/v1".

    ``timeout_s`` is for one request, to the last byte of its answer; ``retries`` are further requests; ``sleep`` waits between them.

    Raises:
        SettingsError: no http address or one with a password, no model, a key that is no header, a time or number out of range.
    """
    _check(base_url=base_url, model=model, api_key=api_key, timeout_s=timeout_s, retries=retries)
    url = base_url.rstrip("/") + "/chat/completions"
    return LlmExtractor(
        endpoint=Endpoint(url=url, session=session, api_key=api_key, timeout_s=timeout_s, retries=retries, sleep=sleep),
        model=model,
        vocabulary=vocabulary,
        rules=build_extractor(vocabulary),
        instructions=write_instructions(vocabulary),
    )


def _check(*, base_url: str, model: str, api_key: str | None, timeout_s: float, retries: int) -> None:
    """Name the first setting that cannot be right, without showing secrets."""
    try:
        parts = urlsplit(base_url)
    except ValueError as exc:
        raise SettingsError("the base URL is no address", remedy="Write it like http://localhost:11434/v1") from exc
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError("the base URL is no plain http address", remedy="Write it like http://localhost:11434/v1")
    if parts.username is not None or parts.password is not None:
        raise SettingsError("the base URL holds a user or password", remedy="Give the key by itself: addresses are shown in messages")
    if not model.strip():
        raise SettingsError("no model is named", remedy="Name one that the endpoint offers")
    # requests would show the whole key in its complaint.
    if api_key is not None and not (api_key.isascii() and api_key.isprintable() and api_key.strip() == api_key and api_key):
        raise SettingsError("the key holds what no header may", remedy="Copy it again, without blanks and line breaks")
    if not timeout_s > 0 or retries < 0:
        raise SettingsError("time-out or retries out of range", remedy="Allow more than 0 s, and 0 or more retries")

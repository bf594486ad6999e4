"""What the model answers, and the JSON schema that asks for it.

In: nothing, or the text of an answer. Out: ``reply_schema()`` for the request, ``read_reply`` for the answer. Both come from the
same records, so that what is asked for and what is accepted cannot part.
"""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from kg.model import Direction, FindingKind, Significance


class _Strict(BaseModel):
    """All fields required, no others, no conversion between types: what endpoints call strict mode."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class QuotedFinding(_Strict):
    """One finding in the words of the text; the prompt says what each field holds."""

    evidence_quote: str
    outcome_quote: str
    #: The only free words: they choose a concept of the vocabulary, or nothing.
    outcome_name: str
    kind: FindingKind
    intervention_quote: str | None
    comparator_quote: str | None
    population_quote: str | None
    direction_quote: str | None
    direction: Direction
    significance: Significance
    intervention_value_quote: str | None
    comparator_value_quote: str | None
    effect_quote: str | None
    p_quote: str | None
    timepoint_quote: str | None


class Reply(_Strict):
    """The whole answer."""

    findings: tuple[QuotedFinding, ...]


def reply_schema() -> JsonValue:
    """The JSON schema of ``Reply`` without references, titles and descriptions, which not every endpoint takes."""
    schema = Reply.model_json_schema()
    return _plain(schema, schema["$defs"])


def read_reply(content: str) -> Reply:
    """Read the model's words.

    Raises:
        ValueError: they are no JSON or break the schema; the message names the first fault.
    """
    try:
        return Reply.model_validate_json(content)
    except ValidationError as exc:
        fault = exc.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, fault["loc"]))
        raise ValueError(f"{place}: {fault['msg']}" if place else fault["msg"]) from exc


def _plain(node: JsonValue, definitions: Mapping[str, JsonValue]) -> JsonValue:
    if isinstance(node, list):
        return [_plain(each, definitions) for each in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        return _plain(definitions[reference.removeprefix("#/$defs/")], definitions)
    # A property may be called "title" too; its value is a schema, not a string.
    return {
        name: _plain(value, definitions)
        for name, value in node.items()
        if name != "$defs" and not (name in ("title", "description") and isinstance(value, str))
    }

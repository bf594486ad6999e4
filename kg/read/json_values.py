"""Typed looks into parsed JSON, so that no untyped value goes past a parser."""

import json
from collections.abc import Mapping

from kg.errors import ReadError


def parse_json(data: bytes) -> object:
    """The JSON value of UTF-8 bytes.

    Raises:
        ReadError: no valid JSON, or nested too deeply.
    """
    try:
        value: object = json.loads(data)
    except UnicodeDecodeError as exc:
        raise ReadError(f"byte 0x{data[exc.start]:02x} is not UTF-8", remedy="Save the file as UTF-8") from exc
    except json.JSONDecodeError as exc:
        raise ReadError(f"no valid JSON: {exc.msg} at column {exc.colno}") from exc
    except (ValueError, RecursionError) as exc:
        raise ReadError(f"no JSON that can be read: {exc}") from exc
    return value


def refuse_half_characters(value: object) -> None:
    """Raise for strings that hold half of a surrogate pair, which is no character and cannot be written anywhere.

    Raises:
        ReadError: there is one.
    """
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as exc:
        raise ReadError("half of a surrogate pair in a string", remedy="Write the character itself") from exc


def as_object(value: object) -> Mapping[str, object]:
    """The value as a JSON object.

    Raises:
        ReadError: it is no object.
    """
    if not isinstance(value, dict):
        raise ReadError(f"a JSON {_KINDS.get(type(value), 'value')}, not an object", remedy="Give one object per record")
    return value


def look(value: object, *path: str) -> object:
    """What stands at the path of keys, None where a key or an object is missing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_at(value: object, *path: str) -> str:
    """The string or whole number at the path as text, empty where there is none."""
    found = look(value, *path)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found).strip()


def items_at(value: object, *path: str) -> list[object]:
    """The list at the path; a single value counts as a list of one, as some services print it."""
    found = look(value, *path)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


_KINDS: dict[type, str] = {list: "array", str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}

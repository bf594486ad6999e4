"""Which of the forms on offer a client wants (RFC 9110, 12.5.1). Pure."""

from collections.abc import Sequence


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type on offer that the header ranks highest, the first of equals; None where it takes none.

    A missing or empty header takes anything. A range that names a type outranks ``type/*`` and that ``*/*``, whatever their order.
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    ranked = [(_quality(media_type, ranges), -place, media_type) for place, media_type in enumerate(offered)]
    quality, _, best = max(ranked)
    return best if quality > 0 else None


def wants_page(accept: str | None) -> bool:
    """True where HTML ranks above all data: a person's browser and not a program."""
    ranges = [_range(part) for part in (accept or "").split(",") if part.strip()]
    return _quality("text/html", [each for each in ranges if each[0] != "*/*"]) >= max((quality for _, quality in ranges), default=1.0)


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (each.strip() for each in part.split(";"))
    quality = next((each.split("=", 1)[1] for each in parameters if each.replace(" ", "").lower().startswith("q=")), "1")
    try:
        return name.lower(), min(max(float(quality), 0.0), 1.0)
    except ValueError:
        return name.lower(), 0.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """That of the most specific range that takes the type."""
    for wanted in (media_type, media_type.partition("/")[0] + "/*", "*/*"):
        for name, quality in ranges:
            if name == wanted:
                return quality
    return 0.0

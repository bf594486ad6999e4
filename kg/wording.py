"""Numbers, tests, times and names in words, the same on the terminal, on pages and in feeds. Pure."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    # Records are heavy to import, and help must be quick.
    from kg.model import Claim, Effect, PValue

#: Said first wherever such a paper is shown.
RETRACTED = "RETRACTED. Findings of this paper count nowhere."
#: What is said first of a paper, by its caution.
CAUTIONS: "Mapping[str, str]" = {
    "retracted": RETRACTED,
    "concern": "EXPRESSION OF CONCERN. Findings of this paper count nowhere.",
    "corrected": "CORRECTED. A correction was published; what it changes is not known here.",
}
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,3}")
_NUMBER = r"(\d+(?:\.\d+)?)"
_DURATION = re.compile(rf"P(?=[\dT])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?)?")
_UNITS = ("year", "month", "week", "day", "hour", "minute")


def duration_words(duration: str) -> str:
    """``P2Y`` as ``2 years``; what is no such duration stays as it is."""
    match = _DURATION.fullmatch(duration)
    parts = [] if match is None else [(n, unit) for n, unit in zip(match.groups(), _UNITS, strict=True) if n is not None]
    return " ".join(f"{n} {unit}{'' if float(n) == 1 else 's'}" for n, unit in parts) or duration


def p_words(operator: str, value: float) -> str:
    """``P = .021``, as medical journals print it."""
    number = f"{value:g}"
    return f"P {operator} {number.removeprefix('0') if number.startswith('0.') else number}"


def number_words(value: float) -> str:
    """A number with no more signs than it needs: ``900000``, ``0.75``."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"


def effect_words(effect: "Effect") -> str:
    """``HR 0.5 (CI 0.3 to 0.9)``."""
    limits = "" if effect.ci_low is None or effect.ci_high is None else f" (CI {effect.ci_low:g} to {effect.ci_high:g})"
    return f"{effect.measure} {effect.value:g}{limits}"


def printed_p(p: "PValue") -> str:
    """A P value as printed, else as it was read."""
    return p.text or p_words(p.operator, p.value)


def against(one: str | None, other: str | None) -> str:
    """What stands against what; what stands alone behind ``against`` is the comparator."""
    return " ".join(part for part in (one, f"against {other}" if other else None) if part)


def claim_values(claim: "Claim") -> str:
    """The arms' numbers as printed."""
    one, other = claim.values.intervention, claim.values.comparator
    return against(None if one is None else one.text, None if other is None else other.text)


def claim_statistics(claim: "Claim") -> list[str]:
    """Effect, test, time and part of the participants, each where the paper states it."""
    facts = []
    if claim.effect is not None:
        facts.append(claim.effect.text or effect_words(claim.effect))
    if claim.p is not None:
        facts.append(printed_p(claim.p))
    if claim.significant is not None:
        facts.append("significant" if claim.significant else "not significant")
    if claim.timepoint is not None:
        facts.append(f"at {duration_words(claim.timepoint)}")
    if claim.population is not None:
        facts.append(f"in {claim.population}")
    return facts


def surname(author: str) -> str:
    """``Moro`` of ``Moro, Ana``, ``Moro A`` and ``Ana Moro``."""
    before, comma, _ = author.partition(",")
    if comma:
        return before.strip()
    words = author.split()
    while len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        words.pop()
        if len(words) >= 1 and not _INITIALS.fullmatch(words[-1]):
            return " ".join(words)
    return words[-1] if words else author

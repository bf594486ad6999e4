"""Could a study that found no difference have seen the effect that another one saw?

In: proportions and numbers per arm, or two profiles. Out: a power between 0 and 1, a detectable difference, an answer in words.
Two-sided test of two proportions by the normal approximation (Fleiss, Levin and Paik 2003, chapter 4), no continuity correction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isclose, sqrt
from statistics import NormalDist

from kg.link.matching import Profile
from kg.link.verdicts import ALPHA
from kg.model import Design, Effect, LinkReason, Measure, Value

#: By convention a study that would see an effect four times in five is large enough for it.
ENOUGH = 0.8

_STANDARD_NORMAL = NormalDist()


@dataclass(frozen=True)
class Arms:
    """Participants per arm; ``is_guessed`` where only their sum is known and it was halved."""

    intervention: int
    comparator: int
    is_guessed: bool = False


@dataclass(frozen=True)
class Shares:
    """Share of participants with the quantity in each arm, 0 to 1."""

    intervention: float
    comparator: float


def power_of(shares: Shares, arms: Arms, *, alpha: float = ALPHA) -> float:
    """Chance that arms of this size show these shares to differ; ``alpha`` itself where they do not.

    Raises:
        ValueError: an arm without participants, or a share outside 0 to 1.
    """
    _check(shares, arms)
    one, other = shares.intervention, shares.comparator
    if isclose(one, other):
        return alpha
    pooled = (one * arms.intervention + other * arms.comparator) / (arms.intervention + arms.comparator)
    under_null = sqrt(pooled * (1 - pooled) * (1 / arms.intervention + 1 / arms.comparator))
    under_effect = sqrt(one * (1 - one) / arms.intervention + other * (1 - other) / arms.comparator)
    needed = _STANDARD_NORMAL.inv_cdf(1 - alpha / 2) * under_null
    if under_effect == 0:
        return 1.0 if abs(one - other) > needed else 0.0
    return _STANDARD_NORMAL.cdf((abs(one - other) - needed) / under_effect)


def detectable_decrease(comparator: float, arms: Arms, *, power: float = ENOUGH, alpha: float = ALPHA) -> float | None:
    """The largest share in the intervention arm, below the comparator's, that arms of this size would see with this power.

    None where they would not see even a share of zero.
    """
    if power_of(Shares(0.0, comparator), arms, alpha=alpha) < power:
        return None
    low, high = 0.0, comparator
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if power_of(Shares(middle, comparator), arms, alpha=alpha) >= power else (low, middle)
    return low


def power_question(found: Profile, not_found: Profile, *, what: str, name: Callable[[Profile], str]) -> LinkReason:
    """Whether the study behind ``not_found`` could have seen the effect of ``found``, in words, or why that cannot be told.

    ``what`` is the quantity's label; the weight of the reason is the power.
    """
    who = name(not_found)
    arms, shares = arms_of(not_found), _expected(found, not_found)
    if not_found.claim.design is Design.META_ANALYSIS:
        return LinkReason(sign="power", text=f"{who} pools several studies; its interval, not its size, says what it could have seen.")
    if arms is None or shares is None:
        lacking = "the numbers per arm are" if arms is None else "the shares per arm are"
        return LinkReason(sign="power", text=f"Whether {who} could have seen the effect cannot be computed: {lacking} not stated.")
    power = power_of(shares, arms)
    return LinkReason(sign="power", text=_answer(who, what, power, shares, arms) + _detectable(shares, arms, power), weight=round(power, 3))


def interval_question(found: Profile, not_found: Profile, *, name: Callable[[Profile], str]) -> LinkReason | None:
    """Whether the interval of the finding without difference leaves room for the other's estimate; None without both, on one scale."""
    there, here = found.claim.effect, not_found.claim.effect
    if there is None or here is None or there.measure is not here.measure or here.ci_low is None or here.ci_high is None:
        return None
    if _is_inverted(found) != _is_inverted(not_found):
        return None
    has_room = here.ci_low <= there.value <= here.ci_high
    verb = "has room for" if has_room else "rules out"
    text = f"The interval of {name(not_found)}, {here.ci_low:g} to {here.ci_high:g}, {verb} the other's {there.measure} {there.value:g}."
    return LinkReason(sign="interval", text=text)


def arms_of(profile: Profile) -> Arms | None:
    """Participants per arm: of the finding itself, else of the study, else half of all each."""
    values, stated = profile.claim.values, profile.context.n_arms
    totals = tuple(None if value is None else value.total for value in (values.intervention, values.comparator))
    for intervention, comparator in (totals, (None, None) if stated is None else (stated.intervention, stated.comparator)):
        if intervention and comparator:
            return Arms(intervention, comparator)
    n = profile.claim.n if profile.claim.n is not None else profile.context.n
    return None if n is None or n < 2 else Arms(n // 2, n - n // 2, is_guessed=True)


def shares_of(profile: Profile) -> Shares | None:
    """The shares that a finding prints, as shares with the quantity itself; None where it prints none."""
    intervention, comparator = (_share(value) for value in (profile.claim.values.intervention, profile.claim.values.comparator))
    if intervention is None or comparator is None:
        return None
    if _is_inverted(profile):
        return Shares(1 - intervention, 1 - comparator)
    return Shares(intervention, comparator)


def _expected(found: Profile, not_found: Profile) -> Shares | None:
    """What the other study would have seen, had its comparator stayed as it was and the effect been that of ``found``."""
    own, other = shares_of(not_found), shares_of(found)
    effect = None if _is_inverted(found) else found.claim.effect
    baseline = own.comparator if own is not None else None if other is None else other.comparator
    if effect is not None and baseline is not None:
        share = _under(effect, baseline)
        if share is not None:
            return Shares(share, baseline)
    return other


def _under(effect: Effect, baseline: float) -> float | None:
    """The share that a ratio makes of a baseline share."""
    ratio = effect.value
    if ratio <= 0 or baseline >= 1:
        return None
    shares = {
        Measure.RR: min(1.0, baseline * ratio),
        Measure.OR: baseline * ratio / (1 - baseline + baseline * ratio),
        Measure.HR: 1 - (1 - baseline) ** ratio,
    }
    return shares.get(effect.measure)


def _share(value: Value | None) -> float | None:
    if value is None:
        return None
    if value.unit == "%" and value.value is not None:
        share = value.value / 100
    elif value.count is not None and value.total:
        share = value.count / value.total
    else:
        return None
    return share if 0 <= share <= 1 else None


def _answer(who: str, what: str, power: float, shares: Shares, arms: Arms) -> str:
    guess = ", if shared out evenly" if arms.is_guessed else ""
    verdict = "large enough to have seen it" if power >= ENOUGH else "too small to rule it out"
    return (
        f"{who}, with {arms.intervention} and {arms.comparator} participants{guess}, had a power of {power:.0%} to see "
        f"{what} in {shares.intervention:.1%} against {shares.comparator:.1%}: {verdict}."
    )


def _detectable(shares: Shares, arms: Arms, power: float) -> str:
    if power >= ENOUGH or shares.intervention >= shares.comparator:
        return ""
    least = detectable_decrease(shares.comparator, arms)
    if least is None:
        return f" It could not have seen even a fall from {shares.comparator:.1%} to nothing."
    return f" It could have seen a fall to {least:.1%}."


def _is_inverted(profile: Profile) -> bool:
    return profile.quantity is not None and profile.quantity.is_inverted


def _check(shares: Shares, arms: Arms) -> None:
    if arms.intervention < 1 or arms.comparator < 1:
        raise ValueError(f"an arm has no participants: {arms.intervention} and {arms.comparator}")
    if not (0 <= shares.intervention <= 1 and 0 <= shares.comparator <= 1):
        raise ValueError(f"a share lies outside 0 to 1: {shares.intervention} and {shares.comparator}")

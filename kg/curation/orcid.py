"""ORCID iDs: who decided. A mistyped one is told by its check digit."""

from kg.errors import CurationError
from kg.read.identifiers import normalise_orcid

_ADDRESSES = ("https://orcid.org/", "http://orcid.org/", "https://www.orcid.org/", "orcid.org/")


def check_orcid(printed: str) -> str:
    """Sixteen digits in four groups, out of the number alone or its address.

    Raises:
        CurationError: no ORCID iD, or one whose check digit does not fit (ISO 7064, MOD 11-2).
    """
    number = printed.strip().rstrip("/")
    for address in _ADDRESSES:
        number = number.removeprefix(address)
    found = normalise_orcid(number)
    if found is None or len(number.replace("-", "")) != len(found.replace("-", "")):
        raise CurationError(f"{printed!r} is no ORCID iD", remedy="Give sixteen digits, such as 0000-0002-1825-0097, or the address")
    digits = found.replace("-", "")
    if check_digit(digits[:-1]) != digits[-1]:
        raise CurationError(f"{printed!r} is mistyped: its last digit does not fit the others", remedy="Compare it with the ORCID page")
    return found


def check_digit(digits: str) -> str:
    """The last sign of an ORCID iD whose first fifteen digits these are; X stands for ten.

    https://support.orcid.org/hc/en-us/articles/360006897674
    """
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    left = (12 - total % 11) % 11
    return "X" if left == 10 else str(left)

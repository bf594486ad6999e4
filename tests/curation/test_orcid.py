import pytest

from kg.curation.orcid import check_digit, check_orcid
from kg.errors import CurationError


# Both are samples that orcid.org prints: https://support.orcid.org/hc/en-us/articles/360006897674
@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X"])
def test_a_sample_of_orcid_org_is_right(orcid):
    assert check_orcid(orcid) == orcid


@pytest.mark.parametrize(
    "printed",
    [
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://orcid.org/0000-0002-1825-0097/",
        " orcid.org/0000-0002-1825-0097",
    ],
)
def test_number_and_address_are_one(printed):
    assert check_orcid(printed) == "0000-0002-1825-0097"


def test_a_small_x_is_the_sign_for_ten():
    assert check_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize("digit", "012345689X")
def test_every_other_last_digit_is_refused(digit):
    with pytest.raises(CurationError, match="mistyped"):
        check_orcid(f"0000-0002-1825-009{digit}")


def test_two_neighbours_in_the_wrong_order_are_refused():
    with pytest.raises(CurationError, match="mistyped"):
        check_orcid("0000-0002-1852-0097")


@pytest.mark.parametrize(
    "printed", ["", "me", "0000-0002-1825", "0000-0002-1825-00971", "1-0000-0002-1825-0097", "0000-0002-1825-0097 or so"]
)
def test_what_has_another_form_is_refused(printed):
    with pytest.raises(CurationError, match="no ORCID iD"):
        check_orcid(printed)


def test_check_digit_counts_up_from_the_left():
    # 0 x14 then 1: ((0) + 1) * 2 = 2; (12 - 2) % 11 = 10, which is X.
    assert check_digit("000000000000001") == "X"

"""Names that papers give their groups."""

from kg.extract.findings.groups import find_groups, group_pattern


def keys(text: str) -> list[str]:
    return [group.key for group in find_groups(text)]


def test_groups_are_named_before_their_noun() -> None:
    assert keys("In the PTCy group relapse was 12%, in the ATG cohort 15%.") == ["ptcy", "atg"]


def test_two_names_may_share_one_noun() -> None:
    assert keys("Relapse was similar in the MSC and no-MSC cohorts.") == ["msc", "no-msc"]


def test_a_size_in_brackets_names_a_group() -> None:
    found = find_groups("Patients had late GVHD (n = 30) or early GVHD (n = 46).")
    assert [(group.key, group.n) for group in found] == [("late gvhd", 30), ("early gvhd", 46)]


def test_general_words_name_no_group() -> None:
    assert keys("The control group and the treatment arm differed; both groups were large.") == []


def test_short_forms_are_found_without_their_noun() -> None:
    pattern = group_pattern("ptcy+atg")
    assert pattern.search("relapse was lower with PTCy+ATG than without") is not None
    assert group_pattern("late gvhd").search("late GVHD was common") is None

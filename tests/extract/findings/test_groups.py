"""Names that papers give their groups."""

from kg.extract.findings.groups import find_groups, group_mentions


def keys(text: str) -> list[str]:
    return [group.key for group in find_groups(text)]


def test_groups_are_named_before_their_noun() -> None:
    assert keys("In the PTCy group relapse was 12%, in the ATG cohort 15%.") == ["ptcy", "atg"]


def test_two_names_may_share_one_noun() -> None:
    assert keys("Relapse was similar in the MSC and no-MSC cohorts.") == ["msc", "no-msc"]


def test_people_name_no_group() -> None:
    assert keys("MSC recipients and ATG recipients did alike.") == []


def test_a_size_in_brackets_names_a_group() -> None:
    found = find_groups("Patients had late GVHD (n = 30) or early GVHD (n = 46).")
    assert [(group.key, group.n) for group in found] == [("late gvhd", 30), ("early gvhd", 46)]


def test_general_words_name_no_group() -> None:
    assert keys("The control group and the treatment arm differed; both groups were large.") == []


def mentions(key: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in group_mentions(key, text, 0, len(text))]


def test_short_forms_are_found_without_their_noun() -> None:
    assert mentions("ptcy+atg", "Relapse was lower with PTCy+ATG than without") == ["PTCy+ATG"]
    assert mentions("late gvhd", "Late GVHD was common") == []


def test_further_mentions_may_have_a_hyphen_or_lack_it() -> None:
    assert mentions("no-msc", "In the no MSC group, no-MSC patients and no-MSC-treated arms") == [
        "no MSC group",
        "no-MSC patients",
        "no-MSC-treated arms",
    ]


def test_a_name_inside_a_longer_word_is_no_mention() -> None:
    assert mentions("msc", "non-MSC patients, MSCA and MSC+ATG; MSC") == ["MSC"]


def test_the_plural_of_a_short_form_is_a_mention() -> None:
    assert mentions("bm-msc", "With BM-MSCs, or in BM-MSC patients") == ["BM-MSCs", "BM-MSC patients"]


def test_an_ordinary_word_may_open_a_sentence_in_the_plural() -> None:
    assert mentions("sibling", "All had a sibling. Siblings, however, had less GVHD") == ["sibling", "Siblings"]


def test_an_ordinary_word_names_a_group_only_where_something_is_given() -> None:
    assert mentions("blood", "Cells in the blood count. Relapse after blood, and survival in blood recipients") == [
        "blood",
        "blood recipients",
    ]


def test_a_mention_ends_with_its_sentence() -> None:
    text = "Given MSC. Group two"
    assert [(span.start, span.end) for span in group_mentions("msc", text, 0, 9)] == [(6, 9)]

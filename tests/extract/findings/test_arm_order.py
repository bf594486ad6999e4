"""Which of two arms is the intervention."""

import pytest

from kg.extract.findings.arm_order import leads

ORDERS = [
    pytest.param("", "Drug A was used instead of drug B. Drug B is old.", True, id="in place of"),
    pytest.param("Drug B versus drug A", "It was asked whether drug A should replace drug B.", True, id="replacing outweighs the title"),
    pytest.param("Drug B versus drug A", "Both were given.", False, id="order of a title that says versus"),
    pytest.param("Drug A in leukemia", "Drug B and drug A were given.", True, id="the only one in the title"),
    pytest.param("Drug B or drug A", "Standard drug B was given to half.", True, id="the usual one"),
    pytest.param("", "We compared drug B with drug A.", False, id="order of the aim"),
    pytest.param("", "Compared with drug B, drug A did well.", False, id="no aim, so who is named first"),
    pytest.param("", "Drug B came first. Thus drug A is an alternative to drug B.", True, id="subject of the conclusion"),
]


@pytest.mark.parametrize(("title", "text", "expected"), ORDERS)
def test_signs_tell_which_arm_leads(title: str, text: str, *, expected: bool) -> None:
    assert leads(("drug a",), ("drug b",), title=title, text=text) is expected


def test_the_reference_of_the_field_follows() -> None:
    text = "Transplants from MSD and from haplo donors were done."
    assert leads(("haplo",), ("msd",), title="", text=text)


def test_the_smaller_group_leads_where_nothing_else_tells() -> None:
    text = "Drug B and drug A were given."
    assert leads(("drug a",), ("drug b",), title="", text=text, sizes=(15, 52))

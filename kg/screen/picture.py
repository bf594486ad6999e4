"""The flow as a picture in the form of PRISMA 2020: SVG that stands alone or in a page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from kg.page import tag
from kg.screen.flow import Flow

_WIDTH = 780
_LEFT, _RIGHT = 52, 428
_BOX_WIDTH = 320
_LINE = 18
_PAD = 11
_GAP = 30
_BAR = 30
#: So that the name of a stage fits along its side.
_STAGE_HEIGHT = 110
#: Signs that fit in a box.
_FIT = 43

#: For a picture that stands alone: the colours of our pages, on light and on dark ground.
_STYLE = """
svg { color-scheme: light dark; --sheet: #ffffff; --ink: #1d2329; --rule: #8d959d; --bar: #e3eef3; --bar-ink: #0b4f6d; }
@media (prefers-color-scheme: dark) { svg { --sheet: #1c2024; --ink: #e8eaec; --rule: #7d8790; --bar: #173642; --bar-ink: #bfe3f2; } }
.ground { fill: var(--sheet); } .box { fill: var(--sheet); stroke: var(--rule); }
text { fill: var(--ink); font: 13.5px system-ui, sans-serif; }
.head { font-weight: 650; } .bar { fill: var(--bar); } .stage { fill: var(--bar-ink); font-weight: 650; text-anchor: middle; }
.arrow { stroke: var(--rule); fill: none; } .tip { fill: var(--rule); }
"""


@dataclass(frozen=True)
class _Box:
    """A heading and lines, at a place."""

    left: int
    top: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return 2 * _PAD + _LINE * len(self.lines)

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


@dataclass(frozen=True)
class _Stage:
    """A step of the flow: the box on the way down, and the one beside it."""

    name: str
    down: _Box
    beside: _Box

    @property
    def height(self) -> int:
        return max(self.down.height, self.beside.height, _STAGE_HEIGHT)

    @property
    def bottom(self) -> int:
        return self.down.top + self.height


def draw_flow(flow: Flow, *, alone: bool = True) -> str:
    """The picture; inside a page its style is the page's."""
    stages = _stages(flow)
    height = stages[-1].bottom + 16
    drawn = "".join(_bar(each) + _draw_box(each.down) + _draw_box(each.beside) + _across(each) for each in stages)
    arrows = "".join(_down(above, below) for above, below in pairwise(stages))
    style = f"<style>{_STYLE}</style>" if alone else ""
    ground = f'<rect class="ground" width="{_WIDTH}" height="{height}"/>' if alone else ""
    space = {"xmlns": "http://www.w3.org/2000/svg"} if alone else {}
    label = f"{flow.total} records identified, {flow.screened} papers screened, {flow.included} included"
    inside = style + tag("title", escape(label)) + ground + drawn + arrows
    return tag("svg", inside, **space, viewBox=f"0 0 {_WIDTH} {height}", role="img", klass="flow") + ("\n" if alone else "")


def _stages(flow: Flow) -> list[_Stage]:
    sources = [f"{each.name} (n = {each.papers})" for each in flow.identified]
    reasons = [f"{each.name} (n = {each.papers})" for each in flow.excluded]
    who = f"by rules (n = {flow.excluded_by_rules}), by persons (n = {flow.excluded_by_persons})"
    unread = [f"records that could not be read (n = {flow.unread})"] if flow.unread else []
    contents = (
        (
            "Identification",
            [f"Records identified (n = {flow.total})", *sources],
            ["Records removed before screening", f"duplicates (n = {flow.duplicates})", *unread],
        ),
        (
            "Screening",
            [f"Titles and abstracts screened (n = {flow.screened})"],
            [f"Papers excluded (n = {flow.all_excluded})", who, *reasons],
        ),
        ("Included", [f"Papers included (n = {flow.included})"], [f"Papers left for a person (n = {flow.undecided})"]),
    )
    stages: list[_Stage] = []
    top = 16
    for name, down, beside in contents:
        stages.append(_Stage(name, _Box(_LEFT, top, _wrapped(down)), _Box(_RIGHT, top, _wrapped(beside))))
        top = stages[-1].bottom + _GAP
    return stages


def _wrapped(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines that fit; a long file name is cut in the middle."""
    return tuple(line if len(line) <= _FIT else f"{line[: _FIT - 21]}…{line[-20:]}" for line in lines)


def _draw_box(box: _Box) -> str:
    shape = f'<rect class="box" x="{box.left}" y="{box.top}" width="{_BOX_WIDTH}" height="{box.height}" rx="5"/>'
    texts = [
        tag("text", escape(line), x=str(box.left + 12), y=str(box.top + _PAD + _LINE * number + 13), klass="" if number else "head")
        for number, line in enumerate(box.lines)
    ]
    return shape + "".join(texts)


def _bar(stage: _Stage) -> str:
    x, y = 12 + _BAR // 2 + 5, stage.down.top + stage.height // 2
    shape = f'<rect class="bar" x="12" y="{stage.down.top}" width="{_BAR}" height="{stage.height}" rx="5"/>'
    return shape + tag("text", escape(stage.name), x=str(x), y=str(y), transform=f"rotate(-90 {x} {y})", klass="stage")


def _down(above: _Stage, below: _Stage) -> str:
    x, end = _LEFT + _BOX_WIDTH // 2, below.down.top
    tip = f'<path class="tip" d="M{x - 5} {end - 8} L{x + 5} {end - 8} L{x} {end} Z"/>'
    return f'<path class="arrow" d="M{x} {above.down.bottom} V{end - 6}"/>{tip}'


def _across(stage: _Stage) -> str:
    y = min(stage.down.middle, stage.beside.middle)
    tip = f'<path class="tip" d="M{_RIGHT - 8} {y - 5} L{_RIGHT - 8} {y + 5} L{_RIGHT} {y} Z"/>'
    return f'<path class="arrow" d="M{_LEFT + _BOX_WIDTH} {y} H{_RIGHT - 6}"/>{tip}'

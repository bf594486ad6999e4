"""Reliability of stated confidence as an SVG that needs nothing else."""

from kg.evaluate.calibration import Bin, Calibration

_SIDE = 240
_LEFT, _TOP = 60, 20
_FRAME = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE + 90} {_SIDE + 70}" font-family="sans-serif" font-size="12" role="img"'


def reliability_plot(calibration: Calibration) -> str:
    """Share right against stated confidence by bin; a dot's area grows with its number of predictions, the diagonal is perfect."""
    lines = [
        f"<svg {_FRAME}>",
        "<title>Reliability of stated confidence</title>",
        f'<rect x="{_x(0)}" y="{_y(1)}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4"/>',
        *(f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick}</text>' for tick in (0, 0.5, 1)),
        *(f'<text x="{_x(0) - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick}</text>' for tick in (0, 0.5, 1)),
        f'<text x="{_x(0.5)}" y="{_y(0) + 36}" text-anchor="middle">stated confidence</text>',
        f'<text transform="translate(14 {_y(0.5)}) rotate(-90)" text-anchor="middle">share right</text>',
        '<g fill="#0072b2" fill-opacity="0.7">',
        *(dot for each in calibration.bins for dot in _dot(each, of=calibration.n)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _dot(each: Bin, *, of: int) -> tuple[str, ...]:
    """The bin's dot, or nothing for an empty bin."""
    if each.confidence is None or each.right is None:
        return ()
    title = f"{each.n} findings: confidence {each.confidence:.2f}, right {each.right:.2f}"
    radius = round(15 * (each.n / of) ** 0.5, 1)
    return (f'<circle cx="{_x(each.confidence)}" cy="{_y(each.right)}" r="{radius}"><title>{title}</title></circle>',)


def _x(value: float) -> float:
    return round(_LEFT + value * _SIDE, 1)


def _y(value: float) -> float:
    return round(_TOP + (1 - value) * _SIDE, 1)

"""SPARQL that a public endpoint does not run: what would write, or make the server fetch an address. Pure."""

import re

#: What keywords inside are not keywords: IRIs, comments, strings, prefixed names (whose local part may hold dots).
_SKIPPED = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|#[^\n]*|\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w.\-]*:[\w.\-:%\\]+""",
    re.DOTALL,
)
_SERVICE = re.compile(r"(?<![\w?$@\-])SERVICE(?![\w\-])", re.IGNORECASE)
_UPDATE = re.compile(
    r"\A\s*(?:(?:BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_COMMENT = re.compile(r"""(<[^<>"{}|^`\\\s]*>)|#[^\n]*""")

READ_ONLY = "This endpoint is read only: it runs queries, no updates. Change the graph with kg add, kg build or the pages of this server."
NO_SERVICE = "SERVICE is refused: this endpoint asks no other server. Ask each server by itself and join the answers."


def refusal(sparql: str) -> str | None:
    """Why the query is refused; None where it is not."""
    if _UPDATE.match(_COMMENT.sub(lambda found: found[1] or " ", sparql)):
        return READ_ONLY
    return NO_SERVICE if _SERVICE.search(_SKIPPED.sub(" ", sparql)) else None

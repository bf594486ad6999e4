"""Options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

Papers = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        help="Files or folders: PubMed XML (also .gz), PMC JATS, Europe PMC JSON, MEDLINE/nbib, RIS, JSON lines, plain text; "
        "- reads standard input.",
        allow_dash=True,
        readable=False,  # The reader names what may not be read, and goes on with the rest.
    ),
]
Store = Annotated[
    Path | None,
    typer.Option("--store", help="Folder of the store.", show_default="output/store, or $GRAFTGRAPH_STORE", file_okay=False),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence", min=0.0, max=1.0, metavar="0..1", help="Leave out findings below this confidence; those below 0.5 are marked."
    ),
]
IncludeRetracted = Annotated[
    bool,
    typer.Option("--include-retracted", help="Count papers in that were retracted, or on which an expression of concern was published."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary; errors are still named.")]
Body = Annotated[bool, typer.Option("--full-text", help="Read the body of JATS articles too, not only the abstract.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ask the services again for what is kept or in the store already.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.", show_default="standard output", dir_okay=False)]
Folder = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Folder to write to.", show_default="output, or $GRAFTGRAPH_OUTPUT", file_okay=False),
]

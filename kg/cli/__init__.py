"""The command ``kg``."""

from typing import NoReturn


def main() -> NoReturn:
    """Entry point of the console script."""
    from functools import partial

    from kg.cli.app import app
    from kg.cli.console import run

    # The name in usage lines, however Python was started.
    run(partial(app, prog_name="kg"))

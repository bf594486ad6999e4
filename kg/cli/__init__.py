"""The command ``kg``."""

from typing import NoReturn


def main() -> NoReturn:
    """Entry point of the console script."""
    from kg.cli.app import app
    from kg.cli.console import run

    run(app)

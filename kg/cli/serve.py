"""``kg serve``: the graph in a browser."""

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say
from kg.cli.options import Store
from kg.errors import SettingsError

if TYPE_CHECKING:
    from socket import socket

_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared with, not bound to


def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8000,
    store: Store = None,
    cors: Annotated[bool, typer.Option("--cors", help="Let pages of other sites read the endpoint.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one query may take.")] = 30.0,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Queries that run at the same time.")] = 2,
) -> None:
    """Open the graph in a browser: pages, questions, a SPARQL endpoint.

    Example: kg serve, then open http://127.0.0.1:8000
    """
    from importlib.metadata import version

    import uvicorn

    from kg.cli.parts import default_vocabulary, open_store
    from kg.settings import load_settings
    from kg.web import Limits, Options, create_app

    folder = store if store is not None else load_settings().store_path
    open_store(folder).close()
    options = Options(store=folder, version=version("graftgraph"), limits=Limits(time_s=timeout), workers=workers, is_cross_origin=cors)
    with _listen(host, port) as listening:
        app = create_app(options, default_vocabulary())
        config = uvicorn.Config(app, log_level="warning", server_header=False)
        say(f"GraftGraph at http://{'127.0.0.1' if host in _EVERYWHERE else host}:{listening.getsockname()[1]}  (Ctrl-C stops it)")
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> "socket":
    """A socket at that address."""
    from socket import create_server

    try:
        return create_server((host, port))
    except OSError as exc:
        raise SettingsError(
            f"cannot listen: {exc.strerror}", location=f"{host}:{port}", remedy="Choose another with --port or --host"
        ) from exc

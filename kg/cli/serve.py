"""``kg serve``: the graph in a browser."""

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import misuse, say
from kg.cli.options import Store
from kg.errors import SettingsError

if TYPE_CHECKING:
    from socket import socket

    from kg.settings import Settings
    from kg.web import Access

#: Longer than people look at a page: who clicks at the moment that a connection is closed gets an error.
_KEPT_OPEN_S = 75
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # compared with, not bound to


def serve(
    *,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8000,
    store: Store = None,
    cors: Annotated[bool, typer.Option("--cors", help="Let pages of other sites read the endpoint.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that one query may take.")] = 30.0,
    token: Annotated[
        str | None,
        typer.Option(
            help="What whoever changes the graph must know: at least 16 characters. Others on this machine see command lines; "
            "the variable GRAFTGRAPH_TOKEN they do not see.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Queries that run at the same time.")] = 2,
) -> None:
    """Open the graph in a browser: pages, questions, a SPARQL endpoint.

    Example: kg serve, then open http://127.0.0.1:8000
    """
    from functools import partial
    from importlib.metadata import version

    import uvicorn

    from kg.cli.decisions_file import decisions_file
    from kg.cli.intake import Intake
    from kg.cli.parts import default_vocabulary, moment, open_store
    from kg.settings import load_settings
    from kg.web import Limits, Options, create_app
    from kg.web.review import ReviewDesk

    settings = load_settings()
    folder = store if store is not None else settings.store_path
    open_store(folder).close()
    with _listen(host, port) as listening:
        address, port = listening.getsockname()[:2]
        options = Options(
            store=folder,
            version=version("graftgraph"),
            tools=Intake(folder, settings),
            limits=Limits(time_s=timeout),
            workers=workers,
            is_cross_origin=cors,
            access=access_at(address, token, settings),
            review=ReviewDesk(folder, decisions_file(folder), partial(moment, settings)),
        )
        app = create_app(options, default_vocabulary())
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_keep_alive=_KEPT_OPEN_S)
        if options.access.is_closed:
            say("Whoever reaches it can read it; without --token nobody can change it.")
        say(f"GraftGraph at http://{'127.0.0.1' if host in _EVERYWHERE else host}:{port}  (Ctrl-C stops it)")
        uvicorn.Server(config).run(sockets=[listening])


def access_at(address: str, token: str | None, settings: "Settings") -> "Access":
    """Who may write at a server that listens at that address."""
    from kg.web import Access
    from kg.web.access import SHORTEST_TOKEN, is_loopback

    if token is not None and len(token) < SHORTEST_TOKEN:
        misuse(f"--token must have at least {SHORTEST_TOKEN} characters")
    kept = None if settings.token is None else settings.token.get_secret_value()
    return Access(is_loopback=is_loopback(address), token=kept if token is None else token)


def _listen(host: str, port: int) -> "socket":
    """A socket at that address."""
    from socket import create_server

    try:
        return create_server((host, port))
    except OSError as exc:
        raise SettingsError(
            f"cannot listen: {exc.strerror}", location=f"{host}:{port}", remedy="Choose another with --port or --host"
        ) from exc

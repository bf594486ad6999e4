"""ETag by the state of the store: who has seen this state is told so before anything is worked out."""

from collections.abc import Callable, Coroutine

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kg.namespaces import sha256_hex
from kg.web.snapshot import current


class VersionedRoute(APIRoute):
    """A route whose answer depends on its address, the store and the software alone."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[None, None, Response]]:
        """The handler, asked only where the client has not seen this state."""
        handle = super().get_route_handler()

        async def versioned(request: Request) -> Response:
            snapshot = await run_in_threadpool(current, request)
            # Other forms of the same thing are other answers.
            form = sha256_hex(request.headers.get("accept", ""))[:6]
            tag = f'W/"{snapshot.version}-{request.app.state.options.version}-{form}"'
            headers = {"ETag": tag, "Cache-Control": "no-cache"}
            seen = request.headers.get("if-none-match", "")
            if seen.strip() == "*" or tag in (each.strip() for each in seen.split(",")):
                return Response(status_code=304, headers=headers)
            answer = await handle(request)
            answer.headers["ETag"] = tag
            answer.headers.setdefault("Cache-Control", headers["Cache-Control"])
            return answer

        return versioned

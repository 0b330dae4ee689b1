"""The ASGI application: reads a request, judges it by the rule of its route, does it in a thread, answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as HttpRoute

from liaison_desktop import logs
from liaison_desktop.server import answering
from liaison_desktop.server.asking import Ask
from liaison_desktop.server.authorising import UNSIGNED, Credentials, caller_of
from liaison_desktop.server.database import Database
from liaison_desktop.server.openapi import document
from liaison_desktop.server.problems import NotDone
from liaison_desktop.server.routes import ROUTES, Route
from liaison_desktop.sync import signed
from liaison_desktop.sync.wire import LIMITS, REQUEST_ID, ROOT, SIGNATURE, TOKEN, ProblemCode

DOCUMENT = f"{ROOT}/openapi.json"


def make_application(database: Database) -> Starlette:
    """The server over a database. It keeps nothing else: any number of it may run beside each other on PostgreSQL."""
    served = [HttpRoute(route.path, _endpoint(route, database), methods=[route.method]) for route in ROUTES]
    described = HttpRoute(DOCUMENT, _described, methods=["GET"])
    return Starlette(routes=[*served, described], exception_handlers={HTTPException: _elsewhere, Exception: _failed})


async def _described(request: Request) -> Response:
    return answering.reply(document(), request)


def _endpoint(route: Route, database: Database) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            content = await answering.read_body(request)
            value = await asyncio.to_thread(_do, route, database, request, content)
        except NotDone as refused:
            return answering.problem_reply(refused.problem, request)
        except sa.exc.OperationalError as error:
            # Too many at once, or the database is away: nothing was done, and later it may be.
            logs.failure("server.busy", error)
            return answering.problem_reply(NotDone(ProblemCode.BUSY).problem, request)
        return answering.reply(value, request, route.status)

    return endpoint


def _do(route: Route, database: Database, request: Request, content: bytes) -> Any:
    caller = None
    if route.rule not in UNSIGNED:
        with database.reading() as connection:
            caller = caller_of(connection, database, route.rule, _credentials(request, content))
    plain = answering.inflated(content, request.headers.get("Content-Encoding", "").strip().lower())
    if route.pieces and len(plain) > LIMITS.chunk:
        raise NotDone(ProblemCode.TOO_LARGE)
    body = None
    if route.takes is not None:
        body = answering.decoded(plain, route.takes, request.headers.get("Content-Type", ""))
    ask = Ask(
        database=database,
        host=request.headers.get("Host", ""),
        path=request.path_params,
        query=dict(request.query_params),
        given=caller,
        body=body,
        content=plain,
        range_text=request.headers.get("Range", ""),
    )
    return route.does(ask)


def _credentials(request: Request, content: bytes) -> Credentials:
    """Token and signature of a request. The signature is over the bytes that came, before anything unpacks them."""
    scheme, _space, token = request.headers.get(TOKEN, "").partition(" ")
    if scheme != "Liaison" or not token:
        raise NotDone(ProblemCode.TOKEN)
    target = request.scope["raw_path"].decode("ascii", "replace")
    if request.scope["query_string"]:
        target += "?" + request.scope["query_string"].decode("ascii", "replace")
    message = signed.request_message(request.method, target, content, token, request.headers.get(REQUEST_ID, ""))
    return Credentials(token=token, signature=request.headers.get(SIGNATURE, ""), message=message)


async def _elsewhere(request: Request, error: Exception) -> Response:
    """No such route, or not by this method."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    code = ProblemCode.METHOD if status == 405 else ProblemCode.NOT_FOUND
    response = answering.problem_reply(NotDone(code).problem, request)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def _failed(request: Request, error: Exception) -> Response:
    """A fault of ours: the log keeps its type and place, the caller learns that nothing was done."""
    logs.failure("server.failed", error)
    return answering.problem_reply(NotDone(ProblemCode.FAILED).problem, request)

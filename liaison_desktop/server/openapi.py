"""The OpenAPI document, written from the routes and their structs, so that it cannot say anything else than they do."""

from __future__ import annotations

import functools
import re
from typing import Any

import msgspec

from liaison_desktop.server.authorising import UNSIGNED
from liaison_desktop.server.filing import Part
from liaison_desktop.server.problems import statuses
from liaison_desktop.server.routes import ROUTES, Route
from liaison_desktop.sync.wire import MEDIA_TYPE, PROBLEM_TYPE, REQUEST_ID, SIGNATURE, ProblemDetails

_OCTETS: dict[str, Any] = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def _hook(kind: type) -> dict[str, Any]:
    if kind is msgspec.Raw:
        return {"description": "the JSON as it was authored"}
    raise NotImplementedError


@functools.cache
def document() -> dict[str, Any]:
    """The document, OpenAPI 3.1."""
    kinds = [kind for route in ROUTES for kind in (route.takes, route.gives) if kind is not None and kind is not Part]
    unique = tuple(dict.fromkeys([*kinds, ProblemDetails]))
    schemas, components = msgspec.json.schema_components(
        unique, schema_hook=_hook, ref_template="#/components/schemas/{name}"
    )
    by_kind = dict(zip(unique, schemas, strict=True))
    paths: dict[str, Any] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, by_kind)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Liaison Desktop, central server", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {"type": "apiKey", "in": "header", "name": "Authorization"},
                "signature": {"type": "apiKey", "in": "header", "name": SIGNATURE},
            },
        },
    }


def _operation(route: Route, by_kind: dict[Any, Any]) -> dict[str, Any]:
    gives: dict[str, Any] = _OCTETS if route.gives is Part else {MEDIA_TYPE: {"schema": by_kind[route.gives]}}
    responses: dict[str, Any] = {str(route.status): {"description": "Done", "content": gives}}
    if route.gives is Part:
        responses["206"] = {"description": "A part", "content": gives}
    problem: dict[str, Any] = {
        "description": "Not done",
        "content": {PROBLEM_TYPE: {"schema": by_kind[ProblemDetails]}},
    }
    responses |= {str(status): problem for status in statuses()}
    operation: dict[str, Any] = {
        "operationId": f"{route.method.lower()}{re.sub('[^a-z]+', '_', route.path)}",
        "summary": f"For {route.rule.value}",
        "parameters": _parameters(route),
        "responses": responses,
    }
    if route.takes is not None:
        operation["requestBody"] = {"required": True, "content": {MEDIA_TYPE: {"schema": by_kind[route.takes]}}}
    elif route.pieces:
        operation["requestBody"] = {"required": True, "content": _OCTETS}
    if route.rule not in UNSIGNED:
        operation["security"] = [{"token": [], "signature": []}]
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    for name in route.query:
        kind = {"type": "integer", "minimum": 0} if name in route.numbers else {"type": "string"}
        found.append({"name": name, "in": "query", "required": False, "schema": kind})
    found.append(
        {"name": REQUEST_ID, "in": "header", "required": False, "schema": {"type": "string", "maxLength": 100}}
    )
    return found

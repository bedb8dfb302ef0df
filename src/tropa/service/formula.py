"""A priority formula that a user types: arithmetic over three names, and nothing else that Python could do (R-40)."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping

from tropa.model import TropaError

DEFAULT = "impact * confidence / effort"
NAMES = ("impact", "confidence", "effort")
_MOST_LETTERS, _MOST_NODES = 200, 60
_TWO: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
}
_ONE: Mapping[type[ast.unaryop], Callable[[float], float]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}
_CALLS: Mapping[str, Callable[..., float]] = {"min": min, "max": max, "sqrt": math.sqrt, "log": math.log}
_SPELLED = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-"})


def formula(text: str) -> Callable[[float, float, float], float | None]:
    """What the text says, as a function of impact, confidence and effort. Its answer is None where there is none (division by zero).

    Allowed: numbers, the three names, `+ − * / **`, brackets, `min max sqrt log`. Raises TR-W220 for anything else.
    """
    tree = _parsed(text)

    def priority(impact: float, confidence: float, effort: float) -> float | None:
        try:
            found = _value(tree, {"impact": impact, "confidence": confidence, "effort": effort})
        except (ArithmeticError, ValueError, TypeError):
            return None
        return found if math.isfinite(found) else None

    return priority


def _parsed(text: str) -> ast.expr:
    bad = TropaError("TR-W220", formula=text[:_MOST_LETTERS], names=", ".join(NAMES))
    if len(text) > _MOST_LETTERS:
        raise bad
    try:
        tree = ast.parse(text.translate(_SPELLED).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as reason:
        raise bad from reason
    nodes = list(ast.walk(tree))
    if len(nodes) > _MOST_NODES or not all(_allowed(node) for node in nodes):
        raise bad
    return tree


def _allowed(node: ast.AST) -> bool:
    match node:
        case ast.BinOp():
            return type(node.op) in _TWO
        case ast.UnaryOp():
            return type(node.op) in _ONE
        case ast.Constant():
            return isinstance(node.value, (int, float)) and not isinstance(node.value, bool) and abs(node.value) < 1e15
        case ast.Name():
            return node.id in NAMES or node.id in _CALLS
        case ast.Call():
            return isinstance(node.func, ast.Name) and node.func.id in _CALLS and not node.keywords and bool(node.args)
        case _:
            return isinstance(node, (ast.operator, ast.unaryop, ast.expr_context))


def _value(node: ast.expr, known: Mapping[str, float]) -> float:
    match node:
        case ast.Constant():
            return float(node.value)  # type: ignore[arg-type]  # numbers only: see _allowed
        case ast.Name():
            return known.get(node.id, math.nan)
        case ast.UnaryOp():
            return _ONE[type(node.op)](_value(node.operand, known))
        case ast.BinOp():
            return _TWO[type(node.op)](_value(node.left, known), _value(node.right, known))
        case ast.Call(func=ast.Name() as called):
            return float(_CALLS[called.id](*[_value(one, known) for one in node.args]))
        case _:
            raise TypeError(node)

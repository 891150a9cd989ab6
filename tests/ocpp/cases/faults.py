"""Payloads at the limits of one field, and payloads that break one constraint of one field.

A payload for a field has every field of the object around it (a lean one only the required ones), the
required ones everywhere else, and in each list on the way two elements where it may have them, of which
the second is the broken one.
"""

from dataclasses import dataclass

from payloads import LONGEST_IN_MAXIMAL, all_fields, minimal, pattern_of
from schema_tree import Node

# Values that are none of a type, with what they are called in the name of the case. 1.6 reads null for an
# optional field as its absence; the caller leaves it out there.
_WRONG = {
    "string": (("a number", 7), ("true", True), ("an object", {}), ("a list", []), ("null", None)),
    "integer": (("a string", "7"), ("true", True), ("a fraction", 5.5), ("an object", {}), ("a list", []),
                ("null", None)),
    "number": (("a string", "16.1"), ("true", True), ("an object", {}), ("a list", []), ("null", None)),
    "boolean": (("a string", "true"), ("the number 1", 1), ("the number 0", 0), ("an object", {}), ("a list", []),
                ("null", None)),
    "object": (("a list", []), ("a string", "x"), ("a number", 7), ("true", True), ("null", None)),
    "array": (("an object", {}), ("a string", "x"), ("a number", 7), ("false", False), ("null", None)),
}

_BAD_TIMES = (("no such day", "2026-02-30T10:00:00Z"), ("no such month", "2026-13-01T10:00:00Z"),
              ("no such hour", "2026-11-22T25:00:00Z"), ("no such minute", "2026-11-22T10:60:00Z"),
              ("no leap year", "2027-02-29T10:00:00Z"), ("no time", "2026-11-22"), ("no date", "10:00:00Z"),
              ("no seconds", "2026-11-22T10:00Z"), ("words", "yesterday at ten"), ("empty", ""),
              ("seconds since 1970", "1795341600"), ("a zone without minutes", "2026-11-22T10:00:00+03"),
              ("text behind it", "2026-11-22T10:00:00Z."), ("a point without digits", "2026-11-22T10:00:00.Z"),
              ("month and day of one digit", "2026-1-2T10:00:00Z"))
_ZONELESS_TIMES = (("no zone", "2026-11-22T10:00:00"), ("no zone, fraction", "2026-11-22T10:00:00.123"))
_BAD_URIS = (("no scheme", "files.example.com/up"), ("only a path", "/var/log"), ("empty scheme", "://example.com"),
             ("empty", ""), ("words", "put it there"))
_UNKNOWN = "noSuchField"


@dataclass
class Fault:
    label: str  # what is wrong, without the path
    keyword: str  # of JSON Schema
    path: tuple
    payload: object
    node: Node  # whose rule is broken


def places(root, lean=False):
    """Every place of the tree: (node, path, is_optional, inside) where inside(value) is a payload with it there."""
    around = minimal if lean else all_fields

    def walk(node, path, is_optional, inside, inside_lean):
        yield node, path, is_optional, inside
        if node.kind == "object":
            for name, part in node.fields.items():
                def child(value, name=name):
                    return inside_lean(ordered(node, {**around(node), name: value}))

                def child_lean(value, name=name):
                    return inside_lean(ordered(node, {**minimal(node), name: value}))

                yield from walk(part, path + (name,), name not in node.required, child, child_lean)
        elif node.kind == "array":
            index = 0 if node.max_items == 1 else 1
            first = [minimal(node.item, path[-1])] * index
            yield from walk(node.item, path + (index,), False, lambda value: inside(first + [value]),
                            lambda value: inside_lean(first + [value]))

    def whole(value):
        return value

    yield from walk(root, (), False, whole, whole)


def ordered(node, value):
    """The fields in the order of the schema."""
    return {name: value[name] for name in node.fields if name in value}


def longest_lists(root):
    """(path, payload) with one list at its maximum, where the maximal payloads do not have it."""
    for node, path, _, inside in places(root):
        if node.kind == "array" and (node.max_items or 0) > LONGEST_IN_MAXIMAL:
            yield path, inside([minimal(node.item, path[-1])] * node.max_items)


def empty_lists(root):
    """(path, payload) with one list empty where the schema allows it."""
    for node, path, _, inside in places(root):
        if node.kind == "array" and node.min_items == 0:
            yield path, inside([])


def faults(root, version, lean=False):
    for node, path, is_optional, inside in places(root, lean):
        def broken(label, keyword, value, node=node, path=path, inside=inside):
            return Fault(label, keyword, path, inside(value), node)

        for label, value in _WRONG.get(node.kind, ()):
            # The whole payload may be null in a frame, and in 1.6 so may an optional field.
            if value is None and (not path or (version == "1.6" and is_optional)):
                continue
            yield broken(label, "type", value)
        if node.kind == "array":
            if node.item.kind == "object":
                yield broken("an element without its list", "type", minimal(node.item))
            yield from (broken(*fault) for fault in _wrong_counts(node, path))
        elif node.kind == "object":
            yield from _wrong_fields(node, path, inside, version, minimal(node) if lean else all_fields(node))
        else:
            yield from (broken(*fault) for fault in _wrong_values(node, version))


def _wrong_counts(node, path):
    element = minimal(node.item, path[-1])
    if node.min_items:
        yield "too few elements", "minItems", [element] * (node.min_items - 1)
    if node.max_items is not None:
        yield "one element too many", "maxItems", [element] * (node.max_items + 1)


def _wrong_fields(node, path, inside, version, fields):
    for name in node.required:
        payload = inside({key: value for key, value in fields.items() if key != name})
        yield Fault("missing", "required", path + (name,), payload, node)
    if node.is_open:
        return
    unknown = [("unknown field", _UNKNOWN, 1)]
    if node.fields:
        first, value = next(iter(all_fields(node).items()))
        unknown.append(("unknown field, right but for its case", first[0].swapcase() + first[1:], value))
    if version == "1.6":
        unknown.append(("unknown field, of later versions", "customData", {"vendorId": "v"}))
    for label, name, value in unknown:
        yield Fault(label, "additionalProperties", path + (name,), inside({**fields, name: value}), node)


def _wrong_values(node, version):
    """(label, keyword, value) for values of the right type."""
    if node.max_length is not None:
        yield "one character too long", "maxLength", pattern_of("0123456789", node.max_length + 1)
        yield "one character too long, not ASCII", "maxLength", pattern_of("é€😀", node.max_length + 1)
    if node.enum:
        yield from (("not in the enumeration, " + label, "enum", text) for label, text in _strangers(node.enum))
    if node.form == "date-time":
        times = _BAD_TIMES if version == "1.6" else _BAD_TIMES + _ZONELESS_TIMES
        yield from (("bad date-time: " + label, "format", text) for label, text in times)
    if node.form == "uri":
        yield from (("bad URI: " + label, "format", text) for label, text in _BAD_URIS)
    if node.in_tenths:
        yield from ((f"two decimals: {value}", "multipleOf", value) for value in (16.15, 0.05, -7.77))
    # One step outside, where the other limit allows no smaller one.
    step = 1 if node.kind == "integer" else 0.1
    if node.minimum is not None:
        yield "below the minimum", "minimum", int(node.minimum) - step
        yield "far below the minimum", "minimum", -(2**53)
    if node.maximum is not None:
        yield "above the maximum", "maximum", int(node.maximum) + step
        yield "far above the maximum", "maximum", 2**53


def _strangers(enum):
    """Texts that are near the enumeration and not in it."""
    yield "a stranger", "NoSuchValue"
    yield "empty", ""
    # The last value: a table that lost its end would not notice the first.
    last = enum[-1]
    for label, text in (("wrong case", last.swapcase()), ("blank behind", last + " "), ("cut short", last[:-1])):
        if text not in enum and text:
            yield label, text

"""Checks a case against the official schema with python3-jsonschema.

The payloads are made from schema_tree.py's reading of the schema; this is the second reading, by a
library that knows nothing of the first.
"""

import calendar
import re
from decimal import Decimal

import jsonschema
from jsonschema import validators

# The kinds of fault, and the keywords of JSON Schema whose breach is one.
FORMAT, TYPE, OCCURRENCE, PROPERTY = "format", "type", "occurrence", "property"
KIND_OF_KEYWORD = {
    "additionalProperties": FORMAT,
    "type": TYPE,
    "required": OCCURRENCE, "minItems": OCCURRENCE, "maxItems": OCCURRENCE,
    "maxLength": PROPERTY, "enum": PROPERTY, "format": PROPERTY,
    "minimum": PROPERTY, "maximum": PROPERTY, "multipleOf": PROPERTY,
}

_DATE_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\"<>\\^`{|}]+", re.ASCII)


def is_date_time(text, zone_required):
    """RFC 3339; 1.6 speaks of ISO 8601, where the zone may be missing."""
    match = _DATE_TIME.fullmatch(text)
    if not match or (zone_required and not match[8]):
        return False
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    # The calendar module counts from year 1, and knows no leap seconds; no case uses either.
    return (year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
            and hour <= 23 and minute <= 59 and second <= 59)


def _format_checker(version):
    checker = jsonschema.FormatChecker(formats=())
    checker.checkers = {
        "date-time": (lambda value: not isinstance(value, str) or is_date_time(value, version != "1.6"), ()),
        "uri": (lambda value: not isinstance(value, str) or bool(_URI.fullmatch(value)), ()),
    }
    return checker


def _multiple_of(validator, divisor, instance, _schema):
    """Exact: as binary fractions neither 7.7 nor 16.1 is a multiple of 0.1."""
    if validator.is_type(instance, "number") and Decimal(repr(instance)) % Decimal(repr(divisor)):
        yield jsonschema.ValidationError(f"{instance!r} is not a multiple of {divisor}")


_VALIDATORS = {
    4: validators.extend(jsonschema.Draft4Validator, {"multipleOf": _multiple_of}),
    6: validators.extend(jsonschema.Draft6Validator, {"multipleOf": _multiple_of}),
}


def _breaches(error):
    """(keyword, path of the field) for each fault that one error of the library stands for."""
    path = tuple(error.absolute_path)
    if error.validator == "required":
        return [("required", path + (name,)) for name in error.validator_value if name not in error.instance]
    if error.validator == "additionalProperties":
        unknown = [name for name in error.instance if name not in error.schema.get("properties", {})]
        return [("additionalProperties", path + (name,)) for name in unknown]
    return [(error.validator, path)]


class OfficialCheck:
    """The official schema of one message, and what of it the cases have broken so far."""

    def __init__(self, message):
        self._message = message
        self._validator = _VALIDATORS[message.draft](message.schema, format_checker=_format_checker(message.version))
        self._broken = set()

    def accepts(self, case, payload):
        for error in self._validator.iter_errors(payload):
            self._fail(case, f"should be valid: {error.message[:200]} at {list(error.absolute_path)}")

    def refuses(self, case, payload, keyword, path):
        """The payload breaks `keyword` at `path` and nothing else anywhere."""
        found = {breach for error in self._validator.iter_errors(payload) for breach in _breaches(error)}
        if (keyword, path) not in found:
            self._fail(case, f"should break {keyword} at {path}, found {found}")
        for other_keyword, other_path in found - {(keyword, path)}:
            # A value of the wrong type is also none of the enumeration.
            if other_path != path or keyword != "type":
                self._fail(case, f"also breaks {other_keyword} at {other_path}")
        steps = tuple("[]" if isinstance(step, int) else step for step in path)
        # Fields that the schema does not know have no place in it: their object counts.
        self._broken.add((keyword, steps[:-1] if keyword == "additionalProperties" else steps))

    def fail_if_untested(self):
        """Every constraint of the schema has been broken by some case."""
        untested = _constraints(self._message.schema, ()) - self._broken
        if untested:
            self._fail("all cases", f"never broken: {sorted(untested)}")

    def _fail(self, case, text):
        raise SystemExit(f"{self._message.title()}, {case}: {text}")


def _constraints(schema, path):
    of_fields = ("required", "additionalProperties")
    found = {(key, path) for key in schema if key in KIND_OF_KEYWORD and key not in of_fields}
    found |= {("required", path + (name,)) for name in schema.get("required", ())}
    if schema.get("additionalProperties") is False and schema["type"] == "object":
        found.add(("additionalProperties", path))
    for name, part in schema.get("properties", {}).items():
        found |= _constraints(part, path + (name,))
    if "items" in schema:
        found |= _constraints(schema["items"], path + ("[]",))
    return found

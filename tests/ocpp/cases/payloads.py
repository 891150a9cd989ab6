"""Valid payloads: minimal ones, and maximal ones that together show every value of every field."""

from itertools import count

CUSTOM_ANY = [1, {"x": None}]

# In canonical form: UTC, Z, no fraction or three digits.
_TIMES = ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00.123Z", "2028-02-29T23:59:59.999Z", "1970-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")
_URIS = ("ftp://files.example.com/up/", "https://example.com/firmware/1.bin?part=a&size=5#end",
         "sftp://user:secret@[2001:db8::1]:2222/logs")
_ANYTHING = ("text", {"list": [1, 16.1, {"inner": None}], "text": "é"}, [True, "two", []], 16.1, 9007199254740993,
             False)
_WIDE = "0123456789 aBc é€😀"
_ODD = "\"\\/\b\f\n\r\t\x00\x01\x7f é€😀'<&>"

# Strings that only the schemas' prose narrows: times of day and days. They get what prose and schema both allow.
_NARROWED = {"startTimeOfDay": "08:30", "endTimeOfDay": "23:59", "validFromDate": "2026-11-22",
             "validToDate": "2028-02-29"}

# Lists that may have more elements than this have two in the maximal payloads, and a payload of their own
# with all of them: nested in each other they would make megabytes.
LONGEST_IN_MAXIMAL = 3
_ELEMENTS_OF_LONGER = 2

_EXACT = (2**53 + 1, 2**63 - 1)  # beyond a double; the most that 64 bits hold


def integers(node):
    low = node.minimum is None or node.minimum < 0
    values = [7, *_EXACT, 2147483648] + ([0, -1, -(2**63)] if low else [])
    values = [value for value in values if _within(node, value)]
    return values + [int(edge) for edge in (node.minimum, node.maximum) if edge is not None and int(edge) not in values]


def numbers(node):
    if node.in_tenths:
        values = [16.1, 7.7, 0, 32, 0.1, 11000.5, -6.3]
    else:
        values = [16.1, 0, 7.77, 2.5, 0.000125, 123456789.123456, 32, -3.75, -11000.5, 2**53]
    values = [value for value in values if _within(node, value)]
    return values + [int(edge) for edge in (node.minimum, node.maximum) if edge is not None and edge not in values]


def _within(node, value):
    return (node.minimum is None or value >= node.minimum) and (node.maximum is None or value <= node.maximum)


def pattern_of(text, length):
    """Exactly `length` characters (code points)."""
    return (text * (length // len(text) + 1))[:length]


def is_free_text(node, name):
    return node.kind == "string" and not node.enum and not node.form and name not in _NARROWED


def minimal(node, name=""):
    """Required fields only, one element where a list needs one."""
    if node.kind == "object":
        return {key: minimal(part, key) for key, part in node.fields.items() if key in node.required}
    if node.kind == "array":
        return [minimal(node.item, name) for _ in range(node.min_items)]
    if is_free_text(node, name):
        return "a"
    return values_of(node, name)[0]


def all_fields(node):
    """Every field of one object, each as small as it can be."""
    return {key: minimal(part, key) for key, part in node.fields.items()}


def values_of(node, name):
    """The values that a field shows in turn over the maximal payloads (free text apart)."""
    if node.kind == "string":
        if node.enum:
            return node.enum
        return {"date-time": _TIMES, "uri": _URIS}.get(node.form) or (_NARROWED[name],)
    if node.kind == "integer":
        return integers(node)
    if node.kind == "number":
        return numbers(node)
    return (True, False) if node.kind == "boolean" else _ANYTHING


class Maximal:
    """Makes maximal payloads of one message; each call of `payload` goes on with the next values."""

    def __init__(self, root):
        self._root = root
        self._seen = {}  # path without indices -> [how many values were shown, how many there are]

    def payload(self, text):
        """`text`: a function from (maximum length or None, number of the string) to a string."""
        strings = count()

        def fill(node, path):
            if node.kind == "object":
                filled = {key: fill(part, path + (key,)) for key, part in node.fields.items()}
                return {**filled, "any": CUSTOM_ANY} if node.is_open else filled
            if node.kind == "array":
                is_longer = node.max_items is None or node.max_items > LONGEST_IN_MAXIMAL
                elements = _ELEMENTS_OF_LONGER if is_longer else node.max_items
                return [fill(node.item, path) for _ in range(elements)]
            if is_free_text(node, path[-1]):
                return text(node.max_length, next(strings))
            values = values_of(node, path[-1])
            shown = self._seen.setdefault(path, [0, len(values)])
            shown[0] += 1
            return values[(shown[0] - 1) % len(values)]

        return fill(self._root, ())

    def all_values_seen(self):
        return all(shown >= available for shown, available in self._seen.values())


def long_text(alphabet):
    return lambda most, _: pattern_of(alphabet, 200 if most is None else most)


def short_text(most, number):
    return f"é{number}"[:most]


def odd_text(most, number):
    return _ODD[number % 3:][:most]


def no_text(_most, _number):
    return ""


def maximal_payloads(node):
    """(case, payload): all fields, the longest strings, and as many variants as there are values to show."""
    maker = Maximal(node)
    yield "maximal: longest strings", maker.payload(long_text("0123456789 aBcDeF"))
    yield "maximal: longest strings, not all ASCII", maker.payload(long_text(_WIDE))
    if has(node, lambda part, name: is_free_text(part, name)):
        yield "maximal: quotes, escapes and control characters", maker.payload(odd_text)
        yield "maximal: empty strings", maker.payload(no_text)
    variant = 1
    while not maker.all_values_seen():
        yield f"maximal: further values {variant}", maker.payload(short_text)
        variant += 1


def has(node, predicate, name=""):
    if predicate(node, name):
        return True
    if node.kind == "array":
        return has(node.item, predicate, name)
    return any(has(part, predicate, key) for key, part in node.fields.items())

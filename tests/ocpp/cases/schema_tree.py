"""Reads one official schema file into a small tree that the makers of payloads walk.

Only keywords that are understood are let through: a schema with a new kind of constraint stops the
program instead of going untested.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

VERSIONS = ("1.6", "2.0.1", "2.1")

# Keywords that say nothing about payloads. additionalItems has no effect beside an `items` that is
# one schema, and additionalProperties none on a string.
_SILENT = {"$schema", "$id", "id", "title", "description", "comment", "javaType", "default", "definitions",
           "additionalItems"}
_KEYWORDS = {
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "minItems", "maxItems"},
    "string": {"maxLength", "enum", "format", "additionalProperties"},
    "integer": {"minimum", "maximum"},
    "number": {"minimum", "maximum", "multipleOf"},
    "boolean": set(),
    "any": set(),
}


@dataclass
class Node:
    """What a schema says about one value. `name` is the named definition it came from, or ''."""

    kind: str
    name: str = ""
    fields: dict = field(default_factory=dict)
    required: tuple = ()
    is_open: bool = False
    item: "Node | None" = None
    min_items: int = 0
    max_items: "int | None" = None
    max_length: "int | None" = None
    enum: tuple = ()
    form: str = ""
    minimum: "float | None" = None
    maximum: "float | None" = None
    in_tenths: bool = False

    def signature(self):
        """The type of the value without the name of its field: equal types have equal signatures.

        Definitions of one name count as one type in all versions.
        """
        if self.kind == "object":
            return f"object {self.name or ' '.join(self.fields)}"
        if self.kind == "array":
            return f"list {self.min_items}..{self.max_items} of {self.item.kind}"
        if self.enum:
            return f"enum {self.name or ' '.join(self.enum)}"
        return f"{self.kind} {self.max_length} {self.form} {self.minimum}..{self.maximum} {self.in_tenths}"


@dataclass
class Message:
    version: str
    action: str
    is_response: bool
    root: Node
    schema: dict  # the official file with its references put in place
    draft: int

    def title(self):
        return f"{self.version} {self.action}{'Response' if self.is_response else ''}"


def inlined(schema, definitions):
    """The schema with every $ref replaced by its definition, which remembers its name."""
    if isinstance(schema, list):
        return [inlined(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        if set(schema) - {"$ref", "description"}:
            raise ValueError(f"constraints beside a $ref: {schema}")
        name = schema["$ref"].rsplit("/", 1)[-1]
        return {**inlined(definitions[name], definitions), "title": name}
    return {key: inlined(part, definitions) for key, part in schema.items() if key != "definitions"}


def tree_of(schema):
    kind = schema.get("type", "any")
    unknown = set(schema) - _SILENT - {"type"} - _KEYWORDS[kind]
    if unknown:
        raise ValueError(f"keywords without test cases: {sorted(unknown)} on a value of type {kind}")
    node = Node(kind, name=schema.get("title", ""))
    if kind == "object":
        node.fields = {name: tree_of(part) for name, part in schema.get("properties", {}).items()}
        node.required = tuple(schema.get("required", ()))
        node.is_open = schema.get("additionalProperties", True) is not False
    elif kind == "array":
        node.item = tree_of(schema["items"])
        node.min_items = schema.get("minItems", 0)
        node.max_items = schema.get("maxItems")
    else:
        node.max_length = schema.get("maxLength")
        node.enum = tuple(schema.get("enum", ()))
        node.form = schema.get("format", "")
        node.minimum = schema.get("minimum")
        node.maximum = schema.get("maximum")
        node.in_tenths = "multipleOf" in schema
        if schema.get("multipleOf", 0.1) != 0.1:
            raise ValueError(f"multipleOf {schema['multipleOf']} has no test cases")
    return node


def read_messages(directory):
    """All messages of all versions, in alphabetical order, a request before its response."""
    for version in VERSIONS:
        files = {path.stem: path for path in Path(directory, version).glob("*.json")}
        if not files:
            raise ValueError(f"no schema files in {Path(directory, version)}")
        for stem in sorted(files):
            is_response = stem.endswith("Response")
            action = stem.removesuffix("Response") if is_response else stem
            # Some 1.6 files begin with a byte order mark.
            official = json.loads(files[stem].read_text(encoding="utf-8-sig"))
            schema = inlined(official, official.get("definitions", {}))
            draft = 4 if "draft-04" in official["$schema"] else 6
            yield Message(version, action, is_response, tree_of(schema), schema, draft)

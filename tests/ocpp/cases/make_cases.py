#!/usr/bin/env python3
"""Prints test cases for every message of OCPP 1.6, 2.0.1 and 2.1 as JSON Lines.

usage: make_cases.py SCHEMA_DIR [--small]

SCHEMA_DIR holds the official schema files in 1.6/, 2.0.1/ and 2.1/. --small prints the selection that is
committed as small.jsonl. Counts go to stderr. The output depends on the schemas only.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass

sys.dont_write_bytecode = True

from faults import empty_lists, faults, longest_lists  # noqa: E402
from official_check import FORMAT, KIND_OF_KEYWORD, OCCURRENCE, PROPERTY, TYPE, OfficialCheck  # noqa: E402
from payloads import maximal_payloads, minimal  # noqa: E402
from schema_tree import read_messages  # noqa: E402

# The one r of 1.6 is its own, and kept by its errata.
_CODES_16 = {FORMAT: "FormationViolation", TYPE: "TypeConstraintViolation",
             OCCURRENCE: "OccurenceConstraintViolation", PROPERTY: "PropertyConstraintViolation"}
_CODES_2 = {FORMAT: "FormatViolation", TYPE: "TypeConstraintViolation",
            OCCURRENCE: "OccurrenceConstraintViolation", PROPERTY: "PropertyConstraintViolation"}

# The longest case that is committed.
_SMALL_LINE = 900


@dataclass
class Case:
    line: str
    version: str
    is_refused: bool
    is_minimal: bool = False
    rules: tuple = ()


def path_text(path):
    """meterValue[2].sampledValue[0].value"""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def code_of(version, keyword, path):
    # Without a path it is the payload that is no object: a fault of the form.
    kind = KIND_OF_KEYWORD[keyword] if path else FORMAT
    return (_CODES_16 if version == "1.6" else _CODES_2)[kind]


def line_of(message, case, payload, code, path):
    return json.dumps({"version": message.version, "action": message.action, "response": message.is_response,
                       "case": case, "payload": payload, "code": code, "path": path},
                      ensure_ascii=False, separators=(",", ":"))


def accepted_payloads(message):
    yield from maximal_payloads(message.root)
    for path, payload in longest_lists(message.root):
        yield f"{path_text(path)}: the longest list", payload
    for path, payload in empty_lists(message.root):
        yield f"{path_text(path)}: empty list", payload


def cases_of(message, lean=False):
    """Cases of one message, in a fixed order, each checked against the official schema."""
    check = OfficialCheck(message)
    payload = minimal(message.root)
    check.accepts("minimal", payload)
    yield Case(line_of(message, "minimal", payload, None, None), message.version, False, is_minimal=True)
    for case, payload in accepted_payloads(message):
        check.accepts(case, payload)
        yield Case(line_of(message, case, payload, None, None), message.version, False)
    for fault in faults(message.root, message.version, lean):
        path = path_text(fault.path)
        case = f"{path or 'payload'}: {fault.label}"
        check.refuses(case, fault.payload, fault.keyword, fault.path)
        code = code_of(message.version, fault.keyword, fault.path)
        line = line_of(message, case, fault.payload, code, path)
        yield Case(line, message.version, True, rules=rules_of(message, fault))
    check.fail_if_untested()


def rules_of(message, fault):
    """What the case stands for in the small selection: a rule of a type, and a fault of a kind of value."""
    node = fault.node
    kind = "enum" if node.enum else node.form or node.kind
    return (("message" if node is message.root else node.signature(), fault.keyword),
            (message.version, kind, fault.label))


def small_selection(cases):
    """Every minimal case, and the shortest case for every rule that is not too long for a repository."""
    minimal_cases, shortest, left_out = [], {}, set()
    for case in cases:
        if case.is_minimal:
            minimal_cases.append(case)
        for rule in case.rules:
            if len(case.line) > _SMALL_LINE:
                left_out.add(rule)
            elif rule not in shortest or len(case.line) < len(shortest[rule].line):
                shortest[rule] = case
    print(f"too long for the small selection: {len(left_out - set(shortest))} rules", file=sys.stderr)
    # A case that is the shortest for two rules stands here once.
    return minimal_cases + list({case.line: case for case in shortest.values()}.values())


def main():
    arguments = argparse.ArgumentParser(description="Prints OCPP test cases as JSON Lines.")
    arguments.add_argument("schema_dir")
    arguments.add_argument("--small", action="store_true", help="print the committed selection")
    arguments = arguments.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    messages = read_messages(arguments.schema_dir)
    cases = (case for message in messages for case in cases_of(message, lean=arguments.small))
    counts = {}
    for case in small_selection(cases) if arguments.small else cases:
        print(case.line)
        counts.setdefault(case.version, Counter()).update(
            messages=case.is_minimal, accepted=not case.is_refused, refused=case.is_refused)
    for version, counted in counts.items():
        print(f"{version}: {counted['messages']} messages, {counted['accepted']} accepted, "
              f"{counted['refused']} refused", file=sys.stderr)


if __name__ == "__main__":
    main()

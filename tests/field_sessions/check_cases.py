#!/usr/bin/env python3
"""Checks the shape of the case files without knowing the engine.

Usage: check_cases.py [FOLDER]        (default: the folder `cases` beside this file)

Prints the number of cases per file, and each fault as file, case, what. Exits with 1 if there is one.
"""

import collections
import datetime
import json
import pathlib
import re
import sys

PROTOCOLS = {"ocpp1.6", "ocpp2.0.1"}
CASE_KEYS = {"name", "why", "doubt", "protocol", "charge_points", "tokens", "steps", "expect"}
POINT_KEYS = {"station", "evse", "rotation", "open"}
TOKEN_KEYS = {"value", "group", "status", "expires", "most_sessions"}
STEP_KINDS = {"in", "reconnect", "restart_server", "put_token"}
SESSION_KEYS = {
    "station", "evse", "token", "started_at", "ended_at", "energy_wh", "closed", "recorded_offline",
    "estimated", "start_reported", "clock_ahead_s", "sequences", "signed", "signed_data",
    "signed_contains", "tx",
}
CLOSINGS = {"open", "station", "replaced"}
PLACEHOLDER = re.compile(r"\$(?:str:)?(tx\w+)")
ARRIVAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def placeholders(value):
    """The names of all placeholders in a JSON value."""
    if isinstance(value, str):
        match = PLACEHOLDER.fullmatch(value)
        return {match.group(1)} if match else set()
    if isinstance(value, list):
        return set().union(*(placeholders(item) for item in value))
    if isinstance(value, dict):
        return set().union(*(placeholders(item) for item in value.values()))
    return set()


def unknown_keys(what, given, known):
    for key in sorted(set(given) - known):
        yield f"{what}: unknown member {key}"


def step_faults(case):
    bound = set()
    before = ""
    stations = {p.get("station", "CP-1") for p in case.get("charge_points", [{}])}
    for number, step in enumerate(case["steps"], 1):
        where = f"step {number}"
        if not ARRIVAL.fullmatch(step.get("at", "")):
            yield f"{where}: `at` is no UTC instant"
        if step.get("at", "") < before:
            yield f"{where}: goes back in time"
        before = step.get("at", "")
        yield from unknown_keys(where, step, STEP_KINDS | {"at", "out", "station"})
        if len(STEP_KINDS & set(step)) != 1:
            yield f"{where}: is not exactly one of {sorted(STEP_KINDS)}"
        if step.get("station", "CP-1") not in stations:
            yield f"{where}: a station without a charge point"
        if "in" not in step:
            continue
        call, answer = step["in"], step.get("out")
        if len(call) != 4 or call[0] != 2 or not isinstance(call[3], dict):
            yield f"{where}: `in` is no CALL"
        if not answer or answer[0] not in (3, 4) or answer[1] != call[1]:
            yield f"{where}: `out` is no answer to it"
        for name in sorted(placeholders(call) - bound):
            yield f"{where}: ${name} is used before the server has given it"
        bound |= placeholders(answer)
    for name in sorted(placeholders(case["expect"]) - bound):
        yield f"expect: ${name} was never given"


def session_faults(case):
    evses = {(p.get("station", "CP-1"), p["evse"]) for p in case.get("charge_points", [{"evse": 1}])}
    for number, session in enumerate(case["expect"]["sessions"], 1):
        where = f"session {number}"
        yield from unknown_keys(where, session, SESSION_KEYS)
        if not any(session.get("station", s) == s and session.get("evse") == e for s, e in evses):
            yield f"{where}: no such outlet"
        if session.get("closed", "open") not in CLOSINGS:
            yield f"{where}: closed how?"
        if session.get("closed") == "open" and session.get("ended_at") is not None:
            yield f"{where}: open, with an end"
        energy = session.get("energy_wh")
        if energy is not None and not shows(case["why"], energy):
            yield f"{where}: `why` does not show how {energy} Wh come about"


def shows(text, energy):
    """Is the number in the text?"""
    return any(float(n) == energy for n in re.findall(r"\d+(?:\.\d+)?", text))


def case_faults(case):
    yield from unknown_keys("case", case, CASE_KEYS)
    if case.get("protocol") not in PROTOCOLS:
        yield "protocol"
    for point in case.get("charge_points", []):
        yield from unknown_keys("charge point", point, POINT_KEYS)
    tokens = case.get("tokens", []) + [s["put_token"] for s in case["steps"] if "put_token" in s]
    for token in tokens:
        yield from unknown_keys("token", token, TOKEN_KEYS)
        if "expires" in token:
            datetime.datetime.fromisoformat(token["expires"].replace("Z", "+00:00"))
    yield from unknown_keys("expect", case["expect"], {"sessions", "waiting"})
    yield from step_faults(case)
    yield from session_faults(case)


def main(folder):
    total = faults = 0
    for path in sorted(folder.glob("*.json")):
        cases = json.loads(path.read_text(encoding="utf-8"))
        total += len(cases)
        print(f"{path.stem:18} {len(cases):4}")
        names = collections.Counter(case["name"] for case in cases)
        found = [(name, "the name is used twice") for name, count in names.items() if count > 1]
        for case in cases:
            found += [(case["name"], fault) for fault in case_faults(case)]
        for name, fault in found:
            print(f"  {path.name}: {name}: {fault}")
        faults += len(found)
    print(f"{'cases':18} {total:4}, faults {faults}")
    return 1 if faults or not total else 0


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent
    sys.exit(main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "cases"))

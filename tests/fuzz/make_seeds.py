#!/usr/bin/env python3
"""Writes a seed for ocpp_decode_fuzz from each committed case of the schemas: make_seeds.py CASES DIR"""
import json
import pathlib
import sys

cases, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
for number, line in enumerate(cases.read_text(encoding="utf-8").splitlines()):
    case = json.loads(line)
    kind = "Response" if case["response"] else "Request"
    payload = json.dumps(case["payload"], ensure_ascii=False)
    (folder / f"{number:04d}").write_text(
        f"ocpp{case['version']} {case['action']}{kind}\n{payload}", encoding="utf-8")

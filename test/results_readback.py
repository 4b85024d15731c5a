#!/usr/bin/env python3
# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Reads results.h5, and summary.json beside it, as a user would, and checks that they agree.

usage: results_readback.py results.h5 [summary.json]

Exits with 1 and says why when something is missing or two places differ, with 77 when h5py is not
installed.
"""

import json
import math
import sys

try:
    import h5py
    import numpy
except ImportError:
    print("results_readback: no h5py")
    sys.exit(77)

PARTS = (
    "serialization propagation switching fec queue credit_stall retry reconfiguration reroute"
).split()
QUANTILES = {0.5: "p50", 0.9: "p90", 0.99: "p99", 0.999: "p999", 0.9999: "p9999"}


def check(condition, what):
    if not condition:
        sys.exit(f"results_readback: {what}")


def same(a, b, what):
    check(math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-30), f"{what}: {a} and {b} differ")


def check_alone(results):
    """What has to hold within results.h5."""
    check(results.attrs["schema_version"] == 1, "schema_version is not 1")
    check("sha256" in results["config/input_files"].dtype.names, "no sha256 of input files")
    for key in ("version", "git", "ns3_version", "compiler", "rng_seed", "rng_run"):
        check(key in results["run"].attrs, f"no attribute {key} of /run")
    results["config/scenario"][()].decode()
    for name in ("packet", "transfer", "collective"):
        table = results[f"latency/{name}/histogram"]
        rows = table[:]
        check(table.attrs["unit_lower_ps"] == b"ps", f"unit of {name} histogram")
        check(rows["count"].sum() == table.attrs["count"], f"count of {name} histogram")
        check((rows["lower_ps"] <= rows["upper_ps"]).all(), f"edges of {name} histogram")
        check((rows["lower_ps"][1:] > rows["upper_ps"][:-1]).all(), f"order of {name} histogram")
        quantiles = results[f"latency/{name}/quantiles"][:]
        given = quantiles[~numpy.isnan(quantiles["value_s"])]
        check((given["lower_s"] <= given["value_s"]).all(), f"lower bounds of {name} quantiles")
        check((given["upper_s"] >= given["value_s"]).all(), f"upper bounds of {name} quantiles")
    groups = results["latency/breakdown_groups"][:]
    breakdown = results["latency/breakdown"][:]
    for row in breakdown:
        above = groups[groups["lower_ps"] >= row["threshold_ps"]]
        check(above["count"].sum() == row["count"], f"count of breakdown at {row['quantile']}")
        for column in ["mean_total_ps"] + [f"mean_{part}_ps" for part in PARTS]:
            if row["count"]:
                mean = (above[column] * above["count"]).sum() / row["count"]
                same(mean, row[column], f"{column} of breakdown at {row['quantile']}")


def check_summary(results, summary):
    """What has to agree between results.h5 and summary.json."""
    same(results["fabric"].attrs["endpoints"], summary["fabric"]["endpoints"], "endpoints")
    for column in ("switches", "links", "optical_links", "optical_modules"):
        same(results["fabric/networks"][column].sum(), summary["fabric"][column], column)
    for key in ("packets", "packet_hops", "events"):
        same(results["engine"].attrs[key], summary["engine"][key], key)
    for key, value in summary["transfers"].items():
        same(results["transfers"].attrs[key], value, key)
    for key, value in summary["links"].items():
        same(results["links"].attrs[key], value, key)
    iterations = [(c, i) for c in summary["collectives"] for i in c["iterations"]]
    rows = results["collectives"][:]
    check(len(rows) == len(iterations), "number of iterations")
    for row, (collective, iteration) in zip(rows, iterations):
        check(row["name"].decode() == collective["name"], "name of a collective")
        same(row["end_ps"] / 1e12, iteration["end_s"], f"end of {collective['name']}")
        same((row["end_ps"] - row["start_ps"]) / 1e12, iteration["time_s"], collective["name"])
    for name in ("packet", "transfer", "collective"):
        values = summary["latency"][name]
        same(results[f"latency/{name}/histogram"].attrs["count"], values["count"], name)
        for row in results[f"latency/{name}/quantiles"][:]:
            key = QUANTILES[float(row["quantile"])]
            if math.isnan(row["value_s"]):
                check(values[f"{key}_s"] is None, f"{name} {key} is refused in one file only")
                check(values[f"{key}_ci_s"] is None, f"{name} {key} has an interval alone")
            else:
                same(row["value_s"], values[f"{key}_s"], f"{name} {key}")
                same(row["lower_s"], values[f"{key}_ci_s"][0], f"{name} {key} lower")
                same(row["upper_s"], values[f"{key}_ci_s"][1], f"{name} {key} upper")
    breakdown = results["latency/breakdown"][:]
    for which, quantile in (("mean", 0.0), ("tail", None)):
        values = summary["latency"]["breakdown"][which]
        quantile = values["quantile"] if quantile is None else quantile
        row = breakdown[breakdown["quantile"] == quantile][0]
        same(row["count"], values["count"], f"count of {which} breakdown")
        if values["count"]:
            for part in PARTS + ["total"]:
                same(row[f"mean_{part}_ps"] / 1e12, values[f"{part}_s"], f"{which} {part}")
    check(
        results["config/scenario"][()].decode().rstrip("\0") == summary["run"]["scenario"],
        "scenario",
    )


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with h5py.File(sys.argv[1], "r") as results:
        check_alone(results)
        if len(sys.argv) == 3:
            with open(sys.argv[2], encoding="utf-8") as text:
                check_summary(results, json.load(text))
    print("results_readback: ok")


if __name__ == "__main__":
    main()

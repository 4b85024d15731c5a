#!/usr/bin/env python3
# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Reads results.h5, and summary.json beside it, as a user would, and checks that they agree.

usage: results_readback.py results.h5 [summary.json]
       results_readback.py --run path/to/run-scenario

The second form runs a scenario with optics, a link survey, faults and a collective, and reads what
it wrote for the run and for its parts.

Exits with 1 and says why when something is missing or two places differ, with 77 when h5py is not
installed, or run-scenario was built without TOML or HDF5.
"""

import glob
import json
import math
import os
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy
except ImportError:
    print("results_readback: no h5py")
    sys.exit(77)

PARTS = (
    "serialization propagation switching fec endpoint queue credit_stall retry reconfiguration "
    "reroute"
).split()
QUANTILES = {0.5: "p50", 0.9: "p90", 0.99: "p99", 0.999: "p999", 0.9999: "p9999"}
SURVEY_QUANTILES = {"p0_1": 0.001, "p1": 0.01, "p10": 0.1, "p50": 0.5, "p90": 0.9}
SURVEY_COUNTS = (
    "draws links links_full_width links_reduced links_down directions_without_margin"
).split()
THRESHOLDS = ("1e-12", "1e-9", "1e-6", "1e-3")
BINS_END_DB = 200  # where the outermost bins of margins begin to hold what is beyond
# Dirt and a weak module, so that links are at full width, reduced and down, and margins infinite.
SCENARIO = """[fabric]
nodes = 2
scale_out = false
[optics]
contaminated_fraction = 0.2
extra_loss_module = 3
extra_loss_db = 6
lane_rule = "Any"
[survey]
draws = 8
[faults]
horizon = "10us"
acceleration = 1e13
modes = "module"
[power]
sample_step = "500ns"
region = "US"
{policy}
[[collective]]
name = "first"
kind = "all-reduce"
bytes = "64KiB"
"""
POLICIES = {
    "sleep": """module_policy = "sleep"
sleep_after = "200ns"
wake = "500ns"
""",
    "rates": """module_policy = "rate-adaptive"
rate_steps = [0.25, 0.5, 1]
rate_epoch = "1us"
rate_change = "100ns"
fixed_share = 0.5
""",
}
HISTOGRAMS = ("packet", "transfer", "packet_transfer", "collective")
# Two collectives at the same time on two leaves.
CONCURRENT = """[fabric]
kind = "clos"
endpoints = 16
leaves = 2
spines = 2
[[collective]]
name = "exchange"
kind = "all-to-all"
bytes = "256KiB"
iterations = 2
[[collective]]
name = "ring"
kind = "all-reduce"
bytes = "64KiB"
iterations = 5
concurrent = true
"""
SKIPPED = 77


def check(condition, what):
    if not condition:
        sys.exit(f"results_readback: {what}")


def same(a, b, what):
    check(math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-30), f"{what}: {a} and {b} differ")


def close(a, b, what):
    """The same, but for the rounding of sums."""
    check(math.isclose(a, b, rel_tol=1e-9), f"{what}: {a} and {b} differ")


def same_or_none(a, b, what):
    """The same, or NaN and null, as files have what does not exist."""
    if math.isnan(a) or b is None:
        check(math.isnan(a) and b is None, f"{what}: {a} and {b} differ")
    else:
        same(a, b, what)


def text_of(value):
    return value.decode().rstrip("\0")


def check_alone(results):
    """What has to hold within results.h5."""
    check(results.attrs["schema_version"] == 2, "schema_version is not 2")
    check("sha256" in results["config/input_files"].dtype.names, "no sha256 of input files")
    for key in ("version", "git", "ns3_version", "compiler", "rng_seed", "rng_run"):
        check(key in results["run"].attrs, f"no attribute {key} of /run")
    results["config/scenario"][()].decode()
    check({"transfer", "collective"} <= set(results["latency"]), "histograms")
    for name in (name for name in HISTOGRAMS if name in results["latency"]):
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
    has_packets = "packet" in results["latency"]
    for name in ("breakdown", "breakdown_groups"):
        check((name in results["latency"]) == has_packets, f"{name} without packets")
    check(("note" in results["latency"].attrs) != has_packets, "a note instead of packets")
    groups = results["latency/breakdown_groups"][:] if has_packets else []
    for row in results["latency/breakdown"][:] if has_packets else []:
        above = groups[groups["lower_ps"] >= row["threshold_ps"]]
        check(above["count"].sum() == row["count"], f"count of breakdown at {row['quantile']}")
        for column in ["mean_total_ps"] + [f"mean_{part}_ps" for part in PARTS]:
            if row["count"]:
                mean = (above[column] * above["count"]).sum() / row["count"]
                same(mean, row[column], f"{column} of breakdown at {row['quantile']}")
    for network, group in results.get("survey", {}).items():
        check_survey(group, f"survey of {network}")


def check_survey(group, what):
    """What has to hold within the survey of a network."""
    attrs = group.attrs
    rows = group["links"][:]
    links, draws = int(attrs["links"]), int(attrs["draws"])
    kept = int(group["links"].attrs["draws"])
    check(links > 0 and draws > 0, f"{what}: no links or no draws")
    check(kept in (1, draws), f"{what}: {kept} draws kept of {draws}")
    check(len(rows) == 2 * links * kept, f"{what}: number of rows")
    check((rows["direction"] == numpy.arange(len(rows)) % 2).all(), f"{what}: order of directions")
    pairs = rows.reshape(-1, 2)
    order = [(row["draw"], row["link"]) for row in pairs[:, 0]]
    check((pairs["link"][:, 0] == pairs["link"][:, 1]).all(), f"{what}: links in pairs")
    check(order == sorted(set(order)), f"{what}: order of draws and links")
    check((pairs["lanes"][:, 0] == pairs["lanes"][:, 1]).all(), f"{what}: lanes by direction")
    is_dark = numpy.isnan(rows["ber"])
    check((numpy.isnan(rows["margin_db"]) == is_dark).all(), f"{what}: margin without lanes")
    check((rows["lanes"][is_dark] == 0).all(), f"{what}: lanes that do not work")
    lit = rows[~is_dark]
    check(((lit["ber"] >= 0) & (lit["ber"] <= 0.5)).all(), f"{what}: range of ber")
    ratios = rows["frame_error_ratio"]
    check(((ratios >= 0) & (ratios <= 1)).all(), f"{what}: range of frame_error_ratio")
    check(group["links"].attrs["unit_margin_db"] == b"dB", f"{what}: unit of margin_db")
    widths = [int(attrs[f"links_{which}"]) for which in ("full_width", "reduced", "down")]
    check(sum(widths) == links * draws, f"{what}: links by width")

    width = group["margin_histogram"].attrs["bin_db"]
    bins = group["margin_histogram"][:]
    lower = bins["lower_db"]
    table = {text_of(row["quantity"]): row for row in group["distributions"][:]}
    check(bins["count"].sum() == table["margin_db"]["count"], f"{what}: count of the histogram")
    for i, edge in enumerate(lower):
        check(math.isclose(edge, lower[0] + i * width, abs_tol=1e-9), f"{what}: edges of bins")
    if kept != draws:
        return
    # All rows are there, so everything else follows from them.
    check(int((pairs["lanes"][:, 0] == 0).sum()) == widths[2], f"{what}: links down")
    check(
        int(numpy.isinf(rows["margin_db"]).sum()) == attrs["directions_without_margin"],
        f"{what}: directions without margin",
    )
    worse = pairs["frame_error_ratio"].max(axis=1)
    for name in THRESHOLDS:
        above = attrs[f"links_with_frame_error_ratio_above_{name}"]
        check(int((worse > float(name)).sum()) == above, f"{what}: links above {name}")
    with numpy.errstate(divide="ignore"):
        values = {
            "margin_db": rows["margin_db"][numpy.isfinite(rows["margin_db"])],
            "log10_ber": numpy.maximum(numpy.log10(lit["ber"]), -300),
            "log10_frame_error_ratio": numpy.maximum(numpy.log10(lit["frame_error_ratio"]), -300),
        }
    check(set(table) == set(values), f"{what}: distributions of {set(table)}")
    for quantity, numbers in values.items():
        check_distribution(table[quantity], numpy.sort(numbers), f"{what}: {quantity}")
    if len(bins):
        inside = numpy.clip(values["margin_db"], -BINS_END_DB, BINS_END_DB)
        places = numpy.floor(inside / width + 1e-9).astype(int) - round(lower[0] / width)
        counts = numpy.bincount(places, minlength=len(bins))
        # A margin on an edge may round to either side of it.
        moved = abs(counts - bins["count"].astype(int)).sum()
        check(moved <= 2, f"{what}: margins by bin")


def check_distribution(row, numbers, what):
    """A row of the table of distributions against the sorted numbers it is of."""
    count = len(numbers)
    check(row["count"] == count, f"{what}: count")
    if count == 0:
        check(all(math.isnan(row[key]) for key in ("mean", "min", "max")), f"{what}: of nothing")
        return
    mean = math.fsum(numbers) / count
    check(math.isclose(row["mean"], mean, rel_tol=1e-9, abs_tol=1e-9), f"{what}: mean")
    same(row["min"], numbers[0], f"{what}: min")
    same(row["max"], numbers[-1], f"{what}: max")
    for name, p in SURVEY_QUANTILES.items():
        if count * min(p, 1 - p) < 10 * (1 - 1e-9):
            check(math.isnan(row[name]), f"{what}: {name} of {count}")
        else:
            same(row[name], numbers[max(math.ceil(p * count - 1e-6), 1) - 1], f"{what}: {name}")


def rows_of(table, **keys):
    """Rows with these texts."""
    return table[[all(text_of(row[key]) == text for key, text in keys.items()) for row in table]]


def check_collectives(results, summary):
    """What each collective has to have in common in both files, and all with the whole."""
    group, hybrid = results["by_collective"], "note" in summary["latency"]
    histogram, quantiles = group["histogram"][:], group["quantiles"][:]
    figures, use = group["latency"][:], group["link_use"][:]
    for rows in (histogram, quantiles, figures, use):
        names = [text_of(name) for name in rows["collective"]]
        known = [record["name"] for record in summary["collectives"]]
        check(set(names) <= set(known), "names of collectives")
        check(names == sorted(names, key=known.index), "order of collectives")
    for quantity in ("packet", "transfer"):
        is_there = quantity in results["latency"]
        whole = results[f"latency/{quantity}/histogram"].attrs["count"] if is_there else 0
        own = histogram[[text_of(text) == quantity for text in histogram["quantity"]]]
        check(own["count"].sum() == whole, f"{quantity} histograms of collectives together")
    for record in summary["collectives"]:
        what = record["name"]

        quantities = ("transfer", "execution") if hybrid else ("packet", "transfer", "execution")
        check(
            set(record["latency"]) == set(quantities) | (set() if hybrid else {"breakdown"}),
            f"latencies of {what}",
        )
        for quantity in quantities:
            latency = record["latency"][quantity]
            keys = {"collective": what, "quantity": quantity}
            row = rows_of(figures, **keys)[0]
            check(row["count"] == latency["count"], f"{quantity} count of {what}")
            check(
                rows_of(histogram, **keys)["count"].sum() == latency["count"],
                f"{quantity} histogram of {what}",
            )
            same_or_none(row["mean_s"], latency["mean_s"], f"{quantity} mean of {what}")
            for own in rows_of(quantiles, **keys):
                name = QUANTILES[own["quantile"]]
                same_or_none(own["value_s"], latency[f"{name}_s"], f"{quantity} {name} of {what}")
        check(
            record["latency"]["execution"]["count"] == len(record["iterations"]),
            f"executions of {what}",
        )
        if not hybrid:
            mean = rows_of(group["breakdown"][:], collective=what)[0]
            json_mean = record["latency"]["breakdown"]["mean"]
            check(mean["count"] == json_mean["count"], f"packets in the breakdown of {what}")
            for part in PARTS:
                if mean["count"]:
                    same(mean[f"mean_{part}_ps"] / 1e12, json_mean[f"{part}_s"], f"{part}, {what}")
        own = rows_of(use, collective=what)
        check(len(own) == len(record["link_use"]), f"links that {what} uses")
        for row, links in zip(own, record["link_use"]):
            for key in ("lower_tier", "upper_tier", "links", "wire_bytes"):
                check(row[key] == links[key], f"{key} of links that {what} uses")
            check(row["rate"] == links["rate_bps"], f"rate of links that {what} uses")
            same_or_none(row["utilization"], links["utilization"], f"use of links by {what}")


def check_faults_summary(results, summary):
    """What faults have to have in common in results.h5 and summary.json."""
    check(("faults" in results) == ("faults" in summary), "faults in one file only")
    if "faults" not in summary:
        return
    rows, faults = results["faults"][:], summary["faults"]
    check(len(rows) == len(faults), "number of faults")
    links = results["fault_links"][:]
    for i, (row, fault) in enumerate(zip(rows, faults)):
        for key in ("kind", "component", "effect", "mode", "cause"):
            check(text_of(row[key]) == fault[key], f"{key} of fault {i}")
        for key in ("begin", "end", "aftermath"):
            same_or_none(row[key], fault[f"{key}_s"], f"{key} of fault {i}")
        check(row["begun"] == fault["begun"], f"begun of fault {i}")
        names = [text_of(link["link"]) for link in links[links["fault"] == i]]
        check(names == fault["links"] and row["links"] == len(names), f"links of fault {i}")
    rows, effects = results["fault_effects"][:], summary["fault_effects"]
    check(len(rows) == len(effects), "number of fault effects")
    for row, effect in zip(rows, effects):
        what = f"{effect['collective']} {effect['iteration']}"
        check(text_of(row["collective"]) == effect["collective"], f"name in effects: {what}")
        check(row["iteration"] == effect["iteration"], f"iteration in effects: {what}")
        for key in ("time", "time_without", "difference", "noise"):
            same_or_none(row[key], effect[f"{key}_s"], f"{key} of {what}")
        check(text_of(row["cause"]) == effect["cause"], f"cause of {what}")
        check(row["failed_bytes"] == effect["failed_bytes"], f"failed bytes of {what}")
        numbers = [int(number) for number in text_of(row["faults"]).split()]
        check(numbers == effect["faults"], f"faults of {what}")


def check_optics_summary(results, summary):
    """What optics and surveys have to have in common in results.h5 and summary.json."""
    rows = results["optics/networks"][:] if "optics" in results else []
    records = summary.get("optics", [])
    check(len(rows) == len(records), "networks with optics")
    for row, record in zip(rows, records):
        check(text_of(row["network"]) == record["network"], "network with optics")
        for key in ("modules", "links", "links_reduced", "links_down", "retries", "lost_packets"):
            check(row[key] == record[key], f"{key} of optics")
        margin = float(row["worst_margin_db"])
        margin = margin if math.isfinite(margin) else math.nan  # JSON has no infinity either
        same_or_none(margin, record["worst_margin_db"], "worst margin")
    groups = results["survey"] if "survey" in results else {}
    records = summary.get("survey", {"networks": []})["networks"]
    check(sorted(groups) == sorted(record["network"] for record in records), "networks surveyed")
    for record in records:
        group, what = groups[record["network"]], f"survey of {record['network']}"
        for key in SURVEY_COUNTS:
            check(group.attrs[key] == record[key], f"{what}: {key}")
        above = record["links_with_frame_error_ratio_above"]
        check(set(above) == set(THRESHOLDS), f"{what}: thresholds")
        for name in THRESHOLDS:
            count = group.attrs[f"links_with_frame_error_ratio_above_{name}"]
            check(count == above[name], f"{what}: links above {name}")
        for row in group["distributions"][:]:
            quantity = text_of(row["quantity"])
            for key in row.dtype.names[1:]:
                same_or_none(float(row[key]), record[quantity][key], f"{what}: {key} of {quantity}")
        bins, histogram = group["margin_histogram"], record["margin_histogram"]
        check(bins["count"].tolist() == histogram["counts"], f"{what}: histogram")
        same(bins.attrs["bin_db"], histogram["bin_db"], f"{what}: width of bins")
        if len(bins):
            same(bins["lower_db"][0], histogram["first_db"], f"{what}: first bin")


def check_energy(results, summary):
    """What energies have to have in common in results.h5 and summary.json, and with one another."""
    energy = summary.get("energy")
    check(("energy" in results) == (energy is not None), "energy in one file only")
    check(("power_trace" in results) == (energy is not None), "power trace without energy")
    if energy is None:
        return
    group = results["energy"]
    for key in ("socket_J", "facility_J", "fans_J", "supplies_J", "pue", "moved_bytes"):
        same(group.attrs[key], energy[key], f"{key} of energy")
    same(energy["facility_J"], energy["socket_J"] * energy["pue"], "energy of the facility")
    same(energy["mean_W"] * energy["time_s"], energy["socket_J"], "mean power")
    check(energy["moved_bytes"] == summary["transfers"]["received_bytes"], "payload moved")
    socket = energy["socket_J"]
    for name, key, rows in (("class", "classes", "classes"), ("rack", "racks", "racks")):
        table = group[rows][:]
        check(len(table) == len(energy[key]), f"number of {key}")
        for row, record in zip(table, energy[key]):
            check(text_of(row[name]) == record[name], f"name of a {name}")
            same(row["socket_energy"], record["socket_J"], record[name])
        close(table["socket_energy"].sum(), socket, f"sum of {key}")
    check(("sleep" in group) == ("sleep" in energy), "sleep in one file only")
    for row, record in zip(group["sleep"][:] if "sleep" in group else [], energy.get("sleep", [])):
        for name in ("network", "rack", "module"):
            check(text_of(row[name]) == record[name], f"{name} of modules that sleep")
        same(row["asleep"], record["asleep_s"], "time asleep")
        check(row["wake_ups"] == record["wake_ups"], "wake-ups")
        same(row["saved_socket_energy"], record["saved_socket_J"], "energy saved")
    check(("rates" in group) == ("rates" in energy), "rates in one file only")
    for row, record in zip(group["rates"][:] if "rates" in group else [], energy.get("rates", [])):
        for name in ("network", "rack", "module"):
            check(text_of(row[name]) == record[name], f"{name} of modules with rates")
        same(row["rate_share"], record["rate_share"], "rate")
        same(row["at_rate"], record["at_rate_s"], "time at a rate")
        check(row["changes"] == record["changes"], "changes to a rate")
        same(row["saved_socket_energy"], record["saved_socket_J"], "energy saved at a rate")
    rows = group["collectives"][:]
    close(rows["socket_energy"].sum() + energy["besides_collectives_J"], socket, "collectives")
    for record in energy["collectives"]:
        own = rows[[text_of(name) == record["name"] for name in rows["name"]]]
        check((own["is_finished"] == 1).sum() == record["iterations"], "finished iterations")
        same(own["socket_energy"].sum(), record["socket_J"], f"energy of {record['name']}")
        for name, value in record["class_socket_J"].items():
            same(own[f"{name}_socket_energy"].sum(), value, f"{name} of {record['name']}")
    steps = results["power_trace"][:]
    check(results["power_trace"].attrs["unit_power"] == b"W", "unit of power")
    close((steps["power"] * (steps["to_ps"] - steps["from_ps"])).sum() / 1e12, socket, "trace")
    of_step = {}
    for row in steps:
        key = (row["part"], row["from_ps"])
        of_step[key] = of_step.get(key, 0) + row["power"]
    same(max(of_step.values()), energy["peak_W"], "peak of power")


def check_summary(results, summary):
    """What has to agree between results.h5 and summary.json."""
    check_optics_summary(results, summary)
    check_faults_summary(results, summary)
    check_energy(results, summary)
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
        check(row["bound_limit"].decode() == collective["bound_limit"], "limit of a collective")
        if collective["bound_s"] is None:
            check(math.isnan(row["bound"]), f"bound of {collective['name']} in one file only")
        else:
            same(row["bound"], collective["bound_s"], f"bound of {collective['name']}")
            check(row["bound"] <= collective["time_s"], f"{collective['name']} beats its bound")
    for name in HISTOGRAMS:
        check((name in results["latency"]) == (name in summary["latency"]), f"{name} in one file")
    for name in (name for name in HISTOGRAMS if name in results["latency"]):
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
    check_collectives(results, summary)
    has_packets = "packet" in results["latency"]
    check(("breakdown" in summary["latency"]) == has_packets, "breakdown without packets")
    breakdown = results["latency/breakdown"][:] if has_packets else []
    for which, quantile in (("mean", 0.0), ("tail", None)) if has_packets else ():
        values = summary["latency"]["breakdown"][which]
        quantile = values["quantile"] if quantile is None else quantile
        row = breakdown[breakdown["quantile"] == quantile][0]
        same(row["count"], values["count"], f"count of {which} breakdown")
        if values["count"]:
            for part in [*PARTS, "total"]:
                same(row[f"mean_{part}_ps"] / 1e12, values[f"{part}_s"], f"{which} {part}")
    check(
        results["config/scenario"][()].decode().rstrip("\0") == summary["run"]["scenario"],
        "scenario",
    )


def check_files(results_path, summary_path=None):
    with h5py.File(results_path, "r") as results:
        check_alone(results)
        if summary_path is not None:
            with open(summary_path, encoding="utf-8") as text:
                check_summary(results, json.load(text))


def check_run(program, policy):
    """Runs the scenario with a policy of modules and checks the results of the run and of its
    parts; the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        scenario, out = os.path.join(scratch, "small.toml"), os.path.join(scratch, "out")
        with open(scenario, "w", encoding="utf-8") as text:
            text.write(SCENARIO.replace("{policy}\n", POLICIES[policy]))
        run = subprocess.run(
            [program, scenario, "--quiet", "--out", out], capture_output=True, text=True
        )
        if "cannot read TOML" in run.stderr:
            print("results_readback: skipped, built without TOML")
            return SKIPPED
        check(run.returncode == 0, f"run-scenario: status {run.returncode}, said {run.stderr!r}")
        if not os.path.exists(os.path.join(out, "results.h5")):
            print("results_readback: skipped, built without HDF5")
            return SKIPPED
        folders = [out, *sorted(glob.glob(os.path.join(out, "parts", "*")))]
        check(len(folders) == 3, f"parts of the run: {folders}")
        for folder in folders:
            check_files(os.path.join(folder, "results.h5"), os.path.join(folder, "summary.json"))
        with h5py.File(os.path.join(out, "results.h5"), "r") as results:
            attrs = results["survey/ub"].attrs
            for key in SURVEY_COUNTS:
                check(attrs[key] > 0, f"the survey has no {key} to check")
            check(len(results["energy"][policy]) > 0, f"there are no modules to check: {policy}")
            check(len(results["faults"]) > 0, "there are no faults to check")
            check(len(results["fault_effects"]) == 1, "there are no effects of faults to check")
    return 0


def check_concurrent(program):
    """Runs two collectives at once, by packets, as flows and as both; the exit status."""
    with tempfile.TemporaryDirectory() as scratch:
        scenario = os.path.join(scratch, "concurrent.toml")
        with open(scenario, "w", encoding="utf-8") as text:
            text.write(CONCURRENT)
        for fidelity in ("packet", "flow", "hybrid"):
            out = os.path.join(scratch, fidelity)
            sets = ["--set", f"engine.fidelity={fidelity}"]
            sets += ["--set", "engine.packet_every=2"] if fidelity == "hybrid" else []
            run = subprocess.run(
                [program, scenario, "--quiet", "--out", out, *sets], capture_output=True, text=True
            )
            if "cannot read TOML" in run.stderr:
                return SKIPPED
            check(run.returncode == 0, f"status {run.returncode}, said {run.stderr!r}")
            results = os.path.join(out, "results.h5")
            if not os.path.exists(results):
                return SKIPPED
            check_files(results, os.path.join(out, "summary.json"))
            with h5py.File(results, "r") as file:
                check(
                    ("packet" in file["latency"]) == (fidelity != "hybrid"),
                    f"packets of {fidelity}",
                )
    return 0


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    if sys.argv[1] == "--run" and len(sys.argv) == 3:
        program = os.path.abspath(sys.argv[2])
        status = max(check_run(program, policy) for policy in POLICIES)
        status = max(status, check_concurrent(program))
    else:
        check_files(*sys.argv[1:])
        status = 0
    if status == 0:
        print("results_readback: ok")
    return status


if __name__ == "__main__":
    sys.exit(main())

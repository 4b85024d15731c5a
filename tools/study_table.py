# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""What a study found: values picked out of summaries, in CSV, in JSON and for reading."""

import csv
import decimal
import hashlib
import io
import json
import os
import platform
import textwrap

from study_file import did_you_mean, path_steps, text_of
from study_points import FAILED, FINISHED, read_json, write_atomically

SCHEMA_VERSION = 1
VERSION_KEYS = ("version", "git", "ns3_version", "compiler", "build_type")
WITHHELD = ("packet", "breakdown")  # what "latency" may have a note about instead
VOLATILE_KEYS = ("started_at", "host", "wall_s", "peak_rss_bytes")
WIDTH = 100  # of the printed table, where the terminal does not say
TIME_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"), (1e-12, "ps"))


def look_up(summary, path):
    """The value at a path. Raises LookupError, saying what there is, if there is none."""
    value = summary
    done = "summary.json"
    for step in path_steps(path):
        if isinstance(step, tuple):
            key, wanted = step
            if not isinstance(value, list):
                raise LookupError(f"{done} is no list")
            names = [str(entry.get(key)) for entry in value if isinstance(entry, dict)]
            if wanted not in names:
                raise LookupError(
                    f"{done} has no entry with {key}={wanted}{did_you_mean(wanted, names)}; "
                    f"there are: {', '.join(names) or 'none'}"
                )
            if names.count(wanted) > 1:
                raise LookupError(f"{done} has several entries with {key}={wanted}")
            value = next(e for e in value if isinstance(e, dict) and str(e.get(key)) == wanted)
            done += f"[{key}={wanted}]"
        elif isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                count = len(value) if isinstance(value, list) else "no"
                raise LookupError(f"{done} has {count} entries, none with the number {step}")
            value = value[step]
            done += f"[{step}]"
        else:
            if step in WITHHELD and isinstance(value, dict) and "note" in value:
                return None
            if not isinstance(value, dict) or step not in value:
                known = list(value) if isinstance(value, dict) else []
                raise LookupError(
                    f"{done} has no {step}{did_you_mean(step, known)}; "
                    f"there are: {', '.join(known) or 'no keys'}"
                )
            value = value[step]
            done += f".{step}"
    if isinstance(value, (dict, list)):
        within = ", ".join(value) if isinstance(value, dict) else f"[0] to [{len(value) - 1}]"
        raise LookupError(f"{done} is no single value; it has: {within or 'nothing'}")
    return value


def pick(summary, column):
    """A column's value in a summary; None if it is null, or there is nothing to divide by."""
    value = look_up(summary, column.value)
    if not column.per:
        return value
    whole = look_up(summary, column.per)
    if value is None or not whole:
        return None
    for path, number in ((column.value, value), (column.per, whole)):
        if isinstance(number, (str, bool)):
            raise LookupError(f"{path} is no number")
    return value / whole


class Picked:
    """What the table keeps of a summary."""

    def __init__(self, study, summary):
        self.columns = {}
        for column in study.columns:
            try:
                self.columns[column.name] = pick(summary, column)
            except LookupError as problem:
                raise LookupError(f"column {column.name}: {problem}") from None
        self.warnings = summary.get("warnings", [])
        run = summary.get("run", {})
        self.versions = {key: run.get(key) for key in VERSION_KEYS}


def take_in(study, points, point):
    """Reads a finished point's summary. One that lacks a column counts as failed."""
    summary = read_json(os.path.join(points.path(point), "summary.json")) or {}
    try:
        point.summary = Picked(study, summary)
    except LookupError as problem:
        point.state = FAILED
        point.problem = str(problem)
    return point.state == FINISHED


def columns_of(study, point):
    if point.summary is None:
        return {column.name: None for column in study.columns}
    return point.summary.columns


def csv_text(study, points):
    """The table in CSV: one row a point; what does not exist is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(study.axis_keys() + [column.name for column in study.columns])
    for point in points:
        cells = [text_of(value) for value in point.values]
        for value in columns_of(study, point).values():
            # repr of a double has the fewest digits that read back as the same double.
            cells.append("" if value is None else text_of(value))
        writer.writerow(cells)
    return out.getvalue()


def plain(value):
    """A value of the study as JSON knows it."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    return [plain(item) for item in value] if isinstance(value, list) else value


def json_text(study, points):
    """The table and what it is of."""
    versions = []
    rows = []
    for point in points:
        if point.summary and point.summary.versions not in versions:
            versions.append(point.summary.versions)
        rows.append(
            {
                "directory": f"points/{point.name()}",
                "state": point.state,
                "problem": point.problem or None,
                "axes": dict(zip(study.axis_keys(), map(plain, point.values))),
                "columns": columns_of(study, point),
                "settings": point.settings,
                "version": versions.index(point.summary.versions) if point.summary else None,
                "warnings": point.summary.warnings if point.summary else [],
            }
        )
    content = {
        "schema_version": SCHEMA_VERSION,
        "name": study.name,
        "description": study.description,
        "study_file": os.path.basename(study.path),
        "study_sha256": hashlib.sha256(study.text.encode()).hexdigest(),
        "study": study.text,
        "arguments": [f"--set {override}" for override in study.overrides],
        "scenario_file": study.scenario,
        "scenario_sha256": study.scenario_sha256,
        "versions": versions,
        "axes": [
            {
                "keys": list(axis.keys),
                "label": axis.label,
                "values": [[plain(value) for value in row] for row in axis.rows],
            }
            for axis in study.axes
        ],
        "columns": [
            {"name": column.name, "value": column.value, "per": column.per or None}
            for column in study.columns
        ],
        "points": rows,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def volatile_text(points):
    """What differs when the study is run again: machine, date, time it took."""
    runs = {}
    for point in points.points:
        if point.state == FINISHED:
            facts = read_json(os.path.join(points.path(point), "volatile.json")) or {}
            runs[point.name()] = {key: facts.get(key) for key in VOLATILE_KEYS}
    content = {"schema_version": SCHEMA_VERSION, "host": platform.node(), "points": runs}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def write_tables(study, points):
    """Writes study.csv, study.json and volatile.json."""
    for name, text in (
        ("study.csv", csv_text(study, points.points)),
        ("study.json", json_text(study, points.points)),
        ("volatile.json", volatile_text(points)),
    ):
        write_atomically(os.path.join(points.directory, name), text)


def shown(value):
    """A value for reading, in five digits."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.5g}"
    return text_of(value)


def shown_column(name, values):
    """Heading and cells of a column; times come in the unit that suits the longest."""
    numbers = [abs(v) for v in values if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if name.endswith("_s") and numbers and max(numbers) > 0:
        size, unit = next((u for u in TIME_UNITS if max(numbers) >= u[0]), TIME_UNITS[-1])
        values = [None if v is None else float(v) / size for v in values]
        name = f"{name[:-2]} ({unit})"
    return [name] + [shown(value) for value in values]


def printed_table(study, points, width=WIDTH):
    """The table for reading. Columns that do not fit follow below, with the axes again."""
    keys = study.axis_keys()
    axes = [[key] + [text_of(p.values[i]) for p in points] for i, key in enumerate(keys)]
    axes = axes or [["point"] + [point.name() for point in points]]
    columns = [
        shown_column(c.name, [columns_of(study, point)[c.name] for point in points])
        for c in study.columns
    ]
    if any(point.state != FINISHED for point in points):
        columns.append(["state"] + [point.state for point in points])

    def width_of(column):
        return max(map(len, column)) + 2

    blocks = []
    block = []
    for column in columns:
        if block and sum(map(width_of, axes + block + [column])) > width:
            blocks.append(block)
            block = []
        block.append(column)
    blocks.append(block)
    lines = []
    for block in blocks:
        block = axes + block
        if lines:
            lines.append("")
        for row in range(len(points) + 1):
            cells = (column[row].rjust(width_of(column)) for column in block)
            lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def printed_warnings(points, width=WIDTH):
    """A paragraph for each reason that figures of points are approximate, and of how many."""
    reasons = {}
    for point in points:
        for warning in point.summary.warnings if point.summary else []:
            told = reasons.setdefault(warning["reason"], [0, warning["figures"]])
            told[0] += 1
    return "".join(
        "\n"
        + textwrap.fill(
            f"warning: {figures}: approximate in {count} of {len(points)} points: {reason}",
            width,
            subsequent_indent="  ",
        )
        + "\n"
        for reason, (count, figures) in reasons.items()
    )

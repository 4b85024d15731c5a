# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Reads a study file; refuses what is wrong, naming file, key, value and what is allowed."""

import dataclasses
import decimal
import difflib
import hashlib
import itertools
import json
import os
import re

try:
    import tomllib
except ImportError:  # Python before 3.11
    tomllib = None

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
ALLOWED_NAME = "letters, digits and . _ -, beginning with a letter or digit"
KEY = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
ALLOWED_KEY = 'a key of the scenario as --set takes it, for example "network.routing"'
ALLOWED_VALUE = "a text, a number, true or false, or a list of these"
ALLOWED_PATH = (
    "a path into summary.json, for example latency.packet.p99_s or "
    "collectives[name=all-reduce].time_s"
)
PATH_STEP = re.compile(r"\.?([A-Za-z0-9_]+)|\[(\d+)\]|\[([A-Za-z0-9_]+)=([^\]]+)\]")
# What differs from run to run, and would make a table that cannot be had again.
VOLATILE = ("engine.wall_s", "engine.packet_hops_per_s", "engine.peak_rss_bytes")
MOST_POINTS = 10_000
MOST_NAMES = 20  # in a message; more than that is no help
EXAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "examples")
STUDIES = os.path.join(EXAMPLES, "studies")
SCENARIOS = os.path.join(EXAMPLES, "scenarios")
MAX_FILE_BYTES = 16 << 20

DEFAULT_COLUMNS = [
    ("packets", "engine.packets"),
    ("packet_p50_s", "latency.packet.p50_s"),
    ("packet_p99_s", "latency.packet.p99_s"),
    ("packet_p999_s", "latency.packet.p999_s"),
    ("packet_max_s", "latency.packet.max_s"),
    ("collectives", "latency.collective.count"),
    ("collective_mean_s", "latency.collective.mean_s"),
    ("collective_p50_s", "latency.collective.p50_s"),
    ("collective_p99_s", "latency.collective.p99_s"),
    ("collective_max_s", "latency.collective.max_s"),
    ("retries", "links.retries"),
    ("link_downs", "links.link_downs"),
    ("lost_packets", "links.lost_packets"),
    ("failed_bytes", "transfers.failed_bytes"),
]


class StudyError(Exception):
    """A study that is refused."""


class StudyWriteError(StudyError):
    """Results of a study that could not be written."""


@dataclasses.dataclass(frozen=True)
class Axis:
    """Keys that change together, and the values they take one after another."""

    keys: tuple
    label: str
    rows: tuple  # a value for each key


@dataclasses.dataclass(frozen=True)
class Column:
    """What of each summary goes into the table; divided by `per` if that is given."""

    name: str
    value: str
    per: str


@dataclasses.dataclass(frozen=True)
class Figure:
    """A drawing of columns against an axis."""

    name: str
    title: str
    x: str
    y: tuple
    x_label: str
    y_label: str
    log_x: bool
    log_y: bool


@dataclasses.dataclass(frozen=True)
class Study:
    """A study file, checked."""

    path: str
    text: str
    name: str
    description: str
    scenario: str  # as the study says
    scenario_path: str
    scenario_sha256: str
    overrides: tuple  # of the command line
    settings: dict  # of all points
    axes: tuple
    columns: tuple
    figures: tuple

    def axis_keys(self):
        return [key for axis in self.axes for key in axis.keys]

    def axis_values(self):
        """The values of the axes at each point; the last axis changes fastest."""
        rows = itertools.product(*(axis.rows for axis in self.axes))
        return [[value for part in row for value in part] for row in rows]


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_of(value):
    """A value as --set takes it: quotes are not needed, but for texts in a list."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        inner = [
            json.dumps(item, ensure_ascii=False) if isinstance(item, str) else text_of(item)
            for item in value
        ]
        return "[" + ",".join(inner) + "]"
    return str(value)


def there_are(path, shipped):
    """What may be meant instead of a file that is not there: beside it, and what is shipped."""
    if os.path.exists(path):
        return ""
    folders = {os.path.realpath(folder): folder for folder in (shipped, os.path.dirname(path))}
    said = ""
    for folder in reversed(folders.values()):
        try:
            names = sorted(name for name in os.listdir(folder or ".") if name.endswith(".toml"))
        except OSError:
            continue
        if names:
            more = ["..."] if len(names) > MOST_NAMES else []
            said += f" in {folder or 'this folder'}: " + ", ".join(names[:MOST_NAMES] + more) + ";"
    return "; there are" + said[:-1] if said else ""


def did_you_mean(name, known):
    near = difflib.get_close_matches(name, known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def path_steps(path):
    """The steps of a path: keys, numbers, and (key, value) pairs that select from a list."""
    steps = []
    at = 0
    while at < len(path):
        step = PATH_STEP.match(path, at)
        # A dot is between two keys, and nowhere else.
        if not step or (step[1] and (at > 0) != path.startswith(".", at)):
            raise ValueError(path)
        steps.append(step[1] or (int(step[2]) if step[2] else (step[3], step[4])))
        at = step.end()
    if not steps:
        raise ValueError(path)
    return steps


class Table:
    """A table of the file: what is taken from it is known, what is left over is refused."""

    def __init__(self, path, prefix, entries):
        self.path = path
        self.prefix = prefix
        self.entries = dict(entries)
        self.known = []

    def refuse(self, key, problem, allowed):
        raise StudyError(f"{self.path}: {self.prefix}{key}{problem}; allowed: {allowed}")

    def refuse_value(self, key, value, allowed):
        shown = json.dumps(value, default=str, ensure_ascii=False)
        if len(shown) > 60:
            shown = shown[:57] + "..."
        self.refuse(key, f" = {shown}", allowed)

    def take(self, key, kinds, allowed, default=None):
        self.known.append(key)
        if key not in self.entries:
            return default
        value = self.entries.pop(key)
        # A bool is an int to Python, and to nobody else.
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.refuse_value(key, value, allowed)
        return value

    def take_text(self, key, default=None):
        text = self.take(key, (str,), "a text", default)
        if text is None:
            self.refuse(key, " is missing", "a text")
        return text

    def take_name(self, key):
        name = self.take_text(key)
        if not NAME.fullmatch(name):
            self.refuse_value(key, name, ALLOWED_NAME)
        return name

    def take_tables(self, key):
        """Tables of an array, which may be missing."""
        allowed = f"tables, each begun with [[{key}]]"
        entries = self.take(key, (list,), allowed, [])
        for number, entry in enumerate(entries):
            if not isinstance(entry, dict):
                self.refuse_value(f"{key}[{number}]", entry, allowed)
        return [
            Table(self.path, f"{self.prefix}{key}[{number}].", entry)
            for number, entry in enumerate(entries)
        ]

    def check_key(self, key, where=None):
        if not KEY.fullmatch(key):
            self.refuse_value(where or key, key, ALLOWED_KEY)

    def check_value(self, key, value):
        """Refuses what --set cannot take."""
        for item in value if isinstance(value, list) else [value]:
            good = isinstance(item, (str, bool, int, decimal.Decimal))
            if isinstance(item, decimal.Decimal) and not item.is_finite():
                good = False
            if not good or item == "":
                self.refuse_value(key, value, ALLOWED_VALUE + ", and not empty")

    def end(self):
        for key in self.entries:
            hint = did_you_mean(key, self.known)
            self.refuse(key, f": unknown key{hint}", ", ".join(self.known))


def flatten(entries, prefix=""):
    """Dotted keys: "a.b" = 1 and a.b = 1 say the same in a study."""
    flat = []
    for key, value in entries.items():
        if isinstance(value, dict) and value:
            flat += flatten(value, f"{prefix}{key}.")
        else:
            flat.append((prefix + key, value))
    return flat


def read_settings(table, entries):
    settings = {}
    for key, value in flatten(entries):
        table.check_key(key)
        table.check_value(key, value)
        if key in settings:
            table.refuse(key, " is set twice", "once")
        settings[key] = value
    return settings


def read_range(table):
    """The values from, from + step, ... to."""
    numbers = {}
    for key in ("from", "to", "step"):
        numbers[key] = table.take(key, (int, decimal.Decimal), "a number")
        if numbers[key] is None:
            table.refuse(key, " is missing", "values = [...], or all of from, to and step")
        table.check_value(key, numbers[key])
    first, last, step = numbers.values()
    allowed = "a step that leads from `from` to `to` in whole steps"
    if step == 0:
        table.refuse_value("step", step, allowed)
    try:
        steps = decimal.Decimal(last - first) / step
        whole = steps == steps.to_integral_value()
    except decimal.DecimalException:
        whole = False
    if not whole or steps < 0:
        table.refuse_value("step", step, allowed)
    if steps >= MOST_POINTS:
        table.refuse_value("step", step, f"at most {MOST_POINTS} values on an axis")
    return tuple((first + i * step,) for i in range(int(steps) + 1))


def read_axis(table):
    key = table.take("key", (str,), ALLOWED_KEY)
    values = table.take("values", (list,), "a list of values, or of tables of keys and values")
    label = table.take_text("label", key or "")
    if values is None:
        if key is None:
            table.refuse("key", " is missing", ALLOWED_KEY)
        keys, rows = (key,), read_range(table)
    else:
        table.known += ["from", "to", "step"]
        if not values:
            table.refuse_value("values", values, "at least one value")
        if key is not None:
            keys, rows = (key,), []
            for number, value in enumerate(values):
                if isinstance(value, dict):
                    table.refuse_value(f"values[{number}]", value, "without `key`; with it, values")
                table.check_value(f"values[{number}]", value)
                rows.append((value,))
        else:
            keys, rows = read_joint_values(table, values)
    for one in keys:
        table.check_key(one, "key")
    table.end()
    seen = set()
    for number, row in enumerate(rows):
        texts = tuple(map(text_of, row))
        if texts in seen:
            table.refuse(f"values[{number}]", f" = {', '.join(texts)}", "each value once")
        seen.add(texts)
    return Axis(keys, label or ", ".join(keys), tuple(rows))


def read_joint_values(table, values):
    """Values of several keys that change together."""
    keys, rows = None, []
    for number, value in enumerate(values):
        where = f"values[{number}]"
        if not isinstance(value, dict):
            table.refuse("key", " is missing", ALLOWED_KEY + "; or `values` of tables")
        inner = Table(table.path, f"{table.prefix}{where}.", {})
        settings = read_settings(inner, value)
        keys = keys or tuple(settings)
        if not keys or set(settings) != set(keys):
            known = ", ".join(keys) or "at least one"
            table.refuse_value(where, value, "tables with the same keys: " + known)
        rows.append(tuple(settings[key] for key in keys))
    return keys, rows


def read_path(table, key, default=None):
    path = table.take_text(key, default)
    if path == "" and default == "":
        return path
    try:
        path_steps(path)
    except ValueError:
        table.refuse_value(key, path, ALLOWED_PATH)
    if path in VOLATILE:
        table.refuse_value(key, path, "what is the same in every run; volatile.json has the rest")
    return path


def read_columns(root, axis_keys):
    columns, names = [], list(axis_keys)
    for table in root.take_tables("column"):
        value = read_path(table, "value")
        per = read_path(table, "per", "")
        name = table.take_name("name") if "name" in table.entries else value
        if name in names:
            table.refuse_value("name", name, "a name that no other column and no axis has")
        table.known.append("name")
        table.end()
        names.append(name)
        columns.append(Column(name, value, per))
    return columns or [Column(name, value, "") for name, value in DEFAULT_COLUMNS]


def read_figures(root, axis_keys, columns):
    figures = []
    column_names = [column.name for column in columns]
    for table in root.take_tables("figure"):
        name = table.take_name("name")
        if name in [figure.name for figure in figures]:
            table.refuse_value("name", name, "a name that no other figure has")
        x = table.take_text("x")
        if x not in axis_keys:
            table.refuse_value("x", x, "a key of an axis: " + ", ".join(axis_keys))
        y = table.take("y", (list,), "a list of columns", [])
        for column in y or [""]:
            if column not in column_names:
                table.refuse_value("y", y, "a list of columns: " + ", ".join(column_names))
        figure = Figure(
            name,
            table.take_text("title", root.entries_name),
            x,
            tuple(y),
            table.take_text("x_label", ""),
            table.take_text("y_label", ""),
            table.take("log_x", (bool,), "true or false", False),
            table.take("log_y", (bool,), "true or false", False),
        )
        table.end()
        figures.append(figure)
    return figures


def apply_overrides(path, settings, overrides, axis_keys):
    """What the command line sets takes the place of what the file sets."""
    result = dict(settings)
    for override in overrides:
        key, equals, value = override.partition("=")
        if not equals or not value or not KEY.fullmatch(key):
            raise StudyError(f'--set {override}: no setting; allowed: KEY.PATH=VALUE')
        if key in axis_keys:
            raise StudyError(f"--set {override}: an axis of {path}; allowed: keys that are no axis")
        result[key] = value
    return result


def read_text(path):
    """Reads a file of text: a regular one of some size, in UTF-8."""
    refused = f"{path}: cannot be read: "
    # A pipe or a device may have no end, or never begin.
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        raise StudyError(f"{refused}no regular file; allowed: a study file")
    with open(path, "rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise StudyError(f"{refused}longer than 16 MiB; allowed: a study file")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        byte = content[problem.start]
        raise StudyError(f"{path}:{line}: byte 0x{byte:02x} is no UTF-8") from None


def read_study(path, overrides=()):
    """Reads and checks a study file."""
    if tomllib is None:
        raise StudyError("studies need Python 3.11 or later, which can read TOML")
    try:
        text = read_text(path)
        # Decimal numbers come out as they were written: 0.1 + 0.2 is 0.3.
        entries = tomllib.loads(text, parse_float=decimal.Decimal)
    except OSError as problem:
        said = f"{path}: cannot be read: {problem.strerror}; allowed: a study file"
        raise StudyError(said + there_are(path, STUDIES)) from None
    except (tomllib.TOMLDecodeError, decimal.DecimalException, RecursionError) as problem:
        raise StudyError(f"{path}: not valid TOML: {problem}") from None

    root = Table(path, "", entries)
    name = root.entries_name = root.take_name("name")
    description = root.take_text("description", "")
    scenario = root.take_text("scenario")
    scenario_path = os.path.join(os.path.dirname(path), scenario)
    try:
        scenario_sha256 = sha256(scenario_path)
    except OSError as problem:
        found = f' = "{scenario}": {scenario_path} cannot be read: {problem.strerror}'
        allowed = "a scenario file, its path relative to the study's folder"
        root.refuse("scenario", found, allowed + there_are(scenario_path, SCENARIOS))

    settings_table = Table(path, "set.", {})
    settings = read_settings(settings_table, root.take("set", (dict,), "a table, [set]", {}))
    axes = tuple(read_axis(table) for table in root.take_tables("axis"))
    keys = [key for axis in axes for key in axis.keys]
    for key in keys:
        if keys.count(key) > 1:
            root.refuse("axis", f": {key} is on two axes", "a key on one axis only")
        if key in settings:
            settings_table.refuse(key, " is an axis too", "a key in [set] or on an axis, not both")
    count = 1
    for axis in axes:
        count *= len(axis.rows)
    if count > MOST_POINTS:
        root.refuse("axis", f": {count} points", f"at most {MOST_POINTS} combinations")
    columns = tuple(read_columns(root, keys))
    figures = tuple(read_figures(root, keys, columns))
    root.end()
    settings = apply_overrides(path, settings, overrides, keys)
    return Study(
        path, text, name, description, scenario, scenario_path, scenario_sha256,
        tuple(overrides), settings, axes, columns, figures,
    )  # fmt: skip

# Copyright (c) 2026 The optical-fabric authors
#
# SPDX-License-Identifier: GPL-2.0-only
"""Draws the figures of a study, if matplotlib is installed."""

import io
import os

from study_file import text_of
from study_points import FINISHED, write_atomically

HOW_TO_GET_IT = "no figures without matplotlib; on Debian: apt-get install python3-matplotlib"


def is_number(value):
    return value is not None and not isinstance(value, (str, bool, list))


def lines_of(study, points, figure):
    """The lines of a figure, as (label, xs, ys): for each column, at each value of other axes."""
    keys = study.axis_keys()
    x_at = keys.index(figure.x)
    x_axis = next(axis for axis in study.axes if figure.x in axis.keys)
    lines = {}
    for point in points:
        if point.state != FINISHED:
            continue
        # What changes together with x is no line of its own.
        others = [
            f"{key} = {text_of(value)}"
            for key, value in zip(keys, point.values)
            if key not in x_axis.keys
        ]
        for column in figure.y:
            y = point.summary.columns[column]
            if is_number(y):
                x = point.values[x_at]
                xs, ys = lines.setdefault(", ".join([column] + others), ([], []))
                xs.append(float(x) if is_number(x) else text_of(x))
                ys.append(float(y))
    return [(label, xs, ys) for label, (xs, ys) in lines.items()]


def draw(study, points, directory):
    """Draws all figures; returns what there is to tell."""
    if not study.figures:
        return []
    try:
        import matplotlib

        # Draws to files, needs no screen; the same drawing is the same file.
        matplotlib.use("svg")
        matplotlib.rcParams["svg.hashsalt"] = study.name
        from matplotlib import pyplot
    except ImportError:
        return [HOW_TO_GET_IT]
    except Exception as problem:  # installed, but broken
        return [f"no figures: matplotlib says: {problem}"]
    told = []
    for figure in study.figures:
        path = os.path.join(directory, figure.name + ".svg")
        try:
            draw_one(study, points, figure, path, pyplot)
            told.append(path)
        except Exception as problem:  # whatever ails the library, the study is done
            told.append(f"no figure {figure.name}: {problem}")
    return told


def draw_one(study, points, figure, path, pyplot):
    picture, axes = pyplot.subplots(figsize=(8, 5), layout="constrained")
    lines = lines_of(study, points, figure)
    for label, xs, ys in lines:
        axes.plot(xs, ys, marker="o", label=label)
    axes.set_title(figure.title)
    x_axis = next(axis for axis in study.axes if figure.x in axis.keys)
    axes.set_xlabel(figure.x_label or (x_axis.label if len(x_axis.keys) == 1 else figure.x))
    axes.set_ylabel(figure.y_label or ", ".join(figure.y))
    # Zero has no logarithm, and is left out of such a scale.
    if figure.log_x:
        axes.set_xscale("log")
    if figure.log_y:
        axes.set_yscale("log")
    axes.grid(True, alpha=0.3)
    if lines:
        axes.legend()
    drawing = io.StringIO()
    picture.savefig(drawing, format="svg", metadata={"Date": None})
    pyplot.close(picture)
    write_atomically(path, drawing.getvalue())

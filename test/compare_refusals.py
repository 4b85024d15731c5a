#!/usr/bin/env python3
"""The program compare-fabrics as a user runs it: tables, JSON, and what it refuses.

usage: compare_refusals.py COMPARE_FABRICS
"""

import json
import os
import subprocess
import sys
import tempfile
import termios

WIDTH = 120  # columns that a table may take in a file
NARROW = 80  # and on a terminal that has no more


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def check(condition, what):
    if not condition:
        sys.exit(f"compare-fabrics: {what}")


def on_terminal(program, *arguments):
    """Standard output of the program on a terminal of 80 columns."""
    reader, writer = os.openpty()
    termios.tcsetwinsize(writer, (24, NARROW))
    with subprocess.Popen([program, *arguments], stdout=writer, stderr=subprocess.PIPE) as process:
        os.close(writer)
        out = b""
        while True:
            try:
                part = os.read(reader, 65536)
            except OSError:  # the other end is closed
                part = b""
            if not part:
                break
            out += part
        err = process.stderr.read().decode()
    os.close(reader)
    check(process.returncode == 0, f"on a terminal, {arguments} ends with {process.returncode}: {err}")
    return out.decode().replace("\r\n", "\n")


def check_terminal(program):
    """All tables fit a terminal of 80 columns, and say the same as in a file."""
    for arguments in (
        ["--no-times", "--replications", "0"],
        ["--no-times", "--optics", "all", "--length", "2", "--replications", "0"],
        ["--accelerators"],
        ["--tornado"],
        ["--terms"],
    ):
        narrow = on_terminal(program, *arguments)
        widest = max(narrow.splitlines(), key=len)
        check(len(widest) <= NARROW, f"{arguments} is too wide for a terminal: {widest!r}")
        wide = run(program, *arguments)[1]
        missing = set(wide.split()) - set(narrow.split())
        check(not missing, f"{arguments} lacks {missing} on a terminal")


def check_numbers(program):
    """Numbers may be written in any way."""
    texts = ("2", "2e0", "0.2e1")
    outs = [run(program, "--no-times", "--replications", text)[:2] for text in texts]
    for text, out in zip(texts, outs):
        check(out == outs[0] and out[0] == 0, f"{text} replications are not 2: {out}")


def refuses(program, arguments, words):
    status, out, err = run(program, *arguments)
    check(status == 2, f"{arguments} ends with {status}, not 2")
    check(out == "", f"{arguments} prints something before it is refused")
    for word in words:
        check(word in err, f"{arguments} says {err!r}, without {word!r}")


def figures_of(path):
    """Maps system to key to figure."""
    with open(path) as text:
        comparison = json.load(text)
    systems = {}
    for system in comparison["systems"]:
        keys = [figure["key"] for figure in system["figures"]]
        check(len(keys) == len(set(keys)), f"{system['name']}: a key comes twice")
        systems[system["name"]] = {figure["key"]: figure for figure in system["figures"]}
    return systems


def main():
    os.environ.pop("COLUMNS", None)  # programs would break their lines for it
    program = sys.argv[1]
    status, out, err = run(program, "--accelerators")
    if "cannot read TOML" in err:
        sys.exit(77)  # so there is no catalog
    check(status == 0 and "H100-SXM" in out and "H20" in out, f"accelerators: {err}")
    check(max(map(len, out.splitlines())) <= WIDTH, "the table of accelerators is too wide")

    refuses(program, ["--acelerator", "H20"], ["did you mean --accelerator", "--help"])
    refuses(program, ["--accelerator", "H10", "--no-times"], ["H10", "Ascend-910C"])
    refuses(program, ["--optics", "LPQ", "--no-times"], ["LPQ", "400G-SR8-LPO"])
    refuses(program, ["--optics", "copper", "--no-times"], ["30.0 m", "2.0 m", "--length"])
    refuses(program, ["--region", "Mars", "--no-times"], ["Mars", "China, US"])
    for table in ([], ["--tornado"], ["--optics", "all"]):
        refuses(
            program,
            ["--no-times", "--length", "5000", *table],
            ["--length 5000", "400G-SR8-LPO", "OM4", "allowed: 0 to "],
        )
    refuses(
        program,
        ["--no-times", "--length", "60000", "--optics", "400G-DR4"],
        ["--length 60000", "400G-DR4", "SMF", "allowed: 0 to "],
    )
    refuses(program, ["--length", "-1"], ["-1", "0 to 100000"])
    refuses(program, ["--length"], ["a value is missing"])
    refuses(program, ["--json="], ["--json", "no value"])
    refuses(program, ["--catalog", "/nowhere.toml"], ["/nowhere.toml"])

    if hasattr(termios, "tcsetwinsize"):  # Python 3.11
        check_terminal(program)
    check_numbers(program)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "usual.json")
        few = ["--no-times", "--replications", "2", "--json", path]
        status, out, err = run(program, *few)
        # A slow machine is told how far it is.
        others = [line for line in err.splitlines() if " done after " not in line]
        check(status == 0 and not others, f"the usual table ends with {status}: {err}")
        check(max(map(len, out.splitlines())) <= WIDTH, "the usual table is too wide")
        usual = figures_of(path)
        modules = usual["CloudMatrix384"]["modules"]
        check(modules["value"] == 6912 and modules["published"] == 6912, "modules")
        check(modules["mark"] == "-", "modules are counted")
        check(usual["GB200-NVL72"]["copper_lanes"]["value"] == 5184, "copper lanes")
        check("6,912" in out and "5,184" in out, "the table has the counts")

        # The same settings replace the file, others do not.
        check(run(program, *few)[0] == 0, "the same settings again")
        with open(path, "rb") as file:
            before = file.read()
        for change, words in (
            (["--no-times", "--replications", "0"], ["replications = 2 there, 0 now", "--force"]),
            (["--no-times", "--tornado"], ["table = systems there, tornado now"]),
        ):
            refuses(program, [*change, "--json", path], words)
        with open(path, "rb") as file:
            check(file.read() == before, "a comparison that was refused touched a file")
        letter = os.path.join(folder, "letter.txt")
        with open(letter, "w") as text:
            text.write("dear reader")
        refuses(program, ["--no-times", "--json", letter], ["it says nothing of its settings"])
        quick = ["--accelerators", "--json", letter]
        check(run(program, *quick, "--force")[0] == 0, "--force replaces a file")
        check(run(program, *quick)[0] == 0, "the same settings replace a file")

        path = os.path.join(folder, "what-if.json")
        none = ["--no-times", "--replications", "0", "--json", path]
        run(program, "--accelerator", "Ascend-910D-what-if", *none)
        other = figures_of(path)["CloudMatrix384"]
        compute = usual["CloudMatrix384"]["compute_pflops"]["value"]
        check(abs(other["compute_pflops"]["value"] - 2 * compute) < 1e-6, "twice the compute")
        check(other["compute_pflops"]["mark"] == "M", "a what-if is a guess")
        check("published" not in other["modules"], "nobody has published a what-if")

        path = os.path.join(folder, "all.json")
        none[-1] = path
        status, out, err = run(program, "--optics", "all", "--length", "2", "--region", "US", *none)
        check(status == 0, f"all optics end with {status}: {err}")
        check(max(map(len, out.splitlines())) <= WIDTH, "the table of all optics is too wide")
        systems = figures_of(path)
        check(list(systems) == ["LPO", "DSP", "LRO", "CPO", "copper"], "variants")
        power = {name: figures["power_kw"]["value"] for name, figures in systems.items()}
        check(power["DSP"] > power["LRO"] > power["LPO"] > power["CPO"] > power["copper"], "power")
        check("cost_kusd_china" not in systems["LPO"], "one region only")
        check("No rate of failures is known of LPO, DSP and LRO" in out, "what cannot differ")
        for key in ("modules", "fibres", "compute_pflops", "failures_per_year"):
            values = {systems[name][key]["value"] for name in ("LPO", "DSP", "LRO")}
            check(len(values) == 1, f"{key} does not depend on what is in a pluggable")
        failures = {name: figures["failures_per_year"]["value"] for name, figures in systems.items()}
        check(failures["CPO"] < failures["LPO"], "engines beside the chip fail less often")

        path = os.path.join(folder, "tornado.json")
        status, out, err = run(program, "--tornado", "--json", path)
        check(status == 0 and err == "", f"the tornado ends with {status}: {err}")
        check(max(map(len, out.splitlines())) <= WIDTH, "the tornado is too wide")
        with open(path) as text:
            costs = json.load(text)["costs"]
        check(len(costs) == 4, "two systems in two regions")
        for cost in costs:
            name = cost["system"] + ", " + cost["region"]
            least, typical, most = (cost[case]["tco_usd"] for case in ("cheapest", "typical", "dearest"))
            check(least < typical < most, f"{name}: the order of costs")
            key = "cost_kusd_" + cost["region"].lower()
            system = "CloudMatrix384" if "CloudMatrix" in name else "GB200-NVL72"
            figure = usual[system][key]["value"]
            check(abs(typical / 1000 - figure) < 1e-9 * figure, f"{name}: not the cost of the table")
            swings = [bar["swing_usd"] for bar in cost["tornado"]]
            check(swings == sorted(swings, reverse=True), f"{name}: the order of bars")
            inputs = [bar["input"] for bar in cost["tornado"]]
            for word in ("outage hour", "failures of npu", "share used up, npu", "power of", "building"):
                check(any(text.startswith(word) for text in inputs), f"{name}: no bar of {word}")
            check(all(least <= bar["tco_usd_at_low"] <= most for bar in cost["tornado"]), name)
        refuses(program, ["--tornado", "--region", "Mars"], ["Mars", "China, US"])

        # What the table and the equal terms say is the same, with the same intervals.
        path = os.path.join(folder, "terms.json")
        status, out, err = run(program, "--terms", "--json", path)
        check(status == 0 and err == "", f"equal terms end with {status}: {err}")
        with open(path) as text:
            terms = json.load(text)["terms"]
        check([term["key"] for term in terms].count("cost_kusd") == 2, "a cost in each region")
        rows = {
            "compute_pflops": "compute_pflops",
            "memory_tb": "memory_tb",
            "power_kw": "power_scale_up_kw",
            "failures_per_year": "failures_per_year",
            "availability_percent": "availability_percent",
            "job_efficiency_percent": "job_efficiency_percent",
        }
        for term in terms:
            name = term["key"]
            check(term["ratio"]["low"] <= term["ratio"]["typical"] <= term["ratio"]["high"], name)
            ratio = term["first"]["typical"] / term["second"]["typical"]
            check(abs(term["ratio"]["typical"] - ratio) < 1e-9 * ratio, f"{name}: the ratio")
            check(len(term["decisive"]) <= 3, f"{name}: more than three decide")
            for side, system in (("first", "CloudMatrix384"), ("second", "GB200-NVL72")):
                figure = usual[system].get(rows.get(name))
                if figure and "input_low" in figure:
                    for end in ("low", "high"):
                        value = figure["input_" + end]
                        check(abs(term[side][end] - value) <= 1e-9 * value, f"{name}: {side} {end}")
        # What moves both alike moves no ratio: nobody's cost of power depends on the grid more.
        energy = [term for term in terms if term["key"] == "power_kw"][0]
        check("electricity" not in energy["decisive"], "the price of electricity moves power")
        refuses(program, ["--terms", "--optics", "all"], ["--optics all", "--terms"])
        spares = [usual[system]["spare_percent"]["value"] for system in usual]
        check(abs(spares[0] - spares[1]) < 1e-9, f"spares in equal shares: {spares}")
        for system in usual:
            goodput = usual[system]["job_goodput_percent"]
            closed = usual[system]["job_efficiency_percent"]["value"]
            check(abs(goodput["value"] - closed) < 0.1, f"{system}: campaign and closed form differ")
            check(goodput["input_low"] < goodput["value"] < goodput["input_high"], f"{system}: goodput")

    status, _, err = run(program, "--no-times", "--json", "/nowhere/comparison.json")
    check(status == 1 and "/nowhere" in err, "results that cannot be written")


if __name__ == "__main__":
    main()

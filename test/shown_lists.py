"""What test/shown_commands.py does otherwise than it is shown, and why."""

import re

# Commands that take longer than some 6 s of processor time: pattern, what is added to make it less, and
# how long it takes as it is shown. What is added comes last, and so takes the place of what is shown.
FEW = (
    "--set fabric.nodes=16 --set collective.all-reduce.bytes=1MiB"
    " --set collective.dispatch.moe.tokens=8 --set collective.combine.moe.tokens=8"
)
SMALL_STUDY = "--set fabric.nodes=4 --set collective.all-reduce.iterations=20"
SHORT = "--years=0.2 --replications=2 --inputReplications=2"
BRIEF = "--only machine --rounds 1"
HERE = BRIEF + " --json build/bench.json"  # not into the folder of the build
PARTS = "--no-times --replications=2"
TOO_LONG = [
    ("./fabric run", FEW, "28 s"),
    (
        "./fabric run --set engine.fidelity=hybrid --set engine.packets=Small *",
        FEW.replace("tokens=8", "tokens=1"),
        "78 s",
    ),
    ("./fabric run --set engine.fidelity=*", FEW, "7 and 8 s"),
    ("./fabric run --set power.region=China *", FEW, "28 s"),
    ("./fabric run --set network.routing=Ecmp *", FEW, "28 s"),
    ("./fabric run --set fabric.l1_latency=300ns *", FEW, "28 s"),
    ("./fabric run --set random.seed=2 *", FEW, "28 s"),
    (
        "./fabric run examples/scenarios/cloudmatrix-all-reduce.toml",
        "--set collective.all-reduce.iterations=100 --set output.tail_quantile=0.9",
        "31 s",
    ),
    ("./fabric run examples/scenarios/link-survey.toml --set *", "--set survey.draws=2", "6 s, twice"),
    (
        "./fabric run examples/scenarios/nvl72.toml",
        "--set collective.all-reduce.bytes=1MiB --set collective.all-to-all.bytes=1MiB",
        "22 s",
    ),
    ("./fabric example cloudmatrix-all-reduce --nodes=48 *", "--bytes=1MiB", "18 s"),
    (
        "./fabric study examples/studies/circuit-switches.toml",
        "--set collective.all-to-all.ranks=first:64",
        "a minute",
    ),
    ("./fabric study examples/studies/connector-loss.toml", SMALL_STUDY, "17 runs of half a minute"),
    ("./fabric study examples/studies/contamination.toml", SMALL_STUDY, "8 runs of half a minute"),
    ("./fabric study examples/studies/sensitivity.toml", SMALL_STUDY, "9 runs of half a minute"),
    ("./fabric study examples/studies/shown-*", "--set collective.all-to-all.bytes=64KiB", "5 s"),
    ("./fabric compare --optics all", "--no-times --replications=0", "minutes"),
    ("./fabric compare --optics copper *", PARTS, "half a minute"),
    ("./fabric compare --catalog mine.toml *", PARTS, "half a minute"),
    ("./fabric compare --accelerator * --no-times", "--replications=0", "9 s, twice"),
    ("./fabric campaign --compare*", SHORT, "minutes"),
    ("./fabric campaign*--model=flow", SHORT + " --inputReplications=0", "a minute and more"),
    ("./fabric campaign", SHORT, "a minute and more"),
    ("./fabric campaign --years=5 *", SHORT, "a minute and more"),
    ("./fabric campaign --retry=0 --pathBorrowing=0", SHORT, "a minute and more"),
    ("./fabric bench", HERE, "ten minutes"),
    ("./fabric bench --only w1,peer --rounds 9", HERE, "minutes"),
    ("./fabric bench --quick", HERE, "minutes"),
    ("./fabric bench --json *", BRIEF, "ten minutes"),
    ("./fabric bench --micro", "--benchmark_min_time=0.001", "half a minute"),
    ("./fabric bench --case *", "endpoints=64", "6 s"),
    ("build/release/bin/fabric-bench --case *", "endpoints=64", "6 s, twice"),
    ("build/release/bin/fabric-random-scenarios --count=10000 *", "--count=5", "half an hour"),
]

# Blocks that are not run: page, how the block begins, why not.
NOT_RUN = [
    ("doc/benchmarks.rst", "endpoints       ", "figures that ./fabric bench measured in ten minutes"),
    ("doc/benchmarks.rst", "The machine: time of a load", "the same"),
    ("doc/economics.rst", "catalog ------>", "a drawing"),
    ("doc/optical-fabric.rst", "    C++ script ", "a drawing"),
    ("doc/optical-fabric.rst", "source              ", "a drawing"),
    ("doc/optical-fabric.rst", "node 0              ", "a drawing"),
    ("doc/physical-layer.rst", "catalog             ", "a drawing"),
    ("doc/reliability.rst", "f.csv:4: there is no module", "a message; unit tests of schedules have it"),
    ("doc/reliability.rst", "stream = (kind * 16", "a formula; unit tests of fault samplers have it"),
]

# What comes before a part of a scenario.
PART = """name = "shown"
[fabric]
nodes = 2
[[collective]]
name = "all-reduce"
kind = "all-reduce"
bytes = "64KiB"
"""
# What a fault schedule that is shown is for: its components have to be there.
FAULTY = PART.replace("nodes = 2", "nodes = 16") + """[faults]
schedule = "shown.csv"
"""

# Files of the reader's own that commands name: their text, or what they are a copy of, if that is there.
OWN_FILES = {
    "my.toml": PART.replace("shown", "my"),
    "my-study.toml": """name = "mine"
scenario = "my.toml"
[[axis]]
key = "collective.all-reduce.bytes"
values = ["1KiB", "2KiB"]
""",
    "mine.toml": """[price.Ascend-910C]
like = "Ascend-910C"
price.typical = { value = 20000, unit = "USD", source = "an offer, 2026-11-02", mark = "Q" }
""",
    "old.json": "build/bench.json",
}

# Words that stand for what a reader chooses.
PLACEHOLDERS = {"NAME": "clos-all-to-all", "VERB": "run"}

# What commands that succeed say on the standard error: how far they are, and what Google Benchmark says.
PROGRESS = re.compile(
    r"^(?:fabric study: |run-scenario: .*, results go to |survey: |bench +\d+ s  )"
    r"|^[\w -]+: .* simulated, [\d,]+ (?:of [\d,]+ )?transfers"
    r"|^(?:compare-fabrics: )?\d+ of \d+ done"
    r"|^(?:\d{4}-\d\d-\d\dT|Running |Run on |CPU Caches:|  L\d |Load Average: |\*\*\*WARNING\*\*\*)"
)

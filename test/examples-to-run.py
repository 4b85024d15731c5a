#! /usr/bin/env python3
# Programs that are tests as well: ns-3's test.py and this module's ctest both read this file.

# (command line, whether to run it, whether to run it under valgrind)
cpp_examples = [
    ("cloudmatrix-all-reduce", "True", "True"),
    ("cloudmatrix-all-reduce --nodes=2 --algorithm=ring --iterations=3", "True", "True"),
    ("clos-all-to-all", "True", "True"),
    ("clos-all-to-all --oversubscription=2 --routing=Ecmp --algorithm=all-at-once", "True", "True"),
    ("cloudmatrix-campaign --years=1 --replications=2", "True", "True"),
    ("cloudmatrix-campaign --years=1 --replications=2 --model=flow", "True", "True"),
    ("cloudmatrix-campaign --compare=1 --years=0.2 --replications=2", "True", "True"),
    ("run-scenario --help", "True", "True"),
    ("compare-fabrics --help", "True", "True"),
]

python_examples = []

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario.h"

namespace ns3
{
namespace opticalfabric
{

const char*
GetDefaultScenarioText()
{
    // examples/scenarios/cloudmatrix384.toml, to the letter.
    return R"toml(# The default study: what a CloudMatrix384's fabric does for a decode step of a large
# mixture-of-experts model, and for a large all-reduce.
#
#   ./fabric run                                             # runs just this
#   ./fabric run --set fabric.nodes=16 --set collective.all-reduce.bytes=16MiB --out results/small
#
# Collectives run one after another, each on an empty fabric. What is not said here has the default
# of the module; the file summary.json of a run has all of it under run.scenario.

name = "cloudmatrix384"
description = "expert-parallel dispatch and combine at EP256, then an all-reduce over all dies"

[fabric]
kind = "cloud-matrix"  # 8 NPUs (16 dies), 4 CPUs and 7 L1 switch chips a node, 7 sub-planes of L2
nodes = 48             # 384 NPUs

[network]
routing = "Spray"      # packets of a transfer spread over all shortest paths
mtu = 4096             # payload of a packet, bytes

# A decode step of DeepSeek-R1 on 256 dies, one expert on each, as in the paper's Table 6.
[[collective]]
name = "dispatch"
kind = "moe-dispatch"
ranks = "first:256"

[collective.moe]
tokens = 128           # per rank
top_k = 8              # experts a token is sent to
experts = 256
dispatch_bytes = 7680  # a token on its way to an expert: 7 KiB of INT8, 512 bytes for scales
combine_bytes = 14336  # and back: 7168 values in BF16
traffic = "layer"      # combine returns what dispatch sent

[collective.published]
time = "152us"
bandwidth = "54GB/s"
source = "CloudMatrix384 paper, arXiv 2506.12708, Table 6: measured, software included. Ours is the fabric alone."

[[collective]]
name = "combine"
kind = "moe-combine"
ranks = "first:256"

[collective.moe]
tokens = 128
top_k = 8
experts = 256
dispatch_bytes = 7680
combine_bytes = 14336
traffic = "layer"

[collective.published]
time = "149us"
bandwidth = "103GB/s"
source = "CloudMatrix384 paper, arXiv 2506.12708, Table 6: measured, software included. Ours is the fabric alone."

# Within each node first, then between nodes, then within each node again.
[[collective]]
name = "all-reduce"
kind = "all-reduce"
algorithm = "hierarchical"
group_size = 16        # dies of a node
bytes = "64MiB"
ranks = "npus"         # all 768 dies
)toml";
}

} // namespace opticalfabric
} // namespace ns3

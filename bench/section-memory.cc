/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"

#include "ns3/fabric-network.h"

namespace opticalfabricbench
{

BenchSection
MeasureMemory(BenchRunner& runner)
{
    using namespace ns3::opticalfabric;
    BenchSection section;
    section.name = "memory";
    section.title = "Memory of packets and ports";
    section.note =
        R"(
Heap growth, as malloc counts it, over the growth in ports, between two built fabrics.
Larger fabric: W1's and one of twice the leaves and endpoints; ns-3 nodes, endpoints,
switches and routes are in it too. More links: W1's and one with twice the links from leaf
to spine; switches have more ports then, and each port a queue for each of them. At the end
of W1: all that is in use then, over the ports: packets, transfers, histograms, credits and
the scheduler's store too.)";
    const Goal perPort{Goal::AT_MOST, 2048};
    section.Add({"memory.packet",
                 "packet in flight, its place in the scheduler too",
                 "B",
                 {static_cast<double>(FabricNetwork::GetBytesPerPacket())},
                 {Goal::AT_MOST, 128}});
    const std::optional<Figures> single = runner.Run("all-to-all", {"build-only=1"});
    const auto addGrowth = [&](const std::string& name,
                               const std::string& label,
                               const std::string& change,
                               Goal goal) {
        const std::optional<Figures> grown = runner.Run("all-to-all", {"build-only=1", change});
        if (single && grown)
        {
            const double bytes = grown->Get("heap_built_bytes") - single->Get("heap_built_bytes");
            const double ports = grown->Get("ports") - single->Get("ports");
            section.Add({name, label, "B", {bytes / ports}, goal});
        }
    };
    addGrowth("memory.port", "port with its link, larger fabric", "endpoints=768", perPort);
    addGrowth("memory.port_of_larger_switch", "port with its link, more links", "uplinks=2", {});
    if (const std::optional<Figures> run = runner.Run("all-to-all", {"order=random"}))
    {
        section.Add({"memory.end_per_port",
                     "everything at the end of W1, per port",
                     "B",
                     {run->Get("heap_end_bytes") / run->Get("ports")}});
    }
    const auto addSize = [&section](const std::string& name, size_t bytes) {
        const std::string label = "sizeof(" + name + "), part of that";
        section.Add({"memory." + name, label, "B", {static_cast<double>(bytes)}});
    };
    addSize("FabricPort", sizeof(FabricPort));
    addSize("PortEngine", sizeof(PortEngine));
    addSize("FabricLink", sizeof(FabricLink));
    return section;
}

} // namespace opticalfabricbench

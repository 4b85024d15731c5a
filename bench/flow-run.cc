/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-run.h"

#include "stopwatch.h"

#include "ns3/boolean.h"
#include "ns3/provenance.h"
#include "ns3/simulator.h"

#include <stdexcept>

namespace opticalfabricbench
{

void
FlowRun::Read(CaseArguments& arguments, const std::string& routing)
{
    m_clos.Read(arguments, routing);
    m_clos.linkNs = arguments.GetCount("link-ns", m_clos.linkNs);
    m_clos.switchNs = arguments.GetCount("switch-ns", m_clos.switchNs);
    m_kind = arguments.GetText("engine", "flow");
    m_scheduler = arguments.GetText("scheduler", WHEEL);
    m_probe = arguments.GetCount("probe", 0) != 0;
    m_useSymmetry = arguments.GetCount("symmetry", 0) != 0;
    m_straggler = arguments.GetText("straggler", "none");
}

void
FlowRun::SlowDown()
{
    if (m_straggler == "none")
    {
        return;
    }
    // Links of endpoints come first, by endpoint; then those of the first leaf to the spines.
    const Ptr<FabricLink> link = m_network->GetLink(m_straggler == "access" ? 0 : m_clos.endpoints);
    for (const uint32_t direction : {0U, 1U})
    {
        LinkState state = link->GetState(direction);
        state.rate = DataRate(state.rate.GetBitRate() / 2);
        link->SetState(direction, state);
    }
}

void
FlowRun::Build()
{
    m_clos.Check();
    if (m_kind != "flow" && m_kind != "packet")
    {
        throw std::invalid_argument("engine is " + m_kind + ", allowed flow or packet");
    }
    if (m_straggler != "none" && m_straggler != "access" && m_straggler != "uplink")
    {
        throw std::invalid_argument("straggler is " + m_straggler +
                                    ", allowed none, access or uplink");
    }
    PrepareSimulator(m_scheduler);
    m_record = CreateObject<ProbeRecord>();
    if (m_probe)
    {
        WatchScheduler(m_record);
    }
    m_heapBefore = GetHeapBytes();
    // As in SimGrid, where a transfer's share does not depend on whose it is.
    m_clos.transferOrder = "TakeTurns";
    const Stopwatch building;
    const BuiltFabric fabric = m_clos.Build(m_kind == "packet");
    fabric.AssignStreams(1);
    m_network = fabric.networks[0];
    SlowDown();
    m_engine = m_network;
    m_figures.Set("build_s", building.GetElapsedS());
    const Stopwatch reading;
    if (m_kind == "flow")
    {
        m_flows = CreateObject<FlowEngine>();
        m_flows->SetAttribute("Symmetry", BooleanValue(m_useSymmetry));
        m_flows->SetNetwork(m_network);
        m_engine = m_flows;
    }
    m_figures.Set("engine_s", reading.GetElapsedS());
    DescribeBuilt(m_network, m_heapBefore, m_figures);
}

Figures
FlowRun::Measure()
{
    const uint64_t eventsBefore = Simulator::GetEventCount();
    m_figures.Set("run_s", RunSimulation());
    m_figures.Set("events", static_cast<double>(Simulator::GetEventCount() - eventsBefore));
    const FlowEngine::Counters counters = m_flows ? m_flows->GetCounters() : FlowEngine::Counters();
    m_figures.Set("settles", static_cast<double>(counters.settles));
    m_figures.Set("rate_changes", static_cast<double>(counters.rateChanges));
    m_figures.Set("reloads", static_cast<double>(counters.reloads));
    const NetworkTotals& totals = m_network->GetTotals();
    m_figures.Set("transfers", static_cast<double>(totals.finishedTransfers));
    m_figures.Set("packet_hops", static_cast<double>(m_network->GetPacketHops()));
    m_figures.Set("heap_end_bytes", GetHeapBytes() - m_heapBefore);
    m_figures.Set("peak_rss_bytes", static_cast<double>(GetPeakRssBytes()));
    if (m_probe)
    {
        m_record->Describe(m_figures);
    }
    return m_figures;
}

} // namespace opticalfabricbench

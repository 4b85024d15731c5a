/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "run-report-recorder.h"

#include "ns3/bus-bandwidth.h"
#include "ns3/flow-engine.h"
#include "ns3/hybrid-engine.h"
#include "ns3/link-survey.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Frames from which on a buffer makes packets as divisible as flows are.
constexpr uint64_t FEW_FRAMES = 4;

/**
 * @param runner a runner
 * @param index index of a collective in it
 * @return what came of the collective
 */
CollectiveRecord
MakeCollectiveRecord(const WorkloadRunner& runner, uint32_t index)
{
    const CollectiveSpec& spec = runner.GetSpec(index);
    CollectiveRecord record;
    record.name = spec.name;
    record.kind = ToString(spec.kind);
    record.algorithm = ToString(spec.GetAlgorithm());
    record.ranks = spec.group.size();
    record.bytes = spec.GetSizeBytes();
    record.busBandwidthFactor =
        GetBusBandwidthFactor(spec.kind, static_cast<uint32_t>(spec.group.size()));
    for (const CollectiveResult& result : runner.GetResults(index))
    {
        if (!result.isComplete)
        {
            ++record.unfinishedIterations;
            continue;
        }
        CollectiveIteration iteration;
        iteration.startPs = static_cast<uint64_t>(result.start.GetPicoSeconds());
        iteration.endPs = static_cast<uint64_t>(result.end.GetPicoSeconds());
        iteration.failedBytes = result.failedBytes;
        record.iterations.push_back(iteration);
    }
    if (const TrafficAccount* account = runner.GetAccount(index))
    {
        record.traffic = *account;
    }
    return record;
}

/**
 * @param object an object
 * @param attribute an attribute of it that is one of several texts
 * @return the text
 */
std::string
GetEnumText(const ObjectBase& object, const std::string& attribute)
{
    StringValue text;
    object.GetAttribute(attribute, text);
    return text.Get();
}

/**
 * @param port a port
 * @param network name of its network
 * @return its counters
 */
PortCounters
MakePortCounters(const FabricPort& port, const std::string& network)
{
    const FabricPort::Counters& from = port.GetCounters();
    PortCounters counters;
    counters.network = network;
    counters.node = port.GetOwner()->GetName();
    counters.port = port.GetNumber();
    counters.sentPackets = from.packets;
    counters.sentBytes = from.wireBytes;
    counters.stalledPs = from.creditStallPs;
    counters.retries = from.retries;
    counters.lostPackets = from.lost;
    return counters;
}

/**
 * @param network a network
 * @return whether an endpoint of it has several links to a switch that chooses for each packet
 */
bool
HasTwinPorts(const FabricNetwork& network)
{
    if (network.GetRouting() == Routing::DETERMINISTIC || network.GetRouting() == Routing::ECMP)
    {
        return false;
    }
    for (uint32_t i = 0; i < network.GetNEndpoints(); ++i)
    {
        const Ptr<FabricEndpoint> endpoint = network.GetEndpoint(i);
        std::set<const FabricNode*> peers;
        for (uint32_t port = 0; port < endpoint->GetNPorts(); ++port)
        {
            if (!peers.insert(endpoint->GetPort(port)->GetPeer()->GetOwner()).second)
            {
                return true;
            }
        }
    }
    return false;
}

} // namespace

RunRecorder::RunRecorder(const BuiltFabric& fabric)
    : m_fabric(fabric),
      m_linkUse(fabric)
{
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        for (uint32_t i = 0; i < network->GetNLinks(); ++i)
        {
            const Ptr<FabricLink> link = network->GetLink(i);
            m_watched.push_back({this, link->IsUp(), {link->GetState(0), link->GetState(1)}});
            link->TraceConnectWithoutContext(
                "State",
                MakeBoundCallback(&RunRecorder::OnState, &m_watched.back()));
        }
    }
}

RunRecorder::~RunRecorder()
{
    Detach();
}

void
RunRecorder::Detach()
{
    m_bounds.Detach();
    m_linkUse.Detach();
    if (m_watched.empty())
    {
        return;
    }
    auto watched = m_watched.begin();
    for (const Ptr<FabricNetwork>& network : m_fabric.networks)
    {
        for (uint32_t i = 0; i < network->GetNLinks(); ++i, ++watched)
        {
            network->GetLink(i)->TraceDisconnectWithoutContext(
                "State",
                MakeBoundCallback(&RunRecorder::OnState, &*watched));
        }
    }
    m_watched.clear();
}

void
RunRecorder::OnState(Watched* watched, uint32_t direction, const LinkState& state)
{
    RunRecorder& recorder = *watched->recorder;
    recorder.m_linkDowns += watched->isUp && !state.up ? 1 : 0;
    const LinkState& before = watched->states[direction];
    const bool hasChanged =
        std::tie(before.up, before.propagation, before.phyLatency, before.frameErrorRatio) !=
            std::tie(state.up, state.propagation, state.phyLatency, state.frameErrorRatio) ||
        before.rate != state.rate;
    if (hasChanged && recorder.m_firstChangePs == FlowConditions::NONE)
    {
        recorder.m_firstChangePs = static_cast<uint64_t>(Simulator::Now().GetPicoSeconds());
    }
    watched->isUp = state.up;
    watched->states[direction] = state;
}

void
RunRecorder::WatchCollectives(const std::vector<Ptr<WorkloadRunner>>& runners)
{
    for (const Ptr<WorkloadRunner>& runner : runners)
    {
        m_bounds.Watch(runner);
    }
    m_linkUse.Watch(runners);
}

void
RunRecorder::StartClock()
{
    m_startS = m_clock.GetElapsedS();
}

void
RunRecorder::StopClock()
{
    m_wallS += m_clock.GetElapsedS() - m_startS;
}

void
RunRecorder::SetFacts(const VolatileFacts& facts)
{
    m_facts = facts;
}

void
RunRecorder::LeaveOutEvents(uint64_t events)
{
    m_leftOut = events;
}

void
RunRecorder::KeepPorts(bool keep)
{
    m_keepsPorts = keep;
}

FabricRecord
RunRecorder::MakeFabricRecord(const BuiltFabric& fabric)
{
    FabricRecord record;
    record.endpoints = fabric.networks.front()->GetNEndpoints();
    for (std::size_t i = 0; i < fabric.networks.size(); ++i)
    {
        const NetworkCount& count = fabric.counts[i];
        NetworkRecord network;
        network.name = fabric.names[i];
        network.endpoints = count.endpoints;
        network.switches = count.GetSwitches();
        network.links = count.GetLinks();
        network.opticalLinks = count.GetLinks(FabricLink::Medium::OPTICAL);
        network.opticalModules = count.GetModules();
        network.tierSwitches = count.switches;
        for (const LinkGroup& group : count.links)
        {
            network.linkGroups.push_back(LinkUseCounter::MakeRecord(group));
        }
        const FabricNetwork& built = *fabric.networks[i];
        network.routing = GetEnumText(built, "Routing");
        network.forwarding = GetEnumText(built, "Switching");
        network.mtuBytes = built.GetMtu();
        network.headerBytes = built.GetHeaderBytes();
        record.networks.push_back(network);
    }
    return record;
}

void
RunRecorder::CollectPorts(RunResults& results) const
{
    auto kept = std::make_shared<std::vector<PortCounters>>();
    for (std::size_t n = 0; n < m_fabric.networks.size(); ++n)
    {
        const Ptr<FabricNetwork>& network = m_fabric.networks[n];
        for (uint32_t i = 0; i < network->GetNLinks(); ++i)
        {
            for (uint32_t end = 0; end < 2; ++end)
            {
                const Ptr<FabricPort> port = network->GetLink(i)->GetPort(end);
                results.links.retries += port->GetCounters().retries;
                if (m_keepsPorts)
                {
                    kept->push_back(MakePortCounters(*port, m_fabric.names[n]));
                }
            }
        }
    }
    results.links.linkDowns = m_linkDowns;
    if (m_keepsPorts)
    {
        results.ports = [kept](const std::function<void(const PortCounters&)>& visit) {
            for (const PortCounters& counters : *kept)
            {
                visit(counters);
            }
        };
    }
}

void
RunRecorder::CollectBound(const WorkloadRunner& runner,
                          uint32_t index,
                          CollectiveRecord& record) const
{
    if (!IsMoe(runner.GetSpec(index).kind))
    {
        const CollectiveBound bound = m_bounds.Get(runner, index, 0);
        record.boundS = PsToSeconds(bound.timePs);
        record.boundLimit = ToString(bound.limit);
        return;
    }
    // Each iteration has its own. The limit is that of the longest.
    CollectiveBound longest;
    double sumPs = 0;
    uint64_t finished = 0;
    const std::vector<CollectiveResult>& results = runner.GetResults(index);
    for (uint32_t i = 0; i < results.size(); ++i)
    {
        if (results[i].isComplete)
        {
            const CollectiveBound bound = m_bounds.Get(runner, index, i);
            longest = bound.timePs <= longest.timePs ? longest : bound;
            sumPs += bound.timePs;
            ++finished;
        }
    }
    if (finished > 0 && !std::isnan(sumPs))
    {
        record.boundS = PsToSeconds(sumPs / static_cast<double>(finished));
        record.boundLimit = ToString(longest.limit);
    }
}

RunResults
RunRecorder::Collect(const std::vector<Ptr<WorkloadRunner>>& runners) const
{
    RunResults results;
    results.provenance.build = GetBuildInfo();
    results.provenance.settings = ReadSimulationSettings();
    results.facts = m_facts;
    results.facts.wallS = m_wallS;
    results.facts.peakRssBytes = GetPeakRssBytes();
    results.fabric = MakeFabricRecord(m_fabric);
    results.engine.fidelity = "packet";
    for (const Ptr<WorkloadRunner>& runner : runners)
    {
        results.engine.fidelity = runner->GetEngine()->GetFidelity();
        runner->GetEngine()->UpdateCounters();
        if (const auto hybrid = DynamicCast<HybridEngine>(runner->GetEngine()))
        {
            results.engine.packetTransfers += hybrid->GetPacketTransfers();
            results.engine.flowTransfers += hybrid->GetFlowTransfers();
            results.packetTransferLatency.Merge(hybrid->GetPacketTransferLatency());
        }
    }
    results.engine.events = Simulator::GetEventCount() - m_leftOut;
    for (const Ptr<FabricNetwork>& network : m_fabric.networks)
    {
        const NetworkTotals totals = network->GetTotals();
        results.engine.packets += totals.deliveredPackets;
        results.engine.packetHops += network->GetPacketHops();
        results.transfers.sentBytes += totals.sentBytes;
        results.transfers.receivedBytes += totals.receivedBytes;
        results.transfers.failedBytes += totals.failedBytes;
        results.transfers.count += totals.finishedTransfers;
        results.transfers.failedCount += totals.failedTransfers;
        results.links.lostPackets += totals.lostPackets;
        results.links.resentPackets += totals.resentPackets;
        results.packetLatency.Merge(totals.packetLatency);
        results.transferLatency.Merge(totals.transferLatency);
        results.breakdown.Merge(totals.breakdown);
    }
    if (!results.HasPacketLatency())
    {
        results.packetLatency.Clear();
        results.breakdown.Clear();
    }
    CollectPorts(results);
    results.optics = LinkSurvey::Observe(m_fabric);
    for (const Ptr<WorkloadRunner>& runner : runners)
    {
        for (uint32_t i = 0; i < runner->GetNCollectives(); ++i)
        {
            results.collectives.push_back(MakeCollectiveRecord(*runner, i));
            CollectiveRecord& record = results.collectives.back();
            CollectBound(*runner, i, record);
            record.linkUse = m_linkUse.Collect(*runner, i, record.GetTotalTimeS());
            if (!results.HasPacketLatency())
            {
                record.traffic.packetLatency.Clear();
                record.traffic.breakdown.Clear();
            }
            results.collectiveLatency.Merge(record.MakeExecutionLatency());
        }
    }
    results.warnings = FindFlowWarnings(results, FindConditions(runners, results));
    return results;
}

FlowConditions
RunRecorder::FindConditions(const std::vector<Ptr<WorkloadRunner>>& runners,
                            const RunResults& results) const
{
    FlowConditions conditions;
    conditions.firstChangePs = m_firstChangePs;
    for (const Ptr<WorkloadRunner>& runner : runners)
    {
        const auto hybrid = DynamicCast<HybridEngine>(runner->GetEngine());
        const auto flows =
            hybrid ? hybrid->GetFlows() : DynamicCast<FlowEngine>(runner->GetEngine());
        if (flows)
        {
            const FlowEngine::Approximations found = flows->GetApproximations();
            conditions.modulesSleep |= flows->HasGate();
            conditions.isCreditLimited |= found.isCreditLimited;
            conditions.hasUnequalPorts |= found.hasUnequalPorts;
            conditions.hasSlowerWays |= found.hasSlowerWays;
            conditions.sharesLinks |= found.sharesLinks;
            conditions.hasTurns |= found.hasTurns;
        }
        conditions.hasLikeParts = conditions.hasLikeParts || runner->HasLikeParts();
    }
    double worstRatio = 0;
    uint64_t frameBytes = 0;
    for (const Ptr<FabricNetwork>& network : m_fabric.networks)
    {
        frameBytes = network->GetMtu() + network->GetHeaderBytes();
        UintegerValue bufferBytes;
        network->GetAttribute("BufferBytes", bufferBytes);
        conditions.hasFewFrames =
            conditions.hasFewFrames || bufferBytes.Get() < FEW_FRAMES * frameBytes;
        conditions.hasTwinPorts = conditions.hasTwinPorts || HasTwinPorts(*network);
        TimeValue commitAhead;
        network->GetAttribute("CommitAhead", commitAhead);
        Time slowestFrame;
        for (uint32_t i = 0; i < network->GetNLinks(); ++i)
        {
            const Ptr<FabricLink> link = network->GetLink(i);
            for (uint32_t direction = 0; direction < 2; ++direction)
            {
                const DataRate rate = link->GetFullRate(direction);
                slowestFrame = Max(slowestFrame, rate.CalculateBytesTxTime(frameBytes));
                worstRatio = std::max(worstRatio, link->GetState(direction).frameErrorRatio);
            }
        }
        conditions.commitsAhead = conditions.commitsAhead || commitAhead.Get() > slowestFrame;
    }
    for (const CollectiveRecord& record : results.collectives)
    {
        for (const LinkUseRecord& use : record.linkUse)
        {
            conditions.repeatedFrames +=
                worstRatio * static_cast<double>(use.wireBytes) / static_cast<double>(frameBytes);
        }
    }
    if (results.engine.packetTransfers > 0 && results.engine.flowTransfers > 0)
    {
        conditions.packetsPerTransfer = static_cast<double>(results.engine.packets) /
                                        static_cast<double>(results.engine.packetTransfers);
    }
    return conditions;
}

} // namespace opticalfabric
} // namespace ns3

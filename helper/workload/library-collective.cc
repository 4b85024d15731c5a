/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "library-collective.h"

#include "collective-helper.h"

#include "ns3/abort.h"
#include "ns3/bus-bandwidth.h"
#include "ns3/flow-engine.h"
#include "ns3/nstime.h"
#include "ns3/parameter-check.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param bytes a size
 * @return it in the largest unit that makes it whole, for example "64 MiB"
 */
std::string
NameBytes(uint64_t bytes)
{
    constexpr uint64_t STEP = 1024;
    const char* const units[] = {" B", " KiB", " MiB", " GiB", " TiB", " PiB"};
    std::size_t unit = 0;
    while (unit + 1 < std::size(units) && bytes >= STEP && bytes % STEP == 0)
    {
        bytes /= STEP;
        ++unit;
    }
    return std::to_string(bytes) + units[unit];
}

/**
 * Run a collective over the first group of endpoints of a fabric, as flows.
 * @param helper builds the fabric
 * @param kind what it does
 * @param algorithm how
 * @param bytes its size
 * @return how long it took
 */
LibraryCollective
RunWith(const Ptr<FabricHelper>& helper,
        CollectiveKind kind,
        CollectiveAlgorithm algorithm,
        uint64_t bytes)
{
    constexpr uint64_t MOST_CHUNKS = 256; // of a pipeline: more cost time and gain little
    helper->SetRouteTables(false);        // flows need none
    BuiltFabric fabric = helper->Build();
    const EndpointGroup& group = fabric.groups.front();
    const auto engine = CreateObject<FlowEngine>();
    engine->SetNetwork(fabric.networks[group.network]);
    CollectiveHelper collectives(engine);
    // All messages of an all-to-all at once: that is what lets few ranks stand for all.
    collectives.SetRunnerAttribute("Window", UintegerValue(2 * group.count));
    CollectiveSpec spec;
    spec.kind = kind;
    spec.algorithm = algorithm;
    spec.bytes = bytes;
    spec.group = CollectiveHelper::GetRange(group.first, group.count);
    if (algorithm == CollectiveAlgorithm::DOUBLE_BINARY_TREE)
    {
        spec.chunkBytes =
            std::max(uint64_t{CollectiveSpec::DEFAULT_CHUNK_BYTES}, bytes / MOST_CHUNKS);
    }
    collectives.Install(spec);
    NS_ABORT_MSG_UNLESS(collectives.Run(), "RunLibraryCollective: not all ranks ended");
    const LibraryCollective run{algorithm,
                                collectives.GetTime(0).GetSeconds(),
                                static_cast<uint32_t>(group.count)};
    collectives.GetRunner()->Dispose();
    Simulator::Destroy();
    engine->Dispose();
    fabric.Dispose();
    return run;
}

/**
 * @param helper builds a fabric
 * @return its attributes that are latencies, by name
 */
std::map<std::string, Time>
GetLatencies(const Ptr<FabricHelper>& helper)
{
    const std::string end = "Latency";
    std::map<std::string, Time> latencies;
    const TypeId type = helper->GetInstanceTypeId();
    for (std::size_t i = 0; i < type.GetAttributeN(); ++i)
    {
        const std::string name = type.GetAttribute(i).name;
        const bool isOne = name.size() > end.size() &&
                           name.compare(name.size() - end.size(), end.size(), end) == 0;
        TimeValue value;
        if (isOne && helper->GetAttributeFailSafe(name, value))
        {
            latencies[name] = value.Get();
        }
    }
    return latencies;
}

} // namespace

std::vector<CollectiveAlgorithm>
GetLibraryAlgorithms(CollectiveKind kind)
{
    if (kind != CollectiveKind::ALL_REDUCE)
    {
        return {CollectiveAlgorithm::ALL_AT_ONCE};
    }
    return {CollectiveAlgorithm::RING,
            CollectiveAlgorithm::HALVING_DOUBLING,
            CollectiveAlgorithm::DOUBLE_BINARY_TREE};
}

LibraryCollective
RunLibraryCollective(const Ptr<FabricHelper>& helper, CollectiveKind kind, uint64_t bytes)
{
    LibraryCollective fastest;
    for (const CollectiveAlgorithm algorithm : GetLibraryAlgorithms(kind))
    {
        const LibraryCollective run = RunWith(helper, kind, algorithm, bytes);
        if (fastest.algorithm == CollectiveAlgorithm::AUTO || run.seconds < fastest.seconds)
        {
            fastest = run;
        }
    }
    return fastest;
}

ValueRange
GetLibraryTimeRange(const Ptr<FabricHelper>& helper,
                    const CollectiveRecord& record,
                    const ValueRange& latencies)
{
    const ParameterCheck check("time of a collective");
    latencies.Validate(check, "latencies", 0, 1000);
    const CollectiveKind kind = record.kind == ToString(CollectiveKind::ALL_TO_ALL)
                                    ? CollectiveKind::ALL_TO_ALL
                                    : CollectiveKind::ALL_REDUCE;
    const std::vector<CollectiveAlgorithm> algorithms = GetLibraryAlgorithms(kind);
    const auto algorithm =
        std::find_if(algorithms.begin(), algorithms.end(), [&record](CollectiveAlgorithm one) {
            return ToString(one) == record.algorithm;
        });
    check.Require(record.kind == ToString(kind) && algorithm != algorithms.end(),
                  "record",
                  record.kind + " by " + record.algorithm,
                  "what RunLibraryCollectives returns");
    const std::map<std::string, Time> usual = GetLatencies(helper);
    const auto run = [&](double factor) {
        for (const auto& [name, latency] : usual)
        {
            const double ps = static_cast<double>(latency.GetPicoSeconds()) * factor;
            helper->SetAttribute(name, TimeValue(PicoSeconds(std::llround(ps))));
        }
        return RunWith(helper, kind, *algorithm, record.bytes).seconds;
    };
    const double typical = record.GetMeanTimeS();
    const auto [least, most] = std::minmax({run(latencies.low), typical, run(latencies.high)});
    for (const auto& [name, latency] : usual)
    {
        helper->SetAttribute(name, TimeValue(latency));
    }
    return {least, typical, most};
}

std::vector<CollectiveRecord>
RunLibraryCollectives(const Ptr<FabricHelper>& helper, const std::vector<uint64_t>& sizes)
{
    constexpr double PS_PER_SECOND = 1e12;
    std::vector<CollectiveRecord> records;
    for (const CollectiveKind kind : {CollectiveKind::ALL_REDUCE, CollectiveKind::ALL_TO_ALL})
    {
        for (const uint64_t bytes : sizes)
        {
            const LibraryCollective fastest = RunLibraryCollective(helper, kind, bytes);
            CollectiveRecord record;
            record.name = ToString(kind) + ", " + NameBytes(bytes);
            record.kind = ToString(kind);
            record.algorithm = ToString(fastest.algorithm);
            record.ranks = fastest.ranks;
            record.bytes = bytes;
            record.busBandwidthFactor = GetBusBandwidthFactor(kind, fastest.ranks);
            CollectiveIteration execution;
            execution.endPs = static_cast<uint64_t>(std::llround(fastest.seconds * PS_PER_SECOND));
            record.iterations.push_back(execution);
            records.push_back(record);
        }
    }
    return records;
}

} // namespace opticalfabric
} // namespace ns3

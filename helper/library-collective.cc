/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "library-collective.h"

#include "collective-helper.h"

#include "ns3/abort.h"
#include "ns3/flow-engine.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{
namespace opticalfabric
{

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
    constexpr uint64_t MOST_CHUNKS = 256; // of a pipeline: more cost time and gain little
    helper->SetRouteTables(false);        // flows need none
    LibraryCollective fastest;
    for (const CollectiveAlgorithm algorithm : GetLibraryAlgorithms(kind))
    {
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
        const double seconds = collectives.GetTime(0).GetSeconds();
        if (fastest.algorithm == CollectiveAlgorithm::AUTO || seconds < fastest.seconds)
        {
            fastest = {algorithm, seconds, static_cast<uint32_t>(group.count)};
        }
        collectives.GetRunner()->Dispose();
        Simulator::Destroy();
        engine->Dispose();
        fabric.Dispose();
    }
    return fastest;
}

} // namespace opticalfabric
} // namespace ns3

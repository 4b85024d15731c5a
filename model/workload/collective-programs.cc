/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/collective-programs.h"

#include "ns3/abort.h"
#include "ns3/all-gather-program.h"
#include "ns3/all-reduce-program.h"
#include "ns3/all-to-all-program.h"
#include "ns3/barrier-program.h"
#include "ns3/broadcast-program.h"
#include "ns3/double-binary-tree-program.h"
#include "ns3/moe-program.h"
#include "ns3/reduce-scatter-program.h"
#include "ns3/ring-program.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @param algorithm an algorithm for all-reduce
 * @param shape whose program of what
 * @param spec the collective
 * @return the program
 */
std::unique_ptr<RankProgram>
MakeAllReduce(CollectiveAlgorithm algorithm, const ProgramShape& shape, const CollectiveSpec& spec)
{
    switch (algorithm)
    {
    case CollectiveAlgorithm::HALVING_DOUBLING:
        return std::make_unique<HalvingDoublingProgram>(shape);
    case CollectiveAlgorithm::DOUBLE_BINARY_TREE:
        return std::make_unique<DoubleBinaryTreeProgram>(shape, spec.GetChunkBytes());
    case CollectiveAlgorithm::HIERARCHICAL:
        return MakeHierarchicalAllReduce(shape, spec.groupSize);
    default:
        return std::make_unique<RingProgram>(shape, RingProgram::Part::ALL_REDUCE);
    }
}

/**
 * @param algorithm an algorithm for broadcast
 * @return the method
 */
BroadcastMethod
GetBroadcastMethod(CollectiveAlgorithm algorithm)
{
    switch (algorithm)
    {
    case CollectiveAlgorithm::BINOMIAL:
        return BroadcastMethod::BINOMIAL;
    case CollectiveAlgorithm::CHAIN:
        return BroadcastMethod::CHAIN;
    default:
        return BroadcastMethod::SCATTER_ALL_GATHER;
    }
}

} // namespace

std::unique_ptr<RankProgram>
MakeCollectiveProgram(const CollectiveSpec& spec,
                      uint32_t rank,
                      const std::shared_ptr<const MoeTraffic>& traffic)
{
    const ProgramShape shape{rank,
                             static_cast<uint32_t>(spec.group.size()),
                             spec.bytes,
                             spec.reduceRate.GetBitRate()};
    const CollectiveAlgorithm algorithm = spec.GetAlgorithm();
    NS_ABORT_MSG_IF(IsMoe(spec.kind) && !traffic, "an MoE program needs its traffic matrix");
    switch (spec.kind)
    {
    case CollectiveKind::ALL_REDUCE:
        return MakeAllReduce(algorithm, shape, spec);
    case CollectiveKind::REDUCE_SCATTER:
        if (algorithm == CollectiveAlgorithm::RECURSIVE_HALVING)
        {
            return std::make_unique<RecursiveHalvingProgram>(shape);
        }
        return std::make_unique<RingProgram>(shape, RingProgram::Part::REDUCE_SCATTER);
    case CollectiveKind::ALL_GATHER:
        if (algorithm == CollectiveAlgorithm::RECURSIVE_DOUBLING)
        {
            return std::make_unique<RecursiveDoublingProgram>(shape);
        }
        if (algorithm == CollectiveAlgorithm::BRUCK)
        {
            return std::make_unique<BruckAllGatherProgram>(shape);
        }
        return std::make_unique<RingProgram>(shape, RingProgram::Part::ALL_GATHER);
    case CollectiveKind::ALL_TO_ALL:
        return std::make_unique<AllToAllProgram>(shape,
                                                 algorithm == CollectiveAlgorithm::ALL_AT_ONCE
                                                     ? AllToAllProgram::Order::ALL_AT_ONCE
                                                     : AllToAllProgram::Order::PAIRWISE);
    case CollectiveKind::BROADCAST:
        return MakeBroadcast(shape, spec.root, GetBroadcastMethod(algorithm), spec.GetChunkBytes());
    case CollectiveKind::BARRIER:
        return std::make_unique<DisseminationBarrierProgram>(shape);
    case CollectiveKind::MOE_DISPATCH:
        return std::make_unique<MoeProgram>(shape,
                                            traffic,
                                            MoeProgram::Direction::DISPATCH,
                                            spec.moe.dispatchBytes);
    case CollectiveKind::MOE_COMBINE:
        return std::make_unique<MoeProgram>(shape,
                                            traffic,
                                            MoeProgram::Direction::COMBINE,
                                            spec.moe.combineBytes);
    case CollectiveKind::MOE_LAYER:
        return MakeMoeLayer(shape,
                            traffic,
                            spec.moe.dispatchBytes,
                            spec.moe.combineBytes,
                            spec.moe.expertTime.GetPicoSeconds());
    case CollectiveKind::PROGRAMS:
        break;
    }
    NS_ABORT_MSG("kind " << ToString(spec.kind) << " has no program of its own");
    return nullptr;
}

} // namespace opticalfabric
} // namespace ns3

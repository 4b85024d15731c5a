/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_TEST_H
#define OPTICAL_FABRIC_CAMPAIGN_TEST_H

#include "ns3/campaign.h"
#include "ns3/failure-mode.h"
#include "ns3/fault-sampler.h"
#include "ns3/ideal-fabric.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @param seed seed
 * @return streams of every replication, each a SplitMix64 of its own
 */
inline ReplicationStreams
MakeReplicationStreams(uint64_t seed)
{
    return [seed](uint32_t replication) -> UniformStreams {
        const auto mix = [](uint64_t state) {
            state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            state = (state ^ (state >> 27)) * 0x94d049bb133111eb;
            return state ^ (state >> 31);
        };
        auto states = std::make_shared<std::vector<uint64_t>>();
        for (uint32_t stream = 0; stream < FaultStream::STREAMS; ++stream)
        {
            const uint64_t place = uint64_t{replication} * FaultStream::STREAMS + stream;
            states->push_back(mix(mix(seed + 1) + place * 0x9e3779b97f4a7c15));
        }
        return [states, mix](uint32_t stream) {
            const uint64_t drawn = mix((*states)[stream] += 0x9e3779b97f4a7c15);
            return (static_cast<double>(drawn >> 11) + 0.5) * 0x1p-53;
        };
    };
}

/**
 * @param name name
 * @param kind what fails
 * @param law age at failure
 * @param repair how long a swap by a crew takes
 * @return a mode that takes the component down, is detected at once, and knows no temperature
 */
inline FailureMode
MakeDownMode(const std::string& name,
             ComponentKind::Kind kind,
             const LifetimeLaw& law,
             const DurationLaw& repair)
{
    FailureMode mode;
    mode.name = name;
    mode.component = kind;
    mode.law = law;
    mode.repair.kind = RepairAction::SWAP;
    mode.repair.duration = repair;
    mode.repair.needsCrew = true;
    return mode;
}

/**
 * @param inventory where they go
 * @param kind kind
 * @param count how many components, named by their kind and number
 */
inline void
AddComponents(FaultInventory& inventory, ComponentKind::Kind kind, uint32_t count)
{
    for (uint32_t i = 0; i < count; ++i)
    {
        InventoryComponent component;
        component.name = GetName(kind) + "-" + std::to_string(i);
        inventory.AddComponent(kind, component);
    }
}

/**
 * @param count accelerators, all equal
 * @param needed how many the job needs
 * @param mtbfH mean time up of each, exponential, h
 * @param mttrH mean time of a repair, exponential, h
 * @return a campaign with nothing but them; checkpoints are free and rare
 */
inline CampaignSpec
MakeNpuCampaign(uint32_t count, uint32_t needed, double mtbfH, double mttrH)
{
    CampaignSpec spec;
    spec.inventory.AddMode(MakeDownMode("npu",
                                        ComponentKind::NPU,
                                        LifetimeLaw::ExponentialMtbf(mtbfH),
                                        DurationLaw::Exponential(mttrH)));
    AddComponents(spec.inventory, ComponentKind::NPU, count);
    spec.job.accelerators = needed;
    spec.confidence = 0.99;
    return spec;
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_TEST_H */

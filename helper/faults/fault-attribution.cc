/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fault-attribution.h"

namespace ns3
{
namespace opticalfabric
{

std::vector<FaultEffectRecord>
AttributeFaults(const std::vector<FaultRecord>& faults,
                const std::vector<CollectiveRecord>& with,
                const std::vector<CollectiveRecord>& without)
{
    std::vector<FaultEffectRecord> effects;
    for (std::size_t c = 0; c < with.size(); ++c)
    {
        for (std::size_t i = 0; i < with[c].iterations.size(); ++i)
        {
            const CollectiveIteration& iteration = with[c].iterations[i];
            FaultEffectRecord effect;
            effect.collective = with[c].name;
            effect.iteration = i;
            effect.timePs = iteration.endPs - iteration.startPs;
            effect.failedBytes = iteration.failedBytes;
            if (c < without.size() && i < without[c].iterations.size())
            {
                const CollectiveIteration& other = without[c].iterations[i];
                effect.timeWithoutPs = other.endPs - other.startPs;
            }
            for (std::size_t f = 0; f < faults.size(); ++f)
            {
                if (faults[f].IsActive(iteration.startPs, iteration.endPs))
                {
                    effect.faults.push_back(f);
                }
            }
            effects.push_back(effect);
        }
    }
    return effects;
}

} // namespace opticalfabric
} // namespace ns3

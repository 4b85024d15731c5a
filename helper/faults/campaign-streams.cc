/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-streams.h"

#include "ns3/fault-sampler.h"
#include "ns3/parameter-check.h"
#include "ns3/rng-stream.h"

#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

ReplicationStreams
MakeCampaignStreams(uint32_t seed, uint64_t run, uint64_t firstStream)
{
    const ParameterCheck check("campaign streams");
    check.Require(seed >= 1, "seed", seed, "at least 1");
    check.Require(run >= 1 && run <= uint64_t{1} << 31, "run", run, "1 to 2^31");
    return [seed, run, firstStream](uint32_t replication) -> UniformStreams {
        // Made when first used: most modes of most kinds are not there.
        auto streams = std::make_shared<std::vector<std::unique_ptr<RngStream>>>();
        streams->resize(FaultStream::STREAMS);
        const uint64_t substream = (run << 32) + replication;
        return [=](uint32_t number) {
            std::unique_ptr<RngStream>& stream = streams->at(number);
            if (!stream)
            {
                stream = std::make_unique<RngStream>(seed, firstStream + number, substream);
            }
            return stream->RandU01();
        };
    };
}

} // namespace opticalfabric
} // namespace ns3

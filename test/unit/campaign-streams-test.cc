/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/campaign-streams.h"
#include "ns3/fault-sampler.h"

#include <gtest/gtest.h>
#include <set>

using namespace ns3::opticalfabric;

namespace
{

TEST(CampaignStreams, EachIsItsOwnAndTheSameAgain)
{
    std::set<double> firsts;
    for (const uint32_t seed : {1u, 2u})
    {
        for (const uint64_t run : {1u, 2u})
        {
            const ReplicationStreams streams = MakeCampaignStreams(seed, run);
            for (const uint32_t replication : {0u, 1u, 99u})
            {
                for (const uint32_t number : {0u, 1u, FaultStream::STREAMS - 1})
                {
                    const double first = streams(replication)(number);
                    EXPECT_GT(first, 0);
                    EXPECT_LT(first, 1);
                    firsts.insert(first);
                    EXPECT_EQ(MakeCampaignStreams(seed, run)(replication)(number), first);
                }
            }
        }
    }
    EXPECT_EQ(firsts.size(), 2u * 2 * 3 * 3);
    // What is taken from one stream leaves the others as they are.
    const UniformStreams one = MakeCampaignStreams(1, 1)(0);
    const UniformStreams other = MakeCampaignStreams(1, 1)(0);
    one(3);
    one(3);
    EXPECT_EQ(one(4), other(4));
    // The first stream says where they begin.
    EXPECT_EQ(MakeCampaignStreams(1, 1, 10)(0)(0), MakeCampaignStreams(1, 1)(0)(10));
}

TEST(CampaignStreams, RefusesWhatCannotBe)
{
    ExpectRefused([] { MakeCampaignStreams(0, 1); }, {"seed = 0"});
    ExpectRefused([] { MakeCampaignStreams(1, 0); }, {"run = 0"});
    ExpectRefused([] { MakeCampaignStreams(1, (uint64_t{1} << 31) + 1); }, {"run = 2147483649"});
}

} // namespace

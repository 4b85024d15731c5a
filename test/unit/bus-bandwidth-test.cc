/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/bus-bandwidth.h"

#include <gtest/gtest.h>

using namespace ns3::opticalfabric;

namespace
{

TEST(BusBandwidth, FactorsAreThoseOfNcclTests)
{
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::ALL_REDUCE, 2), 1.0);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::ALL_REDUCE, 8), 1.75);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::REDUCE_SCATTER, 8), 0.875);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::ALL_GATHER, 8), 0.875);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::ALL_TO_ALL, 8), 0.875);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::BROADCAST, 8), 1.0);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::MOE_DISPATCH, 4), 0.75);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::MOE_COMBINE, 4), 0.75);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::MOE_LAYER, 4), 0.75);
    EXPECT_DOUBLE_EQ(GetBusBandwidthFactor(CollectiveKind::BARRIER, 8), 1.0);
}

TEST(BusBandwidth, AlgorithmBandwidthIsSizeOverTime)
{
    // 128 MiB in 3.83 ms.
    EXPECT_NEAR(GetAlgorithmBandwidth(134217728, 3.83e-3) / 1e9, 35.0438, 1e-4);
    EXPECT_EQ(GetAlgorithmBandwidth(0, 1.0), 0.0);
    EXPECT_EQ(GetAlgorithmBandwidth(100, 0.0), 0.0);
}

} // namespace

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/nstime.h"

#include <gtest/gtest.h>

int
main(int argc, char* argv[])
{
    // 64 bytes at 800 Gb/s are 640 ps: ns-3's default of 1 ns would round every link time.
    ns3::Time::SetResolution(ns3::Time::PS);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}

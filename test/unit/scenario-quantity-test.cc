/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/scenario-quantity.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

TEST(ScenarioQuantity, ReadsSizes)
{
    EXPECT_EQ(ReadBytes("0"), 0u);
    EXPECT_EQ(ReadBytes("4096"), 4096u);
    EXPECT_EQ(ReadBytes("64MiB"), 64u << 20);
    EXPECT_EQ(ReadBytes("64 MiB"), 64u << 20);
    EXPECT_EQ(ReadBytes("7.5KiB"), 7680u);
    EXPECT_EQ(ReadBytes("1.5kB"), 1500u);
    EXPECT_EQ(ReadBytes("3TB"), 3000000000000u);
    EXPECT_EQ(ReadBytes("2PB"), 2000000000000000u);
    EXPECT_EQ(ReadBytes("1PiB"), uint64_t{1} << 50);
    EXPECT_EQ(ReadBytes("18446744073709551615"), UINT64_MAX);
}

TEST(ScenarioQuantity, RefusesSizes)
{
    for (const char* text : {"",
                             "-1",
                             "-1KiB",
                             "1.5",
                             "1.5B",
                             "0.1KiB",
                             "KiB",
                             "64 M",
                             "64mib",
                             "64  MiB",
                             "64MiB ",
                             " 64",
                             "1e6",
                             "1.",
                             ".5KiB",
                             "+1",
                             "1,000",
                             "0x10",
                             "nan",
                             "1..2",
                             "18446744073709551616",
                             "16777216TiB",
                             "16384PiB",
                             "1EiB"})
    {
        EXPECT_FALSE(ReadBytes(text)) << text;
    }
}

TEST(ScenarioQuantity, ReadsTimes)
{
    EXPECT_EQ(ReadTimePs("200ns"), 200000);
    EXPECT_EQ(ReadTimePs("0.64ns"), 640);
    EXPECT_EQ(ReadTimePs("1.5 us"), 1500000);
    EXPECT_EQ(ReadTimePs("2s"), 2000000000000);
    EXPECT_EQ(ReadTimePs("0"), 0);
}

TEST(ScenarioQuantity, RefusesTimes)
{
    // A number without a unit could be anything; 106 days are the end of time.
    for (const char* text : {"200", "-1ns", "1ns2", "200 sec", "0.5ps", "1h", "10000000s", "ns"})
    {
        EXPECT_FALSE(ReadTimePs(text)) << text;
    }
}

TEST(ScenarioQuantity, ReadsRates)
{
    EXPECT_EQ(ReadBitRate("224Gbps"), 224000000000u);
    EXPECT_EQ(ReadBitRate("28GB/s"), 224000000000u);
    EXPECT_EQ(ReadBitRate("1.6Tb/s"), 1600000000000u);
    for (const char* text : {"224", "224G", "-1Gbps", "224gbps", "28GB", "0.1bps"})
    {
        EXPECT_FALSE(ReadBitRate(text)) << text;
    }
}

TEST(ScenarioQuantity, ReadsNumbers)
{
    EXPECT_EQ(ReadUnsigned("007"), 7u);
    EXPECT_EQ(ReadReal("1e3"), 1000.0);
    EXPECT_EQ(ReadReal("-0.5"), -0.5);
    for (const char* text : {"", "x", "1x", "nan", "inf", "1e999"})
    {
        EXPECT_FALSE(ReadReal(text)) << text;
    }
    for (const char* text : {"", "1.0", "1e3", "-1", "1 "})
    {
        EXPECT_FALSE(ReadUnsigned(text)) << text;
    }
}

TEST(ScenarioQuantity, ReadsWholeNumbersHoweverTheyAreWritten)
{
    EXPECT_EQ(ReadWhole("007"), 7u);
    EXPECT_EQ(ReadWhole("1e6"), 1000000u);
    EXPECT_EQ(ReadWhole("1.5E+3"), 1500u);
    EXPECT_EQ(ReadWhole("2.0"), 2u);
    EXPECT_EQ(ReadWhole("9007199254740992.0"), 9007199254740992u);
    EXPECT_EQ(ReadWhole("18446744073709551615"), 18446744073709551615u);
    for (const char* text :
         {"", "x", "0x10", "1.5", "1e-3", "-1.0", "9007199254740994.0", "1e400", "nan", "1e6 "})
    {
        EXPECT_FALSE(ReadWhole(text)) << text;
    }
}

TEST(ScenarioQuantity, WhatIsWrittenReadsBack)
{
    EXPECT_EQ(WriteBytes(64u << 20), "64MiB");
    EXPECT_EQ(WriteBytes(uint64_t{3} << 50), "3PiB");
    EXPECT_EQ(WriteBytes(7680), "7680");
    EXPECT_EQ(WriteTimePs(1500000), "1500ns");
    EXPECT_EQ(WriteBitRate(224000000000u), "224Gbps");
    for (const uint64_t value :
         {uint64_t{0}, uint64_t{1}, uint64_t{1023}, uint64_t{1} << 40, uint64_t{INT64_MAX}})
    {
        EXPECT_EQ(ReadBytes(WriteBytes(value)), value);
        EXPECT_EQ(ReadTimePs(WriteTimePs(static_cast<int64_t>(value))),
                  static_cast<int64_t>(value));
        EXPECT_EQ(ReadBitRate(WriteBitRate(value)), value);
    }
}

} // namespace

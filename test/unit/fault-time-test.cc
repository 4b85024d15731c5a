/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/fault-time.h"

#include <gtest/gtest.h>
#include <limits>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param text a time
 * @return it; fails if it is none
 */
FaultTime
Time(const std::string& text)
{
    const auto time = FaultTime::Read(text);
    EXPECT_TRUE(time.has_value()) << text;
    return time.value_or(FaultTime());
}

TEST(FaultTime, IsWrittenAsPeopleWould)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"0", "0"},
        {"0h", "0"},
        {"1500ps", "1.5ns"},
        {"640ps", "640ps"},
        {"1000000us", "1s"},
        {"90s", "90s"},
        {"120s", "2min"},
        {"2.5h", "150min"},
        {"36h", "36h"},
        {"48h", "2d"},
        {"0.001ns", "1ps"},
        {"1.50s", "1.5s"},
        {"12.25min", "735s"},
        {"1234567.890123456789s", "1234567.890123456789s"},
        {"1000000000000s", "1000000000000s"}};
    for (const auto& [text, written] : cases)
    {
        EXPECT_EQ(Time(text).Write(), written) << text;
    }
}

TEST(FaultTime, IsExactFromAPicosecondToCenturies)
{
    EXPECT_EQ(Time("1ps").GetPs(), 1);
    EXPECT_EQ(Time("106d").GetPs(), 106 * 86400 * 1000000000000);
    EXPECT_FALSE(Time("107d").GetPs().has_value());
    EXPECT_EQ(Time("9223372.036854775807s").GetPs(), std::numeric_limits<int64_t>::max());
    EXPECT_FALSE(Time("9223372.036854775808s").GetPs().has_value());
    EXPECT_DOUBLE_EQ(Time("36525d").GetH(), 876600);
    EXPECT_EQ(Time("36525d") + Time("1ps"), Time("3155760000.000000000001s"));
    EXPECT_LT(Time("36525d"), Time("3155760000.000000000001s"));
    EXPECT_EQ(FaultTime::FromPs(1500), Time("1.5ns"));
    EXPECT_EQ(FaultTime::FromH(1.0 / 3600), Time("1s"));
    EXPECT_EQ(FaultTime::FromH(0.25), Time("15min"));
    EXPECT_EQ(FaultTime::FromH(87600), Time("3650d"));
    // Nearest: 0.1 h in binary is 5.55e-18 h more, which is 2e-14 s; a third of an hour is 1200 s.
    EXPECT_EQ(FaultTime::FromH(0.1), Time("6min"));
    EXPECT_EQ(FaultTime::FromH(1.0 / 3), Time("20min"));
}

TEST(FaultTime, RandomOnesReadBackAsTheSame)
{
    std::mt19937_64 random(1);
    for (int i = 0; i < 100000; ++i)
    {
        const auto ps = static_cast<int64_t>(random() >> (1 + random() % 63));
        FaultTime time = FaultTime::FromPs(ps);
        if (random() % 4 == 0)
        {
            time = time + FaultTime::FromH(static_cast<double>(random() % 200000000));
        }
        const std::string text = time.Write();
        const auto back = FaultTime::Read(text);
        ASSERT_TRUE(back.has_value()) << text;
        ASSERT_EQ(*back, time) << text;
        ASSERT_EQ(back->Write(), text);
        if (time == FaultTime::FromPs(ps))
        {
            ASSERT_EQ(time.GetPs(), ps);
            // Hours have 53 bits: a rounding of both ways is within their last.
            const double hours = time.GetH();
            const FaultTime again = FaultTime::FromH(hours);
            ASSERT_NEAR(again.GetH(), hours, 3e-16 * hours + 2e-16);
        }
    }
}

TEST(FaultTime, RefusesWhatIsNone)
{
    for (const char* text : {"",
                             "h",
                             "5",
                             "-1s",
                             "+1s",
                             "1 s",
                             " 1s",
                             "1s ",
                             "1.s",
                             ".5s",
                             "1..5s",
                             "1e3s",
                             "1sec",
                             "0.5ps",
                             "1.2345ns",
                             "0x10s",
                             "inf",
                             "nans",
                             "1000000000001s",
                             "99999999999999999999d",
                             "1234567890123456789012345s"})
    {
        EXPECT_FALSE(FaultTime::Read(text).has_value()) << text;
    }
    ExpectRefused([] { FaultTime::FromPs(-1); }, {"timePs = -1"});
    ExpectRefused([] { FaultTime::FromH(-1); }, {"timeH = -1"});
    ExpectRefused([] { FaultTime::FromH(3e8); }, {"timeH = 3e+08"});
    ExpectRefused([] { Time("1000000000000s") + Time("1s"); }, {"sum in s"});
}

} // namespace

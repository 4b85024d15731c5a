/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/interval-text.h"
#include "ns3/text-table.h"

#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>

using namespace ns3::opticalfabric;

namespace
{

TEST(TextTable, HeadingAndUnits)
{
    TextTable table({{"part", TextTable::LEFT}, {"count"}, {"power", TextTable::RIGHT, "W"}});
    EXPECT_EQ(table.ToText(),
              "part  count  power\n"
              "                 W\n");
    table.AddRow({"module", "5376", "4.3"});
    table.AddRows({{"cable"}, {"rack", "17", "", "beyond"}});
    EXPECT_EQ(table.ToText(),
              "part    count  power\n"
              "                   W\n"
              "module   5376    4.3\n"
              "cable\n"
              "rack       17         beyond\n");
}

TEST(TextTable, RowsThatBringTheirHeading)
{
    TextTable indented(TextTable::LeftColumns(1), 2);
    EXPECT_EQ(indented.ToText(), "");
    indented.AddRows({{"", "n"}, {"long", "1"}, {"x", "22"}});
    EXPECT_EQ(indented.ToText(), "         n\n  long   1\n  x     22\n");
    TextTable right(TextTable::LeftColumns(0));
    right.AddRows({{"a", "bb"}, {"aaa", "b"}});
    EXPECT_EQ(right.ToText(), "  a  bb\naaa   b\n");
    TextTable numbers({{"", TextTable::NUMBERS_RIGHT, ""}});
    numbers.AddRows({{"a", "b"}, {"400G-SR8", "1"}, {"-2.5", "1e1"}});
    EXPECT_EQ(numbers.ToText(), "a         b\n400G-SR8    1\n    -2.5  1e1\n");
    EXPECT_THROW(TextTable({}), std::invalid_argument);
}

TEST(TextTable, Pads)
{
    EXPECT_EQ(TextTable::Pad("ab", 4, TextTable::LEFT), "ab  ");
    EXPECT_EQ(TextTable::Pad("ab", 4, TextTable::RIGHT), "  ab");
    EXPECT_EQ(TextTable::Pad("abcde", 4, TextTable::RIGHT), "abcde");
    EXPECT_EQ(TextTable::Pad("12", 4, TextTable::NUMBERS_RIGHT), "  12");
    EXPECT_EQ(TextTable::Pad("", 2, TextTable::NUMBERS_RIGHT), "  ");
    EXPECT_EQ(TextTable::TrimEnd(" a b  "), " a b");
    EXPECT_EQ(TextTable::TrimEnd("   "), "");
}

TEST(IntervalText, ShowsDigitsThatMatter)
{
    EXPECT_EQ(ShowNumber(0.99910021, 7), "0.9991002");
    EXPECT_EQ(ShowNumber(3217829.4, 5), "3217829");
    EXPECT_EQ(ShowNumber(-3217829.4, 5), "-3217829");
    EXPECT_EQ(ShowNumber(0, 3), "0");
    EXPECT_EQ(ShowInterval({198.123, 2.56}), "198.12 +- 2.6");
    EXPECT_EQ(ShowInterval({198.123, 2.56}, 2), "198 +- 2.6");
    constexpr double INFINITE = std::numeric_limits<double>::infinity();
    EXPECT_EQ(ShowInterval({INFINITE, INFINITE}), "none seen");
    EXPECT_EQ(ShowInterval({0, 0}), "0");
}

} // namespace

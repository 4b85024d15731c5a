/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/output-width.h"

#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace ns3::opticalfabric;

namespace
{

constexpr int NOWHERE = -1; ///< a file descriptor that is no terminal

/// Changes COLUMNS of the environment, and puts back what it was.
class OutputWidth : public testing::Test
{
  protected:
    /// Remembers the variable.
    OutputWidth()
    {
        const char* const before = std::getenv("COLUMNS");
        m_before = before != nullptr ? std::optional<std::string>(before) : std::nullopt;
        unsetenv("COLUMNS");
    }

    /// Puts it back.
    ~OutputWidth() override
    {
        m_before ? setenv("COLUMNS", m_before->c_str(), 1) : unsetenv("COLUMNS");
    }

  private:
    std::optional<std::string> m_before; ///< as it was
};

TEST_F(OutputWidth, LinesAreAsLongAsTheyAreWhereNothingSaysOtherwise)
{
    EXPECT_EQ(GetTerminalWidth(NOWHERE), 0U);
    EXPECT_EQ(FindOutputWidth(NOWHERE), 0U);
    EXPECT_EQ(FindReportWidth(NOWHERE), REPORT_WIDTH);
}

TEST_F(OutputWidth, ColumnsOfTheEnvironmentIfTheyMakeSense)
{
    for (const uint32_t columns : {40U, 72U, 1000U})
    {
        setenv("COLUMNS", std::to_string(columns).c_str(), 1);
        EXPECT_EQ(FindOutputWidth(NOWHERE), columns);
        EXPECT_EQ(FindReportWidth(NOWHERE), columns);
        EXPECT_EQ(GetTerminalWidth(NOWHERE), 0U);
        EXPECT_EQ(FindLineWidth(NOWHERE), 0U) << "no line is written over but on a terminal";
    }
    for (const char* text :
         {"", "39", "1001", "0", "-80", "80x", " 80", "8e1", "99999999999999999999999"})
    {
        setenv("COLUMNS", text, 1);
        EXPECT_EQ(FindOutputWidth(NOWHERE), 0U) << text;
        EXPECT_EQ(FindReportWidth(NOWHERE), REPORT_WIDTH) << text;
    }
}

TEST_F(OutputWidth, LinesThatAreWrittenOverFitTheTerminalAndColumns)
{
    const int ours = posix_openpt(O_RDWR | O_NOCTTY);
    if (ours < 0 || grantpt(ours) != 0 || unlockpt(ours) != 0)
    {
        GTEST_SKIP() << "no terminals here";
    }
    const int terminal = open(ptsname(ours), O_RDWR | O_NOCTTY);
    winsize size{};
    size.ws_col = 120;
    ASSERT_EQ(ioctl(terminal, TIOCSWINSZ, &size), 0);
    EXPECT_EQ(FindLineWidth(terminal), 120U);
    setenv("COLUMNS", "72", 1);
    EXPECT_EQ(FindLineWidth(terminal), 72U);
    setenv("COLUMNS", "200", 1);
    EXPECT_EQ(FindLineWidth(terminal), 120U) << "a line that wraps cannot be written over";
    close(terminal);
    close(ours);
}

TEST(WrapLines, LongLinesAreBroken)
{
    EXPECT_EQ(WrapLines("  one two three four\nfive\n", 12),
              "  one two\n    three\n    four\nfive\n");
    EXPECT_EQ(WrapLines("unbreakable word\n", 5), "unbreakable\n  word\n");
    EXPECT_EQ(WrapLines("", 10), "");
}

} // namespace

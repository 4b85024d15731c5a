/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/progress-meter.h"
#include "ns3/run-report-units.h"
#include "ns3/run-report.h"
#include "ns3/scenario-error.h"
#include "ns3/scenario-output.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>

using namespace ns3::opticalfabric;
namespace fs = std::filesystem;

namespace
{

TEST(RunReportUnits, AreForPeople)
{
    EXPECT_EQ(FormatSeconds(0), "0 s");
    EXPECT_EQ(FormatSeconds(152e-6), "152 us");
    EXPECT_EQ(FormatSeconds(1.354e-6), "1.35 us");
    EXPECT_EQ(FormatSeconds(640e-12), "640 ps");
    EXPECT_EQ(FormatSeconds(0.99996e-3), "1.00 ms");
    EXPECT_EQ(FormatSeconds(12.34), "12.3 s");
    EXPECT_EQ(FormatSeconds(119.99), "120 s");
    EXPECT_EQ(FormatSeconds(125), "2 min 05 s");
    EXPECT_EQ(FormatSeconds(125.6), "2 min 06 s");
    EXPECT_EQ(FormatSeconds(7199.4), "119 min 59 s");
    EXPECT_EQ(FormatSeconds(7199.6), "2 h 00 min");
    EXPECT_EQ(FormatSeconds(9000), "2 h 30 min");
    EXPECT_EQ(FormatSeconds(172769), "47 h 59 min");
    EXPECT_EQ(FormatSeconds(172771), "2 days 00 h");
    EXPECT_EQ(FormatSeconds(9.2e6), "106 days 12 h"); // 9.2e6 / 86400 = 106.48
    EXPECT_EQ(FormatSeconds(3.156e9), "36527 days 19 h");
    EXPECT_EQ(FormatSeconds(std::numeric_limits<double>::infinity()), "-");
    EXPECT_EQ(FormatSeconds(std::numeric_limits<double>::quiet_NaN()), "-");
    EXPECT_EQ(FormatRate(54e9), "54.0 GB/s");
    EXPECT_EQ(FormatBytes(7864320), "7.5 MiB");
    EXPECT_EQ(FormatBytes(64 << 20), "64 MiB");
    EXPECT_EQ(FormatBytes(1000000), "1.00 MB");
    EXPECT_EQ(FormatBytes(512), "512 B");
    EXPECT_EQ(FormatCount(1234567), "1,234,567");
    EXPECT_EQ(FormatCount(999), "999");
    EXPECT_EQ(FormatScaled(5.43e6), "5.43 M");
    EXPECT_EQ(FormatScaled(12), "12.0");
    std::ostringstream table;
    table << FormatTable({{"", "n"}, {"long", "1"}, {"x", "22"}}, 1);
    EXPECT_EQ(table.str(), "         n\n  long   1\n  x     22\n");
}

TEST(RunReportUnits, HeadAColumnWithAUnitIfItHasTimes)
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(TimeScale::For({2e-6, none}).Head("time"), "time, us");
    EXPECT_EQ(TimeScale::For({0, none}).Head("time"), "time, s");
    EXPECT_EQ(TimeScale::For({none, none}).Head("time"), "time");
    EXPECT_EQ(TimeScale::For({}).Head("time"), "time");
}

TEST(ScenarioErrors, SayAnAssignmentOfTheCommandLineOnce)
{
    const auto say = [](const std::string& origin, const std::string& what) {
        return std::string(ScenarioError({origin, 0}, what).what());
    };
    EXPECT_EQ(say("--set a.b=0", "a.b = 0 is not allowed; allowed: 1 to 2"),
              "--set a.b=0 is not allowed; allowed: 1 to 2");
    EXPECT_EQ(say("--set a.b = \"x y\"", "a.b = \"x y\" is not allowed; allowed: z"),
              "--set a.b = \"x y\" is not allowed; allowed: z");
    EXPECT_EQ(say("--set a.b=[1,2]", "a.b = a list is not allowed; allowed: 1"),
              "--set a.b=[1,2] is not allowed; allowed: 1");
    EXPECT_EQ(say("--set a.c=0", "unknown key a.c (did you mean b?); allowed: b"),
              "--set a.c=0: unknown key (did you mean b?); allowed: b");
    // What the assignment does not name stays: an element of a list, another key, a section.
    EXPECT_EQ(say("--set a.b=[1,2]", "a.b = 2 is not allowed; allowed: 1"),
              "--set a.b=[1,2]: a.b = 2 is not allowed; allowed: 1");
    EXPECT_EQ(say("--set a.b=0", "a.bc = 0 is not allowed; allowed: 1"),
              "--set a.b=0: a.bc = 0 is not allowed; allowed: 1");
    EXPECT_EQ(say("--set a.b=0", "unknown section a; allowed: c"),
              "--set a.b=0: unknown section a; allowed: c");
    EXPECT_EQ(say("--set a=0", "unknown key ab; allowed: c"),
              "--set a=0: unknown key ab; allowed: c");
    EXPECT_EQ(say("file.toml", "a.b = 0 is not allowed; allowed: 1"),
              "file.toml: a.b = 0 is not allowed; allowed: 1");
}

TEST(ScenarioErrors, ShortenWhatTheyQuote)
{
    const std::string sixty(60, 'a');
    const std::string longer(256, 'a');
    EXPECT_EQ(ShortenText(std::string(255, 'a')), std::string(255, 'a'));
    EXPECT_EQ(ShortenText(longer), sixty + "...");
    // 59 bytes, and characters of two: the 30th of these would be cut in halves.
    std::string accents(59, 'a');
    for (int i = 0; i < 200; ++i)
    {
        accents += "\xc3\xa9";
    }
    EXPECT_EQ(ShortenText(accents), std::string(59, 'a') + "...");
    EXPECT_EQ(ShortenText(std::string(256, '\x80')).size(), 56u + 3) << "no UTF-8";

    const auto say = [](const std::string& origin, const std::string& what) {
        return std::string(ScenarioError({origin, 0}, what).what());
    };
    EXPECT_EQ(say("f.toml", "name = \"" + longer + " b\" is not allowed; allowed: x"),
              "f.toml: name = \"" + sixty + "...\" is not allowed; allowed: x");
    EXPECT_EQ(say("f.toml", "unknown key " + longer), "f.toml: unknown key " + sixty + "...");
    EXPECT_EQ(say(longer + "/f.toml", "a \" b"), longer + "/f.toml: a \" b") << "files are whole";
    EXPECT_EQ(say("--set a=" + longer, "a = " + sixty + "... is not allowed; allowed: 1"),
              "--set a=" + sixty.substr(8) + "... is not allowed; allowed: 1");
}

TEST(ScenarioErrors, AreWholeAndOnALineWhateverTheySay)
{
    using namespace std::string_literals;
    EXPECT_EQ(ShowControls("a\0b\n\x1b[2J\x7f \xc3\xa9"s),
              "a\\u0000b\\u000a\\u001b[2J\\u007f \xc3\xa9");
    const ScenarioError error({"f.toml", 3}, "name = \"a\0b\" is not allowed"s);
    EXPECT_EQ(std::string(error.what()), "f.toml:3: name = \"a\\u0000b\" is not allowed");
}

TEST(ProgressMeter, SaysHowFarItIs)
{
    RunProgress progress;
    progress.transfersDone = 1500;
    progress.packets = 1;
    const ns3::Time now = ns3::MicroSeconds(10);
    EXPECT_EQ(ProgressMeter::Format(progress, 2.5e6, 3, now),
              "10.0 us simulated, 1,500 transfers, 2.50 M packets/s");
    EXPECT_EQ(ProgressMeter::Format(progress, 0, 3, now), "10.0 us simulated, 1,500 transfers");
    progress.transfersExpected = 6000;
    EXPECT_EQ(ProgressMeter::Format(progress, 2.5e6, 3, now),
              "25 %, 9 s left, 10.0 us simulated, 1,500 of 6,000 transfers, 2.50 M packets/s");
}

TEST(ProgressMeter, BreaksLinesWhereItIsToldTo)
{
    for (const uint32_t limit : {0U, 40U})
    {
        std::ostringstream told;
        ProgressMeter meter([]() { return RunProgress(); });
        meter.SetStream(&told, 0, "a label of some length, longer than any: ", limit);
        meter.SetInterval(0);
        meter.Start();
        ns3::Simulator::Schedule(ns3::MicroSeconds(1), []() {});
        ns3::Simulator::Run();
        ns3::Simulator::Destroy();
        std::istringstream lines(told.str());
        std::size_t widest = 0;
        for (std::string line; std::getline(lines, line);)
        {
            widest = std::max(widest, line.size());
        }
        EXPECT_EQ(widest > 40, limit == 0) << told.str();
        EXPECT_GT(widest, 20U);
    }
}

TEST(ProgressMeter, LooksSeldomWhereNothingHappensForLong)
{
    // At the rate of looks that a second of simulated time gets, months would take minutes.
    ProgressMeter meter([]() { return RunProgress(); });
    meter.Start();
    bool hasHappened = false;
    ns3::Simulator::Schedule(ns3::Seconds(9000000), [&hasHappened]() { hasHappened = true; });
    ns3::Simulator::Run();
    ns3::Simulator::Destroy();
    EXPECT_TRUE(hasHappened);
    EXPECT_GT(meter.GetEvents(), 1000U);
    EXPECT_LT(meter.GetEvents(), 200000U);
}

/// A directory of its own for each test.
class ScenarioOutputTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        // Tests run side by side.
        const char* test = testing::UnitTest::GetInstance()->current_test_info()->name();
        m_root = fs::absolute(std::string("scenario-output-test-") + test);
        fs::remove_all(m_root);
        fs::create_directory(m_root);
    }

    void TearDown() override
    {
        fs::remove_all(m_root);
    }

    /**
     * @param path path below the directory
     * @return the whole path
     */
    std::string Path(const std::string& path) const
    {
        return (m_root / path).string();
    }

    /**
     * @param path path of a file to make, below the directory
     */
    void Touch(const std::string& path) const
    {
        fs::create_directories((m_root / path).parent_path());
        std::ofstream(m_root / path) << "x";
    }

    /**
     * @param path directory that is to be refused
     * @param part part of the message
     */
    void ExpectRefusal(const std::string& path, const std::string& part) const
    {
        try
        {
            ScenarioOutput output(path);
            output.Make();
            ADD_FAILURE() << "not refused: " << path;
        }
        catch (const ScenarioError& refusal)
        {
            const std::string message = refusal.what();
            EXPECT_NE(message.find(part), std::string::npos) << message;
            EXPECT_NE(message.find("allowed"), std::string::npos) << message;
            EXPECT_NE(message.find(path), std::string::npos) << message;
        }
    }

    fs::path m_root; ///< the directory
};

TEST_F(ScenarioOutputTest, MakesWhatItNeedsAndTakesItAway)
{
    {
        ScenarioOutput output(Path("a/b/c"));
        EXPECT_FALSE(fs::exists(Path("a")));
        output.Make();
        EXPECT_TRUE(fs::is_directory(Path("a/b/c")));
        EXPECT_TRUE(fs::is_empty(Path("a/b/c")));
    }
    EXPECT_FALSE(fs::exists(Path("a")));
}

TEST_F(ScenarioOutputTest, RefusesWhatIsNotItsOwn)
{
    Touch("foreign/summary.json");
    Touch("foreign/thesis.tex");
    ExpectRefusal(Path("foreign"), "thesis.tex");
    Touch("deep/parts/one/notes.txt");
    ExpectRefusal(Path("deep"), "notes.txt");
    Touch("folder/sub/summary.json");
    ExpectRefusal(Path("folder"), "sub");
    Touch("file");
    ExpectRefusal(Path("file"), "is a file");
    ExpectRefusal(Path("file/below"), "is no directory");
    EXPECT_EQ(fs::file_size(Path("foreign/thesis.tex")), 1u);
}

TEST_F(ScenarioOutputTest, FailsWhereNobodyMayWrite)
{
    // Nobody, not even root, makes directories there. That is no refusal: programs end with 1.
    if (!fs::is_directory("/proc/self"))
    {
        GTEST_SKIP() << "no such folder";
    }
    try
    {
        ScenarioOutput("/proc/self/results").Make();
        FAIL() << "it was made";
    }
    catch (const ScenarioError& refusal)
    {
        FAIL() << "refused: " << refusal.what();
    }
    catch (const std::runtime_error& failure)
    {
        EXPECT_NE(std::string(failure.what()).find("cannot be"), std::string::npos);
    }
}

TEST_F(ScenarioOutputTest, ReplacesEarlierResults)
{
    Touch("mine/summary.json");
    Touch("mine/results.h5.partial");
    Touch("mine/incomplete.txt");
    Touch("mine/parts/old/summary.json");
    Touch("mine/parts/two/summary.json");
    RunReport report("title");
    RunPart part;
    part.name = "one";
    report.AddPart(part);
    part.name = "two";
    part.unfinished = "because";
    report.AddPart(part);
    {
        ScenarioOutput output(Path("mine"));
        output.Make();
        EXPECT_EQ(output.Write(report, false), "");
        EXPECT_EQ(output.GetFiles().size(), 3u);
    }
    EXPECT_FALSE(fs::exists(Path("mine/parts/old")));
    EXPECT_TRUE(fs::exists(Path("mine/parts/one/volatile.json")));
    EXPECT_FALSE(fs::exists(Path("mine/parts/one/incomplete.txt")));
    std::ostringstream text;
    text << std::ifstream(Path("mine/incomplete.txt")).rdbuf();
    EXPECT_EQ(text.str(), "two: because\n");

    RunReport single("title");
    part.unfinished.clear();
    single.AddPart(part);
    ScenarioOutput output(Path("mine"));
    output.Make();
    EXPECT_EQ(output.Write(single, false), "");
    EXPECT_FALSE(fs::exists(Path("mine/incomplete.txt")));
    EXPECT_FALSE(fs::exists(Path("mine/parts")));
}

} // namespace

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
    EXPECT_EQ(FormatSeconds(125), "2 min 05 s");
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

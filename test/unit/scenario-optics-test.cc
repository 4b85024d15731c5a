/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/link-survey.h"
#include "ns3/optical-medium.h"
#include "ns3/optical-plant.h"
#include "ns3/optics-helper.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-toml.h"
#include "ns3/sha256.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// What runs, whatever the optics.
const std::string WORK = R"([[collective]]
kind = "all-reduce"
bytes = "64KiB"
)";

/// A file for the catalog.
const std::string FIBRE = R"([fibre.Mine]
like = { value = "OM4", source = "a test", mark = "M" }
)";

/**
 * @param text TOML
 * @param overrides changes to it
 * @return the scenario
 */
Scenario
Read(const std::string& text, const std::vector<std::string>& overrides = {})
{
    ScenarioReader reader;
    for (const std::string& assignment : overrides)
    {
        reader.AddOverride(assignment);
    }
    return reader.ReadText(text, "my.toml", "my");
}

/**
 * Expect that a scenario is refused.
 * @param text TOML
 * @return the message
 */
std::string
GetRefusal(const std::string& text)
{
    try
    {
        Read(text);
        ADD_FAILURE() << "not refused: " << text;
    }
    catch (const ScenarioError& refusal)
    {
        return refusal.what();
    }
    return "";
}

/**
 * Expect that a scenario is refused.
 * @param text TOML
 * @param begin how the message begins
 * @param part what else it says
 */
void
ExpectRefusal(const std::string& text, const std::string& begin, const std::string& part)
{
    const std::string message = GetRefusal(text);
    EXPECT_EQ(message.find(begin), 0u) << message;
    EXPECT_NE(message.find(part), std::string::npos) << message;
    EXPECT_NE(message.find("allowed"), std::string::npos) << message;
}

/// The tests need toml++.
class ScenarioOpticsTest : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!HasToml())
        {
            GTEST_SKIP() << "built without TOML";
        }
    }
};

TEST_F(ScenarioOpticsTest, NetworksHaveOpticsThatAreNamed)
{
    EXPECT_TRUE(Read(WORK).optics.empty());
    const Scenario first = Read("[optics]\n" + WORK);
    EXPECT_EQ(first.optics.size(), 1u);
    EXPECT_EQ(first.optics.count("ub"), 1u);
    const Scenario second = Read("[optics.rdma]\nspread = false\n" + WORK);
    EXPECT_EQ(second.optics.size(), 1u);
    EXPECT_EQ(second.optics.at("rdma").plant.front().attribute, "Spread");
    const Scenario both = Read("[optics]\nspread = false\n[optics.rdma]\n" + WORK);
    EXPECT_EQ(both.optics.size(), 2u);
    EXPECT_TRUE(both.optics.at("rdma").plant.empty());
    // What is said of the network by its name comes after what is said without.
    const Scenario twice = Read("[optics]\nage_h = 1\n[optics.ub]\nage_h = 2\n" + WORK);
    EXPECT_EQ(twice.optics.at("ub").helper.back().value, "2");
    const Scenario set = Read(WORK, {"optics.extra_loss_db=3"});
    EXPECT_EQ(set.optics.at("ub").helper.front().value, "3");
}

TEST_F(ScenarioOpticsTest, ReadsAttributesOfAllThree)
{
    const Scenario scenario = Read(R"([optics]
transceiver = "400G-DR4"
extra_loss_module = -1
lane_rule = "Any"
retrain_time = "20ms"
contaminated_fraction = 0.25
)" + WORK);
    const ScenarioOptics& optics = scenario.optics.at("ub");
    EXPECT_EQ(optics.helper.size(), 2u);
    EXPECT_EQ(optics.helper[1].value, "-1");
    EXPECT_EQ(optics.helper[1].mark.line, 3u);
    EXPECT_EQ(optics.medium.size(), 2u);
    EXPECT_EQ(optics.plant.size(), 1u);
    EXPECT_EQ(optics.mark.line, 1u);
}

TEST_F(ScenarioOpticsTest, NoKeyMeansTwoThings)
{
    std::vector<std::string> keys;
    for (const ns3::TypeId& type :
         {OpticsHelper::GetTypeId(), OpticalMedium::GetTypeId(), OpticalPlant::GetTypeId()})
    {
        const std::vector<std::string> more = GetAttributeKeys(type);
        keys.insert(keys.end(), more.begin(), more.end());
    }
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(std::adjacent_find(keys.begin(), keys.end()), keys.end());
}

TEST_F(ScenarioOpticsTest, SurveyNeedsNoCollective)
{
    EXPECT_EQ(Read(WORK).surveyDraws, 0u);
    const Scenario scenario = Read("[optics]\n[survey]\n");
    EXPECT_EQ(scenario.surveyDraws, 10u);
    EXPECT_TRUE(scenario.collectives.empty());
    EXPECT_EQ(Read("[optics]\n[survey]\ndraws = 3\n" + WORK).surveyDraws, 3u);
}

TEST_F(ScenarioOpticsTest, WrittenScenarioReadsBack)
{
    const std::string written = WriteScenario(Read("[optics]\nage_h = 5\n[survey]\n" + WORK));
    EXPECT_NE(written.find("[optics.ub]\ncatalog_files = \"\"\n"), std::string::npos) << written;
    EXPECT_NE(written.find("\nage_h = 5\n"), std::string::npos) << written;
    EXPECT_NE(written.find("\nextra_loss_module = -1\n"), std::string::npos) << written;
    EXPECT_NE(written.find("\nlane_rule = \"PowerOfTwo\"\n"), std::string::npos) << written;
    EXPECT_NE(written.find("\ncontaminated_fraction = 0\n"), std::string::npos) << written;
    EXPECT_NE(written.find("\n[survey]\ndraws = 10\n"), std::string::npos) << written;
    EXPECT_EQ(written.find("frame_bytes"), std::string::npos) << written;
    EXPECT_EQ(WriteScenario(Read(written)), written);
    const std::string without = WriteScenario(Read(WORK));
    EXPECT_EQ(without.find("optics"), std::string::npos) << without;
    EXPECT_EQ(without.find("survey"), std::string::npos) << without;
}

TEST_F(ScenarioOpticsTest, AllowedKeysAreThoseThereAre)
{
    // What is allowed for an unknown key, against what a scenario written in full has.
    const std::string written = WriteScenario(Read("[optics.ub]\n" + WORK));
    const std::string heading = "\n[optics.ub]\n";
    ASSERT_NE(written.find(heading), std::string::npos) << written;
    std::istringstream lines(written.substr(written.find(heading) + heading.size()));
    std::string line;
    std::string keys;
    while (std::getline(lines, line) && !line.empty() && line[0] != '[')
    {
        keys += (keys.empty() ? "" : ", ") + line.substr(0, line.find(" = "));
    }
    EXPECT_NE(keys.find(", fec_decoding_latency, "), std::string::npos) << keys;
    EXPECT_EQ(GetRefusal("[optics.ub]\nxyzzy = 1\n" + WORK),
              "my.toml:2: unknown key optics.ub.xyzzy; allowed: " + keys);
    // Without a name, it may be followed by the networks.
    EXPECT_EQ(GetRefusal("[optics]\nxyzzy = 1\n" + WORK),
              "my.toml:2: unknown key optics.xyzzy; allowed: " + keys + ", ub, rdma");
    // The length of frames is an attribute of the medium, but no key; nobody meant it.
    EXPECT_EQ(GetRefusal("[optics]\nframe_byts = 9\n" + WORK).find("frame_bytes"),
              std::string::npos);
}

TEST_F(ScenarioOpticsTest, CatalogFilesLieBesideTheScenario)
{
    namespace fs = std::filesystem;
    const fs::path folder = "scenario-optics-test";
    fs::create_directory(folder);
    std::ofstream(folder / "mine.toml") << FIBRE;
    std::ofstream(folder / "my.toml")
        << "[optics]\ncatalog_files = \"mine.toml\"\nfibre = \"Mine\"\n" + WORK;
    const Scenario scenario = ScenarioReader().ReadFile((folder / "my.toml").string());
    ASSERT_EQ(scenario.inputFiles.size(), 2u);
    EXPECT_EQ(scenario.inputFiles[0].name, "scenario-optics-test/my.toml");
    EXPECT_EQ(scenario.inputFiles[1].name, "scenario-optics-test/mine.toml");
    EXPECT_EQ(scenario.inputFiles[1].sha256, Sha256::OfText(FIBRE));
    ASSERT_EQ(scenario.optics.at("ub").catalog.size(), 1u);
    EXPECT_EQ(scenario.optics.at("ub").catalog[0].text, FIBRE);
    fs::remove_all(folder);
}

TEST_F(ScenarioOpticsTest, Refuses)
{
    ExpectRefusal("[optics]\nextra_loss_db = -1\n" + WORK, "my.toml:2: optics.extra", "0 to 100");
    ExpectRefusal("[optics.rdma]\nconnectors = 1\n" + WORK, "my.toml:2: optics.rdma.", "2 to 16");
    ExpectRefusal("[optics]\nextra_loss_module = -2\n" + WORK, "my.toml:2: ", "-1 to 2147483647");
    ExpectRefusal("[optics]\nextra_loss_module = \"1\"\n" + WORK, "my.toml:2: ", "whole number");
    ExpectRefusal("[optics]\nspred = true\n" + WORK, "my.toml:2: ", "did you mean spread?");
    ExpectRefusal("[optics.rdna]\n" + WORK, "my.toml:1: ", "did you mean rdma?");
    ExpectRefusal("[optics]\nframe_bytes = 9\n" + WORK, "my.toml:2: ", "network.mtu");
    ExpectRefusal("[optics]\nretrain_time = 9\n" + WORK, "my.toml:2: ", "unit");
    ExpectRefusal("[optics]\ncatalog_files = \"no.toml\"\n" + WORK,
                  "my.toml:2: optics.catalog_files",
                  "no.toml cannot be read: No such file");
    ExpectRefusal("[survey]\n" + WORK, "my.toml:1: survey", "[optics]");
    ExpectRefusal("[optics]\n[survey]\ndraws = 0\n", "my.toml:3: survey.draws", "1 to 10000");
    ExpectRefusal("[optics]\n[survey]\ndrows = 1\n", "my.toml:3: ", "did you mean draws?");
    ExpectRefusal("[optics]\n[survey]\n[[collective]]\nname = \"survey\"\nkind = \"barrier\"\n",
                  "my.toml:4: collective.survey.name",
                  "another name");
    ExpectRefusal("[optics]\n", "my.toml: collective is missing", "[survey]");
}

} // namespace

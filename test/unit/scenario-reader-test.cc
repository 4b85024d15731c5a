/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/scenario-fabric.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-toml.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3::opticalfabric;

namespace
{

/// A scenario nothing is wrong with. Refusal tests change it, and rely on its lines.
const std::string GOOD = R"(name = "good"
[fabric]
kind = "cloud-matrix"
nodes = 2
[network]
routing = "Spray"
[[collective]]
name = "first"
kind = "all-reduce"
bytes = "64KiB"
[[collective]]
name = "second"
kind = "moe-dispatch"
ranks = "first:16"
[collective.moe]
tokens = 16
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
 * Expect that a scenario is refused, in words that hold all of some parts.
 *
 * @param read reads it
 * @param parts what the message must hold
 */
template <typename READ>
void
ExpectRefusal(READ read, const std::vector<std::string>& parts)
{
    try
    {
        read();
        ADD_FAILURE() << "not refused: " << parts.front();
    }
    catch (const ScenarioError& refusal)
    {
        const std::string message = refusal.what();
        for (const std::string& part : parts)
        {
            EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks " << part;
        }
        EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    }
}

/// The tests need toml++.
class ScenarioReaderTest : public testing::Test
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

TEST_F(ScenarioReaderTest, DefaultIsTheExample)
{
    std::ifstream file(std::string(OPTICAL_FABRIC_SOURCE_DIR) +
                       "/examples/scenarios/cloudmatrix384.toml");
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty());
    EXPECT_EQ(text.str(), GetDefaultScenarioText());
}

TEST_F(ScenarioReaderTest, DefaultIsThePapersLayerAndAnAllReduce)
{
    const Scenario scenario = Read(GetDefaultScenarioText());
    EXPECT_EQ(scenario.name, "cloudmatrix384");
    ASSERT_EQ(scenario.collectives.size(), 3u);
    const CollectiveSpec& dispatch = scenario.collectives[0].spec;
    EXPECT_EQ(dispatch.GetSizeBytes(), 128u * 8 * 7680);
    EXPECT_EQ(scenario.collectives[1].spec.GetSizeBytes(), 128u * 8 * 14336);
    EXPECT_EQ(dispatch.moe.traffic, scenario.collectives[1].spec.moe.traffic);
    EXPECT_EQ(scenario.collectives[0].ranks, "first:256");
    EXPECT_EQ(scenario.collectives[0].published.timePs, 152000000);
    EXPECT_EQ(scenario.collectives[1].published.bitRate, 103000000000u * 8);
    EXPECT_EQ(scenario.collectives[2].spec.bytes, 64u << 20);
}

TEST_F(ScenarioReaderTest, ReadsValues)
{
    const Scenario scenario = Read(R"(
description = "words"
[fabric]
kind = "clos"
endpoints = 8
leaves = 2
spines = 2
link_rate = "50GB/s"
leaf_latency = "0.5us"
[network]
buffer_bytes = "1MiB"
mtu = 1024
[engine]
time_limit = "10ms"
[random]
seed = 7
run = 9
[output]
hdf5 = false
ports = true
tail_quantile = 0.999
confidence = 0.9
[[collective]]
kind = "broadcast"
algorithm = "chain"
bytes = 1000
ranks = [3, 1, 2]
root = 1
iterations = 3
start = "1us"
gap = "2us"
period = "3ms"
chunk_bytes = "100"
reduce_rate = "1GB/s"
[[collective]]
kind = "moe-layer"
ranks = "0-3,5"
stride = 2
concurrent = true
[collective.moe]
tokens = 3
top_k = 2
experts = 4
skew = 0.5
dispatch_bytes = "1KiB"
combine_bytes = 2048
expert_time = "3us"
)");
    EXPECT_EQ(scenario.name, "my");
    EXPECT_EQ(scenario.fabricKind, "clos");
    ASSERT_EQ(scenario.fabric.size(), 5u);
    EXPECT_EQ(scenario.fabric[3].attribute, "LinkRate");
    EXPECT_EQ(scenario.fabric[3].value, "400000000000bps");
    EXPECT_EQ(scenario.fabric[4].value, "500000ps");
    EXPECT_EQ(scenario.fabric[4].mark.line, 9u);
    ASSERT_EQ(scenario.networks.at("").size(), 2u);
    EXPECT_EQ(scenario.networks.at("")[1].value, "1048576");
    EXPECT_EQ(scenario.timeLimitPs, 10000000000);
    EXPECT_EQ(scenario.seed, 7u);
    EXPECT_EQ(scenario.run, 9u);
    EXPECT_FALSE(scenario.writesHdf5);
    EXPECT_TRUE(scenario.writesPorts);
    EXPECT_EQ(scenario.tailQuantile, 0.999);
    const CollectiveSpec& chain = scenario.collectives.at(0).spec;
    EXPECT_EQ(chain.name, "broadcast");
    EXPECT_EQ(scenario.collectives[0].ranks, "3,1,2");
    EXPECT_EQ(chain.root, 1u);
    EXPECT_EQ(chain.chunkBytes, 100u);
    EXPECT_EQ(chain.reduceRate.GetBitRate(), 8000000000u);
    EXPECT_EQ(chain.gap.GetPicoSeconds(), 2000000);
    EXPECT_EQ(chain.period.GetMilliSeconds(), 3);
    const ScenarioCollective& moe = scenario.collectives.at(1);
    EXPECT_TRUE(moe.concurrent);
    EXPECT_EQ(moe.stride, 2u);
    EXPECT_EQ(moe.spec.moe.routing.zipfSkew, 0.5);
    EXPECT_EQ(moe.spec.moe.expertTime.GetPicoSeconds(), 3000000);
}

TEST_F(ScenarioReaderTest, OverridesChangeValues)
{
    const Scenario scenario = Read(GOOD,
                                   {"fabric.nodes=3",
                                    "network.routing=Adaptive",
                                    "network.ub.mtu = 512",
                                    "collective.first.bytes=1MiB",
                                    "collective.1.ranks=[0,1,2]",
                                    "collective[1].moe.top_k=2",
                                    "name=\"quoted\"",
                                    "random.run=5"});
    EXPECT_EQ(scenario.fabric[0].value, "3");
    EXPECT_EQ(scenario.fabric[0].mark.ToString(), "--set fabric.nodes=3: ");
    EXPECT_EQ(scenario.networks.at("")[0].value, "Adaptive");
    EXPECT_EQ(scenario.networks.at("ub")[0].value, "512");
    EXPECT_EQ(scenario.collectives[0].spec.bytes, 1u << 20);
    EXPECT_EQ(scenario.collectives[1].ranks, "0,1,2");
    EXPECT_EQ(scenario.collectives[1].spec.moe.routing.topK, 2u);
    EXPECT_EQ(scenario.collectives[1].spec.moe.routing.tokensPerRank, 16u);
    EXPECT_EQ(scenario.name, "quoted");
    EXPECT_EQ(scenario.run, 5u);
}

TEST_F(ScenarioReaderTest, WrittenScenarioReadsBack)
{
    for (const std::string& text : {GOOD, std::string(GetDefaultScenarioText())})
    {
        const std::string written =
            WriteScenario(Read(text, {"fabric.l1_latency=0.15us", "network.ub.mtu=512"}));
        EXPECT_NE(written.find("l1_latency = \"150ns\""), std::string::npos) << written;
        EXPECT_NE(written.find("l2_latency = "), std::string::npos) << "a default is left unsaid";
        EXPECT_EQ(WriteScenario(Read(written)), written);
    }
}

TEST_F(ScenarioReaderTest, EveryFabricHasAKind)
{
    EXPECT_EQ(GetFabricKinds(), (std::vector<std::string>{"clos", "cloud-matrix", "nvl72"}));
    EXPECT_EQ(GetAttributeKey("L2ChipsPerPlane"), "l2_chips_per_plane");
    EXPECT_EQ(GetAttributeKey("Mtu"), "mtu");
    EXPECT_EQ(GetAttributeKey("UBLinkRate"), "ub_link_rate");
}

/// A bad scenario, and what has to be said of it.
struct Refusal
{
    std::string change;             ///< --set
    std::vector<std::string> parts; ///< parts of the message
};

TEST_F(ScenarioReaderTest, RefusesOverrides)
{
    const std::vector<Refusal> refusals{
        // Syntax and paths.
        {"fabric.nodes", {"no \"=\"", "key.path=value"}},
        {"", {"no \"=\""}},
        {"=3", {"no path"}},
        {"fabric..nodes=3", {"no path"}},
        {"fabric.=3", {"no path"}},
        {"fabric=3", {"fabric is a table"}},
        {"collective=3", {"collective is a list"}},
        {"fabric.nodes.x=3", {"fabric.nodes is 2, not a table"}},
        {"collective.2.bytes=1", {"no collective.2", "there are: first, second"}},
        {"collective.frist.bytes=1", {"did you mean first?"}},
        // Keys and sections.
        {"fabric.nods=3", {"unknown key", "did you mean nodes?", "npus_per_node"}},
        {"fabrik.nodes=3", {"unknown section fabrik", "did you mean fabric?"}},
        {"workload.bytes=3", {"unknown section workload", "collective"}},
        {"network.routin=Spray", {"did you mean routing?"}},
        {"network.rmda.mtu=100", {"did you mean rdma?"}},
        {"network.ub.mut=100", {"unknown key", "did you mean mtu?"}},
        {"collective.first.byte=3", {"unknown key", "bytes"}},
        {"collective.second.moe.topk=3", {"did you mean top_k?"}},
        {"collective.first.moe.top_k=3", {"collective.first.moe", "moe-dispatch"}},
        {"engine.fidelty=packet", {"did you mean fidelity?"}},
        {"random.sed=3", {"did you mean seed?"}},
        {"output.port=true", {"did you mean ports?"}},
        // Types.
        {"fabric.nodes=two", {"=two is not allowed", "whole number", "1 to 4096"}},
        {"fabric.nodes=2.5", {"=2.5 is not allowed", "whole number"}},
        {"fabric.scale_out=yes", {"=yes is not allowed", "true or false"}},
        {"fabric.fibre_length_m=30m", {"=30m is not allowed", "a number", "0 to 100000"}},
        {"collective.first.concurrent=1", {"true or false"}},
        {"collective.first.ranks=[0,[1]]", {"collective.first.ranks"}},
        {"random.seed=abc", {"=abc is not allowed", "1 to 4294944442"}},
        // Units.
        {"fabric.l1_latency=200", {"=200 is not allowed", "with its unit"}},
        {"fabric.l1_latency=200nm", {"with its unit", "Forwarding latency of an L1 chip"}},
        {"fabric.uplink_rate=224", {"=224 is not allowed", "with its unit"}},
        {"fabric.uplink_rate=224Gb", {"Gbps"}},
        {"collective.first.bytes=64M", {"=64M is not allowed", "MiB"}},
        {"collective.first.start=5", {"with its unit"}},
        {"collective.first.reduce_rate=5", {"with its unit"}},
        // Ranges.
        {"fabric.nodes=0", {"=0 is not allowed", "from 1 to 4096"}},
        {"fabric.nodes=-1", {"--set fabric.nodes=-1 is not allowed"}},
        {"fabric.nodes=99999999999999999999", {"fabric.nodes"}},
        {"fabric.l1_latency=2ms", {"from 0s to 1ms"}},
        {"fabric.l1_latency=-1ns", {"a time with its unit", "from 0s to 1ms"}},
        {"fabric.fibre_length_m=1e6", {"0 to 100000"}},
        {"network.mtu=63", {"=63 is not allowed", "64 to 65000", "Payload of a full packet"}},
        {"network.buffer_bytes=1TiB", {"=1TiB is not allowed", "from 64 to 1GiB"}},
        {"collective.first.bytes=-5", {"--set collective.first.bytes=-5 is not allowed"}},
        {"collective.first.bytes=0", {"from 1 to"}},
        {"collective.first.bytes=2000TiB", {"from 1 to 1PiB"}},
        {"collective.first.bytes=1e30", {"collective.first.bytes"}},
        {"collective.first.iterations=0", {"1 to"}},
        {"collective.first.stride=0", {"1 to"}},
        {"collective.first.virtual_lane=16", {"0 to 15"}},
        {"collective.first.gap=-1us", {"from 0s to 9200000s"}},
        {"collective.first.period=-1us", {"from 0s to 9200000s"}},
        {"collective.first.start=9300000s", {"ps, ns, us, ms, s; from 0s to 9200000s"}},
        {"collective.first.reduce_rate=1001Tbps", {"from 0bps to 1000Tbps"}},
        {"collective.first.published.time=9300000s", {"from 0s to 9200000s"}},
        {"collective.second.moe.expert_time=9300000s", {"from 0s to 9200000s"}},
        {"collective.second.moe.tokens=0", {"--set collective.second.moe.tokens=0 is not allowed"}},
        {"collective.second.moe.skew=-1", {"allowed: a number, 0 (uniform) to 10"}},
        {"collective.second.moe.skew=11", {"allowed: a number, 0 (uniform) to 10"}},
        {"output.tail_quantile=1", {"0 to below 1"}},
        {"output.tail_quantile=-1", {"0 to below 1"}},
        {"output.confidence=1", {"above 0 and below 1"}},
        {"output.confidence=0", {"above 0 and below 1"}},
        {"engine.time_limit=-1us", {"from 0s to 9200000s"}},
        {"engine.time_limit=10000000s", {"from 0s to 9200000s"}},
        {"random.seed=0", {"1 to 4294944442"}},
        // Names.
        {"name=../up", {"=../up is not allowed", "letters"}},
        {"name=.hidden", {"not beginning with"}},
        {"fabric.kind=torus", {"=torus is not allowed", "clos, cloud-matrix"}},
        {"network.routing=spray", {"did you mean Spray?", "Deterministic, Ecmp, Spray, Adaptive"}},
        {"engine.fidelity=fluid", {"=fluid is not allowed", "allowed: packet, flow, hybrid"}},
        {"engine.packet_every=10",
         {"=10 is not allowed", "allowed: only with fidelity = \"hybrid\""}},
        {"engine.packets=Small", {"only with fidelity = \"hybrid\""}},
        {"collective.first.foo=1", {"unknown key", "allowed: kind, name"}},
        {"engine.scheduler=HeapScheduler", {"HeapScheduler", "ns3::MapScheduler"}},
        {"engine.scheduler=Fast", {"ns3::opticalfabric::WheelScheduler"}},
        {"engine.scheduler=ns3::CalendarScheduler", {"CalendarScheduler", "ns3::MapScheduler"}},
        {"engine.scheduler=ns3::ListScheduler", {"ListScheduler", "ns3::MapScheduler"}},
        {"engine.scheduler=ns3::HeapScheduler", {"HeapScheduler", "ns3::MapScheduler"}},
        {"collective.first.kind=allreduce", {"did you mean all-reduce?"}},
        {"collective.first.kind=programs", {"moe-combine, moe-layer"}},
        {"collective.first.algorithm=rings", {"did you mean ring?"}},
        {"collective.first.name=a/b", {"letters"}},
        {"collective.second.name=first", {"a name of its own"}},
        {"collective.first.concurrent=true", {"allowed: false for the first"}},
        // Ranks, as far as they can be judged without a fabric.
        {"collective.first.ranks=first:0", {"first:N"}},
        {"collective.first.ranks=first:many", {"first:N"}},
        {"collective.first.ranks=3-1", {"ranks", "3-1"}},
        {"collective.first.ranks=0,,1", {"ranks"}},
        {"collective.first.ranks=0-4294967294", {"allowed: 1 to 1048576 ranks"}},
        {"collective.first.ranks=-1", {"ranks"}},
        {"collective.first.ranks=[]", {"ranks"}},
    };
    for (const Refusal& refusal : refusals)
    {
        SCOPED_TRACE(refusal.change);
        std::vector<std::string> parts = refusal.parts;
        parts.push_back("--set " + refusal.change);
        ExpectRefusal([&]() { Read(GOOD, {refusal.change}); }, parts);
    }
}

TEST_F(ScenarioReaderTest, SchedulersAreFoundWithoutTheirNamespace)
{
    const auto read = [](const std::string& name) {
        return Read(GOOD, {"engine.scheduler=" + name}).scheduler;
    };
    EXPECT_EQ(read("WheelScheduler"), "ns3::opticalfabric::WheelScheduler");
    EXPECT_EQ(read("MapScheduler"), "ns3::MapScheduler");
    EXPECT_EQ(read("ns3::MapScheduler"), "ns3::MapScheduler");
}

TEST_F(ScenarioReaderTest, WhatIsNoNumberIsShownAsItIsWritten)
{
    for (const std::string value : {"nan", "inf", "-inf"})
    {
        const std::string text = "[fabric]\nnodes = " + value + "\n";
        ExpectRefusal([&text] { Read(text); }, {"= " + value + " is not allowed"});
    }
}

TEST_F(ScenarioReaderTest, RefusesFilesWithLine)
{
    const std::string after = "[[collective]]\nkind = \"barrier\"\n";
    const std::vector<Refusal> refusals{
        {"[fabric\nnodes = 2\n", {"my.toml:1: not valid TOML"}},
        {"[fabric]\nnodes = \n", {"my.toml:2: not valid TOML"}},
        {"[fabric]\nnodes = 2\nnodes = 3\n", {"my.toml:3: not valid TOML"}},
        {"[fabric]\nkind = \"cloud", {"my.toml:2: not valid TOML"}},
        {"\xff\xfe", {"my.toml:1: not valid TOML"}},
        {"", {"my.toml: collective is missing", "[[collective]]"}},
        {"[[collective]]\nbytes = 1\n", {"my.toml:1: collective.0.kind is missing"}},
        {"collective = 3\n", {"my.toml:1: collective = 3", "[[collective]]"}},
        {"[collective]\nkind = \"barrier\"\n", {"my.toml:1", "each headed [[collective]]"}},
        {"collective = []\n", {"collective is missing"}},
        {"collective = [3]\n", {"my.toml:1: collective.0 = 3", "a table"}},
        {"fabric = 3\n" + after, {"my.toml:1: fabric = 3", "[fabric]"}},
        {"[fabric]\n\nnodes = \"2\"\n" + after,
         {"my.toml:3: fabric.nodes = \"2\"", "whole number"}},
        {"[fabric]\nnodes = 2.5\n" + after, {"my.toml:2: fabric.nodes = 2.5"}},
        {"[fabric]\nnodes = true\n" + after, {"my.toml:2: fabric.nodes = true"}},
        {"[fabric]\nnodes = [2]\n" + after, {"my.toml:2: fabric.nodes = a list"}},
        {"[fabric]\nnodes = 1979-05-27\n" + after, {"my.toml:2: fabric.nodes = a date"}},
        {"[fabric]\nnodes = -3\n" + after, {"my.toml:2: fabric.nodes = -3"}},
        {"[fabric]\nl1_latency = 200\n" + after, {"my.toml:2: fabric.l1_latency = 200"}},
        {"[fabric]\nl1_latency = 0.2\n" + after, {"my.toml:2: fabric.l1_latency = 0.2"}},
        {"[fabric]\nscale_out = \"true\"\n" + after, {"my.toml:2", "true or false"}},
        {"[fabric]\nfibre_length_m = \"30\"\n" + after, {"my.toml:2", "a number"}},
        {"[fabric]\nfibre_length_m = nan\n" + after, {"my.toml:2", "a number"}},
        {"[network]\nrouting = 3\n" + after, {"my.toml:2", "Deterministic"}},
        {"name = 3\n" + after, {"my.toml:1: name = 3", "a text in quotes"}},
        {"name = \"\"\n" + after, {"my.toml:1: name = \"\""}},
        {"nmae = \"x\"\n" + after, {"my.toml:1: unknown key nmae (did you mean name?)"}},
        {"[fabirc]\n" + after, {"my.toml:1: unknown section fabirc (did you mean fabric?)"}},
        {"[[colective]]\nkind = \"barrier\"\n", {"my.toml:1", "did you mean collective?"}},
        {after + "ranks = 3\n", {"my.toml:3: collective.0.ranks = 3"}},
        {after + "ranks = [0, 1.5]\n", {"my.toml:3: collective.0.ranks = 1.5"}},
        {after + "[collective.published]\ntime = \"1us\"\n", {"my.toml:3", "source is missing"}},
        {after + after, {"my.toml:3", "a name of its own"}},
    };
    for (const Refusal& refusal : refusals)
    {
        SCOPED_TRACE(refusal.change);
        ExpectRefusal([&]() { Read(refusal.change); }, refusal.parts);
    }
}

// Texts that fill a memory are not to fill the message, wherever they stand in it.
TEST_F(ScenarioReaderTest, RefusesLongTextsInShort)
{
    constexpr std::size_t LENGTH = 1000000;
    const std::string after = "[[collective]]\nkind = \"barrier\"\n";
    const std::string word(LENGTH, 'k');
    std::string words;
    while (words.size() < LENGTH)
    {
        words += "k ";
    }
    const std::vector<Refusal> refusals{
        {word + " = 1\n" + after, {"my.toml:1: unknown key " + word.substr(0, 60) + "...; al"}},
        {"\"" + words + "\" = 1\n" + after, {"unknown key " + words.substr(0, 60) + "...; al"}},
        {"[fabric]\n" + word + " = 1\n" + after, {"my.toml:2: unknown key fabric.kkk", "...; al"}},
        {after + "bytes = \"" + words + "\"\n", {"collective.0.bytes = \"k k", "...\" is not al"}},
    };
    for (const Refusal& refusal : refusals)
    {
        ExpectRefusal([&]() { Read(refusal.change); }, refusal.parts);
        try
        {
            Read(refusal.change);
        }
        catch (const ScenarioError& error)
        {
            EXPECT_LT(std::string(error.what()).size(), 1000u);
        }
    }
    ExpectRefusal([&]() { Read(after, {word + "=1"}); }, {"--set kkk", "kkk...: unknown key"});
}

TEST_F(ScenarioReaderTest, RefusesAttributesThatDoNotGoTogether)
{
    const auto make = [](const std::vector<std::string>& overrides) {
        return [overrides]() { MakeFabricHelper(Read(GOOD, overrides)); };
    };
    EXPECT_NO_THROW(make({})());
    ExpectRefusal(make({"network.buffer_bytes=100"}),
                  {"--set network.buffer_bytes=100: ", "BufferBytes", "allowed", "4096"});
    ExpectRefusal(make({"fabric.uplink_rate=1kbps"}),
                  {"--set fabric.uplink_rate=1kbps: ", "UplinkRate", "1Gbps to 100Tbps"});
}

TEST_F(ScenarioReaderTest, RefusesFilesThatCannotBeRead)
{
    const ScenarioReader reader;
    ExpectRefusal([&]() { reader.ReadFile("no-such-file.toml"); },
                  {"no-such-file.toml: cannot be read: No such file", "allowed"});
    ExpectRefusal([&]() { reader.ReadFile("."); }, {".: cannot be read"});
}

TEST_F(ScenarioReaderTest, ListsTheScenariosThereAre)
{
    namespace fs = std::filesystem;
    const fs::path folder = fs::absolute("reader-test-names");
    fs::create_directories(folder / "examples" / "scenarios");
    for (const char* name : {"mine.toml", "examples/scenarios/rings.toml", "notes.txt"})
    {
        std::ofstream(folder / name) << "x";
    }
    const fs::path before = fs::current_path();
    fs::current_path(folder);
    const ScenarioReader reader;
    ExpectRefusal([&]() { reader.ReadFile("ring"); },
                  {"ring: cannot be read: No such file or directory",
                   "(did you mean examples/scenarios/rings.toml?)",
                   "; there are: examples/scenarios/rings.toml, mine.toml"});
    ExpectRefusal([&]() { reader.ReadFile("no-folder/mine.toml"); },
                  {"; there are: examples/scenarios/rings.toml"});
    // Those that come with the sources are found from anywhere.
    const std::string shipped = std::string(OPTICAL_FABRIC_SOURCE_DIR) + "/examples/scenarios";
    ExpectRefusal([&]() { reader.ReadFile("ring"); },
                  {"mine.toml; in " + shipped + ": circuit-switches.toml, clos-all"});
    fs::current_path(folder / "examples" / "scenarios");
    fs::remove("rings.toml");
    ExpectRefusal([&]() { reader.ReadFile("link-survy.toml"); },
                  {"(did you mean " + shipped + "/link-survey.toml?)",
                   "; there are in " + shipped + ": circuit-switches.toml, "});
    // And named once where they are near.
    fs::current_path(OPTICAL_FABRIC_SOURCE_DIR);
    ExpectRefusal([&]() { reader.ReadFile("ring"); }, {"; there are: examples/scenarios/"});
    for (const std::string& path : {std::string("ring"), shipped + "/ring"})
    {
        try
        {
            reader.ReadFile(path);
        }
        catch (const ScenarioError& refusal)
        {
            const std::string said = refusal.what();
            const std::string name = "faults.toml";
            EXPECT_NE(said.find(name), std::string::npos) << said;
            EXPECT_EQ(said.find(name), said.rfind(name)) << said;
        }
    }
    fs::current_path(before);
    fs::remove_all(folder);
}

TEST_F(ScenarioReaderTest, WholeNumbersMayHaveAPointOrAnExponent)
{
    const Scenario scenario =
        Read("[fabric]\nnodes = 2.0\n[network]\nbuffer_bytes = 1e5\n[random]\nseed = 1e3\n"
             "[[collective]]\nkind = \"all-reduce\"\nbytes = 1e6\niterations = 3.0\n",
             {"fabric.npus_per_node=8e0", "network.mtu=4.096e3"});
    EXPECT_EQ(scenario.fabric[0].value, "2");
    EXPECT_EQ(scenario.fabric[1].value, "8");
    EXPECT_EQ(scenario.networks.at("").size(), 2u);
    for (const ScenarioSetting& setting : scenario.networks.at(""))
    {
        EXPECT_EQ(setting.value, setting.attribute == "Mtu" ? "4096" : "100000");
    }
    EXPECT_EQ(scenario.seed, 1000u);
    EXPECT_EQ(scenario.collectives[0].spec.bytes, 1000000u);
    EXPECT_EQ(scenario.collectives[0].spec.iterations, 3u);
    ExpectRefusal([&]() { Read(GOOD, {"collective.first.bytes=1.5"}); },
                  {"--set collective.first.bytes=1.5 is not allowed", "a whole number of bytes"});
    ExpectRefusal([&]() { Read(GOOD, {"collective.first.bytes=-1e6"}); },
                  {"--set collective.first.bytes=-1e6 is not allowed", "from 1 to"});
    ExpectRefusal([&]() { Read(GOOD, {"random.seed=1e17"}); },
                  {"--set random.seed=1e17 is not allowed"});
}

TEST_F(ScenarioReaderTest, OffersOnlyWhatItTakes)
{
    const auto expect = [&](const std::string& change, const std::string& allowed) {
        try
        {
            Read(GOOD, {change});
            ADD_FAILURE() << "not refused: " << change;
        }
        catch (const ScenarioError& refusal)
        {
            const std::string message = refusal.what();
            const std::string end = "; allowed: " + allowed;
            ASSERT_GE(message.size(), end.size());
            EXPECT_EQ(message.substr(message.size() - end.size()), end);
        }
    };
    const std::string kinds = "all-reduce, reduce-scatter, all-gather, all-to-all, broadcast, "
                              "barrier, moe-dispatch, moe-combine, moe-layer";
    expect("collective.first.kind=programs", kinds);
    expect("collective.first.kind=xyz", kinds);
    expect("collective.first.kind=reduce", kinds);
    expect("collective.first.algorithm=bruck",
           "auto, ring, halving-doubling, double-binary-tree, hierarchical");
    expect("collective.second.algorithm=ring", "auto, all-at-once");
    expect("collective.first.ranks=first:0", "\"first:N\" with a whole number N, 1 to 1048576");
}

TEST_F(ScenarioReaderTest, RatesAreNotTakenForOthers)
{
    // ns-3's DataRate takes the largest one for 0.
    ExpectRefusal(
        [&]() { Read(GOOD, {"fabric.uplink_rate=18446744073709551615bps"}); },
        {"--set fabric.uplink_rate=18446744073709551615bps is not allowed", "1 Gb/s to 100 Tb/s"});
    EXPECT_EQ(Read(GOOD, {"fabric.uplink_rate=100Tbps"}).fabric.back().value, "100000000000000bps");
}

TEST_F(ScenarioReaderTest, NamesScenarioAfterItsFile)
{
    const std::string path = "reader-test.toml";
    std::ofstream(path) << "[[collective]]\nkind = \"barrier\"\n";
    const Scenario scenario = ScenarioReader().ReadFile(path);
    EXPECT_EQ(scenario.name, "reader-test");
    ASSERT_EQ(scenario.inputFiles.size(), 1u);
    EXPECT_EQ(scenario.inputFiles[0].name, path);
    EXPECT_EQ(scenario.inputFiles[0].bytes, 32u);
    EXPECT_EQ(scenario.inputFiles[0].sha256.size(), 64u);
    std::remove(path.c_str());
}

TEST_F(ScenarioReaderTest, ExamplesAreGood)
{
    for (const char* name : {"cloudmatrix384", "cloudmatrix-one-node", "clos-all-to-all"})
    {
        SCOPED_TRACE(name);
        const Scenario scenario = ScenarioReader().ReadFile(
            std::string(OPTICAL_FABRIC_SOURCE_DIR) + "/examples/scenarios/" + name + ".toml");
        EXPECT_EQ(scenario.name, name);
        EXPECT_NO_THROW(MakeFabricHelper(scenario));
    }
}

} // namespace

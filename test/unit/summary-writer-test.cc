/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "example-run-results.h"
#include "flat-json.h"

#include "ns3/json-writer.h"
#include "ns3/sha256.h"
#include "ns3/summary-writer.h"

#include <clocale>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <sstream>

using namespace ns3::opticalfabric;

namespace
{

std::string
SummaryOf(const RunResults& results)
{
    std::ostringstream os;
    WriteSummary(results, os);
    return os.str();
}

} // namespace

TEST(JsonWriter, EscapesEverythingThatNeedsIt)
{
    EXPECT_EQ(JsonWriter::Quote("plain"), "\"plain\"");
    EXPECT_EQ(JsonWriter::Quote("a\"b\\c\n\t"), "\"a\\\"b\\\\c\\n\\t\"");
    EXPECT_EQ(JsonWriter::Quote(std::string("\0\x01\x1f\x7f", 4)),
              "\"\\u0000\\u0001\\u001f\\u007f\"");
    const std::string utf8 = "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"; // 2, 3 and 4 bytes
    EXPECT_EQ(JsonWriter::Quote(utf8), "\"" + utf8 + "\"");
    EXPECT_EQ(JsonWriter::Quote("\xff"), "\"\\ufffd\"");
    EXPECT_EQ(JsonWriter::Quote("\xc3"), "\"\\ufffd\"");                       // cut off
    EXPECT_EQ(JsonWriter::Quote("\xc0\xaf"), "\"\\ufffd\\ufffd\"");            // overlong
    EXPECT_EQ(JsonWriter::Quote("\xed\xa0\x80"), "\"\\ufffd\\ufffd\\ufffd\""); // surrogate
    EXPECT_EQ(JsonWriter::Quote("\xe2\x82 x"), "\"\\ufffd\\ufffd x\"");
}

TEST(JsonWriter, DoublesReadBackTheSameInFewDigits)
{
    EXPECT_EQ(JsonWriter::Format(0.1), "0.1");
    EXPECT_EQ(JsonWriter::Format(6.4e-10), "6.4e-10");
    EXPECT_EQ(JsonWriter::Format(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(JsonWriter::Format(1e300), "1e+300");
    EXPECT_EQ(JsonWriter::Format(-0.0), "-0");
    EXPECT_EQ(JsonWriter::Format(std::nan("")), "null");
    EXPECT_EQ(JsonWriter::Format(std::numeric_limits<double>::infinity()), "null");
    std::mt19937_64 random(1);
    for (int i = 0; i < 100000; ++i)
    {
        const double value =
            std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 130);
        ASSERT_EQ(std::strtod(JsonWriter::Format(value).c_str(), nullptr), value);
    }
}

TEST(JsonWriter, NumbersIgnoreTheLocale)
{
    if (!std::setlocale(LC_NUMERIC, "de_DE.UTF-8"))
    {
        GTEST_SKIP() << "no locale with a decimal comma";
    }
    EXPECT_EQ(JsonWriter::Format(0.5), "0.5");
    std::setlocale(LC_NUMERIC, "C");
}

TEST(JsonWriter, StructureAndLayout)
{
    std::ostringstream os;
    JsonWriter json(os);
    json.BeginObject();
    json.Member("a", uint64_t{18446744073709551615U});
    json.Key("b");
    json.BeginArray();
    json.Bool(true);
    json.Null();
    json.Signed(-1);
    json.EndArray();
    json.Key("c");
    json.BeginObject();
    json.EndObject();
    json.EndObject();
    json.Finish();
    EXPECT_EQ(os.str(),
              "{\n  \"a\": 18446744073709551615,\n  \"b\": [\n    true,\n    null,\n    -1\n  ],\n"
              "  \"c\": {}\n}\n");
}

TEST(JsonWriterDeathTest, RefusesBrokenStructure)
{
    std::ostringstream os;
    JsonWriter json(os);
    EXPECT_DEATH(json.Finish(), "not complete");
    EXPECT_DEATH(json.Key("k"), "outside an object");
    json.BeginObject();
    EXPECT_DEATH(json.Null(), "without a key");
    EXPECT_DEATH(json.EndArray(), "cannot end");
    json.Key("k");
    EXPECT_DEATH(json.Key("l"), "where a value should be");
    EXPECT_DEATH(json.EndObject(), "cannot end");
    json.Null();
    json.EndObject();
    EXPECT_DEATH(json.Null(), "second value");
}

TEST(SummaryWriter, HoldsTheKeysToolsRelyOn)
{
    const std::string text = SummaryOf(MakeExampleRunResults());
    const FlatJson json(text);
    EXPECT_EQ(json.Number("schema_version"), RESULTS_SCHEMA_VERSION);

    EXPECT_EQ(json.Number("fabric.endpoints"), 768);
    EXPECT_EQ(json.Number("fabric.switches"), 107);
    EXPECT_EQ(json.Number("fabric.links"), 5050);
    EXPECT_EQ(json.Number("fabric.optical_links"), 3030);
    EXPECT_EQ(json.Number("fabric.optical_modules"), 2525);
    EXPECT_EQ(json.Text("fabric.networks[1].name"), "\"rdma\"");
    EXPECT_EQ(json.Number("fabric.networks[1].endpoints"), 384);
    EXPECT_EQ(json.Number("fabric.networks[1].optical_modules"), 25);

    EXPECT_EQ(json.Text("engine.fidelity"), "\"packet\"");
    EXPECT_EQ(json.Number("engine.packets"), 1000);
    EXPECT_EQ(json.Number("engine.packet_hops"), 4000);
    EXPECT_EQ(json.Number("engine.events"), 9000);
    EXPECT_EQ(json.Number("engine.wall_s"), 2);
    EXPECT_EQ(json.Number("engine.packet_hops_per_s"), 2000);
    EXPECT_EQ(json.Number("engine.peak_rss_bytes"), 4096);

    EXPECT_EQ(json.Text("collectives[0].name"), "\"step \\\\ 1\"");
    EXPECT_EQ(json.Text("collectives[0].kind"), "\"allreduce\"");
    EXPECT_EQ(json.Text("collectives[0].algorithm"), "\"ring\"");
    EXPECT_EQ(json.Number("collectives[0].ranks"), 8);
    EXPECT_EQ(json.Number("collectives[0].bytes"), 1000000);
    EXPECT_EQ(json.Text("collectives[0].time_s"), "2e-06");
    // It lost payload: what it moved in its time is not its size.
    EXPECT_EQ(json.Text("collectives[0].algbw_Bps"), "null");
    EXPECT_EQ(json.Text("collectives[0].busbw_Bps"), "null");
    EXPECT_EQ(json.Text("collectives[0].iterations[1].start_s"), "2e-06");
    EXPECT_EQ(json.Text("collectives[0].iterations[1].end_s"), "5e-06");
    EXPECT_EQ(json.Text("collectives[0].iterations[1].time_s"), "3e-06");
    EXPECT_EQ(json.Number("collectives[0].iterations[1].failed_bytes"), 77);
    EXPECT_EQ(json.Number("collectives[0].unfinished_iterations"), 3);
    EXPECT_EQ(json.Text("collectives[0].bound_s"), "5e-07");
    EXPECT_EQ(json.Text("collectives[0].bound_limit"), "\"cut\"");
    // It lost payload, so that time and bound are not of the same thing.
    EXPECT_EQ(json.Text("collectives[0].efficiency"), "null");
    EXPECT_EQ(json.Text("collectives[1].bound_s"), "null");
    EXPECT_EQ(json.Text("collectives[1].bound_limit"), "\"\"");
    EXPECT_EQ(json.Text("collectives[1].efficiency"), "null");
    EXPECT_EQ(json.Text("collectives[1].time_s"), "null");
    EXPECT_EQ(json.Text("collectives[1].busbw_Bps"), "null");
    EXPECT_EQ(json.Text("collectives[1].iterations"), "[]");

    EXPECT_EQ(json.Number("transfers.sent_bytes"), 500);
    EXPECT_EQ(json.Number("transfers.received_bytes"), 400);
    EXPECT_EQ(json.Number("transfers.failed_bytes"), 100);
    EXPECT_EQ(json.Number("transfers.count"), 9);
    EXPECT_EQ(json.Number("transfers.failed_count"), 2);
    EXPECT_EQ(json.Number("links.retries"), 21);
    EXPECT_EQ(json.Number("links.link_downs"), 22);
    EXPECT_EQ(json.Number("links.lost_packets"), 23);
    EXPECT_EQ(json.Number("links.resent_packets"), 24);
}

TEST(SummaryWriter, HybridRunsTellOfWhatWentByPackets)
{
    RunResults results = MakeExampleRunResults();
    EXPECT_EQ(SummaryOf(results).find("packet_transfer"), std::string::npos);
    results.engine.fidelity = "hybrid";
    results.engine.packetTransfers = 7;
    results.engine.flowTransfers = 693;
    results.packetTransferLatency.Record(2000000, 3);
    const std::string text = SummaryOf(results);
    const FlatJson json(text);
    EXPECT_EQ(json.Number("engine.packet_transfers"), 7);
    EXPECT_EQ(json.Number("engine.flow_transfers"), 693);
    EXPECT_EQ(json.Number("latency.packet_transfer.count"), 3);
    EXPECT_EQ(json.Number("latency.packet_transfer.max_s"), 2e-6);
}

TEST(SummaryWriter, LatencyIsInSecondsAndRefusedQuantilesAreNull)
{
    const std::string text = SummaryOf(MakeExampleRunResults());
    const FlatJson json(text);
    EXPECT_EQ(json.Number("latency.confidence"), 0.95);
    EXPECT_EQ(json.Number("latency.packet.count"), 20000);
    EXPECT_DOUBLE_EQ(json.Number("latency.packet.mean_s"), 1.00005e-6);
    EXPECT_EQ(json.Text("latency.packet.min_s"), "1e-10");
    EXPECT_EQ(json.Text("latency.packet.max_s"), "2e-06");
    const double p99 = json.Number("latency.packet.p99_s");
    EXPECT_NEAR(p99, 1.98e-6, 1.98e-9);
    EXPECT_LT(json.Number("latency.packet.p99_ci_s[0]"), p99);
    EXPECT_GT(json.Number("latency.packet.p99_ci_s[1]"), p99);
    for (const char* name : {"p50", "p90", "p99", "p999"})
    {
        EXPECT_TRUE(json.Has(std::string("latency.packet.") + name + "_ci_s[1]")) << name;
    }
    EXPECT_EQ(json.Text("latency.packet.p9999_s"), "null");
    EXPECT_EQ(json.Text("latency.packet.p9999_ci_s"), "null");

    EXPECT_EQ(json.Text("latency.transfer.p50_s"), "5e-06");
    EXPECT_EQ(json.Text("latency.transfer.p90_s"), "null");
    EXPECT_EQ(json.Text("latency.collective.p50_s"), "null");
    EXPECT_EQ(json.Text("latency.collective.mean_s"), "2e-06");

    const std::string nothing = SummaryOf(RunResults());
    const FlatJson empty(nothing);
    EXPECT_EQ(empty.Number("latency.packet.count"), 0);
    EXPECT_EQ(empty.Text("latency.packet.mean_s"), "null");
    EXPECT_EQ(empty.Text("latency.packet.max_s"), "null");
    EXPECT_EQ(empty.Text("latency.breakdown.mean.total_s"), "null");
    EXPECT_EQ(empty.Text("latency.breakdown.tail.threshold_s"), "null");
    EXPECT_EQ(empty.Text("engine.packet_hops_per_s"), "null");
}

TEST(SummaryWriter, CollectivesHaveTheirOwn)
{
    RunResults results = MakeExampleRunResults();
    const std::string text = SummaryOf(results);
    const FlatJson json(text);
    EXPECT_EQ(json.Number("collectives[0].latency.packet.count"), 20000);
    EXPECT_EQ(json.Text("collectives[0].latency.transfer.p50_s"), "5e-06");
    EXPECT_EQ(json.Number("collectives[0].latency.execution.count"), 2);
    EXPECT_EQ(json.Text("collectives[0].latency.execution.max_s"), "3e-06");
    EXPECT_DOUBLE_EQ(json.Number("collectives[0].latency.breakdown.mean.total_s"), 1.00005e-6);
    EXPECT_EQ(json.Number("collectives[1].latency.packet.count"), 0);
    EXPECT_EQ(json.Text("collectives[0].link_use[0].network"), "\"ub\"");
    EXPECT_EQ(json.Number("collectives[0].link_use[0].rate_bps"), 200000000000);
    EXPECT_EQ(json.Number("collectives[0].link_use[0].wire_bytes"), 123456);
    EXPECT_EQ(json.Number("collectives[0].link_use[0].utilization"), 0.25);
    EXPECT_EQ(json.Text("fabric.kind"), "\"clos\"");
    EXPECT_EQ(json.Text("fabric.networks[0].routing"), "\"Spray\"");
    EXPECT_EQ(json.Number("fabric.networks[0].mtu_bytes"), 4096);
    EXPECT_EQ(json.Number("fabric.networks[0].link_groups[1].upper_tier"), 2);
    EXPECT_EQ(json.Number("fabric.networks[0].tiers[0].oversubscription"), 4);
    EXPECT_EQ(json.Text("fabric.networks[0].tiers[1].oversubscription"), "null");
}

TEST(SummaryWriter, WarnsOfWhatIsNotExact)
{
    RunResults results = MakeExampleRunResults();
    const std::string text = SummaryOf(results);
    const FlatJson json(text);
    EXPECT_EQ(json.Text("warnings[0].figures"), "\"times of step \\\\ 1\"");
    EXPECT_EQ(json.Text("warnings[1].reason"), "\"nobody knows\"");
    results.warnings.clear();
    EXPECT_FALSE(FlatJson(SummaryOf(results)).Has("warnings[0].figures"));
}

TEST(SummaryWriter, PacketsAmongFlowsHaveNoLatency)
{
    RunResults results = MakeExampleRunResults();
    results.engine.fidelity = "hybrid";
    results.engine.packetTransfers = 10;
    const std::string all = SummaryOf(results);
    EXPECT_TRUE(FlatJson(all).Has("latency.packet.count")); // no flow among them
    results.engine.flowTransfers = 10;
    const std::string text = SummaryOf(results);
    const FlatJson json(text);
    EXPECT_FALSE(json.Has("latency.packet.count"));
    EXPECT_FALSE(json.Has("latency.breakdown.mean.count"));
    EXPECT_FALSE(json.Has("collectives[0].latency.packet.count"));
    EXPECT_FALSE(json.Has("collectives[0].latency.breakdown.mean.count"));
    EXPECT_EQ(json.Text("latency.note"), "\"" + std::string(NO_PACKET_LATENCY) + "\"");
    EXPECT_TRUE(json.Has("latency.transfer.count"));
    EXPECT_TRUE(json.Has("latency.packet_transfer.count"));
    EXPECT_EQ(json.Number("collectives[0].latency.execution.count"), 2);
}

TEST(SummaryWriter, BreakdownAddsUp)
{
    const std::string text = SummaryOf(MakeExampleRunResults());
    FlatJson json(text);
    EXPECT_EQ(json.Number("latency.breakdown.tail.quantile"), 0.99);
    EXPECT_GT(json.Number("latency.breakdown.tail.threshold_s"), 1.9e-6);
    for (const std::string which : {"mean", "tail"})
    {
        const std::string path = "latency.breakdown." + which + ".";
        double sum = 0;
        for (uint8_t i = 0; i < LATENCY_PARTS; ++i)
        {
            sum += json.Number(path + GetLatencyPartName(static_cast<LatencyPart>(i)) + "_s");
        }
        EXPECT_NEAR(sum, json.Number(path + "total_s"), 1e-18);
        EXPECT_NEAR(json.Number(path + "queue_s"), 0.4 * sum, 1e-15);
    }
    EXPECT_DOUBLE_EQ(json.Number("latency.breakdown.mean.total_s"), 1.00005e-6);
}

TEST(SummaryWriter, ProvenanceIsComplete)
{
    const RunResults results = MakeExampleRunResults();
    const std::string text = SummaryOf(results);
    const FlatJson json(text);
    for (const char* key : {"version",
                            "git",
                            "ns3_version",
                            "compiler",
                            "cxx_flags",
                            "cxx_standard",
                            "build_type",
                            "hdf5_version",
                            "boost_version"})
    {
        EXPECT_TRUE(json.Has(std::string("run.") + key)) << key;
    }
    EXPECT_EQ(json.Number("run.rng_seed"), 11);
    EXPECT_EQ(json.Number("run.rng_run"), 12);
    EXPECT_EQ(json.Text("run.time_resolution"), "\"ps\"");
    EXPECT_EQ(json.Text("run.scheduler_type"), "\"ns3::MapScheduler\"");
    EXPECT_EQ(json.Text("run.simulator_type"), "\"ns3::DefaultSimulatorImpl\"");
    EXPECT_EQ(json.Text("run.arguments[1]"), "\"--note=a \\\"quoted\\\"\\ttext\"");
    EXPECT_EQ(json.Number("run.streams[1].count"), -1);
    EXPECT_EQ(json.Text("run.input_files[1].name"), "\"catalog/longer-name.toml\"");
    EXPECT_EQ(json.Text("run.scenario"),
              "\"[fabric]\\nname = \\\"t\xc3\xa9st\\\"\\nload = 0.5\\n\"");
    EXPECT_EQ(json.Text("run.scenario_sha256"),
              "\"" + Sha256::OfText(results.provenance.scenario) + "\"");
    EXPECT_EQ(text.find("a-host"), std::string::npos);
    EXPECT_EQ(text.find("somewhere"), std::string::npos);
    EXPECT_EQ(text.find("2026-01-31"), std::string::npos);
}

TEST(SummaryWriter, OnlyThreeValuesDependOnTheMachine)
{
    const RunResults results = MakeExampleRunResults();
    RunResults elsewhere = results;
    elsewhere.facts = VolatileFacts{"b-host", "2027-01-01T00:00:00Z", {"x"}, "y", 3.5, 8192};
    const std::string textA = SummaryOf(results);
    const std::string textB = SummaryOf(elsewhere);
    EXPECT_NE(textA, textB);
    FlatJson a(textA);
    FlatJson b(textB);
    for (const char* key : {"engine.wall_s", "engine.packet_hops_per_s", "engine.peak_rss_bytes"})
    {
        EXPECT_EQ(a.Values().erase(key), 1u);
        EXPECT_EQ(b.Values().erase(key), 1u);
    }
    EXPECT_EQ(a.Values(), b.Values());
}

TEST(CollectiveRecord, BandwidthsAndEfficiencyAreOfExecutionsThatLostNothing)
{
    CollectiveRecord record = MakeExampleRunResults().collectives.front();
    EXPECT_TRUE(record.HasFailed());
    EXPECT_TRUE(std::isnan(record.GetAlgorithmBandwidth()));
    EXPECT_TRUE(std::isnan(record.GetBusBandwidth()));
    EXPECT_TRUE(std::isnan(record.GetEfficiency()));
    EXPECT_DOUBLE_EQ(record.GetAlgorithmBandwidth(record.iterations[0]), 1e12);
    EXPECT_DOUBLE_EQ(record.GetBusBandwidth(record.iterations[0]), 1.75e12);
    EXPECT_TRUE(std::isnan(record.GetAlgorithmBandwidth(record.iterations[1])));
    EXPECT_TRUE(std::isnan(record.GetBusBandwidth(record.iterations[1])));
    record.iterations[1].failedBytes = 0;
    EXPECT_FALSE(record.HasFailed());
    EXPECT_DOUBLE_EQ(record.GetAlgorithmBandwidth(), 5e11);
    EXPECT_DOUBLE_EQ(record.GetBusBandwidth(), 8.75e11);
    EXPECT_DOUBLE_EQ(record.GetEfficiency(), 0.25);
}

TEST(CollectiveRecord, EfficiencyIsAboveOneByMoreThanRoundingsAlone)
{
    CollectiveRecord record;
    const auto efficiencyOf = [&record](uint64_t timePs, double boundS) {
        record.iterations = {{0, timePs, 0}};
        record.boundS = boundS;
        return record.GetEfficiency();
    };
    // A picosecond, and roundings of doubles: an epsilon is 0.22 ns of 1e6 s.
    EXPECT_EQ(efficiencyOf(1000, 1.001e-9), 1);
    EXPECT_EQ(efficiencyOf(1000000000000000000, 1000000.000000001), 1);
    EXPECT_DOUBLE_EQ(efficiencyOf(1000, 0.999e-9), 0.999);
    EXPECT_GT(efficiencyOf(1000, 1.002e-9), 1.0019);
    EXPECT_GT(efficiencyOf(1000000000000000000, 1000000.00001), 1);
    EXPECT_GT(efficiencyOf(1000000000000, 1 + 1e-11), 1);
}

TEST(SummaryWriter, VolatileFactsHaveTheirOwnFile)
{
    const ScratchFile file("summary-writer-volatile.json");
    ASSERT_TRUE(WriteVolatileFile(MakeExampleRunResults(), file.Name()).IsOk());
    const std::string text = ReadWholeFile(file.Name());
    const FlatJson json(text);
    EXPECT_EQ(json.Text("host"), "\"a-host\"");
    EXPECT_EQ(json.Text("started_at"), "\"2026-01-31T12:34:56Z\"");
    EXPECT_EQ(json.Text("arguments[2]"), "\"--output=somewhere\"");
    EXPECT_EQ(json.Text("output_directory"), "\"somewhere\"");
    EXPECT_EQ(json.Number("setup_s"), 0.5);
    EXPECT_EQ(json.Number("wall_s"), 2);
    EXPECT_EQ(json.Number("packet_hops_per_s"), 2000);
    EXPECT_EQ(json.Number("peak_rss_bytes"), 4096);
}

TEST(SummaryWriter, AFileAppearsWholeOrNotAtAll)
{
    const ScratchFile file("summary-writer-whole.json");
    const ScratchFile partial("summary-writer-whole.json.partial");
    RunResults results = MakeExampleRunResults();
    ASSERT_TRUE(WriteSummaryFile(results, file.Name()).IsOk());
    const std::string before = ReadWholeFile(file.Name());
    EXPECT_EQ(before, SummaryOf(results));
    EXPECT_FALSE(std::ifstream(partial.Name()).good());

    results.collectives[0].iterations[1].endPs = 1;
    const WriteOutcome refused = WriteSummaryFile(results, file.Name());
    EXPECT_FALSE(refused.IsOk());
    EXPECT_NE(refused.error.find("step \\ 1, iteration 1: endPs is 1"), std::string::npos)
        << refused.error;
    EXPECT_EQ(ReadWholeFile(file.Name()), before);

    {
        // A writer that dies on the way leaves the old file and no other.
        AtomicFile atomic(file.Name());
        std::ofstream(atomic.GetTemporaryPath()) << "half";
        EXPECT_TRUE(std::ifstream(partial.Name()).good());
    }
    EXPECT_FALSE(std::ifstream(partial.Name()).good());
    EXPECT_EQ(ReadWholeFile(file.Name()), before);
}

TEST(SummaryWriter, NamesTheFailingCallAndTheFile)
{
    const WriteOutcome outcome =
        WriteSummaryFile(MakeExampleRunResults(), "no-such-directory/summary.json");
    EXPECT_EQ(outcome.error,
              "open of no-such-directory/summary.json.partial failed: No such file or directory");
}

TEST(RunResults, RefusesValuesNoFileMayHold)
{
    EXPECT_EQ(CheckRunResults(MakeExampleRunResults()), "");
    const auto wrong = [](void (*spoil)(RunResults&)) {
        RunResults results = MakeExampleRunResults();
        spoil(results);
        return CheckRunResults(results);
    };
    EXPECT_EQ(wrong([](RunResults& r) { r.tailQuantile = 1.5; }),
              "tailQuantile is 1.5, allowed is 0 to 1");
    EXPECT_EQ(wrong([](RunResults& r) { r.confidence = 1; }),
              "confidence is 1, allowed is above 0 and below 1");
    EXPECT_EQ(wrong([](RunResults& r) { r.facts.setupS = -1; }),
              "setupS is -1, allowed is 0 and above");
    EXPECT_EQ(wrong([](RunResults& r) { r.facts.wallS = -1; }),
              "wallS is -1, allowed is 0 and above");
    EXPECT_NE(wrong([](RunResults& r) {
                  r.collectives[1].busBandwidthFactor = std::nan("");
              }).find("never run: busBandwidthFactor is nan"),
              std::string::npos);
}

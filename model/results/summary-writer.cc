/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "summary-writer.h"

#include "energy-summary.h"
#include "fault-summary.h"
#include "json-writer.h"
#include "optics-summary.h"
#include "sha256.h"

#include <functional>
#include <optional>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @brief Write the members that say which links a group has.
 * @param json where
 * @param group the group
 */
void
WriteLinkGroup(JsonWriter& json, const LinkGroupRecord& group)
{
    json.Member("lower_tier", group.lowerTier);
    json.Member("upper_tier", group.upperTier);
    json.Member("medium", group.medium);
    json.Member("rate_bps", group.bitRate);
    json.Member("links", group.links);
}

/**
 * @brief Write one histogram's summary as a member.
 * @param json where
 * @param key its name
 * @param histogram the histogram
 * @param confidence level of the intervals
 */
void
WriteLatency(JsonWriter& json,
             const char* key,
             const LatencyHistogram& histogram,
             double confidence)
{
    const LatencySummary summary = Summarize(histogram, confidence);
    const auto unlessEmpty = [&](double ps) {
        return summary.count == 0 ? std::optional<double>() : PsToSeconds(ps);
    };
    const auto quantile = [&](const std::string& name,
                              const std::optional<QuantileEstimate>& estimate) {
        json.Key(name + "_s");
        estimate ? json.Double(PsToSeconds(static_cast<double>(estimate->valuePs))) : json.Null();
        json.Key(name + "_ci_s");
        if (!estimate)
        {
            json.Null();
            return;
        }
        json.BeginArray();
        json.Double(PsToSeconds(static_cast<double>(estimate->lowerPs)));
        json.Double(PsToSeconds(static_cast<double>(estimate->upperPs)));
        json.EndArray();
    };
    json.Key(key);
    json.BeginObject();
    json.Member("count", summary.count);
    json.Member("mean_s", unlessEmpty(summary.meanPs));
    json.Member("min_s", unlessEmpty(static_cast<double>(summary.minPs)));
    quantile("p50", summary.p50);
    quantile("p90", summary.p90);
    quantile("p99", summary.p99);
    quantile("p999", summary.p999);
    quantile("p9999", summary.p9999);
    json.Member("max_s", unlessEmpty(static_cast<double>(summary.maxPs)));
    json.EndObject();
}

/**
 * @brief Write the rest of an object that tells where packets spent their time.
 * @param json where, in an object
 * @param averages the averages
 */
void
WriteAverages(JsonWriter& json, const LatencyBreakdown::Averages& averages)
{
    const auto unlessEmpty = [&](double ps) {
        return averages.count == 0 ? std::optional<double>() : PsToSeconds(ps);
    };
    json.Member("count", averages.count);
    json.Member("total_s", unlessEmpty(averages.totalPs));
    for (uint8_t i = 0; i < LATENCY_PARTS; ++i)
    {
        json.Member(std::string(GetLatencyPartName(static_cast<LatencyPart>(i))) + "_s",
                    unlessEmpty(averages.partsPs[i]));
    }
}

/**
 * @brief Write the member "breakdown".
 * @param json where
 * @param breakdown the breakdown
 * @param tailQuantile where its tail begins
 */
void
WriteBreakdown(JsonWriter& json, const LatencyBreakdown& breakdown, double tailQuantile)
{
    json.Key("breakdown");
    json.BeginObject();
    json.Key("mean");
    json.BeginObject();
    WriteAverages(json, breakdown.Mean());
    json.EndObject();
    const LatencyBreakdown::Averages tail = breakdown.Tail(tailQuantile);
    json.Key("tail");
    json.BeginObject();
    json.Member("quantile", tailQuantile);
    json.Member("threshold_s",
                tail.count == 0 ? std::optional<double>()
                                : PsToSeconds(static_cast<double>(tail.thresholdPs)));
    WriteAverages(json, tail);
    json.EndObject();
    json.EndObject();
}

/**
 * @brief Write the member "latency".
 * @param json where
 * @param results the results
 */
void
WriteLatencies(JsonWriter& json, const RunResults& results)
{
    const bool hasPackets = results.HasPacketLatency();
    json.Key("latency");
    json.BeginObject();
    json.Member("confidence", results.confidence);
    if (hasPackets)
    {
        WriteLatency(json, "packet", results.packetLatency, results.confidence);
    }
    else
    {
        json.Member("note", NO_PACKET_LATENCY);
    }
    WriteLatency(json, "transfer", results.transferLatency, results.confidence);
    if (results.engine.fidelity == "hybrid")
    {
        WriteLatency(json, "packet_transfer", results.packetTransferLatency, results.confidence);
    }
    WriteLatency(json, "collective", results.collectiveLatency, results.confidence);
    if (hasPackets)
    {
        WriteBreakdown(json, results.breakdown, results.tailQuantile);
    }
    json.EndObject();
}

/**
 * @brief Write the members "latency" and "link_use" of a collective.
 * @param json where
 * @param results the results
 * @param collective one of their collectives
 */
void
WriteTraffic(JsonWriter& json, const RunResults& results, const CollectiveRecord& collective)
{
    const TrafficAccount& traffic = collective.traffic;
    json.Key("latency");
    json.BeginObject();
    if (results.HasPacketLatency())
    {
        WriteLatency(json, "packet", traffic.packetLatency, results.confidence);
    }
    WriteLatency(json, "transfer", traffic.transferLatency, results.confidence);
    WriteLatency(json, "execution", collective.MakeExecutionLatency(), results.confidence);
    if (results.HasPacketLatency())
    {
        WriteBreakdown(json, traffic.breakdown, results.tailQuantile);
    }
    json.EndObject();
    json.Key("link_use");
    json.BeginArray();
    for (const LinkUseRecord& use : collective.linkUse)
    {
        json.BeginObject();
        json.Member("network", use.network);
        WriteLinkGroup(json, use.group);
        json.Member("wire_bytes", use.wireBytes);
        json.Member("utilization", use.utilization);
        json.EndObject();
    }
    json.EndArray();
}

/**
 * @brief Write the member "fabric".
 * @param json where
 * @param fabric the fabric
 */
void
WriteFabric(JsonWriter& json, const FabricRecord& fabric)
{
    NetworkRecord sum;
    for (const NetworkRecord& network : fabric.networks)
    {
        sum.switches += network.switches;
        sum.links += network.links;
        sum.opticalLinks += network.opticalLinks;
        sum.opticalModules += network.opticalModules;
    }
    sum.endpoints = fabric.endpoints;
    const auto counts = [&](const NetworkRecord& network) {
        json.Member("endpoints", network.endpoints);
        json.Member("switches", network.switches);
        json.Member("links", network.links);
        json.Member("optical_links", network.opticalLinks);
        json.Member("optical_modules", network.opticalModules);
    };
    json.Key("fabric");
    json.BeginObject();
    json.Member("kind", fabric.kind);
    counts(sum);
    json.Key("networks");
    json.BeginArray();
    for (const NetworkRecord& network : fabric.networks)
    {
        json.BeginObject();
        json.Member("name", network.name);
        counts(network);
        json.Member("routing", network.routing);
        json.Member("forwarding", network.forwarding);
        json.Member("mtu_bytes", network.mtuBytes);
        json.Member("header_bytes", network.headerBytes);
        json.Key("tiers");
        json.BeginArray();
        for (std::size_t i = 0; i < network.tierSwitches.size(); ++i)
        {
            json.BeginObject();
            json.Member("switches", network.tierSwitches[i]);
            json.Member("oversubscription", network.GetOversubscription(i + 1));
            json.EndObject();
        }
        json.EndArray();
        json.Key("link_groups");
        json.BeginArray();
        for (const LinkGroupRecord& group : network.linkGroups)
        {
            json.BeginObject();
            WriteLinkGroup(json, group);
            json.EndObject();
        }
        json.EndArray();
        json.EndObject();
    }
    json.EndArray();
    json.EndObject();
}

/**
 * @brief Write the member "engine", with the three measurements that differ from run to run.
 * @param json where
 * @param results the results
 */
void
WriteEngine(JsonWriter& json, const RunResults& results)
{
    const EngineRecord& engine = results.engine;
    const double wallS = results.facts.wallS;
    json.Key("engine");
    json.BeginObject();
    json.Member("fidelity", engine.fidelity);
    json.Member("packets", engine.packets);
    json.Member("packet_hops", engine.packetHops);
    json.Member("events", engine.events);
    if (engine.fidelity == "hybrid")
    {
        json.Member("packet_transfers", engine.packetTransfers);
        json.Member("flow_transfers", engine.flowTransfers);
    }
    json.Member("wall_s", wallS);
    json.Member("packet_hops_per_s",
                wallS > 0 ? static_cast<double>(engine.packetHops) / wallS
                          : std::optional<double>());
    json.Member("peak_rss_bytes", results.facts.peakRssBytes);
    json.EndObject();
}

/**
 * @brief Write the member "warnings".
 * @param json where
 * @param warnings which figures are not exact
 */
void
WriteWarnings(JsonWriter& json, const std::vector<RunWarning>& warnings)
{
    json.Key("warnings");
    json.BeginArray();
    for (const RunWarning& warning : warnings)
    {
        json.BeginObject();
        json.Member("figures", warning.figures);
        json.Member("reason", warning.reason);
        json.EndObject();
    }
    json.EndArray();
}

/**
 * @brief Write the member "collectives".
 * @param json where
 * @param results the results
 */
void
WriteCollectives(JsonWriter& json, const RunResults& results)
{
    json.Key("collectives");
    json.BeginArray();
    for (const CollectiveRecord& collective : results.collectives)
    {
        json.BeginObject();
        json.Member("name", collective.name);
        json.Member("kind", collective.kind);
        json.Member("algorithm", collective.algorithm);
        json.Member("ranks", collective.ranks);
        json.Member("bytes", collective.bytes);
        json.Member("time_s", collective.GetMeanTimeS());
        json.Member("algbw_Bps", collective.GetAlgorithmBandwidth());
        json.Member("busbw_Bps", collective.GetBusBandwidth());
        json.Member("bound_s", collective.boundS);
        json.Member("bound_limit", collective.boundLimit);
        json.Member("efficiency", collective.GetEfficiency());
        json.Member("unfinished_iterations", collective.unfinishedIterations);
        json.Key("iterations");
        json.BeginArray();
        for (const CollectiveIteration& iteration : collective.iterations)
        {
            json.BeginObject();
            json.Member("start_s", PsToSeconds(static_cast<double>(iteration.startPs)));
            json.Member("end_s", PsToSeconds(static_cast<double>(iteration.endPs)));
            json.Member("time_s", iteration.GetTimeS());
            json.Member("failed_bytes", iteration.failedBytes);
            json.EndObject();
        }
        json.EndArray();
        WriteTraffic(json, results, collective);
        json.EndObject();
    }
    json.EndArray();
}

/**
 * @brief Write the member "run".
 * @param json where
 * @param provenance what decided the results
 */
void
WriteRun(JsonWriter& json, const Provenance& provenance)
{
    json.Key("run");
    json.BeginObject();
    json.Member("version", provenance.build.version);
    json.Member("git", provenance.build.git);
    json.Member("ns3_version", provenance.build.ns3Version);
    json.Member("compiler", provenance.build.compiler);
    json.Member("cxx_flags", provenance.build.flags);
    json.Member("cxx_standard", provenance.build.cxxStandard);
    json.Member("build_type", provenance.build.buildType);
    json.Member("hdf5_version", provenance.build.hdf5);
    json.Member("boost_version", provenance.build.boost);
    json.Member("rng_seed", provenance.settings.rngSeed);
    json.Member("rng_run", provenance.settings.rngRun);
    json.Member("time_resolution", provenance.settings.timeResolution);
    json.Member("scheduler_type", provenance.settings.schedulerType);
    json.Member("simulator_type", provenance.settings.simulatorType);
    json.Key("arguments");
    json.BeginArray();
    for (const std::string& argument : provenance.arguments)
    {
        json.String(argument);
    }
    json.EndArray();
    json.Key("streams");
    json.BeginArray();
    for (const StreamRange& range : provenance.streams)
    {
        json.BeginObject();
        json.Member("owner", range.owner);
        json.Key("first");
        json.Signed(range.first);
        json.Key("count");
        json.Signed(range.count);
        json.EndObject();
    }
    json.EndArray();
    json.Key("input_files");
    json.BeginArray();
    for (const InputFile& file : provenance.inputFiles)
    {
        json.BeginObject();
        json.Member("name", file.name);
        json.Member("bytes", file.bytes);
        json.Member("sha256", file.sha256);
        json.EndObject();
    }
    json.EndArray();
    json.Member("scenario", provenance.scenario);
    json.Member("scenario_sha256", Sha256::OfText(provenance.scenario));
    json.EndObject();
}

/**
 * @brief Write a file if the results are fit for it.
 * @param results the results
 * @param path where
 * @param files gets the file
 * @param write writes the content
 * @return what came of it
 */
WriteOutcome
CheckAndWrite(const RunResults& results,
              const std::string& path,
              AtomicFiles& files,
              void (*write)(const RunResults&, std::ostream&))
{
    const std::string wrong = CheckRunResults(results);
    if (!wrong.empty())
    {
        return WriteOutcome{"refused to write " + path + ": " + wrong};
    }
    return files.Add(path, [&](std::ostream& os) { write(results, os); });
}

} // namespace

void
WriteSummary(const RunResults& results, std::ostream& os)
{
    JsonWriter json(os);
    json.BeginObject();
    json.Member("schema_version", RESULTS_SCHEMA_VERSION);
    WriteFabric(json, results.fabric);
    WriteEngine(json, results);
    WriteCollectives(json, results);
    WriteWarnings(json, results.warnings);
    json.Key("transfers");
    json.BeginObject();
    json.Member("count", results.transfers.count);
    json.Member("failed_count", results.transfers.failedCount);
    json.Member("sent_bytes", results.transfers.sentBytes);
    json.Member("received_bytes", results.transfers.receivedBytes);
    json.Member("failed_bytes", results.transfers.failedBytes);
    json.EndObject();
    json.Key("links");
    json.BeginObject();
    json.Member("retries", results.links.retries);
    json.Member("link_downs", results.links.linkDowns);
    json.Member("lost_packets", results.links.lostPackets);
    json.Member("resent_packets", results.links.resentPackets);
    json.EndObject();
    WriteOpticsSummary(json, results);
    WriteFaultSummary(json, results);
    if (results.energy)
    {
        WriteEnergySummary(json, *results.energy);
    }
    WriteLatencies(json, results);
    WriteRun(json, results.provenance);
    json.EndObject();
    json.Finish();
}

WriteOutcome
WriteSummaryFile(const RunResults& results, const std::string& path, AtomicFiles& files)
{
    return CheckAndWrite(results, path, files, &WriteSummary);
}

WriteOutcome
WriteSummaryFile(const RunResults& results, const std::string& path)
{
    AtomicFiles files;
    WriteOutcome outcome = WriteSummaryFile(results, path, files);
    return outcome.IsOk() ? files.Commit() : outcome;
}

void
WriteVolatile(const RunResults& results, std::ostream& os)
{
    const VolatileFacts& facts = results.facts;
    JsonWriter json(os);
    json.BeginObject();
    json.Member("schema_version", RESULTS_SCHEMA_VERSION);
    json.Member("host", facts.host);
    json.Member("started_at", facts.startedAt);
    json.Key("arguments");
    json.BeginArray();
    for (const std::string& argument : facts.arguments)
    {
        json.String(argument);
    }
    json.EndArray();
    json.Member("output_directory", facts.outputDirectory);
    json.Member("setup_s", facts.setupS);
    json.Member("wall_s", facts.wallS);
    json.Member("packet_hops_per_s",
                facts.wallS > 0 ? static_cast<double>(results.engine.packetHops) / facts.wallS
                                : std::optional<double>());
    json.Member("peak_rss_bytes", facts.peakRssBytes);
    json.EndObject();
    json.Finish();
}

WriteOutcome
WriteVolatileFile(const RunResults& results, const std::string& path, AtomicFiles& files)
{
    return CheckAndWrite(results, path, files, &WriteVolatile);
}

WriteOutcome
WriteVolatileFile(const RunResults& results, const std::string& path)
{
    AtomicFiles files;
    WriteOutcome outcome = WriteVolatileFile(results, path, files);
    return outcome.IsOk() ? files.Commit() : outcome;
}

} // namespace opticalfabric
} // namespace ns3

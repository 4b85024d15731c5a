/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hdf5-result-writer.h"

#include "hdf5-energy.h"
#include "hdf5-faults.h"
#include "hdf5-latency.h"
#include "hdf5-optics.h"
#include "hdf5-table.h"
#include "sha256.h"

namespace ns3
{
namespace opticalfabric
{

namespace
{

using hdf5::Column;
using hdf5::Handle;
using hdf5::MakeGroup;
using hdf5::SetAttribute;
using hdf5::Table;
using hdf5::TextWidth;

/**
 * @brief Write what decided the results: groups /run and /config.
 * @param file the file
 * @param provenance what decided the results
 */
void
WriteProvenance(const Handle& file, const Provenance& provenance)
{
    const Handle run = MakeGroup(file, "run");
    SetAttribute(run, "version", provenance.build.version);
    SetAttribute(run, "git", provenance.build.git);
    SetAttribute(run, "ns3_version", provenance.build.ns3Version);
    SetAttribute(run, "compiler", provenance.build.compiler);
    SetAttribute(run, "cxx_flags", provenance.build.flags);
    SetAttribute(run, "cxx_standard", provenance.build.cxxStandard);
    SetAttribute(run, "build_type", provenance.build.buildType);
    SetAttribute(run, "hdf5_version", provenance.build.hdf5);
    SetAttribute(run, "boost_version", provenance.build.boost);
    SetAttribute(run, "rng_seed", provenance.settings.rngSeed);
    SetAttribute(run, "rng_run", provenance.settings.rngRun);
    SetAttribute(run, "time_resolution", provenance.settings.timeResolution);
    SetAttribute(run, "scheduler_type", provenance.settings.schedulerType);
    SetAttribute(run, "simulator_type", provenance.settings.simulatorType);
    SetAttribute(run, "scenario_sha256", Sha256::OfText(provenance.scenario));

    TextWidth argumentWidth;
    for (const std::string& argument : provenance.arguments)
    {
        argumentWidth.Include(argument);
    }
    Table arguments(run, "arguments", {argumentWidth.MakeColumn("argument")});
    for (const std::string& argument : provenance.arguments)
    {
        arguments.Write(argument);
    }
    arguments.Finish();

    TextWidth ownerWidth;
    for (const StreamRange& range : provenance.streams)
    {
        ownerWidth.Include(range.owner);
    }
    Table streams(run,
                  "streams",
                  {ownerWidth.MakeColumn("owner"),
                   {"first", Column::SIGNED, ""},
                   {"count", Column::SIGNED, ""}});
    for (const StreamRange& range : provenance.streams)
    {
        streams.Write(range.owner, range.first, range.count);
    }
    streams.Finish();

    const Handle config = MakeGroup(file, "config");
    hdf5::WriteText(config, "scenario", provenance.scenario);
    TextWidth nameWidth;
    TextWidth hashWidth;
    for (const InputFile& input : provenance.inputFiles)
    {
        nameWidth.Include(input.name);
        hashWidth.Include(input.sha256);
    }
    Table inputs(config,
                 "input_files",
                 {nameWidth.MakeColumn("name"),
                  {"bytes", Column::UNSIGNED, "B"},
                  hashWidth.MakeColumn("sha256")});
    for (const InputFile& input : provenance.inputFiles)
    {
        inputs.Write(input.name, input.bytes, input.sha256);
    }
    inputs.Finish();
}

/**
 * @brief Write table /warnings.
 * @param file the file
 * @param warnings which figures are not exact
 */
void
WriteWarnings(const Handle& file, const std::vector<RunWarning>& warnings)
{
    TextWidth figuresWidth;
    TextWidth reasonWidth;
    for (const RunWarning& warning : warnings)
    {
        figuresWidth.Include(warning.figures);
        reasonWidth.Include(warning.reason);
    }
    Table table(file,
                "warnings",
                {figuresWidth.MakeColumn("figures"), reasonWidth.MakeColumn("reason")});
    for (const RunWarning& warning : warnings)
    {
        table.Write(warning.figures, warning.reason);
    }
    table.Finish();
}

/**
 * @brief Write group /fabric.
 * @param file the file
 * @param fabric the fabric
 */
void
WriteFabric(const Handle& file, const FabricRecord& fabric)
{
    const Handle group = MakeGroup(file, "fabric");
    SetAttribute(group, "endpoints", fabric.endpoints);
    SetAttribute(group, "kind", fabric.kind);
    TextWidth nameWidth;
    TextWidth routingWidth;
    TextWidth forwardingWidth;
    TextWidth mediumWidth;
    for (const NetworkRecord& network : fabric.networks)
    {
        nameWidth.Include(network.name);
        routingWidth.Include(network.routing);
        forwardingWidth.Include(network.forwarding);
        for (const LinkGroupRecord& links : network.linkGroups)
        {
            mediumWidth.Include(links.medium);
        }
    }
    Table networks(group,
                   "networks",
                   {nameWidth.MakeColumn("name"),
                    {"endpoints", Column::UNSIGNED, ""},
                    {"switches", Column::UNSIGNED, ""},
                    {"links", Column::UNSIGNED, ""},
                    {"optical_links", Column::UNSIGNED, ""},
                    {"optical_modules", Column::UNSIGNED, ""},
                    routingWidth.MakeColumn("routing"),
                    forwardingWidth.MakeColumn("forwarding"),
                    {"mtu_bytes", Column::UNSIGNED, "B"},
                    {"header_bytes", Column::UNSIGNED, "B"}});
    for (const NetworkRecord& network : fabric.networks)
    {
        networks.Write(network.name,
                       network.endpoints,
                       network.switches,
                       network.links,
                       network.opticalLinks,
                       network.opticalModules,
                       network.routing,
                       network.forwarding,
                       network.mtuBytes,
                       network.headerBytes);
    }
    networks.Finish();

    Table groups(group,
                 "link_groups",
                 {nameWidth.MakeColumn("network"),
                  {"lower_tier", Column::UNSIGNED, ""},
                  {"upper_tier", Column::UNSIGNED, ""},
                  mediumWidth.MakeColumn("medium"),
                  {"rate", Column::UNSIGNED, "bit/s"},
                  {"links", Column::UNSIGNED, ""}});
    for (const NetworkRecord& network : fabric.networks)
    {
        for (const LinkGroupRecord& links : network.linkGroups)
        {
            groups.Write(network.name,
                         links.lowerTier,
                         links.upperTier,
                         links.medium,
                         links.bitRate,
                         links.links);
        }
    }
    groups.Finish();
}

/**
 * @brief Write table /collectives.
 * @param file the file
 * @param collectives the collectives
 */
void
WriteCollectives(const Handle& file, const std::vector<CollectiveRecord>& collectives)
{
    TextWidth nameWidth;
    TextWidth kindWidth;
    TextWidth algorithmWidth;
    TextWidth limitWidth;
    for (const CollectiveRecord& collective : collectives)
    {
        nameWidth.Include(collective.name);
        kindWidth.Include(collective.kind);
        algorithmWidth.Include(collective.algorithm);
        limitWidth.Include(collective.boundLimit);
    }
    Table table(file,
                "collectives",
                {nameWidth.MakeColumn("name"),
                 kindWidth.MakeColumn("kind"),
                 algorithmWidth.MakeColumn("algorithm"),
                 {"ranks", Column::UNSIGNED, ""},
                 {"bytes", Column::UNSIGNED, "B"},
                 {"iteration", Column::UNSIGNED, ""},
                 {"start_ps", Column::UNSIGNED, "ps"},
                 {"end_ps", Column::UNSIGNED, "ps"},
                 {"failed_bytes", Column::UNSIGNED, "B"},
                 {"algbw", Column::REAL, "B/s"},
                 {"busbw", Column::REAL, "B/s"},
                 {"bound", Column::REAL, "s"},
                 limitWidth.MakeColumn("bound_limit")});
    uint64_t unfinished = 0;
    for (const CollectiveRecord& collective : collectives)
    {
        unfinished += collective.unfinishedIterations;
        uint64_t number = 0;
        for (const CollectiveIteration& iteration : collective.iterations)
        {
            table.Write(collective.name,
                        collective.kind,
                        collective.algorithm,
                        collective.ranks,
                        collective.bytes,
                        number++,
                        iteration.startPs,
                        iteration.endPs,
                        iteration.failedBytes,
                        collective.GetAlgorithmBandwidth(iteration),
                        collective.GetBusBandwidth(iteration),
                        collective.boundS,
                        collective.boundLimit);
        }
    }
    SetAttribute(table.Finish(), "unfinished_iterations", unfinished);
}

/**
 * @brief Write group /links.
 * @param file the file
 * @param results the results
 */
void
WriteLinks(const Handle& file, const RunResults& results)
{
    const Handle group = MakeGroup(file, "links");
    SetAttribute(group, "retries", results.links.retries);
    SetAttribute(group, "link_downs", results.links.linkDowns);
    SetAttribute(group, "lost_packets", results.links.lostPackets);
    SetAttribute(group, "resent_packets", results.links.resentPackets);
    if (!results.ports)
    {
        return;
    }
    TextWidth networkWidth;
    TextWidth nodeWidth;
    results.ports([&](const PortCounters& port) {
        networkWidth.Include(port.network);
        nodeWidth.Include(port.node);
    });
    Table table(group,
                "ports",
                {networkWidth.MakeColumn("network"),
                 nodeWidth.MakeColumn("node"),
                 {"port", Column::UNSIGNED, ""},
                 {"sent_packets", Column::UNSIGNED, ""},
                 {"sent_bytes", Column::UNSIGNED, "B"},
                 {"stalled_ps", Column::UNSIGNED, "ps"},
                 {"retries", Column::UNSIGNED, ""},
                 {"lost_packets", Column::UNSIGNED, ""}});
    results.ports([&](const PortCounters& port) {
        table.Write(port.network,
                    port.node,
                    uint64_t{port.port},
                    port.sentPackets,
                    port.sentBytes,
                    port.stalledPs,
                    port.retries,
                    port.lostPackets);
    });
    table.Finish();
}

/**
 * @brief Write the whole content of the file.
 * @param file the file
 * @param results the results
 */
void
WriteContent(const Handle& file, const RunResults& results)
{
    SetAttribute(file, "schema_version", uint64_t{RESULTS_SCHEMA_VERSION});
    WriteProvenance(file, results.provenance);
    WriteWarnings(file, results.warnings);
    WriteFabric(file, results.fabric);

    const Handle engine = MakeGroup(file, "engine");
    SetAttribute(engine, "fidelity", results.engine.fidelity);
    SetAttribute(engine, "packets", results.engine.packets);
    SetAttribute(engine, "packet_hops", results.engine.packetHops);
    SetAttribute(engine, "events", results.engine.events);
    if (results.engine.fidelity == "hybrid")
    {
        SetAttribute(engine, "packet_transfers", results.engine.packetTransfers);
        SetAttribute(engine, "flow_transfers", results.engine.flowTransfers);
    }

    WriteCollectives(file, results.collectives);

    const Handle transfers = MakeGroup(file, "transfers");
    SetAttribute(transfers, "count", results.transfers.count);
    SetAttribute(transfers, "failed_count", results.transfers.failedCount);
    SetAttribute(transfers, "sent_bytes", results.transfers.sentBytes);
    SetAttribute(transfers, "received_bytes", results.transfers.receivedBytes);
    SetAttribute(transfers, "failed_bytes", results.transfers.failedBytes);

    WriteLinks(file, results);
    WriteOpticsGroups(file, results);
    WriteFaultTables(file, results);
    if (results.energy)
    {
        WriteEnergyGroup(file, *results.energy);
    }

    WriteLatencyTables(file, results);
}

} // namespace

bool
HasHdf5()
{
    return true;
}

std::string
GetHdf5Version()
{
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    if (H5get_libversion(&major, &minor, &release) < 0)
    {
        return "unknown";
    }
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

WriteOutcome
WriteHdf5Results(const RunResults& results, const std::string& path, AtomicFiles& files)
{
    const std::string wrong = CheckRunResults(results);
    if (!wrong.empty())
    {
        return WriteOutcome{"refused to write " + path + ": " + wrong};
    }
    const hdf5::QuietErrors quiet;
    const std::string name = path + " in memory";
    try
    {
        std::string image;
        {
            const Handle file = hdf5::MakeFile(name);
            WriteContent(file, results);
            image = hdf5::GetImage(file, name);
        }
        return files.Add(path, image);
    }
    catch (const hdf5::Failure& failure)
    {
        return WriteOutcome{"cannot write " + path + ": " + failure.what()};
    }
}

WriteOutcome
WriteHdf5Results(const RunResults& results, const std::string& path)
{
    AtomicFiles files;
    WriteOutcome outcome = WriteHdf5Results(results, path, files);
    return outcome.IsOk() ? files.Commit() : outcome;
}

} // namespace opticalfabric
} // namespace ns3

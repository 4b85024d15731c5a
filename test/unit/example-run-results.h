/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TEST_EXAMPLE_RUN_RESULTS_H
#define OPTICAL_FABRIC_TEST_EXAMPLE_RUN_RESULTS_H

#include "ns3/run-results.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

/**
 * @ingroup optical-fabric-tests
 * @brief Results of a run that never was, with a value of its own in every place.
 * @return the results
 */
inline ns3::opticalfabric::RunResults
MakeExampleRunResults()
{
    using namespace ns3::opticalfabric;
    RunResults results;

    results.provenance.build = GetBuildInfo();
    results.provenance.settings = {11, 12, "ps", "ns3::MapScheduler", "ns3::DefaultSimulatorImpl"};
    results.provenance.arguments = {"--ranks=8", "--note=a \"quoted\"\ttext"};
    results.provenance.scenario = "[fabric]\nname = \"t\xc3\xa9st\"\nload = 0.5\n";
    results.provenance.inputFiles = {{"catalog/a.toml", 3, std::string(64, 'a')},
                                     {"catalog/longer-name.toml", 5, std::string(64, 'b')}};
    results.provenance.streams = {{"links", 0, 100}, {"workload", 1000000, -1}};

    results.facts.host = "a-host";
    results.facts.startedAt = "2026-01-31T12:34:56Z";
    results.facts.arguments = {"program", "--ranks=8", "--output=somewhere"};
    results.facts.outputDirectory = "somewhere";
    results.facts.setupS = 0.5;
    results.facts.wallS = 2.0;
    results.facts.peakRssBytes = 4096;

    results.fabric.endpoints = 768;
    const auto addNetwork = [&](const char* name, const std::array<uint64_t, 5>& counts) {
        NetworkRecord network;
        network.name = name;
        network.endpoints = counts[0];
        network.switches = counts[1];
        network.links = counts[2];
        network.opticalLinks = counts[3];
        network.opticalModules = counts[4];
        results.fabric.networks.push_back(network);
    };
    addNetwork("ub", {768, 100, 5000, 3000, 2500});
    addNetwork("rdma", {384, 7, 50, 30, 25});
    results.fabric.kind = "clos";
    results.fabric.networks[0].tierSwitches = {96, 4};
    results.fabric.networks[0].linkGroups = {{0, 1, "copper", 200000000000, 768},
                                             {1, 2, "optical", 400000000000, 96}};
    results.fabric.networks[0].routing = "Spray";
    results.fabric.networks[0].forwarding = "CutThrough";
    results.fabric.networks[0].mtuBytes = 4096;
    results.engine = {"packet", 1000, 4000, 9000};

    CollectiveRecord allreduce;
    allreduce.name = "step \\ 1";
    allreduce.kind = "allreduce";
    allreduce.algorithm = "ring";
    allreduce.ranks = 8;
    allreduce.bytes = 1000000;
    allreduce.busBandwidthFactor = 1.75;
    allreduce.iterations = {{0, 1000000, 0}, {2000000, 5000000, 77}};
    allreduce.unfinishedIterations = 3;
    allreduce.boundS = 5e-7;
    allreduce.boundLimit = "cut";
    CollectiveRecord never;
    never.name = "never run";
    never.kind = "alltoall";
    never.algorithm = "pairwise";
    never.ranks = 2;
    results.collectives = {allreduce, never};

    results.warnings = {{"times of step \\ 1", "somebody slept"}, {"energy", "nobody knows"}};
    results.transfers = {500, 400, 100, 9, 2};
    results.links = {21, 22, 23, 24};

    for (uint64_t i = 1; i <= 20000; ++i)
    {
        results.packetLatency.Record(i * 100);
        LatencyParts parts{};
        parts[PROPAGATION] = i * 60;
        parts[QUEUE] = i * 40;
        results.breakdown.Record(i * 100, parts);
    }
    results.transferLatency.Record(5000000, 30);
    CollectiveRecord& step = results.collectives.front();
    step.traffic = {results.packetLatency, results.transferLatency, results.breakdown};
    step.linkUse = {{"ub", {0, 1, "copper", 200000000000, 50}, 123456, 0.25}};
    results.collectiveLatency.Record(1000000);
    results.collectiveLatency.Record(3000000);
    results.ports = [](const std::function<void(const PortCounters&)>& visit) {
        PortCounters port;
        port.network = "ub";
        for (uint32_t i = 0; i < 10000; ++i)
        {
            port.node = "switch-" + std::to_string(i);
            port.port = i % 7;
            port.sentPackets = 1000 + i;
            port.lostPackets = 3 * i;
            visit(port);
        }
    };
    return results;
}

/**
 * @ingroup optical-fabric-tests
 * @brief Read a file.
 * @param path which
 * @return its bytes; empty if there is none
 */
inline std::string
ReadWholeFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

/**
 * @ingroup optical-fabric-tests
 * @brief A file name in the current directory that is removed at the end.
 */
class ScratchFile
{
  public:
    /// @param name of the file; every test needs its own, for they run at the same time
    explicit ScratchFile(const std::string& name)
        : m_name(name)
    {
        std::remove(m_name.c_str());
    }

    ~ScratchFile()
    {
        std::remove(m_name.c_str());
    }

    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    /// @return the name
    const std::string& Name() const
    {
        return m_name;
    }

  private:
    std::string m_name; ///< the name
};

#endif /* OPTICAL_FABRIC_TEST_EXAMPLE_RUN_RESULTS_H */

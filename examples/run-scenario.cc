/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// Runs a scenario: see USAGE, or run-scenario --help.

#include "terminal.h"

#include "ns3/earlier-results.h"
#include "ns3/nstime.h"
#include "ns3/output-width.h"
#include "ns3/scenario-output.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-run.h"

#include <csignal>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

const char* const USAGE =
    R"(Simulates collectives on the optical fabric of an AI cluster, packet by packet
or as flows.

usage: run-scenario [SCENARIO.toml] [--set KEY.PATH=VALUE ...] [--out DIR]
                    [--force] [--quiet]

  SCENARIO.toml         what to simulate; without one, the default study:
                        dispatch and combine of a mixture-of-experts layer at
                        EP256, then a 64 MiB all-reduce over 768 dies, on a
                        CloudMatrix384
  --set KEY.PATH=VALUE  change one value of the scenario; may be given several
                        times
  --out DIR             where the results go (default: results/NAME, NAME being
                        the scenario's)
  --force               replace results of other settings that are there;
                        without it they are kept, and the run is refused
  --quiet               say nothing while running, and print no tables
  --help                this text

examples:
  run-scenario
      the default study
  run-scenario --set fabric.nodes=16 --set collective.all-reduce.bytes=16MiB \
      --out results/small
      the same on 16 nodes instead of 48, with a smaller all-reduce; results
      beside those of the first run
  run-scenario --set network.routing=Ecmp --out results/ecmp
      other routing
  run-scenario --set fabric.l1_latency=300ns --set network.buffer_bytes=64KiB \
      --out results/slow-chips
      every attribute of the fabric's helper has a key, in small letters with
      underscores
  run-scenario --set engine.fidelity=flow --out results/flow
      transfers as flows instead of packets: faster, and without tails
  run-scenario --set engine.fidelity=hybrid --set engine.packet_every=100 \
      --out results/hybrid
      one transfer in a hundred as packets, all others as flows
  run-scenario examples/scenarios/link-survey.toml
      how much margin optical links have, and what dirt does to it
  run-scenario examples/scenarios/clos-all-to-all.toml
      a scenario of your own begins as a copy of one of these files

A scenario in short:
  [fabric]          kind = "cloud-matrix", "clos" or "nvl72", and attributes of
                    its helper: nodes, uplink_rate = "224Gbps", ...
  [network]         attributes of FabricNetwork: routing, mtu,
                    buffer_bytes = "256KiB", ...
  [optics]          optical links: transceiver = "400G-SR8-LPO", fibre, ...
  [faults]          schedule = "faults.csv": what goes wrong; or, to draw it,
                    modes, horizon = "5ms", acceleration = 1e10
  [survey]          draws = 10: margin and errors of all links on light, without
                    packets
  [power]           records energy: sample_step = "10us", region = "US" or
                    pue = 1.3, module_policy = "sleep" or "rate-adaptive", ...
  [[collective]]    name, kind = "all-reduce", algorithm, bytes = "64MiB",
                    iterations, stride, ranks = "npus", "first:256", "0-15,32"
                    or [0, 1, 2], ...
  [collective.moe]  tokens, top_k, experts, skew, ... of the collective above
  [random]          seed, run
  [engine]          fidelity = "packet", "flow" or "hybrid", packet_every = 100,
                    time_limit = "10ms", ...
  [output]          ports = true, tail_quantile = 0.99, ...

Results are summary.json, results.h5 and volatile.json, and of a run with faults
faults.csv, which another run can be given. The same settings replace results
that are there; a run that is interrupted leaves finished ones alone. A
misspelled key, or a value that is not allowed, is refused before anything runs;
the message says what is allowed.

exit status: 0 all done; 1 something was not finished, payload was lost for
             good, or results could not be written; 2 the scenario or the
             command line was refused, or results of other settings are there;
             130 interrupted
)";

/// Set by the first interrupt; the second one ends the program at once.
volatile std::sig_atomic_t g_isInterrupted = 0;

/**
 * @param signal signal that was caught
 */
void
OnInterrupt(int signal)
{
    g_isInterrupted = 1;
    std::signal(signal, SIG_DFL);
}

/// What the command line says.
struct Options
{
    std::string file;                   ///< scenario; empty: the default study
    std::vector<std::string> overrides; ///< changes to it
    std::string directory;              ///< where the results go; empty: as the scenario says
    bool isForced{false};               ///< replace results of other settings
    bool isQuiet{false};                ///< say nothing
    bool wantsHelp{false};              ///< say how it is used
};

/**
 * @param arguments command line without the program's name
 * @return what it says
 * @throw ScenarioError if it cannot be understood
 */
Options
ReadOptions(const std::vector<std::string>& arguments)
{
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i)
    {
        const std::string& argument = arguments[i];
        const std::size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        const auto takeValue = [&]() {
            if (equals != std::string::npos)
            {
                return argument.substr(equals + 1);
            }
            if (i + 1 == arguments.size())
            {
                throw ScenarioError({argument, 0}, "a value is missing; see --help");
            }
            return arguments[++i];
        };
        if (name == "--set")
        {
            options.overrides.push_back(takeValue());
        }
        else if (name == "--out")
        {
            options.directory = takeValue();
            if (options.directory.empty())
            {
                throw ScenarioError({"--out", 0}, "\"\" is no directory; see --help");
            }
        }
        else if (argument == "--force")
        {
            options.isForced = true;
        }
        else if (argument == "--quiet")
        {
            options.isQuiet = true;
        }
        else if (argument == "--help" || argument == "-h")
        {
            options.wantsHelp = true;
        }
        else if (!argument.empty() && argument.front() == '-')
        {
            const std::vector<std::string> known{"--set", "--out", "--force", "--quiet", "--help"};
            throw ScenarioError({argument, 0},
                                "unknown argument" + SuggestName(name, known) +
                                    "; allowed: " + JoinNames(known) + " and one SCENARIO.toml");
        }
        else if (!options.file.empty() || argument.empty())
        {
            throw ScenarioError({argument, 0},
                                "a second scenario; allowed: one, and --set KEY.PATH=VALUE to "
                                "change it");
        }
        else
        {
            options.file = argument;
        }
    }
    return options;
}

/**
 * Say where the results are.
 * @param output where they went
 * @param report what they are of
 * @param areEarlier whether they are those of an earlier run
 */
void
ListResults(const ScenarioOutput& output, const RunReport& report, bool areEarlier)
{
    std::cout << (areEarlier ? "\nResults of an earlier run, left as they were\n" : "\nResults\n");
    for (const std::string& file : output.GetFiles())
    {
        std::cout << "  " << file << "\n";
    }
    if (report.GetParts().size() > 1)
    {
        std::cout << "  " << output.GetDirectory() << "/parts/  the same for each part\n";
    }
}

/**
 * @param options what the command line says
 * @param facts machine, date and command line, for the record
 * @return exit status
 * @throw ScenarioError if the scenario is refused
 */
int
Simulate(const Options& options, VolatileFacts facts)
{
    ScenarioReader reader;
    for (const std::string& assignment : options.overrides)
    {
        reader.AddOverride(assignment);
    }
    Scenario scenario =
        options.file.empty()
            ? reader.ReadText(GetDefaultScenarioText(), "default scenario", "default")
            : reader.ReadFile(options.file);
    if (!options.directory.empty())
    {
        scenario.directory = options.directory;
    }
    else if (scenario.directory.empty())
    {
        scenario.directory = "results/" + scenario.name;
    }
    ScenarioOutput output(scenario.directory);
    facts.outputDirectory = output.GetDirectory();

    ScenarioRun run(scenario);
    run.SetProvenance(options.overrides, facts);
    run.SetStopRequest([]() { return g_isInterrupted != 0; });
    const bool showsProgress = scenario.showsProgress && !options.isQuiet;
    if (showsProgress)
    {
        run.SetProgress(&std::cerr, FindLineWidth(2), FindOutputWidth(2));
    }
    run.Prepare();
    const EarlierResults earlier(scenario.directory);
    if (!options.isForced)
    {
        earlier.Protect(WriteScenario(scenario), scenario.inputFiles);
    }
    output.Make();
    // Before the first word: whoever has read that may interrupt at once.
    std::signal(SIGINT, &OnInterrupt);
    std::signal(SIGTERM, &OnInterrupt);
    if (showsProgress)
    {
        Tell("run-scenario", scenario.name + ", results go to " + output.GetDirectory());
    }
    const RunReport report = run.Run();

    const bool keepsEarlier = run.IsInterrupted() && earlier.AreFinished();
    const std::string failure =
        keepsEarlier ? std::string() : output.Write(report, scenario.writesHdf5);
    if (!options.isQuiet)
    {
        report.Print(std::cout, FindReportWidth(1));
        if (failure.empty())
        {
            ListResults(output, report, keepsEarlier);
        }
        std::cout.flush();
    }
    if (!failure.empty())
    {
        Tell("run-scenario", "results were not written: " + failure);
        return 1;
    }
    const std::string unfinished = report.GetUnfinished();
    if (!unfinished.empty())
    {
        Tell("run-scenario", "not finished, results are partial: " + unfinished);
        return run.IsInterrupted() ? 130 : 1;
    }
    const std::string losses = report.GetLosses();
    if (!losses.empty())
    {
        Tell("run-scenario", losses);
        return 1;
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    // 64 bytes at 800 Gb/s are 640 ps: ns-3's default of 1 ns would round every link time.
    Time::SetResolution(Time::PS);
    return RunProgram("run-scenario", [&]() {
        const Options options = ReadOptions(std::vector<std::string>(argv + 1, argv + argc));
        if (options.wantsHelp)
        {
            std::cout << USAGE;
            return 0;
        }
        return Simulate(options, StartVolatileFacts(argc, argv));
    });
}

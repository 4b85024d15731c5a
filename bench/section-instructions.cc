/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"
#include "child-process.h"

#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace opticalfabricbench
{

namespace
{

/**
 * @ingroup optical-fabric-bench
 * @brief A file that goes with this object.
 */
class ScratchFile
{
  public:
    ScratchFile()
    {
        const char* folder = std::getenv("TMPDIR");
        m_path = std::string(folder == nullptr ? "/tmp" : folder) + "/fabric-bench-XXXXXX";
        const int file = mkstemp(m_path.data());
        if (file >= 0)
        {
            close(file);
        }
    }

    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    ~ScratchFile()
    {
        unlink(m_path.c_str());
    }

    /// @return its path
    const std::string& GetPath() const
    {
        return m_path;
    }

  private:
    std::string m_path; ///< its path
};

/**
 * @param path file that callgrind wrote
 * @return instructions counted; 0 if it does not say
 */
double
ReadInstructions(const std::string& path)
{
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line))
    {
        for (const std::string key : {"summary: ", "totals: "})
        {
            if (line.rfind(key, 0) == 0)
            {
                return std::strtod(line.c_str() + key.size(), nullptr);
            }
        }
    }
    return 0;
}

/**
 * @ingroup optical-fabric-bench
 * @brief A case to count.
 */
struct CountedCase
{
    std::string name;               ///< for programs
    std::string label;              ///< for people
    std::vector<std::string> words; ///< case and parameters
    std::string unit;               ///< figure that says how many of what there were
};

/**
 * Count one case.
 * @param counted the case
 * @return instructions per unit; 0 if valgrind did not finish
 */
double
CountInstructions(const CountedCase& counted)
{
    constexpr double LONGEST_S = 1200;
    const ScratchFile counts;
    std::vector<std::string> command{"valgrind",
                                     "-q",
                                     "--tool=callgrind",
                                     "--callgrind-out-file=" + counts.GetPath(),
                                     "--collect-atstart=no",
                                     "--toggle-collect=FabricBenchMeasuredRun",
                                     GetOwnPath(),
                                     "--case"};
    command.insert(command.end(), counted.words.begin(), counted.words.end());
    const ChildResult result = RunProcess(command, LONGEST_S);
    if (!result.finished)
    {
        return 0;
    }
    return ReadInstructions(counts.GetPath()) / Figures::Parse(result.output).Get(counted.unit);
}

} // namespace

BenchSection
MeasureInstructions(BenchRunner& runner)
{
    BenchSection section;
    section.name = "instructions";
    section.title = "Instructions per packet-hop, and per transfer by flows";
    if (!RunProcess({"sh", "-c", "command -v valgrind"}, 10).finished)
    {
        section.note = "Skipped: valgrind is not installed.";
        return section;
    }
    section.note =
        R"(
Counted by callgrind in the run alone, without building: the same on every machine with the
same program, so it shows a change that timing cannot. The all-to-all of 64 endpoints three
times over; and the CloudMatrix of the section on growth, 2 MiB from each die: what time grows
and instructions do not is waiting for memory. Flows: the section on flows, with 64 endpoints;
a transfer of 64 KiB over four links is 64 packet-hops, and of the ring, 1 MiB, is 1,024 over
four or 512 over two.)";
    const auto allToAll = [](const std::string& routing, const std::string& order) {
        return CountedCase{
            routing + "." + order,
            "64 endpoints, " + routing + ", " + order,
            {"all-to-all", "endpoints=64", "rounds=3", "routing=" + routing, "order=" + order},
            "packet_hops"};
    };
    const auto cloudMatrix = [](const std::string& nodes) {
        return CountedCase{"cloud-matrix." + nodes,
                           "CloudMatrix, " + nodes + " nodes",
                           {"cloud-matrix", "nodes=" + nodes, "mib=2"},
                           "packet_hops"};
    };
    const auto flows =
        [](const std::string& name, const std::string& label, std::vector<std::string> words) {
            words.emplace_back("endpoints=64");
            return CountedCase{"flow." + name,
                               "per transfer, 64 endpoints, " + label,
                               words,
                               "transfers"};
        };
    std::vector<CountedCase> cases{
        allToAll("Adaptive", "rotation"),
        allToAll("Spray", "random"),
        flows("at_once", "all at once", {"flow-all-to-all", "window=all"}),
        flows("window.rotation", "8 under way, rotation", {"flow-all-to-all", "next=received"}),
        flows("window.random",
              "8 under way, random",
              {"flow-all-to-all", "next=received", "order=random"}),
        flows("ring", "ring", {"flow-ring"})};
    if (!runner.GetOptions().quick)
    {
        cases.push_back(cloudMatrix("4"));
        cases.push_back(cloudMatrix("48"));
    }
    for (const CountedCase& counted : cases)
    {
        runner.Say("valgrind: " + counted.label);
        const double instructions = CountInstructions(counted);
        if (instructions == 0)
        {
            section.note += " Skipped " + counted.label + ": valgrind did not finish.";
            continue;
        }
        section.Add({"instructions." + counted.name, counted.label, "", {instructions}});
    }
    return section;
}

} // namespace opticalfabricbench

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// Random scenarios by packets, flows and hybrid. What --dump keeps: see ExamineScenario().

#include "random-scenario-distance.h"
#include "random-scenario-examiner.h"
#include "random-scenario-runner.h"
#include "random-scenario.h"

#include "ns3/nstime.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace opticalfabrictest;

namespace fs = std::filesystem;

namespace
{

/// What --help says.
constexpr const char* HELP =
    R"(fabric-random-scenarios: makes up small scenarios, runs each by packets, as
flows and as hybrid, and checks what has to hold of every run

usage: fabric-random-scenarios [options]
  --count=N     how many scenarios; 300
  --jobs=N      processes at once; 1
  --seed=N      of what is made up; 1
  --from=N      number of the first one; 0
  --limit=N     seconds of processor time that one may take; 60
  --dump=FILE   keep every distance and failure in a file
  --no-shrink   do not look for a smaller scenario that fails alike
  --show        print the scenarios, and run nothing

examples:
  fabric-random-scenarios --count=10000 --jobs=2     half an hour
  fabric-random-scenarios --seed=3 --from=66 --count=1 --show

A failure is printed with its seed, its number and the smallest scenario that
was found to fail alike. exit status: 0 all holds; 1 something does not;
2 the command line was refused
)";

constexpr double MOST_REFUSED = 0.08; ///< share of scenarios that may be refused
constexpr uint64_t FOR_A_SHARE = 200; ///< scenarios from which on a share is looked at

/// @param values any, ascending @param p quantile @return it; 0 without values
double
Quantile(const std::vector<double>& values, double p)
{
    return values.empty()
               ? 0
               : values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))];
}

/// @param text a number @return it @throw std::invalid_argument if it is none
uint64_t
ReadNumber(const std::string& text)
{
    std::size_t end = 0;
    const uint64_t number = std::stoull(text, &end);
    if (end != text.size() || text.front() == '-')
    {
        throw std::invalid_argument(text);
    }
    return number;
}

/**
 * @param arguments the command line
 * @return what it says
 * @throw std::logic_error naming an argument that cannot be
 */
RandomOptions
ReadOptions(const std::vector<std::string>& arguments)
{
    RandomOptions options;
    for (const std::string& argument : arguments)
    {
        const std::size_t equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        const std::string value = equals == std::string::npos ? "" : argument.substr(equals + 1);
        if (name == "--seed")
        {
            options.seed = ReadNumber(value);
        }
        else if (name == "--from")
        {
            options.from = ReadNumber(value);
        }
        else if (name == "--count")
        {
            options.count = ReadNumber(value);
        }
        else if (name == "--jobs")
        {
            options.jobs = static_cast<uint32_t>(ReadNumber(value));
        }
        else if (name == "--limit")
        {
            options.limitS = static_cast<uint32_t>(ReadNumber(value));
        }
        else if (name == "--dump")
        {
            options.dump = value;
        }
        else if (argument == "--help")
        {
            options.wantsHelp = true;
        }
        else if (argument == "--show")
        {
            options.shows = true;
        }
        else if (argument == "--no-shrink")
        {
            options.shrinks = false;
        }
        else
        {
            throw std::invalid_argument(argument);
        }
    }
    return options;
}

/// @param options options @return all lines of all jobs
std::string
RunAll(const RandomOptions& options)
{
    std::vector<pid_t> shards;
    for (uint32_t shard = 0; shard < options.jobs; ++shard)
    {
        const pid_t child = fork();
        if (child == 0)
        {
            std::ofstream os(options.scratch + "/shard-" + std::to_string(shard));
            RunShard(options, shard, os);
            os.close();
            std::cout.flush();
            _exit(0);
        }
        shards.push_back(child);
    }
    std::string text;
    for (uint32_t shard = 0; shard < options.jobs; ++shard)
    {
        int status = 0;
        waitpid(shards[shard], &status, 0);
        text += ReadFile(options.scratch + "/shard-" + std::to_string(shard));
    }
    return text;
}

/// @param title what they are @param distances by group; get sorted
void
PrintDistances(const std::string& title, std::map<std::string, std::vector<double>>& distances)
{
    std::cout << "\n" << title << "\n";
    std::cout << "    number    least      1 %      5 %   median     95 %     99 %     most\n";
    for (auto& [group, values] : distances)
    {
        std::sort(values.begin(), values.end());
        std::cout << std::setw(10) << values.size();
        for (const double p : {0.0, 0.01, 0.05, 0.5, 0.95, 0.99, 1.0})
        {
            std::cout << std::setw(9) << 100 * Quantile(values, p);
        }
        std::cout << "  " << group << "\n";
    }
}

/// @param distances by group, ascending @return whether they are spread as documented
bool
AreNear(const std::map<std::string, std::vector<double>>& distances)
{
    constexpr std::size_t ENOUGH = 100; // for one in twenty
    bool areNear = true;
    for (const auto& [group, values] : distances)
    {
        if (group.find("near packets") == std::string::npos || values.size() < ENOUGH)
        {
            continue;
        }
        areNear = areNear && Quantile(values, 0.05) >= LOW_DISTANCE &&
                  Quantile(values, 0.95) <= HIGH_DISTANCE &&
                  std::abs(Quantile(values, 0.5)) <= MID_DISTANCE;
    }
    return areNear;
}

/// @param text all lines @param count how many scenarios there were to be @return whether all is
/// well
bool
Summarize(const std::string& text, uint64_t count)
{
    std::map<char, uint64_t> counts;
    std::map<std::string, uint64_t> failures;
    std::map<std::string, std::vector<double>> times;
    std::map<std::string, std::vector<double>> distances;
    std::map<std::string, std::vector<double>> byReason;
    std::map<std::string, bool> refused;
    std::istringstream is(text);
    for (std::string line; std::getline(is, line);)
    {
        ++counts[line.front()];
        const std::size_t bar = line.find('|');
        const std::string rest = line.substr(bar + 1);
        std::istringstream cells(rest);
        std::string cell;
        std::getline(cells, cell, '|');
        if (line.front() == 'F')
        {
            ++failures[cell];
        }
        else if (line.front() == 'X')
        {
            refused[line.substr(1, bar - 1)] = true;
        }
        else if (line.front() == 'T')
        {
            const std::size_t space = rest.find(' ');
            times[rest.substr(0, space)].push_back(std::stod(rest.substr(space)));
        }
        else if (line.front() == 'D')
        {
            std::string group;
            std::string distance;
            std::string reasons;
            std::getline(cells, group, '|');
            std::getline(cells, distance, '|');
            std::getline(cells, reasons, '|');
            distances[cell + ", " + group].push_back(std::stod(distance));
            if (!reasons.empty() && reasons.find(';') == std::string::npos)
            {
                byReason[reasons].push_back(std::stod(distance));
            }
        }
    }
    const double share = static_cast<double>(refused.size()) / static_cast<double>(count);
    const bool areFewRefused = count < FOR_A_SHARE || share <= MOST_REFUSED;
    std::cout << std::fixed << std::setprecision(2) << counts['N'] << " scenarios, "
              << refused.size() << " refused (" << 100 * share << " %), " << counts['U']
              << " runs cut off by a time limit or a fault\n";
    for (auto& [engine, values] : times)
    {
        std::sort(values.begin(), values.end());
        std::cout << engine << ": median " << 1e3 * Quantile(values, 0.5) << " ms, 99 % "
                  << 1e3 * Quantile(values, 0.99) << " ms, most " << 1e3 * Quantile(values, 1)
                  << " ms\n";
    }
    PrintDistances("Time of collectives over that by packets, less one, percent", distances);
    PrintDistances("Of those that warn for one reason, by that reason", byReason);
    const bool isNear = AreNear(distances);
    std::cout << "\nNot asked of flows\n";
    for (const std::string& line : ListNotAsked())
    {
        std::cout << "  " << line << "\n";
    }
    std::cout << "\nKnown not to hold, and not asked\n";
    for (const std::string& line : ListKnownOpen())
    {
        std::cout << "  " << line << "\n";
    }
    if (!areFewRefused)
    {
        std::cout << "not kept: at most " << 100 * MOST_REFUSED << " % are refused\n";
    }
    for (const auto& [claim, number] : failures)
    {
        std::cout << "not kept: " << claim << ": " << number << "\n";
    }
    if (!isNear)
    {
        std::cout << "not kept: documented quantiles of distances\n";
    }
    return isNear && failures.empty() && counts['N'] == count && areFewRefused;
}

} // namespace

int
main(int argc, char* argv[])
{
    ns3::Time::SetResolution(ns3::Time::PS);
    RandomOptions options;
    try
    {
        options = ReadOptions(std::vector<std::string>(argv + 1, argv + argc));
    }
    catch (const std::logic_error& refusal)
    {
        std::cerr << "fabric-random-scenarios: " << refusal.what()
                  << " is not allowed; allowed: --seed=N, --from=N, --count=N, --jobs=N, --limit=N "
                     "(seconds of a scenario), --dump=FILE, --show, --no-shrink, --help\n";
        return 2;
    }
    if (options.wantsHelp)
    {
        std::cout << HELP;
        return 0;
    }
    if (options.shows)
    {
        for (uint64_t i = options.from; i < options.from + options.count; ++i)
        {
            std::cout << "# index " << i << "\n"
                      << MakeRandomScenario(options.seed, i).Write("packet") << "\n";
        }
        return 0;
    }
    options.scratch = (fs::temp_directory_path() / "random-scenarios-XXXXXX").string();
    if (mkdtemp(options.scratch.data()) == nullptr)
    {
        std::cerr << "fabric-random-scenarios: no scratch folder" << std::endl;
        return 1;
    }
    const std::string text = RunAll(options);
    fs::remove_all(options.scratch);
    if (!options.dump.empty())
    {
        WriteFile(options.dump, text);
    }
    return Summarize(text, options.count) ? 0 : 1;
}

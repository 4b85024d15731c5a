/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-options.h"

#include "bench-cases.h"
#include "bench-sections.h"

#include "ns3/output-width.h"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace opticalfabricbench
{

namespace
{

constexpr uint32_t QUICK_ROUNDS = 3; ///< runs of each case in a quick run
constexpr uint32_t HELP_WIDTH = 80;  ///< columns of the help

/**
 * @param text sections with ',' between them
 * @return the sections; throws std::invalid_argument if there is no such section
 */
std::set<std::string>
ParseSections(const std::string& text)
{
    std::set<std::string> wanted;
    std::istringstream names(text);
    std::string name;
    while (std::getline(names, name, ','))
    {
        bool known = false;
        std::string all;
        for (const SectionPlan& plan : GetSectionPlans())
        {
            known = known || plan.name == name;
            all += (all.empty() ? "" : ", ") + plan.name;
        }
        if (!known)
        {
            throw std::invalid_argument("--only " + name + ", allowed " + all);
        }
        wanted.insert(name);
    }
    return wanted;
}

/**
 * @param text a number
 * @return the number; throws std::invalid_argument if it is none of 1 to 1000
 */
uint32_t
ParseRounds(const std::string& text)
{
    char* end = nullptr;
    const long value = std::strtol(text.c_str(), &end, 10);
    if (text.empty() || *end != 0 || value < 1 || value > 1000)
    {
        throw std::invalid_argument("--rounds " + text + ", allowed a whole number, 1 to 1000");
    }
    return static_cast<uint32_t>(value);
}

} // namespace

BenchOptions
ParseBenchOptions(const std::vector<std::string>& arguments)
{
    BenchOptions options;
    bool roundsGiven = false;
    for (size_t i = 0; i < arguments.size(); ++i)
    {
        const size_t middle = arguments[i].find('=');
        const bool joined = arguments[i].rfind("--", 0) == 0 && middle != std::string::npos;
        const std::string option = joined ? arguments[i].substr(0, middle) : arguments[i];
        const auto value = [&]() {
            if (joined)
            {
                return arguments[i].substr(middle + 1);
            }
            if (i + 1 == arguments.size())
            {
                throw std::invalid_argument(option + " wants a value");
            }
            return arguments[++i];
        };
        const auto rest = [&]() {
            options.words.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                 arguments.end());
            i = arguments.size();
        };
        if (option == "--help" || option == "-h")
        {
            options.help = true;
        }
        else if (option == "--quick")
        {
            options.quick = true;
        }
        else if (option == "--rounds")
        {
            options.rounds = ParseRounds(value());
            roundsGiven = true;
        }
        else if (option == "--only")
        {
            options.only = ParseSections(value());
        }
        else if (option == "--json")
        {
            options.jsonFile = value();
        }
        else if (option == "--compare")
        {
            options.compareFile = value();
        }
        else if (option == "--with")
        {
            options.withFile = value();
        }
        else if (option == "--case")
        {
            options.caseName = value();
            rest();
        }
        else if (option == "--micro")
        {
            options.micro = true;
            rest();
        }
        else
        {
            throw std::invalid_argument("there is no option " + option + "; --help shows them all");
        }
    }
    if (options.quick && !roundsGiven)
    {
        options.rounds = QUICK_ROUNDS;
    }
    if (!options.withFile.empty() && options.compareFile.empty())
    {
        throw std::invalid_argument("--with wants --compare as well");
    }
    return options;
}

std::string
GetBenchHelp()
{
    std::ostringstream help;
    help << R"(Measures the speed of optical-fabric against ns-3 itself and SimGrid, in one run.

Usage: fabric-bench [options]       or, building it first:  ./fabric bench [options]

  --quick              a shorter run: three rounds, and less in each
  --rounds N           how often each case runs (default 5); cases that are compared alternate
  --only LIST          some sections only, with ',' between them:
)";
    for (const SectionPlan& plan : GetSectionPlans())
    {
        help << "                         " << plan.name << std::string(14 - plan.name.size(), ' ')
             << plan.help << '\n';
    }
    help << R"(  --json FILE          where the figures go (default: bench.json in the build folder)
  --compare OLD.json   print ratios to an earlier run as well
  --with NEW.json      with --compare: measure nothing, compare two files
  --micro [ARGS]       the micro-benchmarks instead; the rest goes to Google Benchmark, try
                       --micro --help
  --case NAME [P=V...] run one case once, in this process, and print what it measured; good for
                       profilers. The rest are its parameters, here with what they are if not given:
)";
    for (const BenchCase& one : GetBenchCases())
    {
        help << "\n    " << one.name << std::string(17 - one.name.size(), ' ') << one.help << '\n';
    }
    help << R"(
Each case runs in a process of its own. Times are processor time of that process. The table shows
medians with the smallest and the largest; a ratio is the median of ratios of neighboring runs.
Goals stand beside the figures; missing one is no error. The exit status is 1 if a case failed.

Examples:
  ./fabric bench --quick
  ./fabric bench --only w1,peer --rounds 9
  ./fabric bench --json new.json --compare old.json
  ./fabric bench --case all-to-all routing=Adaptive order=random
  perf record -e cpu-clock build/release/bin/fabric-bench --case all-to-all
)";
    return ns3::opticalfabric::WrapLines(help.str(), HELP_WIDTH);
}

} // namespace opticalfabricbench

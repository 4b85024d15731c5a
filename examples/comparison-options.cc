/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "comparison-options.h"

#include "ns3/near-names.h"
#include "ns3/provenance.h"
#include "ns3/scenario-error.h"
#include "ns3/scenario-quantity.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iomanip>
#include <optional>
#include <sstream>

using namespace ns3::opticalfabric;

namespace fabriccomparison
{

namespace
{

const char* const USAGE =
    R"(Prints CloudMatrix384 beside GB200 NVL72: what they consist of, counted from the
built fabrics; power, failures and cost, from the component catalog; and the
times of collectives, run on both as flows. Published figures stand beside ours.

usage: compare-fabrics [options]

  --optics NAME       optics of the CloudMatrix: LPO (default), DSP, LRO or CPO,
                      which differ in power, price and latency and in nothing
                      else; copper from L1 to L2 chips, if --length permits; a
                      transceiver of the catalog; or all: these side by side
  --length METRES     length of links between nodes and L2 chips, 0 to 100000
                      (default 30)
  --accelerator NAME  NPUs of the CloudMatrix, an accelerator of the catalog
                      (default Ascend-910C; Ascend-910D-what-if)
  --accelerators      a table of the catalog's accelerators instead
  --tornado           what a year costs at the least, typically and at most, and
                      which input moves that most, instead
  --terms             both systems on equal terms, with intervals over inputs,
                      and the three inputs that move the ratio of the two most,
                      instead
  --region NAME       cost in this region of the catalog only (default: China
                      and US)
  --no-times          run no collectives: faster
  --replications N    operate both for 5 years N times, with failures, repairs
                      and spares, and show how much of its time a job gets;
                      2 to 10000, or 0: leave that out (default 20)
  --catalog FILE      entries that add to the built-in catalog or replace some
                      of it; may be given several times
  --json FILE         write the figures to a file, too
  --force             replace that file if it is there and of other settings
  --help              this text

examples:
  compare-fabrics
  compare-fabrics --optics all
      what LPO, DSP, LRO and CPO do to power, cost and time
  compare-fabrics --tornado --region US
      is it the price of GPUs, electricity, or how long things last?
  compare-fabrics --terms
      which of the differences are larger than what is not known
  compare-fabrics --optics copper --length 2
      what if all nodes stood within two metres of the L2 chips
  compare-fabrics --accelerator Ascend-910D-what-if --region China --no-times
  compare-fabrics --catalog mine.toml --json mine.json
      prices of your own (doc/catalog.rst says how to write them)

How to read the table: "mark" is how well founded a figure is, as the worst of
the catalog's values in it: Q quoted from its source, Q2 at second hand, D
derived from such, M with a guess in it; "-" is counted from what was built.
"dev" is by how much ours is above the published figure. doc/economics.rst
explains each deviation.

exit status: 0 done; 1 results could not be written; 2 the command line or a
             catalog was refused, or the file of --json is of other settings
)";

/// @return all names of options
std::vector<std::string>
GetOptionNames()
{
    return {"--optics",
            "--length",
            "--accelerator",
            "--accelerators",
            "--tornado",
            "--terms",
            "--region",
            "--no-times",
            "--replications",
            "--catalog",
            "--json",
            "--force",
            "--help"};
}

/**
 * @param text what was written
 * @return a length, m
 * @throw ScenarioError if it is none
 */
double
ReadLength(const std::string& text)
{
    constexpr double MOST_M = 1e5;
    const std::optional<double> lengthM = ReadReal(text);
    if (!lengthM || !(*lengthM >= 0 && *lengthM <= MOST_M))
    {
        throw ScenarioError({"--length " + text, 0}, "no length; allowed: metres, 0 to 100000");
    }
    return *lengthM;
}

/**
 * @param text what was written
 * @return a number of replications
 * @throw ScenarioError if it is none
 */
uint32_t
ReadReplications(const std::string& text)
{
    constexpr uint32_t MOST = 10000;
    const std::optional<uint64_t> number = ReadWhole(text);
    if (!number || *number == 1 || *number > MOST)
    {
        throw ScenarioError({"--replications " + text, 0},
                            "no number of replications; allowed: whole numbers, 0, 2 to 10000");
    }
    return static_cast<uint32_t>(*number);
}

} // namespace

std::string
GetUsage()
{
    return USAGE;
}

std::vector<std::string>
GetRetimingNames()
{
    return {"LPO", "DSP", "LRO", "CPO"};
}

bool
IsRetimingName(const std::string& name)
{
    const std::vector<std::string> names = GetRetimingNames();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string
WriteSettings(const Options& options)
{
    std::ostringstream os;
    os << std::setprecision(15) << "table = "
       << (options.wantsTerms          ? "terms"
           : options.wantsTornado      ? "tornado"
           : options.wantsAccelerators ? "accelerators"
                                       : "systems")
       << "\noptics = " << options.optics << "\nlength = " << options.lengthM
       << "\naccelerator = " << options.accelerator
       << "\nregion = " << (options.region.empty() ? "all" : options.region)
       << "\ntimes = " << (options.hasTimes ? "yes" : "no")
       << "\nreplications = " << options.replications << "\n";
    for (const std::string& file : options.catalogs)
    {
        const auto digest = DigestInputFile(file);
        os << "catalog " << file << " = " << (digest ? digest->sha256 : "unreadable") << "\n";
    }
    return os.str();
}

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
            const bool isNext = equals == std::string::npos;
            if (isNext && i + 1 == arguments.size())
            {
                throw ScenarioError({argument, 0}, "a value is missing; see --help");
            }
            const std::string value = isNext ? arguments[++i] : argument.substr(equals + 1);
            if (value.empty())
            {
                throw ScenarioError({name, 0}, "\"\" is no value; see --help");
            }
            return value;
        };
        if (name == "--optics")
        {
            options.optics = takeValue();
        }
        else if (name == "--length")
        {
            options.lengthM = ReadLength(takeValue());
        }
        else if (name == "--replications")
        {
            options.replications = ReadReplications(takeValue());
        }
        else if (name == "--accelerator")
        {
            options.accelerator = takeValue();
        }
        else if (name == "--region")
        {
            options.region = takeValue();
        }
        else if (name == "--catalog")
        {
            options.catalogs.push_back(takeValue());
        }
        else if (name == "--json")
        {
            options.json = takeValue();
        }
        else if (argument == "--accelerators")
        {
            options.wantsAccelerators = true;
        }
        else if (argument == "--tornado")
        {
            options.wantsTornado = true;
        }
        else if (argument == "--terms")
        {
            options.wantsTerms = true;
        }
        else if (argument == "--force")
        {
            options.isForced = true;
        }
        else if (argument == "--no-times")
        {
            options.hasTimes = false;
        }
        else if (argument == "--help" || argument == "-h")
        {
            options.wantsHelp = true;
        }
        else
        {
            throw ScenarioError({argument, 0},
                                "unknown argument" + SuggestName(name, GetOptionNames()) +
                                    "; allowed: " + JoinNames(GetOptionNames()));
        }
    }
    if (options.wantsTerms && options.optics == ALL_OPTICS)
    {
        throw ScenarioError({"--optics all", 0},
                            "--terms compares two systems; allowed: one kind of optics");
    }
    return options;
}

} // namespace fabriccomparison

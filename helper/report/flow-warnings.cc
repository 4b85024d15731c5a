/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-warnings.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <string>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Repeated frames from which on they show: below, few runs have any.
constexpr double FEW_REPEATS = 0.1;
/// Packets of a transfer from which on it does not matter that one packet is not divisible.
constexpr double MANY_PACKETS = 8;

/// How figures begin that are times of collectives; their names follow.
const std::string TIMES_OF = "times of ";

/**
 * Why flows are off, and how far: what a collective that warns for that reason alone took over its
 * time by packets, less one, percent, the 5th and the 95th in a hundred of random scenarios
 * (doc/flow-engine.rst, Warnings; fabric-random-scenarios prints it).
 */
struct Reason
{
    const char* text;        ///< the reason
    uint32_t collectives{0}; ///< how many there were; 0: too few to tell
    double low{0};           ///< one in twenty was further below
    double high{0};          ///< one in twenty was further above

    /// @return how far off they were, to be added to the text; empty: too few to tell
    std::string GetSeen() const
    {
        if (collectives == 0)
        {
            return "";
        }
        std::ostringstream os;
        os << std::fixed << std::setprecision(1) << " (nine in ten of " << collectives
           << " random collectives took " << std::abs(low) << " % less to " << high
           << " % more than by packets)";
        return os.str();
    }
};

const Reason AT_ONCE{"they ran at once, and flows do not stand in queues: what is short takes up "
                     "to several times as long by packets, beside what is long",
                     491,
                     -3.0,
                     5.9};
const Reason SLEEP{"modules slept: which of them few packets wake is chosen one transfer at a "
                   "time, and differs from packets"};
const Reason CHANGES{"links failed or changed: packets that are lost with one are sent again after "
                     "a timeout, and those that wait before a slow one hold up others; flows do "
                     "neither",
                     131,
                     -94.1,
                     0.7};
const Reason REPEATS{"links repeat damaged frames: flows lose the bandwidth that this takes, and "
                     "not the time that those behind wait"};
const Reason UNEQUAL_PORTS{"transfers were divided over ports of unequal rate: what buffers hold "
                           "before a slow link is reckoned, not followed"};
const Reason LIKE_PARTS{"parts of a buffer that differ by a byte all take the time of the longest: "
                        "at most the time of a byte too long for each step"};
const Reason FEW_FRAMES{"buffers hold fewer than four frames, and a packet waits for room for a "
                        "full one, however small its own is"};
const Reason TURNS{"transfers from one endpoint to another took turns: whether one ends before the "
                   "next begins can hang on a packet, and changes both"};
const Reason COMMITS_AHEAD{"outputs decide more than a frame ahead: packets keep to the port that "
                           "was chosen for them when another has become free, flows do not"};
const Reason CREDIT{"buffers hold less than links send in a round trip of credits: flows take what "
                    "the links then carry, and not what packets that wait for credit hold up",
                    132,
                    -1.7,
                    0.0};
const Reason TWIN_PORTS{"endpoints have several links to a switch, which chooses among them for "
                        "each packet: packets meet where the shares of flows do not",
                        170,
                        -2.9,
                        0.0};
const Reason SLOWER_WAYS{"ways are slower than the ports that lead there: packets leave their "
                         "source as fast as buffers take them, and what comes next begins; flows "
                         "keep it until they arrive",
                         122,
                         -4.7,
                         2.7};
const Reason FEW_PACKETS{"transfers of few packets met on links: packets pass one after another, "
                         "where flows share",
                         683,
                         -1.9,
                         2.0};
const Reason CLOSE{"executions follow each other at once: packets that wait in switches have left "
                   "their rank, which begins the next one; flows leave when they arrive",
                   80,
                   -10.3,
                   0.3};
const Reason EARLY{"they are below the bound: packets take the rest of a link when they come to "
                   "it, flows their share when they leave their source, and so both may pass it at "
                   "once"};
const Reason FEW_PACKETS_BESIDE{"they have few packets, and each takes its whole time at the rate "
                                "that flows leave (most random collectives are not off by it, "
                                "those of the default scenario by up to 20 %)"};

/// An execution of a collective.
struct Execution
{
    uint64_t startPs{0};       ///< begins, ps
    uint64_t endPs{0};         ///< ends, ps
    std::size_t collective{0}; ///< number of the collective
};

/**
 * @param results a run
 * @param isMeant which of its collectives
 * @return their names, joined
 */
std::string
JoinNames(const RunResults& results, const std::vector<bool>& isMeant)
{
    std::string names;
    for (std::size_t i = 0; i < isMeant.size(); ++i)
    {
        if (isMeant[i])
        {
            names += (names.empty() ? "" : ", ") + results.collectives[i].name;
        }
    }
    return names;
}

/**
 * @tparam F says of a collective whether it is meant
 * @param results a run
 * @param isMeant of which collectives
 * @return their names, joined
 */
template <typename F>
std::string
NameIf(const RunResults& results, F isMeant)
{
    std::vector<bool> meant;
    for (const CollectiveRecord& record : results.collectives)
    {
        meant.push_back(isMeant(record));
    }
    return JoinNames(results, meant);
}

/**
 * @param results a run
 * @return names of the collectives that ran at the same time as another one, joined; empty: none
 */
std::string
NameConcurrent(const RunResults& results)
{
    std::vector<Execution> executions;
    for (std::size_t i = 0; i < results.collectives.size(); ++i)
    {
        for (const CollectiveIteration& iteration : results.collectives[i].iterations)
        {
            executions.push_back({iteration.startPs, iteration.endPs, i});
        }
    }
    std::sort(executions.begin(), executions.end(), [](const Execution& a, const Execution& b) {
        return a.startPs < b.startPs;
    });
    std::vector<bool> isConcurrent(results.collectives.size(), false);
    // Of those begun: the one that ends last, and the last of all other collectives.
    Execution last;
    Execution other;
    for (const Execution& one : executions)
    {
        for (const Execution& before : {last, other})
        {
            if (before.endPs > one.startPs && before.collective != one.collective)
            {
                isConcurrent[before.collective] = true;
                isConcurrent[one.collective] = true;
            }
        }
        if (one.endPs > last.endPs)
        {
            other = one.collective != last.collective ? last : other;
            last = one;
        }
        else if (one.endPs > other.endPs && one.collective != last.collective)
        {
            other = one;
        }
    }
    return JoinNames(results, isConcurrent);
}

/**
 * @param results a run
 * @param atPs a time, ps
 * @return names of the collectives that ended later, joined; empty: none
 */
std::string
NameAfter(const RunResults& results, uint64_t atPs)
{
    return NameIf(results, [atPs](const CollectiveRecord& record) {
        return std::any_of(record.iterations.begin(),
                           record.iterations.end(),
                           [atPs](const CollectiveIteration& one) { return one.endPs > atPs; });
    });
}

/**
 * @param results a run
 * @return names of the collectives whose transfers have few packets in the mean, joined; empty:
 * none
 */
std::string
NameFew(const RunResults& results)
{
    uint64_t frameBytes = 1;
    for (const NetworkRecord& network : results.fabric.networks)
    {
        frameBytes = std::max<uint64_t>(frameBytes, network.mtuBytes + network.headerBytes);
    }
    return NameIf(results, [frameBytes](const CollectiveRecord& record) {
        // A transfer crosses a link of its source and one of its destination.
        double bytes = 0;
        for (const LinkUseRecord& use : record.linkUse)
        {
            bytes += use.group.lowerTier == 0 ? static_cast<double>(use.wireBytes) / 2 : 0;
        }
        const auto transfers = static_cast<double>(record.traffic.transferLatency.GetCount());
        return bytes < MANY_PACKETS * static_cast<double>(frameBytes) * transfers;
    });
}

/**
 * @param results a run
 * @return names of the collectives of which an execution began before, or as, one of theirs ended,
 *         and ranks do not wait for each other; joined; empty: none
 */
std::string
NameClose(const RunResults& results)
{
    return NameIf(results, [](const CollectiveRecord& record) {
        const auto& all = record.iterations;
        return record.algorithm == "all-at-once" &&
               std::adjacent_find(all.begin(), all.end(), [](const auto& one, const auto& next) {
                   return next.startPs <= one.endPs;
               }) != all.end();
    });
}

/**
 * @param results a run
 * @return names of the collectives that took less than their bound, joined; empty: none
 */
std::string
NameEarly(const RunResults& results)
{
    constexpr double ROUNDING = 1e-9;
    return NameIf(results, [](const CollectiveRecord& record) {
        return record.GetEfficiency() > 1 + ROUNDING;
    });
}

} // namespace

std::vector<RunWarning>
FindFlowWarnings(const RunResults& results, const FlowConditions& conditions)
{
    if (results.engine.fidelity == "packet" || results.collectives.empty())
    {
        return {};
    }
    std::vector<RunWarning> warnings;
    const auto warn = [&warnings](const std::string& figures, const Reason& reason) {
        warnings.push_back({figures, reason.text + reason.GetSeen()});
    };
    const auto warnOfTimes = [&warn](const std::string& names, const Reason& reason) {
        if (!names.empty())
        {
            warn(TIMES_OF + names, reason);
        }
    };
    const std::string all = NameIf(results, [](const CollectiveRecord&) { return true; });
    const std::pair<bool, const Reason&> ofAll[] = {
        {conditions.repeatedFrames >= FEW_REPEATS, REPEATS},
        {conditions.hasUnequalPorts, UNEQUAL_PORTS},
        {conditions.hasLikeParts, LIKE_PARTS},
        {conditions.hasFewFrames, FEW_FRAMES},
        {conditions.hasTurns, TURNS},
        {conditions.commitsAhead, COMMITS_AHEAD},
        {conditions.isCreditLimited, CREDIT},
        {conditions.hasTwinPorts, TWIN_PORTS},
        {conditions.hasSlowerWays, SLOWER_WAYS},
    };
    warnOfTimes(NameConcurrent(results), AT_ONCE);
    if (conditions.modulesSleep)
    {
        warn(TIMES_OF + all + ", energy of modules", SLEEP);
    }
    warnOfTimes(NameAfter(results, conditions.firstChangePs), CHANGES);
    for (const auto& [isThere, reason] : ofAll)
    {
        warnOfTimes(isThere ? all : "", reason);
    }
    warnOfTimes(conditions.sharesLinks ? NameFew(results) : "", FEW_PACKETS);
    warnOfTimes(NameClose(results), CLOSE);
    warnOfTimes(NameEarly(results), EARLY);
    const bool hasFew =
        conditions.packetsPerTransfer > 0 && conditions.packetsPerTransfer < MANY_PACKETS;
    warnOfTimes(hasFew ? all : "", FEW_PACKETS_BESIDE);
    return warnings;
}

std::string
DescribeFlowAccuracy()
{
    return "flows stand for packets: of 2,406 random collectives without a warning, 98 in 100 took "
           "3.0 % less to 2.4 % more time than by packets; up to 18 % less is known where many "
           "transfers share many links";
}

} // namespace opticalfabric
} // namespace ns3

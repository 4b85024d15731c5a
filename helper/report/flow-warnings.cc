/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-warnings.h"

#include <algorithm>
#include <string>

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
    const std::string times =
        "times of " + NameIf(results, [](const CollectiveRecord&) { return true; });
    std::vector<RunWarning> warnings;
    const std::string concurrent = NameConcurrent(results);
    if (!concurrent.empty())
    {
        warnings.push_back({"times of " + concurrent,
                            "they ran at once, and flows do not stand in queues: what is short "
                            "takes up to several times as long by packets, beside what is long"});
    }
    if (conditions.modulesSleep)
    {
        warnings.push_back({times + ", energy of modules",
                            "modules slept: which of them few packets wake is chosen one transfer "
                            "at a time, and differs from packets"});
    }
    const std::string changed = NameAfter(results, conditions.firstChangePs);
    if (!changed.empty())
    {
        warnings.push_back({"times of " + changed,
                            "links failed or changed: packets that are lost with one are sent "
                            "again after a timeout, and those that wait before a slow one hold up "
                            "others; flows do neither"});
    }
    if (conditions.repeatedFrames >= FEW_REPEATS)
    {
        warnings.push_back({times,
                            "links repeat damaged frames: flows lose the bandwidth that this "
                            "takes, and not the time that those behind wait"});
    }
    if (conditions.hasUnequalPorts)
    {
        warnings.push_back({times,
                            "transfers were divided over ports of unequal rate: what buffers hold "
                            "before a slow link is reckoned, not followed"});
    }
    if (conditions.hasLikeParts)
    {
        warnings.push_back({times,
                            "parts of a buffer that differ by a byte all take the time of the "
                            "longest: at most the time of a byte too long for each step"});
    }
    if (conditions.hasFewFrames)
    {
        warnings.push_back({times,
                            "buffers hold fewer than four frames, and a packet waits for room for "
                            "a full one, however small its own is"});
    }
    if (conditions.hasTurns)
    {
        warnings.push_back({times,
                            "transfers from one endpoint to another took turns: whether one ends "
                            "before the next begins can hang on a packet, and changes both"});
    }
    if (conditions.commitsAhead)
    {
        warnings.push_back({times,
                            "outputs decide more than a frame ahead: packets keep to the port that "
                            "was chosen for them when another has become free, flows do not"});
    }
    if (conditions.isCreditLimited)
    {
        warnings.push_back({times,
                            "buffers hold less than links send in a round trip of credits: flows "
                            "take what the links then carry, and not what packets that wait for "
                            "credit hold up"});
    }
    if (conditions.hasTwinPorts)
    {
        warnings.push_back({times,
                            "endpoints have several links to a switch, which chooses among them "
                            "for each packet: packets meet where the shares of flows do not"});
    }
    if (conditions.hasSlowerWays)
    {
        warnings.push_back({times,
                            "ways are slower than the ports that lead there: packets leave their "
                            "source as fast as buffers take them, and what comes next begins; "
                            "flows keep it until they arrive"});
    }
    const std::string few = conditions.sharesLinks ? NameFew(results) : "";
    if (!few.empty())
    {
        warnings.push_back({"times of " + few,
                            "transfers of few packets met on links: packets pass one after "
                            "another, where flows share"});
    }
    const std::string close = NameClose(results);
    if (!close.empty())
    {
        warnings.push_back({"times of " + close,
                            "executions follow each other at once: packets that wait in switches "
                            "have left their rank, which begins the next one; flows leave when "
                            "they arrive"});
    }
    const std::string early = NameEarly(results);
    if (!early.empty())
    {
        warnings.push_back({"times of " + early,
                            "they are below the bound: packets take the rest of a link when they "
                            "come to it, flows their share when they leave their source, and so "
                            "both may pass it at once"});
    }
    if (conditions.packetsPerTransfer > 0 && conditions.packetsPerTransfer < MANY_PACKETS)
    {
        warnings.push_back({times,
                            "they have few packets, and each takes its whole time at the rate that "
                            "flows leave"});
    }
    return warnings;
}

} // namespace opticalfabric
} // namespace ns3

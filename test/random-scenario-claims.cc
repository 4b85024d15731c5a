/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-scenario-claims.h"

#include "random-scenario.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

using namespace ns3::opticalfabric;

namespace opticalfabrictest
{

namespace
{

/// Gathers what does not hold.
class Judge
{
  public:
    /**
     * @param holds whether it does
     * @param claim name of the claim
     * @param what figures, one after another
     */
    template <typename... T>
    void Claim(bool holds, const std::string& claim, const T&... what)
    {
        if (!holds)
        {
            std::ostringstream os;
            os.precision(15);
            ((os << what << ' '), ...);
            broken.push_back({claim, os.str()});
        }
    }

    std::vector<BrokenClaim> broken; ///< what does not hold
};

/// @param a figure @param b another @param tolerance relative @return whether they are near
bool
IsNear(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max({std::abs(a), std::abs(b), 1e-12});
}

/// @param histogram a histogram @param name its name @param judge told
void
CheckHistogram(const LatencyHistogram& histogram, const std::string& name, Judge& judge)
{
    if (histogram.GetCount() == 0)
    {
        return;
    }
    uint64_t last = histogram.GetMin();
    for (const double p : {0.5, 0.9, 0.99, 0.999, 1.0})
    {
        const uint64_t now = histogram.Quantile(p);
        judge.Claim(now >= last, "quantiles rise", name, p, now, "after", last);
        last = now;
    }
    judge.Claim(last <= histogram.GetMax(), "quantiles rise", name, last, histogram.GetMax());
    const double mean = histogram.GetMean();
    const auto max = static_cast<double>(histogram.GetMax());
    judge.Claim(mean >= static_cast<double>(histogram.GetMin()) && mean <= max,
                "mean between least and most",
                name,
                mean);
    judge.Claim(max < 9e18, "no latency below zero", name, max);
}

/// @param results of a part @param judge told
void
CheckBreakdown(const RunResults& results, Judge& judge)
{
    const LatencyBreakdown::Averages mean = results.breakdown.Mean();
    for (const auto& averages : {mean, results.breakdown.Tail(results.tailQuantile)})
    {
        const double sum = std::accumulate(averages.partsPs.begin(), averages.partsPs.end(), 0.0);
        judge.Claim(IsNear(sum, averages.totalPs, 1e-9),
                    "parts of latency add up",
                    sum,
                    averages.totalPs);
    }
    judge.Claim(results.breakdown.GetCount() == results.packetLatency.GetCount(),
                "breakdown counts packets",
                results.breakdown.GetCount(),
                results.packetLatency.GetCount());
    judge.Claim(IsNear(mean.totalPs, results.packetLatency.GetMean(), 1e-9),
                "breakdown and histogram agree",
                mean.totalPs,
                results.packetLatency.GetMean());
}

/// @param results of a part @param isTrouble whether rates may change @param judge told
void
CheckAccounts(const RunResults& results, bool isTrouble, Judge& judge)
{
    uint64_t packets = 0;
    uint64_t transfers = 0;
    for (const CollectiveRecord& record : results.collectives)
    {
        packets += record.traffic.packetLatency.GetCount();
        transfers += record.traffic.transferLatency.GetCount();
        for (const LinkUseRecord& use : record.linkUse)
        {
            judge.Claim(isTrouble || !(use.utilization > 1 + 1e-5),
                        "links carry at most their rate",
                        record.name,
                        use.utilization);
        }
    }
    judge.Claim(packets == results.packetLatency.GetCount(),
                "packets of all collectives",
                packets,
                results.packetLatency.GetCount());
    judge.Claim(transfers == results.transferLatency.GetCount(),
                "transfers of all collectives",
                transfers,
                results.transferLatency.GetCount());
}

/// @param energy of a part @param judge told
void
CheckEnergy(const EnergyRecord& energy, Judge& judge)
{
    judge.Claim(energy.Check().empty(), "energy can be", energy.Check());
    double classes = 0;
    for (const EnergyClass& one : energy.classes)
    {
        classes += one.socketJ;
        judge.Claim(one.socketJ >= one.partsJ * (1 - 1e-12) && one.partsJ >= 0,
                    "supplies only lose",
                    one.name,
                    one.partsJ,
                    one.socketJ);
    }
    judge.Claim(IsNear(classes, energy.socketJ, 1e-9), "energy by class", classes, energy.socketJ);
    double racks = 0;
    for (const EnergyRack& one : energy.racks)
    {
        racks += one.socketJ;
    }
    judge.Claim(energy.racks.empty() || IsNear(racks, energy.socketJ, 1e-9),
                "energy by rack",
                racks,
                energy.socketJ);
    double jobs = energy.besidesJ;
    for (const CollectiveEnergy& one : energy.collectives)
    {
        jobs += one.socketJ;
        judge.Claim(one.socketJ >= 0, "energy above zero", one.collective, one.socketJ);
    }
    judge.Claim(IsNear(jobs, energy.socketJ, 1e-6), "energy by job", jobs, energy.socketJ);
    judge.Claim(energy.facilityJ >= energy.socketJ * (1 - 1e-12),
                "building only adds",
                energy.socketJ,
                energy.facilityJ);
    for (const PowerSeries& series : energy.series)
    {
        double sum = 0;
        for (const PowerStep& step : series.steps)
        {
            sum += step.socketW * static_cast<double>(step.toPs - step.fromPs) * 1e-12;
        }
        judge.Claim(series.steps.empty() || IsNear(sum, energy.socketJ, 1e-6),
                    "energy by step",
                    sum,
                    energy.socketJ);
    }
}

/**
 * @param results a run
 * @return by how much times may be below a bound, s: packets among flows take the rest of a link
 *         when they come to it, flows when they leave their source, and so may pass it at once. Of
 *         10,000 scenarios one was 2.02 packet times below.
 */
double
GetBoundSlackS(const RunResults& results)
{
    constexpr double PACKETS = 2.1;
    double slackS = 1e-12;
    if (results.engine.packetTransfers == 0 || results.engine.flowTransfers == 0)
    {
        return slackS;
    }
    for (const NetworkRecord& network : results.fabric.networks)
    {
        const auto frameBits = static_cast<double>(8 * (network.mtuBytes + network.headerBytes));
        for (const LinkGroupRecord& group : network.linkGroups)
        {
            slackS = std::max(slackS, PACKETS * frameBits / static_cast<double>(group.bitRate));
        }
    }
    return slackS;
}

/**
 * @param spec what was to run
 * @param record what ran
 * @param isTrouble whether something may be lost
 * @param slackS by how much its times may be below a bound, s
 * @param judge told
 */
void
CheckCollective(const CollectiveSpec& spec,
                const CollectiveRecord& record,
                bool isTrouble,
                double slackS,
                Judge& judge)
{
    judge.Claim(record.iterations.size() == spec.iterations && record.unfinishedIterations == 0,
                "all executions end",
                record.name,
                record.iterations.size(),
                "of",
                spec.iterations);
    uint64_t lastPs = 0;
    for (const CollectiveIteration& iteration : record.iterations)
    {
        judge.Claim(iteration.endPs >= iteration.startPs, "time passes", record.name);
        judge.Claim(iteration.startPs >= lastPs, "executions in order", record.name);
        judge.Claim(iteration.endPs < 9000000000000000000U, "time in range", record.name);
        judge.Claim(isTrouble || iteration.failedBytes == 0,
                    "nothing fails without a fault",
                    record.name,
                    iteration.failedBytes);
        lastPs = iteration.startPs;
    }
    const double efficiency = record.GetEfficiency();
    const double slack = slackS / record.GetMeanTimeS();
    judge.Claim(!(efficiency > 1 + slack + 1e-12),
                "efficiency at most 1",
                record.name,
                efficiency,
                "time",
                record.GetMeanTimeS(),
                "bound",
                record.boundS,
                record.boundLimit);
}

/// @param scenario a scenario @return whether a policy changes rates of links
bool
IsSlowed(const Scenario& scenario)
{
    return scenario.power.policy.kind != PowerPolicy::ALWAYS_ON;
}

/**
 * @param scenario what was run
 * @param part a part of it
 * @param isTrouble whether something may be lost
 * @param judge told
 */
void
CheckPart(const Scenario& scenario, const RunPart& part, bool isTrouble, Judge& judge)
{
    const RunResults& results = part.results;
    const std::string wrong = CheckRunResults(results);
    judge.Claim(wrong.empty(), "results can be written", wrong);
    CheckHistogram(results.packetLatency, "packets", judge);
    CheckHistogram(results.transferLatency, "transfers", judge);
    CheckHistogram(results.packetTransferLatency, "transfers by packets", judge);
    CheckHistogram(results.collectiveLatency, "collectives", judge);
    CheckBreakdown(results, judge);
    CheckAccounts(results, isTrouble || IsSlowed(scenario), judge);
    if (results.energy)
    {
        CheckEnergy(*results.energy, judge);
    }
    if (!part.unfinished.empty() || part.name == SURVEY_PART)
    {
        return;
    }
    const TransferTotals& transfers = results.transfers;
    judge.Claim(transfers.sentBytes == transfers.receivedBytes + transfers.failedBytes,
                "bytes conserved",
                transfers.sentBytes,
                transfers.receivedBytes,
                transfers.failedBytes);
    judge.Claim(isTrouble || (transfers.failedBytes == 0 && transfers.failedCount == 0),
                "nothing fails without a fault",
                transfers.failedBytes,
                transfers.failedCount);
    judge.Claim(results.transferLatency.GetCount() + transfers.failedCount == transfers.count,
                "each transfer once",
                results.transferLatency.GetCount(),
                transfers.failedCount,
                transfers.count);
    // Among flows, packets' latencies are not kept.
    judge.Claim(results.engine.fidelity != "packet" ||
                    results.engine.packets == results.packetLatency.GetCount(),
                "packets counted",
                results.engine.packets,
                results.packetLatency.GetCount());
    judge.Claim(results.engine.fidelity != "hybrid" ||
                    results.engine.packetTransfers + results.engine.flowTransfers ==
                        transfers.count,
                "hybrid counts",
                results.engine.packetTransfers,
                results.engine.flowTransfers,
                transfers.count);
    uint64_t executions = 0;
    int64_t expected = 0;
    for (const CollectiveRecord& record : results.collectives)
    {
        for (const ScenarioCollective& collective : scenario.collectives)
        {
            if (collective.spec.name == record.name)
            {
                const CollectiveSpec& spec = collective.spec;
                CheckCollective(spec, record, isTrouble, GetBoundSlackS(results), judge);
                const int64_t sent =
                    GetSentBytes(spec.kind, spec.GetAlgorithm(), record.ranks, record.bytes);
                expected = sent < 0 || expected < 0
                               ? -1
                               : expected + sent * static_cast<int64_t>(spec.iterations);
            }
        }
        executions += record.iterations.size();
    }
    judge.Claim(executions == results.collectiveLatency.GetCount(),
                "executions counted",
                executions,
                results.collectiveLatency.GetCount());
    judge.Claim(isTrouble || expected < 0 || static_cast<uint64_t>(expected) == transfers.sentBytes,
                "closed form of bytes",
                expected,
                transfers.sentBytes);
}

} // namespace

int64_t
GetSentBytes(CollectiveKind kind, CollectiveAlgorithm algorithm, uint64_t ranks, uint64_t bytes)
{
    const auto all = static_cast<int64_t>((ranks - 1) * bytes);
    const bool isPower = (ranks & (ranks - 1)) == 0;
    switch (kind)
    {
    case CollectiveKind::ALL_REDUCE:
        return 2 * all;
    case CollectiveKind::REDUCE_SCATTER:
        return algorithm == CollectiveAlgorithm::RECURSIVE_HALVING && !isPower ? -1 : all;
    case CollectiveKind::ALL_GATHER:
    case CollectiveKind::ALL_TO_ALL:
        return all;
    case CollectiveKind::BROADCAST:
        return algorithm == CollectiveAlgorithm::SCATTER_ALL_GATHER ? -1 : all;
    case CollectiveKind::BARRIER:
        return 0;
    default:
        return -1;
    }
}

std::vector<BrokenClaim>
CheckRun(const Scenario& scenario, const RunReport& report)
{
    Judge judge;
    const bool isTrouble = scenario.faults.isThere || !scenario.optics.empty();
    for (const RunPart& part : report.GetParts())
    {
        judge.Claim(part.unfinished.empty() || isTrouble || scenario.timeLimitPs > 0,
                    "ends without a fault",
                    part.unfinished);
        CheckPart(scenario, part, isTrouble, judge);
    }
    const RunResults merged = report.Merge();
    judge.Claim(CheckRunResults(merged).empty(), "results can be written", CheckRunResults(merged));
    return judge.broken;
}

std::vector<BrokenClaim>
CheckAlike(const RunReport& a, const RunReport& b, const std::string& names)
{
    Judge judge;
    const auto& left = a.GetParts();
    const auto& right = b.GetParts();
    judge.Claim(left.size() == right.size(), "alike: parts", names, left.size(), right.size());
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i)
    {
        const RunResults& x = left[i].results;
        const RunResults& y = right[i].results;
        judge.Claim(x.transfers.count == y.transfers.count,
                    "alike: transfers",
                    names,
                    x.transfers.count,
                    y.transfers.count);
        judge.Claim(x.transfers.sentBytes == y.transfers.sentBytes,
                    "alike: bytes",
                    names,
                    x.transfers.sentBytes,
                    y.transfers.sentBytes);
        for (std::size_t k = 0; k < std::min(x.collectives.size(), y.collectives.size()); ++k)
        {
            const double one = x.collectives[k].boundS;
            const double other = y.collectives[k].boundS;
            judge.Claim(std::isnan(one) || std::isnan(other) || IsNear(one, other, 1e-12),
                        "alike: bounds",
                        names,
                        one,
                        other);
        }
    }
    return judge.broken;
}

std::string
Describe(const RunReport& report)
{
    std::ostringstream os;
    os.precision(17);
    for (const RunPart& part : report.GetParts())
    {
        const RunResults& results = part.results;
        os << part.name << ": " << results.engine.packets << ' ' << results.engine.packetHops << ' '
           << results.transfers.count << ' ' << results.transfers.failedCount << ' '
           << results.transfers.sentBytes << ' ' << results.transfers.failedBytes << ' '
           << results.links.retries << ' ' << results.links.lostPackets << ' '
           << results.links.resentPackets << ' ' << results.links.linkDowns << '\n';
        for (const CollectiveRecord& record : results.collectives)
        {
            for (const CollectiveIteration& iteration : record.iterations)
            {
                os << record.name << ' ' << iteration.startPs << ' ' << iteration.endPs << ' '
                   << iteration.failedBytes << '\n';
            }
        }
        for (const LatencyHistogram* histogram :
             {&results.packetLatency, &results.transferLatency, &results.packetTransferLatency})
        {
            os << histogram->GetCount() << ' ' << histogram->GetMin() << ' ' << histogram->GetMax()
               << ' ' << histogram->GetMean() << ' ' << histogram->Quantile(0.5) << '\n';
        }
        for (const double part : results.breakdown.Mean().partsPs)
        {
            os << part << ' ';
        }
        os << '\n';
        if (results.energy)
        {
            os << results.energy->socketJ << ' ' << results.energy->timePs << '\n';
        }
        if (results.ports)
        {
            results.ports([&os](const PortCounters& port) {
                os << port.sentPackets << ' ' << port.sentBytes << ' ' << port.stalledPs << '\n';
            });
        }
    }
    return os.str();
}

} // namespace opticalfabrictest

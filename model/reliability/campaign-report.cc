/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign-report.h"

#include "ns3/lifetime-law.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// What is measured of a replication.
using Measure = std::function<double(const CampaignResult&)>;

/// Sums up replications.
class Summary
{
  public:
    /**
     * @param spec what was to be done
     * @param results what happened
     */
    Summary(const CampaignSpec& spec, const std::vector<CampaignResult>& results)
        : m_spec(spec),
          m_results(results)
    {
    }

    /**
     * @param measure what is measured
     * @return mean over replications
     */
    MeanInterval GetMean(const Measure& measure) const
    {
        return GetMeanInterval(Collect(measure), m_spec.confidence);
    }

    /**
     * @param measure what is measured, over the whole horizon
     * @return its mean per year
     */
    MeanInterval GetPerYear(const Measure& measure) const
    {
        const double years = m_spec.horizonH / HOURS_PER_YEAR;
        return GetMean([&](const CampaignResult& result) { return measure(result) / years; });
    }

    /**
     * @param counts events
     * @return how many per year
     */
    EventInterval CountPerYear(const Measure& counts) const
    {
        const double years = m_spec.horizonH / HOURS_PER_YEAR;
        return GetRateInterval(Collect(counts),
                               std::vector<double>(m_results.size(), years),
                               m_spec.confidence);
    }

    /**
     * @param hours time
     * @param counts events
     * @return time between them
     */
    EventInterval GetTimeBetween(const Measure& hours, const Measure& counts) const
    {
        return GetTimeBetweenInterval(Collect(counts), Collect(hours), m_spec.confidence);
    }

    /**
     * @param upH time that something was up
     * @param down times that it was not
     * @return share of time up
     */
    EventInterval GetAvailability(const Measure& upH, DownTimes CampaignResult::*down) const
    {
        std::vector<double> shares = Collect(upH);
        for (double& share : shares)
        {
            share /= m_spec.horizonH;
        }
        const double totalH = m_spec.horizonH * static_cast<double>(m_results.size());
        return GetAvailabilityInterval(shares, totalH, AddUp(down), m_spec.confidence);
    }

    /**
     * @param hours time that something was down
     * @param counts how often it went down
     * @param down times that it was, from which few are reported one by one
     * @return mean time down
     */
    MeanInterval GetTimeToRepair(const Measure& hours,
                                 const Measure& counts,
                                 DownTimes CampaignResult::*down) const
    {
        const DownTimes all = AddUp(down);
        const bool isAlone = m_results.size() == 1; // no interval of hours then
        return all.count < EventInterval::FEW && !isAlone
                   ? GetDownTimeInterval(all, m_spec.confidence)
                   : GetRatioInterval(Collect(hours), Collect(counts), m_spec.confidence);
    }

  private:
    /**
     * @param measure what is measured
     * @return its values
     */
    std::vector<double> Collect(const Measure& measure) const
    {
        std::vector<double> values;
        values.reserve(m_results.size());
        std::transform(m_results.begin(), m_results.end(), std::back_inserter(values), measure);
        return values;
    }

    /**
     * @param down times down
     * @return those of all replications
     */
    DownTimes AddUp(DownTimes CampaignResult::*down) const
    {
        DownTimes all;
        for (const CampaignResult& result : m_results)
        {
            all.Add(result.*down);
        }
        return all;
    }

    const CampaignSpec& m_spec;                   ///< what was to be done
    const std::vector<CampaignResult>& m_results; ///< what happened
};

/// Counts of a replication.
using CountsMember = CampaignResult::Counts CampaignResult::*;

/**
 * @param counts counts
 * @return what measures their sum
 */
Measure
SumOf(CountsMember counts)
{
    return [counts](const CampaignResult& result) {
        return static_cast<double>(CampaignResult::Sum(result.*counts));
    };
}

/**
 * @param counts counts
 * @param cause a FaultCause
 * @return what measures the count of that cause
 */
Measure
CountOf(CountsMember counts, uint32_t cause)
{
    return [counts, cause](const CampaignResult& result) {
        return static_cast<double>((result.*counts)[cause]);
    };
}

/**
 * @param spec what was to be done
 * @param summary replications
 * @return every mode of every kind that there is
 */
std::vector<CauseReport>
ReportCauses(const CampaignSpec& spec, const Summary& summary)
{
    std::vector<CauseReport> causes;
    const double npus = spec.job.accelerators;
    for (uint32_t cause = 0; cause < FaultCause::NONE; ++cause)
    {
        const ComponentKind::Kind kind = FaultCause::GetKind(cause);
        const auto& modes = spec.inventory.GetModes(kind);
        if (FaultCause::GetMode(cause) >= modes.size() ||
            spec.inventory.GetComponents(kind).empty())
        {
            continue;
        }
        CauseReport report;
        report.kind = kind;
        report.mode = modes[FaultCause::GetMode(cause)].name;
        report.canFail = modes[FaultCause::GetMode(cause)].law.GetKind() != LifetimeLaw::NEVER;
        report.failures = summary.CountPerYear(CountOf(&CampaignResult::failures, cause));
        report.repairs = summary.CountPerYear(CountOf(&CampaignResult::repairs, cause));
        report.interruptions = summary.CountPerYear(CountOf(&CampaignResult::interruptions, cause));
        report.outages = summary.CountPerYear(CountOf(&CampaignResult::outages, cause));
        report.lostNpuH = summary.GetPerYear([cause, npus](const CampaignResult& result) {
            double hours = 0;
            for (const JobAccount::Hours& use : result.jobH)
            {
                hours += use[cause];
            }
            return hours * npus;
        });
        causes.push_back(report);
    }
    return causes;
}

/**
 * @param model who knows states
 * @param results what happened
 * @return states of all replications, the longest first
 */
std::vector<StateReport>
ReportStates(const DegradationModel& model, const std::vector<CampaignResult>& results)
{
    std::map<StateSignature, FabricStateTime> sums;
    double hours = 0;
    for (const CampaignResult& result : results)
    {
        for (const FabricStateTime& state : result.states)
        {
            FabricStateTime& sum = sums[state.signature];
            sum.signature = state.signature;
            sum.verdict = state.verdict;
            sum.hours += state.hours;
            sum.visits += state.visits;
            hours += state.hours;
        }
    }
    std::vector<StateReport> states;
    for (const auto& [signature, sum] : sums)
    {
        states.push_back({sum, model.Explain(signature), sum.hours / hours});
    }
    std::stable_sort(states.begin(),
                     states.end(),
                     [](const StateReport& one, const StateReport& other) {
                         return one.state.hours > other.state.hours;
                     });
    return states;
}

} // namespace

CampaignReport
MakeCampaignReport(const CampaignSpec& spec,
                   const DegradationModel& model,
                   std::vector<CampaignResult> results)
{
    const Summary summary(spec, results);
    const double horizonH = spec.horizonH;
    const double npus = spec.job.accelerators;
    const auto all = static_cast<double>(spec.inventory.GetComponents(spec.job.accelerator).size());
    const auto upH = [](const CampaignResult& result) { return result.jobUpH; };
    const auto capableH = [](const CampaignResult& result) { return result.capableH; };
    const auto restOf = [horizonH](const Measure& measure) {
        return [=](const CampaignResult& result) { return horizonH - measure(result); };
    };
    const auto shareOf = [horizonH](const Measure& measure, double part = 1) {
        return [=](const CampaignResult& result) { return measure(result) / horizonH * part; };
    };
    const auto usefulH = [](const CampaignResult& result) {
        return result.GetJobH(JobUse::USEFUL);
    };

    CampaignReport report;
    report.confidence = spec.confidence;
    const Measure interruptions = SumOf(&CampaignResult::interruptions);
    const Measure outages = SumOf(&CampaignResult::outages);
    report.jobAvailability = summary.GetAvailability(upH, &CampaignResult::jobDown);
    report.jobMtbfH = summary.GetTimeBetween(upH, interruptions);
    report.jobMttrH = summary.GetTimeToRepair(restOf(upH), interruptions, &CampaignResult::jobDown);
    report.supernodeAvailability = summary.GetAvailability(capableH, &CampaignResult::incapable);
    report.supernodeMtbfH = summary.GetTimeBetween(capableH, outages);
    report.supernodeMttrH =
        summary.GetTimeToRepair(restOf(capableH), outages, &CampaignResult::incapable);
    report.hardwareMtbfH = summary.GetTimeBetween([=](const CampaignResult&) { return horizonH; },
                                                  SumOf(&CampaignResult::failures));
    report.goodput = summary.GetMean(shareOf(usefulH));
    report.fleetGoodput = summary.GetMean(shareOf(usefulH, npus / all));
    for (uint8_t i = 0; i < JobUse::COUNT; ++i)
    {
        report.npuHPerYear[i] = summary.GetPerYear([i, npus](const CampaignResult& result) {
            return result.GetJobH(static_cast<JobUse::Kind>(i)) * npus;
        });
    }
    report.failuresPerYear = summary.CountPerYear(SumOf(&CampaignResult::failures));
    report.repairsPerYear = summary.CountPerYear(SumOf(&CampaignResult::repairs));
    report.interruptionsPerYear = summary.CountPerYear(interruptions);
    report.crewHPerYear =
        summary.GetPerYear([](const CampaignResult& result) { return result.crewH; });
    for (const CampaignResult& result : results)
    {
        for (const auto& used : result.sparesUsed)
        {
            report.sparesUsedPerYear[used.first] = {};
        }
    }
    for (auto& [pool, used] : report.sparesUsedPerYear)
    {
        used = summary.CountPerYear([name = pool](const CampaignResult& result) {
            const auto found = result.sparesUsed.find(name);
            return found == result.sparesUsed.end() ? 0.0 : static_cast<double>(found->second);
        });
    }
    report.causes = ReportCauses(spec, summary);
    report.states = ReportStates(model, results);
    report.faults = FaultSchedule(std::move(results.front().faults));
    results.front().faults.clear();
    report.results = std::move(results);
    return report;
}

} // namespace opticalfabric
} // namespace ns3

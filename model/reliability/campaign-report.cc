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
     * @param hours time
     * @param counts events
     * @return time over events
     */
    MeanInterval GetRatio(const Measure& hours, const Measure& counts) const
    {
        return GetRatioInterval(Collect(hours), Collect(counts), m_spec.confidence);
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
        report.failures = summary.GetPerYear(CountOf(&CampaignResult::failures, cause));
        report.repairs = summary.GetPerYear(CountOf(&CampaignResult::repairs, cause));
        report.interruptions = summary.GetPerYear(CountOf(&CampaignResult::interruptions, cause));
        report.outages = summary.GetPerYear(CountOf(&CampaignResult::outages, cause));
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
    report.jobAvailability = summary.GetMean(shareOf(upH));
    report.jobMtbfH = summary.GetRatio(upH, SumOf(&CampaignResult::interruptions));
    report.jobMttrH = summary.GetRatio(restOf(upH), SumOf(&CampaignResult::interruptions));
    report.supernodeAvailability = summary.GetMean(shareOf(capableH));
    report.supernodeMtbfH = summary.GetRatio(capableH, SumOf(&CampaignResult::outages));
    report.supernodeMttrH = summary.GetRatio(restOf(capableH), SumOf(&CampaignResult::outages));
    report.hardwareMtbfH = summary.GetRatio([=](const CampaignResult&) { return horizonH; },
                                            SumOf(&CampaignResult::failures));
    report.goodput = summary.GetMean(shareOf(usefulH));
    report.fleetGoodput = summary.GetMean(shareOf(usefulH, npus / all));
    for (uint8_t i = 0; i < JobUse::COUNT; ++i)
    {
        report.npuHPerYear[i] = summary.GetPerYear([i, npus](const CampaignResult& result) {
            return result.GetJobH(static_cast<JobUse::Kind>(i)) * npus;
        });
    }
    report.failuresPerYear = summary.GetPerYear(SumOf(&CampaignResult::failures));
    report.repairsPerYear = summary.GetPerYear(SumOf(&CampaignResult::repairs));
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
        used = summary.GetPerYear([name = pool](const CampaignResult& result) {
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

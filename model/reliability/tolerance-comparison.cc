/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "tolerance-comparison.h"

#include "ns3/lifetime-law.h"
#include "ns3/parameter-check.h"
#include "ns3/verdict-memo.h"

#include <set>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// What is measured of each replication of a variant.
struct Measured
{
    std::vector<double> jobAvailability;      ///< ToleranceFigures::jobAvailability
    std::vector<double> interruptionsPerYear; ///< ToleranceFigures::interruptionsPerYear
    std::vector<double> goodput;              ///< ToleranceFigures::goodput
    std::vector<double> fleetGoodput;         ///< ToleranceFigures::fleetGoodput
    std::vector<double> lostNpuHPerYear;      ///< ToleranceFigures::lostNpuHPerYear
};

/// A figure, and where its values are.
struct FigureMembers
{
    MeanInterval ToleranceFigures::*figure; ///< the figure
    std::vector<double> Measured::*values;  ///< of each replication
};

/// All figures.
constexpr FigureMembers FIGURES[] = {
    {&ToleranceFigures::jobAvailability, &Measured::jobAvailability},
    {&ToleranceFigures::interruptionsPerYear, &Measured::interruptionsPerYear},
    {&ToleranceFigures::goodput, &Measured::goodput},
    {&ToleranceFigures::fleetGoodput, &Measured::fleetGoodput},
    {&ToleranceFigures::lostNpuHPerYear, &Measured::lostNpuHPerYear},
};

/**
 * @param spec what was to be done
 * @param results what happened
 * @return what is measured of it
 */
Measured
Measure(const CampaignSpec& spec, const std::vector<CampaignResult>& results)
{
    const double years = spec.horizonH / HOURS_PER_YEAR;
    const double npus = spec.job.accelerators;
    const auto all = static_cast<double>(spec.inventory.GetComponents(spec.job.accelerator).size());
    Measured measured;
    for (const CampaignResult& result : results)
    {
        const double usefulShare = result.GetJobH(JobUse::USEFUL) / spec.horizonH;
        double lostH = 0;
        for (uint8_t i = 0; i < JobUse::COUNT; ++i)
        {
            const auto use = static_cast<JobUse::Kind>(i);
            const bool isLost = use != JobUse::USEFUL && use != JobUse::CHECKPOINT;
            lostH += isLost ? result.GetJobH(use) : 0;
        }
        measured.jobAvailability.push_back(result.jobUpH / spec.horizonH);
        measured.interruptionsPerYear.push_back(
            static_cast<double>(CampaignResult::Sum(result.interruptions)) / years);
        measured.goodput.push_back(usefulShare);
        measured.fleetGoodput.push_back(usefulShare * npus / all);
        measured.lostNpuHPerYear.push_back(lostH * npus / years);
    }
    return measured;
}

/**
 * @param measured what is measured of a variant
 * @param reference of another; null: of none
 * @param confidence confidence level
 * @return means, or means of differences
 */
ToleranceFigures
Summarize(const Measured& measured, const Measured* reference, double confidence)
{
    ToleranceFigures figures;
    for (const FigureMembers& members : FIGURES)
    {
        std::vector<double> values = measured.*members.values;
        for (std::size_t i = 0; reference != nullptr && i < values.size(); ++i)
        {
            values[i] -= (reference->*members.values)[i];
        }
        figures.*members.figure = GetMeanInterval(values, confidence);
    }
    return figures;
}

} // namespace

std::vector<ToleranceVariant>
MakeToleranceVariants(const CampaignJob& job,
                      uint32_t accelerators,
                      const std::vector<uint32_t>& spares,
                      const DegradationModelMaker& makeModel)
{
    const ParameterCheck check("variants of tolerances");
    check.Require(job.accelerators >= 1 && job.accelerators <= accelerators,
                  "job.accelerators",
                  job.accelerators,
                  "1 to " + std::to_string(accelerators));
    std::vector<ToleranceVariant> variants;
    const auto add =
        [&](const std::string& name, const FaultTolerance& tolerance, uint32_t needed) {
            ToleranceVariant variant{name, job, makeModel(tolerance)};
            variant.job.accelerators = needed;
            variants.push_back(variant);
        };
    const uint32_t own = accelerators - job.accelerators;
    const FaultTolerance all;
    add("everything, spare NPUs: " + std::to_string(own), all, job.accelerators);

    FaultTolerance without = all;
    without.retry = false;
    add("without retry", without, job.accelerators);
    without = all;
    without.laneDownShift = false;
    add("without lane down-shift", without, job.accelerators);
    without = all;
    without.subPlaneLoss = false;
    add("without sub-plane loss", without, job.accelerators);
    without = all;
    without.pathBorrowing = false;
    add("without path borrowing", without, job.accelerators);
    without.subPlaneLoss = false;
    add("without path borrowing, sub-plane loss", without, job.accelerators);

    for (const uint32_t spare : std::set<uint32_t>(spares.begin(), spares.end()))
    {
        check.Require(spare < accelerators,
                      "spares",
                      spare,
                      "0 to " + std::to_string(accelerators - 1));
        if (spare != own)
        {
            add("everything, spare NPUs: " + std::to_string(spare), all, accelerators - spare);
        }
    }
    add("nothing, and no spare NPUs", {false, false, false, false}, accelerators);
    return variants;
}

ToleranceComparison
CompareTolerances(const CampaignSpec& spec,
                  const std::vector<ToleranceVariant>& variants,
                  const ReplicationStreams& streams,
                  const CheckpointPlanner& planner,
                  const ToleranceProgress& progress)
{
    const ParameterCheck check("comparison of tolerances");
    check.Require(!variants.empty(), "variants", variants.size(), "at least 1");
    for (const ToleranceVariant& variant : variants)
    {
        check.Require(!variant.name.empty(), "name", "\"\"", "a name");
        check.Require(variant.fabric != nullptr,
                      "fabric",
                      "null",
                      "a model, for variant " + variant.name);
    }
    ToleranceComparison comparison;
    comparison.confidence = spec.confidence;
    comparison.horizonH = spec.horizonH;
    comparison.replications = spec.replications;
    CampaignSpec run = spec;
    run.logsFaults = false;
    Measured reference;
    double usualPerYear = 0; // interruptions of the first variant
    for (const ToleranceVariant& variant : variants)
    {
        if (progress)
        {
            progress(variant.name, comparison.variants.size(), variants.size());
        }
        run.job = variant.job;
        VerdictMemo memo(*variant.fabric);
        if (planner)
        {
            constexpr double MUCH = 1.5;
            const double perYear = EstimateInterruptionsPerYear(run, memo, streams);
            if (comparison.variants.empty())
            {
                usualPerYear = perYear;
            }
            if (perYear > MUCH * usualPerYear || perYear < usualPerYear / MUCH)
            {
                run.job.checkpoint = planner(perYear);
            }
        }
        const CampaignReport campaign = RunCampaign(run, memo, streams);
        const Measured measured = Measure(run, campaign.results);
        if (comparison.variants.empty())
        {
            reference = measured;
        }
        ToleranceReport report;
        report.name = variant.name;
        report.accelerators = variant.job.accelerators;
        report.checkpoint = run.job.checkpoint;
        report.jobMtbfH = campaign.jobMtbfH;
        report.figures = Summarize(measured, nullptr, spec.confidence);
        report.difference = Summarize(measured, &reference, spec.confidence);
        comparison.variants.push_back(report);
    }
    comparison.accelerators = spec.inventory.GetComponents(variants.front().job.accelerator).size();
    return comparison;
}

} // namespace opticalfabric
} // namespace ns3

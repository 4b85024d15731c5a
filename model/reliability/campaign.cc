/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "campaign.h"

#include "campaign-report.h"

#include "ns3/campaign-fleet.h"
#include "ns3/campaign-run.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

CampaignReport
RunCampaign(const CampaignSpec& spec,
            const DegradationModel& model,
            const ReplicationStreams& streams)
{
    VerdictMemo memo(model);
    return RunCampaign(spec, memo, streams);
}

CampaignReport
RunCampaign(const CampaignSpec& spec, VerdictMemo& memo, const ReplicationStreams& streams)
{
    spec.Validate();
    const DegradationModel& model = memo.GetModel();
    const CampaignFleet fleet(spec.inventory);
    model.CheckCounts(fleet.GetCounts());
    std::vector<CampaignResult> results(spec.replications);
    std::vector<std::exception_ptr> refusals(spec.replications);
    std::atomic<uint32_t> next{0};
    const auto work = [&] {
        for (uint32_t i = next++; i < spec.replications; i = next++)
        {
            try
            {
                const bool logsFaults = spec.logsFaults && i == 0;
                CampaignRun run(spec, fleet, model, memo, streams(i), logsFaults);
                results[i] = run.Run();
            }
            catch (...)
            {
                refusals[i] = std::current_exception();
            }
        }
    };
    std::vector<std::thread> helpers;
    for (uint32_t i = 1; i < std::min(spec.threads, spec.replications); ++i)
    {
        helpers.emplace_back(work);
    }
    work();
    for (std::thread& helper : helpers)
    {
        helper.join();
    }
    for (const std::exception_ptr& refusal : refusals)
    {
        if (refusal)
        {
            std::rethrow_exception(refusal);
        }
    }
    return MakeCampaignReport(spec, model, std::move(results));
}

double
EstimateInterruptionsPerYear(CampaignSpec spec,
                             VerdictMemo& memo,
                             const ReplicationStreams& streams)
{
    constexpr uint32_t ENOUGH = 10; // Daly's interval goes with the root of what they say
    spec.replications = std::min(spec.replications, ENOUGH);
    spec.logsFaults = false;
    return HOURS_PER_YEAR / RunCampaign(spec, memo, streams).jobMtbfH.mean; // 0 if it is infinite
}

} // namespace opticalfabric
} // namespace ns3

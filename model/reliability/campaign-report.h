/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_REPORT_H
#define OPTICAL_FABRIC_CAMPAIGN_REPORT_H

#include "ns3/campaign.h"

#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Sum up the replications of a campaign.
 * @param spec what was to be done
 * @param model who knows states of the fabric
 * @param results what happened in each replication, at least one
 * @return report
 */
CampaignReport MakeCampaignReport(const CampaignSpec& spec,
                                  const DegradationModel& model,
                                  std::vector<CampaignResult> results);

/**
 * @ingroup optical-fabric
 * @brief A report in tables: the job and the supernode, time, failures by component and mode, work
 * and parts, states of the fabric. Half of each confidence interval is behind "+-".
 * @param report report
 * @param states how many states to list at most, the longest first
 * @return text, each line ended
 */
std::string WriteCampaignReport(const CampaignReport& report, std::size_t states = 20);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_REPORT_H */

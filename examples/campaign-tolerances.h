/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef CAMPAIGN_TOLERANCES_H
#define CAMPAIGN_TOLERANCES_H

#include "ns3/tolerance-comparison.h"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

/// The program cloudmatrix-campaign.
namespace cloudmatrixcampaign
{

/**
 * @param text numbers with commas between them
 * @return the numbers
 * @throw std::invalid_argument if it is something else
 */
std::vector<uint32_t> ReadNumbers(const std::string& text);

/**
 * What each tolerance of faults is worth, as a table of MakeToleranceVariants.
 * @param spec campaign; its job bears faults in every way
 * @param makeModel makes models of the fabric
 * @param spares numbers of spare NPUs to try
 * @param streams random numbers
 * @param planner plans checkpoints for how often a row is interrupted
 * @param npuHourUsd what a lost NPU hour costs, USD; 0: leave the cost out
 * @param table where the table goes
 * @param talk where to say how far it is, if it takes longer than two seconds
 * @throw std::invalid_argument as CompareTolerances
 */
void PrintToleranceComparison(const ns3::opticalfabric::CampaignSpec& spec,
                              const ns3::opticalfabric::DegradationModelMaker& makeModel,
                              const std::vector<uint32_t>& spares,
                              const ns3::opticalfabric::ReplicationStreams& streams,
                              const ns3::opticalfabric::CheckpointPlanner& planner,
                              double npuHourUsd,
                              std::ostream& table,
                              std::ostream& talk);

} // namespace cloudmatrixcampaign

#endif /* CAMPAIGN_TOLERANCES_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef CAMPAIGN_FIGURES_H
#define CAMPAIGN_FIGURES_H

#include "ns3/campaign.h"
#include "ns3/mean-interval.h"
#include "ns3/value-range.h"

#include <iosfwd>
#include <string>
#include <vector>

namespace cloudmatrixcampaign
{

/// A figure of a campaign that inputs are varied for.
struct HeadFigure
{
    std::string name;                       ///< with its unit
    ns3::opticalfabric::MeanInterval value; ///< in percent or a year
    bool isSeen{true};                      ///< whether anything happened that it rests on
};

/**
 * @param report what came of a campaign
 * @return figures of it that inputs are varied for
 */
std::vector<HeadFigure> GetHeadFigures(const ns3::opticalfabric::CampaignReport& report);

/**
 * Print figures beside how far draws and inputs let them be known.
 * @param figures figures
 * @param ranges where each lies, as its inputs are known
 * @param os where the table goes
 */
void PrintInputIntervals(const std::vector<HeadFigure>& figures,
                         const std::vector<ns3::opticalfabric::ValueRange>& ranges,
                         std::ostream& os);

} // namespace cloudmatrixcampaign

#endif /* CAMPAIGN_FIGURES_H */

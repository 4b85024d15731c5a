/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_OPTICS_RECORD_H
#define OPTICAL_FABRIC_OPTICS_RECORD_H

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief How the light of one network stood when its simulation ended.
 */
struct OpticsRecord
{
    std::string network;      ///< name of the network
    uint64_t modules{0};      ///< optical modules
    uint64_t links{0};        ///< links on light, both directions as one
    uint64_t reducedLinks{0}; ///< those of them that run on fewer lanes than they have
    uint64_t downLinks{0};    ///< those of them that are down
    /// Least margin of a direction of a link, dB; NaN if no lane of any link works.
    double worstMarginDb{std::numeric_limits<double>::quiet_NaN()};
    uint64_t retries{0};     ///< retransmissions, as all ports of the network counted them
    uint64_t lostPackets{0}; ///< packets lost on a link, as all ports of the network counted them
};

/**
 * @ingroup optical-fabric
 * @brief Add up what optics of the same fabric did in two simulations: counters are added, and of
 * states the worse one stays.
 * @param into what to add to; empty: becomes the other
 * @param from what to add
 */
void AddOptics(std::vector<OpticsRecord>& into, const std::vector<OpticsRecord>& from);

/// @ingroup optical-fabric
/// @brief Quantiles of surveyed values: 0.1 %, 1 %, 10 %, 50 % and 90 %.
constexpr std::array<double, 5> SURVEY_QUANTILES{0.001, 0.01, 0.1, 0.5, 0.9};

/// @ingroup optical-fabric
/// @brief Names of these quantiles in result files.
constexpr std::array<const char*, 5> SURVEY_QUANTILE_NAMES{"p0_1", "p1", "p10", "p50", "p90"};

/// @ingroup optical-fabric
/// @brief Frame error ratios that links above them are counted for.
constexpr std::array<double, 4> SURVEY_THRESHOLDS{1e-12, 1e-9, 1e-6, 1e-3};

/// @ingroup optical-fabric
/// @brief Names of these in result files.
constexpr std::array<const char*, 4> SURVEY_THRESHOLD_NAMES{"1e-12", "1e-9", "1e-6", "1e-3"};

/// @ingroup optical-fabric
/// @brief Logarithm of the smallest ratio told from 0; ratios below count as this.
constexpr double SURVEY_LOG10_FLOOR = -300;

/// @ingroup optical-fabric
/// @brief Bins of the histogram over margin in each dB.
constexpr int32_t SURVEY_BINS_PER_DB = 10;

/// @ingroup optical-fabric
/// @brief Most rows of a survey that are kept; of a longer one, those of its first draw are.
constexpr std::size_t SURVEY_ROWS_MAX = 1000000;

/**
 * @ingroup optical-fabric
 * @brief Distribution of some values.
 */
struct ValueSummary
{
    /// What is not there.
    static constexpr double NONE = std::numeric_limits<double>::quiet_NaN();

    uint64_t count{0}; ///< values; those that are no finite number are left out
    double mean{NONE}; ///< mean; NaN if there are none
    double min{NONE};  ///< smallest; NaN if there are none
    double max{NONE};  ///< largest; NaN if there are none
    /// SURVEY_QUANTILES; the p-quantile is the smallest value with at least p n of the n values at
    /// or below it, NaN unless 10 values are expected on either side of it.
    std::array<double, SURVEY_QUANTILES.size()> quantiles{NONE, NONE, NONE, NONE, NONE};
};

/**
 * @ingroup optical-fabric
 * @param values any values, in any order
 * @return their distribution
 */
ValueSummary SummarizeValues(std::vector<double> values);

/**
 * @ingroup optical-fabric
 * @brief One direction of one link, as one draw has it.
 */
struct SurveyRow
{
    uint32_t link{0};          ///< index of the link in its network
    uint32_t direction{0};     ///< 0: from end 0 of the link to end 1
    uint32_t draw{0};          ///< which draw, from 0
    uint32_t module{0};        ///< number of the module that sends
    uint32_t lanes{0};         ///< lanes in use; 0: the link is down
    uint32_t allLanes{0};      ///< lanes the link has
    double marginDb{0};        ///< of the worst lane in use, dB; NaN if none works, may be infinite
    double ber{0};             ///< of the worst lane in use before FEC; NaN if none works
    double frameErrorRatio{0}; ///< share of frames damaged after FEC; 1 if no lane works
};

/**
 * @ingroup optical-fabric
 * @brief What a link survey says of one network.
 */
struct SurveyRecord
{
    std::string network;      ///< name of the network
    uint64_t links{0};        ///< links surveyed, both directions as one
    uint32_t draws{0};        ///< draws
    ValueSummary marginDb;    ///< margin of directions that have a lane that works, dB
    uint64_t hopeless{0};     ///< directions that miss the target at any power; not in marginDb
    ValueSummary log10Ber;    ///< decimal logarithm of their bit error ratio before FEC
    ValueSummary log10Fer;    ///< decimal logarithm of their frame error ratio
    uint64_t fullLinks{0};    ///< links with all their lanes in use, all draws together
    uint64_t reducedLinks{0}; ///< links that run on fewer, all draws together
    uint64_t downLinks{0};    ///< links that are down, all draws together
    /// Links, all draws together, whose worse direction has a frame error ratio above each of
    /// SURVEY_THRESHOLDS; those that are down included, with the lanes they have.
    std::array<uint64_t, SURVEY_THRESHOLDS.size()> linksAbove{};
    int64_t firstBin{0};         ///< lower edge of the first bin times SURVEY_BINS_PER_DB
    std::vector<uint64_t> bins;  ///< directions by margin; a bin has its lower edge
    std::vector<SurveyRow> rows; ///< by draw, link and direction; see SURVEY_ROWS_MAX
};

/**
 * @ingroup optical-fabric
 * @brief Sum up a survey of one network.
 * @param network name of the network
 * @param draws number of draws
 * @param rows both directions of each link after one another, all links of a draw, all draws
 * @return what they say
 */
SurveyRecord MakeSurveyRecord(const std::string& network,
                              uint32_t draws,
                              std::vector<SurveyRow> rows);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_OPTICS_RECORD_H */

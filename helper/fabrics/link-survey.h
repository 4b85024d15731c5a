/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_SURVEY_H
#define OPTICAL_FABRIC_LINK_SURVEY_H

#include "ns3/built-fabric.h"
#include "ns3/optics-record.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Evaluates every optical link of a fabric, without packets, as if the fabric had been made
 * several times.
 *
 * Each draw makes all modules and connectors anew, as their types' spread has it, and chooses the
 * dirty connectors anew. What else was done to modules and media stays: dead modules and lanes,
 * extra loss, ageing.
 *
 * Random streams: draw 0 is the fabric that BuiltFabric::AssignStreams(0) gives, and so the one
 * that a scenario's collectives run on. Draw d from 1 on has the streams from STREAM + d *
 * STREAMS_PER_DRAW on, of which network n has those from n * STREAMS_PER_PLANT on.
 *
 * @code
 *   LinkSurvey survey(fabric);
 *   const std::vector<SurveyRecord> records = survey.Run(10);
 *   std::cout << records[0].marginDb.min;
 * @endcode
 */
class LinkSurvey
{
  public:
    static constexpr int64_t STREAM = int64_t{1} << 41;  ///< first stream of the surveys
    static constexpr int64_t STREAMS_PER_DRAW = 4096;    ///< streams set aside for each draw
    static constexpr int64_t STREAMS_PER_PLANT = 64;     ///< of these, for each network
    static constexpr uint32_t DRAWS_MAX = 10000;         ///< most draws
    static constexpr uint64_t EVALUATIONS_MAX = 5000000; ///< most links times draws

    /// Asked before each draw but the first; says whether to go on. It is told the draws done.
    using GoOn = std::function<bool(uint32_t)>;

    /**
     * @param fabric fabric with optics; must outlive the survey. No simulation may be under way on
     *        it: states of links change without time passing. Afterwards it is as draw 0 has it,
     *        but the changes have left events behind, so simulate on another one
     */
    explicit LinkSurvey(const BuiltFabric& fabric);

    /// @return links of the fabric that are on light
    uint64_t GetNLinks() const;

    /**
     * @param draws how many, 1 to DRAWS_MAX, and at most EVALUATIONS_MAX together with the links;
     *        aborts otherwise
     * @param goOn asked whether to go on; empty: always
     * @return what came of the draws made, for each network that has optics
     */
    std::vector<SurveyRecord> Run(uint32_t draws, const GoOn& goOn = {});

    /// @return streams that draw 0 has used, from 0 on; 0 before Run
    int64_t GetStreams() const;

    /**
     * How the light of each network stands now.
     * @param fabric a fabric
     * @return states of links, and counters of ports, of each network that has optics
     */
    static std::vector<OpticsRecord> Observe(const BuiltFabric& fabric);

  private:
    /**
     * @param network index of a network with optics
     * @param draw which draw its parts are of
     * @return a row for each direction of each of its links
     */
    std::vector<SurveyRow> Read(uint32_t network, uint32_t draw) const;

    const BuiltFabric& m_fabric; ///< the fabric
    int64_t m_streams{0};        ///< streams of draw 0
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_SURVEY_H */

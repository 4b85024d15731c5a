/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ELECTRICAL_MEDIUM_H
#define OPTICAL_FABRIC_ELECTRICAL_MEDIUM_H

#include "ns3/link-medium.h"
#include "ns3/medium-spec.h"

#include <memory>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A copper cable or board traces: works up to its reach, and draws nothing.
 */
class ElectricalMedium : public LinkMedium
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ElectricalMedium();
    ~ElectricalMedium() override;

    /**
     * @param spec type of the medium
     * @param lengthM length, m, at least 0
     * @param lanes lanes of each direction, at least 1
     * @param laneRateBps rate of a lane on the line, bit/s, above 0
     * @param state rate and latency of the ends; propagation is that of the length
     */
    void Lay(std::shared_ptr<const ElectricalMediumSpec> spec,
             double lengthM,
             uint32_t lanes,
             double laneRateBps,
             const LinkState& state);

    MediumState Evaluate() const override;

  private:
    std::shared_ptr<const ElectricalMediumSpec> m_spec; ///< type
    double m_lengthM{0};                                ///< length, m
    double m_laneRateBps{0};                            ///< rate of a lane on the line, bit/s
    MediumState m_state;                                ///< what it makes of the link, reach aside
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ELECTRICAL_MEDIUM_H */

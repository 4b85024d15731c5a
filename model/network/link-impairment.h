/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_IMPAIRMENT_H
#define OPTICAL_FABRIC_LINK_IMPAIRMENT_H

#include "ns3/nstime.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What is wrong with a link, on top of the state that its medium or its attributes give it.
 *
 * Both directions alike. The link puts the two together (FabricLink::SetImpairment); taking the
 * impairment away leaves the state underneath as it is then, to the bit.
 */
struct LinkImpairment
{
    bool down{false};          ///< carries nothing, whatever the medium says
    double rateShare{1};       ///< share of the rate that is left, above 0, at most 1
    Time extraDelay{0};        ///< added to the propagation, 0 or more
    double frameErrorRatio{0}; ///< share of frames damaged by this alone, 0 to 1

    /**
     * @param other another impairment
     * @return whether both are the same
     */
    bool operator==(const LinkImpairment& other) const
    {
        return down == other.down && rateShare == other.rateShare &&
               extraDelay == other.extraDelay && frameErrorRatio == other.frameErrorRatio;
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_IMPAIRMENT_H */

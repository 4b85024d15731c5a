/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_STATE_H
#define OPTICAL_FABRIC_LINK_STATE_H

#include "ns3/data-rate.h"
#include "ns3/nstime.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What the packet world knows of one direction of a link.
 *
 * The physical layer fills it whenever something changes; nothing here is evaluated per packet.
 */
struct LinkState
{
    bool up{true};               ///< carries frames
    DataRate rate{400000000000}; ///< rate for frames, after FEC overhead; 1 Gb/s to 100 Tb/s
    Time propagation{0};         ///< signal flight, 0 to 1 ms
    Time phyLatency{0};          ///< FEC and signal processing of both ends, 0 to 1 ms
    double frameErrorRatio{0};   ///< share of frames that arrive damaged after FEC, 0 to 1
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_STATE_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CAMPAIGN_STREAMS_H
#define OPTICAL_FABRIC_CAMPAIGN_STREAMS_H

#include "ns3/campaign-spec.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Random numbers of a campaign from ns-3's generator, MRG32k3a.
 *
 * Stream s of a replication is stream firstStream + s of that generator, and replication r of run n
 * its substream n * 2^32 + r: independent of each other, and of what a simulation takes from the
 * same streams, in whatever thread.
 *
 * @param seed seed, as RngSeedManager::SetSeed takes it, at least 1
 * @param run run, as RngSeedManager::SetRun takes it, 1 to 2^31
 * @param firstStream number of the first of FaultStream::STREAMS streams
 * @return random numbers of each replication
 * @throw std::invalid_argument if a parameter is out of range
 */
ReplicationStreams MakeCampaignStreams(uint32_t seed, uint64_t run, uint64_t firstStream = 0);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CAMPAIGN_STREAMS_H */

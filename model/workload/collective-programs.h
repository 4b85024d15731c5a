/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_COLLECTIVE_PROGRAMS_H
#define OPTICAL_FABRIC_COLLECTIVE_PROGRAMS_H

#include "ns3/collective-spec.h"
#include "ns3/rank-program.h"

#include <cstdint>
#include <memory>

namespace ns3
{
namespace opticalfabric
{

/**
 * Make one rank's program of one iteration of a collective. The specification has been validated.
 *
 * @param spec the collective; kind PROGRAMS is refused (NS_ABORT)
 * @param rank 0 .. ranks - 1
 * @param traffic for the MoE kinds the iteration's matrix, the same for all ranks; otherwise unused
 * @return the program
 */
std::unique_ptr<RankProgram> MakeCollectiveProgram(
    const CollectiveSpec& spec,
    uint32_t rank,
    const std::shared_ptr<const MoeTraffic>& traffic = nullptr);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_COLLECTIVE_PROGRAMS_H */

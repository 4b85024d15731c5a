/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_TOLERANCE_H
#define OPTICAL_FABRIC_FAULT_TOLERANCE_H

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a system does about faults, to compare with and without. Spare accelerators are those
 * of the inventory beyond what the job needs.
 */
struct FaultTolerance
{
    /// Frames are sent again and operations done again, so that a fault of a path alone does not
    /// interrupt the job as long as there is another path; if not, each one does.
    bool retry{true};
    /// A link that lost lanes goes on with those that are left; if not, it is down.
    bool laneDownShift{true};
    /// Traffic moves from one plane to others wherever there is more room; if not, every plane
    /// carries the same share of it.
    bool pathBorrowing{true};
    /// A plane can be taken out of use as a whole; of use without pathBorrowing only.
    bool subPlaneLoss{true};
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_TOLERANCE_H */

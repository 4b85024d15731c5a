/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-sections.h"

namespace opticalfabricbench
{

const std::vector<SectionPlan>&
GetSectionPlans()
{
    static const std::vector<SectionPlan> plans{
        {"machine", "how long this machine waits for memory", MeasureMachine},
        {"w1", "384 endpoints, all-to-all, against an empty event", MeasureW1},
        {"errors", "damaged frames drawn and repeated, against none", MeasureErrors},
        {"memory", "bytes per packet and per port with its link", MeasureMemory},
        {"peer", "ns-3's point-to-point devices with UDP and IP", MeasurePeer},
        {"schedulers", "WheelScheduler against ns-3's, alone", MeasureSchedulers},
        {"growth", "CloudMatrix of 1 to 48 nodes", MeasureGrowth},
        {"packet-growth", "packets over 96 to 12,288 endpoints", MeasurePacketGrowth},
        {"flows", "all-to-all and ring by flows, against SimGrid", MeasureFlows},
        {"flow-growth", "flows over 96 to 12,288 endpoints", MeasureFlowGrowth},
        {"sizes", "all side by side, 96 to 12,288 endpoints", MeasureSizes},
        {"instructions", "per packet-hop and transfer, by valgrind", MeasureInstructions},
    };
    return plans;
}

} // namespace opticalfabricbench

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "like-events.h"

#include "probe-scheduler.h"

#include <cmath>

namespace opticalfabricbench
{

std::vector<std::string>
LikeEventsOf(const Figures& probe, const std::string& objects)
{
    std::string delays;
    for (uint32_t i = 0; i <= ProbeRecord::QUANTILES; ++i)
    {
        const auto ps = static_cast<uint64_t>(probe.Get("delay_q" + std::to_string(i)));
        delays += (i == 0 ? "" : ":") + std::to_string(ps);
    }
    const auto pending = static_cast<uint64_t>(std::llround(probe.Get("pending_mean")));
    return {"objects=" + objects, "pending=" + std::to_string(pending), "delays=" + delays};
}

} // namespace opticalfabricbench

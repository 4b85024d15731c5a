/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_LIKE_EVENTS_H
#define OPTICAL_FABRIC_BENCH_LIKE_EVENTS_H

#include "figures.h"

#include <string>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * Describe an empty event like the average event of a run.
 * @param probe figures of a watched run
 * @param objects "one" or "each"
 * @return parameters of the case "event"
 */
std::vector<std::string> LikeEventsOf(const Figures& probe, const std::string& objects);

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_LIKE_EVENTS_H */

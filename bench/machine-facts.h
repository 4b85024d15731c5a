/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_MACHINE_FACTS_H
#define OPTICAL_FABRIC_BENCH_MACHINE_FACTS_H

#include <string>
#include <utility>
#include <vector>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @return what the figures depend on besides the code, by name: date, processor, cores, caches,
 *         memory, load, compiler, flags, ns-3, module, git
 */
std::vector<std::pair<std::string, std::string>> GetMachineFacts();

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_MACHINE_FACTS_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_SANITIZED_ROUNDS_H
#define OPTICAL_FABRIC_SANITIZED_ROUNDS_H

#include <cstdint>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @param rounds rounds of a random test, at least 1
 * @return how many a build does: all, or a third under the sanitizers. These look at what code
 *         touches and not at what numbers come out, and a round takes them ten times as long.
 */
constexpr uint32_t
GetRounds(uint32_t rounds)
{
#ifdef __SANITIZE_ADDRESS__
    return (rounds + 2) / 3;
#else
    return rounds;
#endif
}

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_SANITIZED_ROUNDS_H */

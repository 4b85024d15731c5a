/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_UNIFORM_SOURCE_H
#define OPTICAL_FABRIC_UNIFORM_SOURCE_H

#include <cstdint>
#include <functional>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Where the laws of this room get their randomness: each call gives the next number of a
 * stream, uniform, above 0 and below 1, independent of the others.
 *
 * In a simulation, ns-3's streams: `[stream] { return stream->RandU01(); }`.
 */
using UniformSource = std::function<double()>;

/**
 * @ingroup optical-fabric
 * @brief Several independent streams by number: each call gives the next number of that stream, as
 * UniformSource does.
 */
using UniformStreams = std::function<double(uint32_t stream)>;

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_UNIFORM_SOURCE_H */

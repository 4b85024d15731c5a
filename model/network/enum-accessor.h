/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENUM_ACCESSOR_H
#define OPTICAL_FABRIC_ENUM_ACCESSOR_H

#include "ns3/enum.h"

namespace ns3
{
namespace opticalfabric
{

// ns-3.41 gave MakeEnumAccessor a template argument that earlier versions do not have.

/**
 * @tparam E enumeration
 * @param accessor member
 * @return accessor for an enum attribute, ns-3.41 and later
 */
template <typename E, typename A>
auto
MakeEnumAccessorFor(A accessor, int) -> decltype(MakeEnumAccessor<E>(accessor))
{
    return MakeEnumAccessor<E>(accessor);
}

/**
 * @tparam E enumeration
 * @param accessor member
 * @return accessor for an enum attribute, before ns-3.41
 */
template <typename E, typename A>
auto
MakeEnumAccessorFor(A accessor, long) -> decltype(MakeEnumAccessor(accessor))
{
    return MakeEnumAccessor(accessor);
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENUM_ACCESSOR_H */

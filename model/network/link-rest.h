/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_REST_H
#define OPTICAL_FABRIC_LINK_REST_H

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Whom the ends of a link ask before they send the next packet, once they have been told to
 * (PortEngine::Rest).
 *
 * A port that rests sends nothing and costs nothing; what it is asked to send waits until the link
 * can carry it. The network does not know why links rest.
 */
class LinkRest
{
  public:
    virtual ~LinkRest() = default;

    /**
     * An end of a link that rests has something to send. It asks again when the time has come.
     * @param link number of the link, as given to PortEngine::SetRest
     * @param nowPs the present, ps
     * @return time from which it may send, ps: the present, and the port rests no more; or later
     */
    virtual uint64_t Wake(uint32_t link, uint64_t nowPs) = 0;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_REST_H */

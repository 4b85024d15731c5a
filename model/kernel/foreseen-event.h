/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FORESEEN_EVENT_H
#define OPTICAL_FABRIC_FORESEEN_EVENT_H

#include "ns3/event-impl.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief An event that knows what memory it will touch, and can have it fetched before it runs.
 *
 * In a large network an event finds little of what it needs in the cache, and most of its time goes
 * into waiting for memory. The WheelScheduler knows the next events well before they run, and calls
 * them in steps, so that each can follow pointers that the one before has fetched.
 */
class ForeseenEvent : public EventImpl
{
  public:
    /// Steps, a few events apart.
    static constexpr uint32_t STEPS = 5;

    /**
     * Ask for the memory the event will touch. Must change nothing that a result depends on: the
     * event may run without, or be cancelled. The event's first 128 bytes have been fetched.
     * @param step 0 to STEPS - 1, in order; each should only load what the ones before asked for
     * @return true if the next step is wanted
     */
    virtual bool Foresee(uint32_t step) const = 0;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FORESEEN_EVENT_H */

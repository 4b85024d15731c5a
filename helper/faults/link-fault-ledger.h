/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINK_FAULT_LEDGER_H
#define OPTICAL_FABRIC_LINK_FAULT_LEDGER_H

#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What a fault, or several together, do to a link, dark lanes aside.
 */
struct LinkFault
{
    bool down{false};          ///< the link carries nothing
    double lossDb{0};          ///< light is weaker by so much, dB, 0 or more
    double frameErrorRatio{0}; ///< share of frames that are damaged or vanish, 0 to 1
    Time extraDelay{0};        ///< frames take so much longer, 0 or more
    double rateShare{1};       ///< share of the rate that is left, above 0, at most 1

    /**
     * Faults know nothing of each other: down if one is; losses and delays add up; a frame passes
     * if it passes each; shares of the rate that are left multiply.
     * @param other what else is wrong
     */
    void Add(const LinkFault& other);
};

/**
 * @ingroup optical-fabric
 * @brief The faults that act on a link at the moment.
 *
 * What they do together is computed from all of them each time, in the order of their numbers. So
 * it does not depend on the order in which they came, and nothing is left of those that have gone,
 * not even a rounding error.
 */
class LinkFaultLedger
{
  public:
    /// @param lanes lanes of the link, each direction
    explicit LinkFaultLedger(uint32_t lanes);

    /**
     * @param number number of a fault that acts from now on; one of that number takes its place
     * @param fault what it does
     */
    void Put(uint32_t number, const LinkFault& fault);
    /// @param number number of a fault that acts no more; nothing happens if there is none
    void Take(uint32_t number);
    /// @return what the faults do together
    LinkFault GetSum() const;

    /**
     * One more fault holds a lane dark.
     * @param lane lane of the link; aborts if there is none of that number
     * @return true if it was lit, as far as faults go
     */
    bool Darken(uint32_t lane);
    /**
     * One of the faults that hold a lane dark has gone; aborts if there is none.
     * @param lane lane of the link
     * @return true if it is lit again, as far as faults go
     */
    bool Lighten(uint32_t lane);
    /// @param lane lane of the link @return true if a fault holds it dark
    bool IsDark(uint32_t lane) const;
    /// @return lanes that faults hold dark
    uint32_t GetDarkLanes() const;
    /// @return lanes of the link
    uint32_t GetLanes() const;

  private:
    std::map<uint32_t, LinkFault> m_faults; ///< by number
    std::vector<uint32_t> m_holds;          ///< faults that hold each lane dark
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINK_FAULT_LEDGER_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_PACKET_H
#define OPTICAL_FABRIC_FABRIC_PACKET_H

#include "ns3/event-pool.h"
#include "ns3/foreseen-event.h"
#include "ns3/latency-breakdown.h"
#include "ns3/packet.h"

#include <array>
#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

class PortEngine;
struct OutgoingTransfer;

/**
 * @ingroup optical-fabric
 * @brief What few packets carry: losses, retries, a real packet of the IP stack.
 */
struct PacketAside
{
    uint64_t retryPs{0};           ///< time lost to link-level retry, ps
    uint64_t reconfigurationPs{0}; ///< time spent waiting for a link that was down, ps
    uint64_t reroutePs{0};         ///< time lost to detection of a loss and sending again, ps
    uint64_t downSincePs{NO_WAIT}; ///< start of the present wait for a link that is down, ps
    uint32_t resends{0};           ///< times sent again end to end
    uint32_t retrains{0};          ///< retrainings of the link it is on that did not help it
    Ptr<Packet> payload;           ///< the real packet that rides along, if any
    uint16_t protocol{0};          ///< its EtherType
    bool broadcast{false};         ///< it was sent to everybody
    bool holdClocked{false};       ///< waits, and will be told how long retry held the output

    static constexpr uint64_t NO_WAIT = UINT64_MAX; ///< does not wait for a link that is down
};

/**
 * @ingroup optical-fabric
 * @brief A packet: an event that reschedules itself from hop to hop.
 *
 * Pooled, so that moving it allocates nothing; 96 bytes, so that with its place in the scheduler it
 * takes 128. Its clock readings add up: the sum of its parts is its age at any event.
 */
class FabricPacket : public ForeseenEvent
{
  public:
    /// What the packet's next event means.
    enum Stage : uint8_t
    {
        ARRIVE,    ///< reaches the far end of a link in one piece
        READY,     ///< held back at a switch until a faster output may start; goes on
        DAMAGED,   ///< reaches the far end of a link damaged, and nothing will repeat it
        REPLAY,    ///< is back at the sending end of a link that went down, to be sent again
        RETRAINED, ///< is at the sending end of a link that has retrained, to be sent again
        RETURNED,  ///< lost; its source has noticed
        GIVEN_UP,  ///< lost for good; its destination is told
        WITHDRAWN  ///< nothing: a copy has taken its place, in m_next
    };

    /// Parts that every hop adds to: serialization, propagation, switching (with that of
    /// endpoints, until it is delivered), FEC.
    static constexpr uint32_t FIXED_PARTS = 4;

    /// No PacketAside.
    static constexpr uint32_t NO_ASIDE = UINT32_MAX;

    /**
     * Deallocation belongs to the pool.
     * @param p the object
     */
    static void operator delete(void* p)
    {
        EventPool<FabricPacket>::Free(p);
    }

    bool Foresee(uint32_t step) const override;

    /**
     * Begin anew with what every hop adds to: its sum may not exceed 32 bits of ps, 4.29 ms.
     * @return what it was, ps
     */
    uint64_t TakeFixed()
    {
        const uint64_t sumPs = uint64_t{m_fixedPs[SERIALIZATION]} + m_fixedPs[PROPAGATION] +
                               m_fixedPs[SWITCHING] + m_fixedPs[FEC];
        m_fixedPs = {{}};
        return sumPs;
    }

    /**
     * It crosses a link.
     * @param partsPs what that adds to propagation, switching and FEC, ps
     */
    void AddHop(const std::array<uint32_t, FIXED_PARTS - 1>& partsPs)
    {
        const std::array<uint32_t, FIXED_PARTS - 1> parts = partsPs;
        m_fixedPs[PROPAGATION] += parts[0];
        m_fixedPs[SWITCHING] += parts[1];
        m_fixedPs[FEC] += parts[2];
    }

    /// @param partsPs what AddHop has added, ps; it was in vain
    void SubtractHop(const std::array<uint32_t, FIXED_PARTS - 1>& partsPs)
    {
        m_fixedPs[PROPAGATION] -= partsPs[0];
        m_fixedPs[SWITCHING] -= partsPs[1];
        m_fixedPs[FEC] -= partsPs[2];
    }

    /// @return the packet's age so far without what its aside holds, ps
    uint64_t GetAge() const
    {
        return uint64_t{m_fixedPs[SERIALIZATION]} + m_fixedPs[PROPAGATION] + m_fixedPs[SWITCHING] +
               m_fixedPs[FEC] + static_cast<uint64_t>(m_queuePs + m_stallPs);
    }

    // Laid out by hand: the first three fill the padding behind EventImpl, and what a waiting
    // output looks at shares a cache line with them.
    Stage m_stage{ARRIVE};                           ///< what the pending event means
    uint8_t m_lane{0};                               ///< virtual lane
    uint8_t m_epoch{0};                              ///< life of the link it was sent in
    FabricPacket* m_next{nullptr};                   ///< next in a queue or in the pool
    PortEngine* m_port{nullptr};                     ///< port it arrives or arrived at
    uint64_t m_atPs{0};                              ///< time of the pending or present event, ps
    uint32_t m_path{0};                              ///< choice of path not used up yet
    uint16_t m_wireBytes{0};                         ///< payload and header
    uint16_t m_routeClass{0};                        ///< destination: route class
    uint16_t m_routeMember{0};                       ///< destination: member of the class
    uint16_t m_life{0};                              ///< attempts this object has seen, modulo 2^16
    uint32_t m_aside{NO_ASIDE};                      ///< its PacketAside, if any
    int64_t m_queuePs{0};                            ///< queueing; less the clock while queued, ps
    int64_t m_stallPs{0};                            ///< credit stall, likewise, ps
    OutgoingTransfer* m_transfer{nullptr};           ///< what it is a part of
    std::array<uint32_t, FIXED_PARTS> m_fixedPs{{}}; ///< first four LatencyParts, ps

  protected:
    void Notify() override;
};

static_assert(sizeof(FabricPacket) == 96, "a packet and its scheduler entry take 128 bytes");

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_PACKET_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PORT_QUEUE_H
#define OPTICAL_FABRIC_PORT_QUEUE_H

#include "ns3/fabric-packet.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief Order in which an output serves the inputs that hold packets for it.
struct Arbitration
{
    /// The choices.
    enum Kind : uint8_t
    {
        ROUND_ROBIN, ///< one packet of each input in turn
        OLDEST_FIRST ///< in the order the packets reached the switch
    };
};

/**
 * @ingroup optical-fabric
 * @brief Packets that wait for one output on one virtual lane, a virtual output queue per input.
 *
 * The queues are circular lists known by their tail; oldest-first needs only one. A packet put back
 * in front (sent again after a link failure) goes before all others.
 */
class PortQueue
{
  public:
    /**
     * @param arbitration order of service
     * @param inputs number of inputs packets can come from
     */
    void Configure(Arbitration::Kind arbitration, uint32_t inputs)
    {
        const uint32_t queues = arbitration == Arbitration::ROUND_ROBIN ? inputs : 1;
        m_tails.assign(queues, nullptr);
        m_waiting.assign((queues + 63) / 64, 0);
    }

    /// @return true if nothing waits
    bool IsEmpty() const
    {
        return m_size == 0;
    }

    /// @return packets waiting
    uint32_t GetSize() const
    {
        return m_size;
    }

    /**
     * @param packet packet to wait
     * @param input input it came from
     */
    void Push(FabricPacket* packet, uint32_t input)
    {
        const uint32_t queue = m_tails.size() == 1 ? 0 : input;
        Append(m_tails[queue], packet);
        m_waiting[queue >> 6] |= uint64_t{1} << (queue & 63);
        ++m_size;
    }

    /**
     * @param packet packet to be served before all others
     */
    void PushFront(FabricPacket* packet)
    {
        Append(m_urgentTail, packet);
        ++m_size;
    }

    /// @return the packet to serve next; stays; the queue must not be empty
    FabricPacket* Front()
    {
        if (m_urgentTail != nullptr)
        {
            return m_urgentTail->m_next;
        }
        m_current = NextWaiting();
        return m_tails[m_current]->m_next;
    }

    /// Take out what Front returned.
    void Pop()
    {
        --m_size;
        if (m_urgentTail != nullptr)
        {
            TakeFirst(m_urgentTail);
            return;
        }
        TakeFirst(m_tails[m_current]);
        if (m_tails[m_current] == nullptr)
        {
            m_waiting[m_current >> 6] &= ~(uint64_t{1} << (m_current & 63));
        }
        m_last = m_current;
    }

    /**
     * @tparam F callable with a FabricPacket*
     * @param visit called for each packet waiting; must not change the queue
     */
    template <typename F>
    void ForEach(F&& visit) const
    {
        const auto walk = [&visit](FabricPacket* tail) {
            for (FabricPacket* p = tail; p != nullptr; p = p->m_next == tail ? nullptr : p->m_next)
            {
                visit(p);
            }
        };
        walk(m_urgentTail);
        for (FabricPacket* tail : m_tails)
        {
            walk(tail);
        }
    }

  private:
    /**
     * @param tail tail of a circular list
     * @param packet packet to append
     */
    static void Append(FabricPacket*& tail, FabricPacket* packet)
    {
        if (tail == nullptr)
        {
            packet->m_next = packet;
        }
        else
        {
            packet->m_next = tail->m_next;
            tail->m_next = packet;
        }
        tail = packet;
    }

    /**
     * @param tail tail of a circular list that is not empty
     */
    static void TakeFirst(FabricPacket*& tail)
    {
        FabricPacket* first = tail->m_next;
        if (first == tail)
        {
            tail = nullptr;
        }
        else
        {
            tail->m_next = first->m_next;
        }
    }

    /// @return the first queue after the one served last that has a packet
    uint32_t NextWaiting() const
    {
        const uint32_t words = m_waiting.size();
        uint32_t w = m_last >> 6;
        // Shifting twice: a shift by 64 is undefined.
        uint64_t word = m_waiting[w] & ((~uint64_t{0} << (m_last & 63)) << 1);
        while (word == 0)
        {
            w = w + 1 == words ? 0 : w + 1;
            word = m_waiting[w];
        }
        return (w << 6) + __builtin_ctzll(word);
    }

    std::vector<FabricPacket*> m_tails;  ///< one circular list per input
    std::vector<uint64_t> m_waiting;     ///< a bit per list that is not empty
    FabricPacket* m_urgentTail{nullptr}; ///< packets put back in front
    uint32_t m_last{0};                  ///< list served last
    uint32_t m_current{0};               ///< list that Front looked at
    uint32_t m_size{0};                  ///< packets in all lists
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PORT_QUEUE_H */

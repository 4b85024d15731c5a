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
 * Oldest-first needs only one queue. A packet put back in front (sent again after a link failure)
 * goes before all others.
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
        m_lists.assign(queues, List());
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
        const uint32_t queue = m_lists.size() == 1 ? 0 : input;
        m_lists[queue].Append(packet);
        m_waiting[queue >> 6] |= uint64_t{1} << (queue & 63);
        ++m_size;
    }

    /**
     * @param packet packet to be served before all others
     */
    void PushFront(FabricPacket* packet)
    {
        m_urgent.Append(packet);
        ++m_size;
    }

    /// @return the packet to serve next; stays; the queue must not be empty
    FabricPacket* Front()
    {
        if (__builtin_expect(m_urgent.head != nullptr, 0))
        {
            return m_urgent.head;
        }
        m_current = NextWaiting();
        return m_lists[m_current].head;
    }

    /// Take out what Front returned.
    void Pop()
    {
        --m_size;
        if (__builtin_expect(m_urgent.head != nullptr, 0))
        {
            m_urgent.TakeFirst();
            return;
        }
        m_lists[m_current].TakeFirst();
        if (m_lists[m_current].head == nullptr)
        {
            m_waiting[m_current >> 6] &= ~(uint64_t{1} << (m_current & 63));
        }
        m_last = m_current;
    }

    /// Fetch the packet that is served next into the cache: its turn comes when the port is free.
    void Prefetch()
    {
        const char* packet = reinterpret_cast<const char*>(Front());
        __builtin_prefetch(packet, 1);
        __builtin_prefetch(packet + sizeof(FabricPacket) - 1, 1);
    }

    /**
     * @tparam F callable with a FabricPacket*
     * @param visit called for each packet waiting; must not change the queue
     */
    template <typename F>
    void ForEach(F&& visit) const
    {
        const auto walk = [&visit](const List& list) {
            for (FabricPacket* packet = list.head; packet != nullptr; packet = packet->m_next)
            {
                visit(packet);
            }
        };
        walk(m_urgent);
        for (const List& list : m_lists)
        {
            walk(list);
        }
    }

  private:
    /// Packets in order, linked.
    struct List
    {
        FabricPacket* head{nullptr}; ///< first
        FabricPacket* tail{nullptr}; ///< last, if there is a first

        /**
         * @param packet packet to come last
         */
        void Append(FabricPacket* packet)
        {
            packet->m_next = nullptr;
            (head == nullptr ? head : tail->m_next) = packet;
            tail = packet;
        }

        /// Take out the first.
        void TakeFirst()
        {
            head = head->m_next;
        }
    };

    /// @return the first queue after the one served last that has a packet
    uint32_t NextWaiting() const
    {
        const auto words = static_cast<uint32_t>(m_waiting.size());
        uint32_t w = m_last >> 6;
        // Shifting twice: a shift by 64 is undefined.
        uint64_t word = m_waiting[w] & ((~uint64_t{0} << (m_last & 63)) << 1);
        while (word == 0)
        {
            w = w + 1 == words ? 0 : w + 1;
            word = m_waiting[w];
        }
        return (w << 6) + static_cast<uint32_t>(__builtin_ctzll(word));
    }

    std::vector<List> m_lists;       ///< one per input
    std::vector<uint64_t> m_waiting; ///< a bit per list that is not empty
    List m_urgent;                   ///< packets put back in front
    uint32_t m_last{0};              ///< list served last
    uint32_t m_current{0};           ///< list that Front looked at
    uint32_t m_size{0};              ///< packets in all lists
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PORT_QUEUE_H */

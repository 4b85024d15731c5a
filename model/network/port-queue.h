/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PORT_QUEUE_H
#define OPTICAL_FABRIC_PORT_QUEUE_H

#include "ns3/fabric-packet.h"

#include <algorithm>
#include <cstdint>
#include <memory>

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
 * There are at most 4096 queues: beyond that many inputs, inputs 4096 apart share one, and its
 * turn.
 *
 * Oldest-first needs only one queue. A packet put back in front (sent again after a link failure)
 * goes before all others.
 */
class PortQueue
{
  public:
    /**
     * Begin anew, empty.
     * @param arbitration order of service
     * @param inputs number of inputs packets can come from
     */
    void Configure(Arbitration::Kind arbitration, uint32_t inputs)
    {
        const uint32_t queues =
            arbitration == Arbitration::ROUND_ROBIN ? std::min(inputs, MAX_QUEUES) : 1;
        m_queues = static_cast<uint16_t>(queues);
        m_last = 0;
        m_lists.reset();
        m_words.reset();
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
        MakeLists();
        const uint32_t queue = input < m_queues ? input : input % m_queues;
        m_lists[queue].Append(packet);
        if (__builtin_expect(m_queues > 64, 0))
        {
            m_words[queue >> 6] |= uint64_t{1} << (queue & 63);
            m_waiting |= uint64_t{1} << (queue >> 6);
        }
        else
        {
            m_waiting |= uint64_t{1} << queue;
        }
        ++m_size;
    }

    /**
     * @param packet packet to be served before all others
     */
    void PushFront(FabricPacket* packet)
    {
        MakeLists();
        m_lists[m_queues].Append(packet);
        m_urgent = true;
        ++m_size;
    }

    /// @return the packet to serve next; stays; the queue must not be empty
    FabricPacket* Front()
    {
        if (__builtin_expect(m_urgent, 0))
        {
            return m_lists[m_queues].head;
        }
        m_current = static_cast<uint16_t>(NextWaiting());
        return m_lists[m_current].head;
    }

    /// Take out what Front returned.
    void Pop()
    {
        --m_size;
        if (__builtin_expect(m_urgent, 0))
        {
            m_lists[m_queues].TakeFirst();
            m_urgent = m_lists[m_queues].head != nullptr;
            return;
        }
        m_lists[m_current].TakeFirst();
        if (m_lists[m_current].head == nullptr)
        {
            MarkEmpty(m_current);
        }
        m_last = m_current;
    }

    /**
     * Take out a packet wherever it waits.
     * @param packet the packet
     * @return true if it waited here
     */
    bool Remove(const FabricPacket* packet)
    {
        for (uint32_t i = 0; m_lists != nullptr && i <= m_queues; ++i)
        {
            List& list = m_lists[i];
            if (!list.Remove(packet))
            {
                continue;
            }
            --m_size;
            if (i == m_queues)
            {
                m_urgent = list.head != nullptr;
            }
            else if (list.head == nullptr)
            {
                MarkEmpty(i);
            }
            return true;
        }
        return false;
    }

    // Always inline: a function that only prefetches has no effect to the compiler, which drops
    // calls.

    /**
     * Fetch a queue into the cache.
     * @param input input whose packets it holds
     */
    [[gnu::always_inline]] void PrefetchList(uint32_t input) const
    {
        if (m_lists != nullptr)
        {
            const uint32_t queue = input < m_queues ? input : input % m_queues;
            __builtin_prefetch(&m_lists[queue], 1);
            if (__builtin_expect(m_queues > 64, 0))
            {
                __builtin_prefetch(&m_words[queue >> 6], 1);
            }
        }
    }

    /// @return true if what tells the queue that is served next lies elsewhere: PrefetchWaiting
    bool IsWide() const
    {
        return m_queues > 64;
    }

    /// Fetch what tells the queue that is served next into the cache; there is one, and IsWide.
    [[gnu::always_inline]] void PrefetchWaiting() const
    {
        __builtin_prefetch(&m_words[m_last >> 6], 1);
    }

    /// Fetch the queue that is served next into the cache; there is one.
    [[gnu::always_inline]] void PrefetchNext() const
    {
        __builtin_prefetch(&NextList(), 1);
    }

    /// Fetch the packet that is served next into the cache; there is one.
    [[gnu::always_inline]] void PrefetchPacket() const
    {
        const char* packet = reinterpret_cast<const char*>(GetNext());
        __builtin_prefetch(packet, 1);
        __builtin_prefetch(packet + sizeof(FabricPacket) - 1, 1);
    }

    /// @return the packet that is served next; there is one
    const FabricPacket* GetNext() const
    {
        return NextList().head;
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
        if (m_lists == nullptr)
        {
            return;
        }
        walk(m_lists[m_queues]);
        for (uint32_t i = 0; i < m_queues; ++i)
        {
            walk(m_lists[i]);
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

        /// @param packet packet to take out @return true if it was here
        bool Remove(const FabricPacket* packet)
        {
            FabricPacket* before = nullptr;
            for (FabricPacket* p = head; p != nullptr; before = p, p = p->m_next)
            {
                if (p == packet)
                {
                    (before == nullptr ? head : before->m_next) = p->m_next;
                    tail = tail == p ? before : tail;
                    return true;
                }
            }
            return false;
        }
    };

    /// @return the queue that is served next; there is one
    const List& NextList() const
    {
        return m_lists[__builtin_expect(m_urgent, 0) ? m_queues : NextWaiting()];
    }

    /// Make the queues for the first packet; most ports of a large fabric never have one wait.
    void MakeLists()
    {
        if (__builtin_expect(m_lists == nullptr, 0))
        {
            m_lists = std::make_unique<List[]>(m_queues + 1);
            m_words = m_queues > 64 ? std::make_unique<uint64_t[]>((m_queues + 63) / 64) : nullptr;
        }
    }

    /// @return the first queue after the one served last that has a packet
    uint32_t NextWaiting() const
    {
        if (__builtin_expect(m_queues <= 64, 1))
        {
            return NextBit(m_waiting, m_last);
        }
        const uint32_t word = m_last >> 6;
        const uint64_t behind = m_words[word] & Behind(m_last & 63);
        if (behind != 0)
        {
            return (word << 6) + static_cast<uint32_t>(__builtin_ctzll(behind));
        }
        const uint32_t next = NextBit(m_waiting, word);
        return (next << 6) + static_cast<uint32_t>(__builtin_ctzll(m_words[next]));
    }

    /**
     * @param i bit number
     * @return the bits after it
     */
    static uint64_t Behind(uint32_t i)
    {
        // Shifting twice: a shift by 64 is undefined.
        return (~uint64_t{0} << i) << 1;
    }

    /**
     * @param bits a set that is not empty
     * @param last bit number
     * @return the first bit of the set after last, going round
     */
    static uint32_t NextBit(uint64_t bits, uint32_t last)
    {
        const uint64_t behind = bits & Behind(last);
        return static_cast<uint32_t>(__builtin_ctzll(behind != 0 ? behind : bits));
    }

    /**
     * @param queue a queue that has become empty
     */
    void MarkEmpty(uint32_t queue)
    {
        if (__builtin_expect(m_queues > 64, 0))
        {
            m_words[queue >> 6] &= ~(uint64_t{1} << (queue & 63));
            if (m_words[queue >> 6] != 0)
            {
                return;
            }
            queue >>= 6;
        }
        m_waiting &= ~(uint64_t{1} << queue);
    }

    static constexpr uint32_t MAX_QUEUES = 4096; ///< a bit each, in two levels

    uint64_t m_waiting{0}; ///< a bit per queue that is not empty; beyond 64, per word of m_words
    std::unique_ptr<List[]> m_lists;     ///< the queues, then the packets put back in front
    std::unique_ptr<uint64_t[]> m_words; ///< a bit per queue that is not empty, beyond 64 queues
    uint32_t m_size{0};                  ///< packets in all queues
    uint16_t m_queues{1};                ///< number of queues
    uint16_t m_last{0};                  ///< queue served last
    uint16_t m_current{0};               ///< queue that Front looked at
    bool m_urgent{false};                ///< there are packets put back in front
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PORT_QUEUE_H */

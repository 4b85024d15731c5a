/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CREDIT_RING_H
#define OPTICAL_FABRIC_CREDIT_RING_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Buffer credits on their way back to a sender, in the order they become usable.
 *
 * It lies with the buffer: the receiving end writes here when it frees space, at no cost to the
 * sender and without an event; the sending end collects when it has run out. This is the one
 * structure that the two ends of a link share; a link between processes would carry the same writes
 * as messages.
 *
 * A few credits are under way at a time on links of tens of metres; they lie side by side in here.
 * More, on longer links, go to memory of their own.
 */
class CreditRing
{
  public:
    /**
     * Write a credit.
     * @param nowPs the present, ps; what is usable by now needs no place of its own any more
     * @param atPs time from which it can be used, ps
     * @param bytes buffer space it stands for
     */
    void Push(uint64_t nowPs, uint64_t atPs, uint32_t bytes)
    {
        Ripen(nowPs);
        if (__builtin_expect(m_size == INLINE, 0))
        {
            Spill(atPs, bytes);
            return;
        }
        // Buffers are freed nearly in order: a slow output frees late what it took early.
        uint32_t i = m_size++;
        for (; i > 0 && m_atPs[i - 1] > atPs; --i)
        {
            m_atPs[i] = m_atPs[i - 1];
            m_bytes[i] = m_bytes[i - 1];
        }
        m_atPs[i] = atPs;
        m_bytes[i] = bytes;
    }

    /**
     * Take what has become usable.
     * @param nowPs the present, ps
     * @return sum of the credits usable by now, bytes
     */
    uint32_t Collect(uint64_t nowPs)
    {
        Ripen(nowPs);
        const uint32_t bytes = m_ripeBytes;
        m_ripeBytes = 0;
        return bytes;
    }

    /**
     * @param bytes credit wanted, beyond what has been collected; at least 1
     * @return time when the credits written so far add up to it, ps; UINT64_MAX if they never do
     */
    uint64_t WhenAvailable(uint32_t bytes) const
    {
        uint64_t sum = m_ripeBytes;
        uint64_t atPs = 0;
        for (uint32_t i = 0; i < m_size && sum < bytes; ++i)
        {
            sum += m_bytes[i];
            atPs = m_atPs[i];
        }
        for (size_t i = 0; i < m_moreSize && sum < bytes; ++i)
        {
            sum += (*m_more)[i].bytes;
            atPs = (*m_more)[i].atPs;
        }
        return sum >= bytes ? atPs : UINT64_MAX;
    }

    /// @return sum of the credits written and not collected, bytes
    uint64_t GetBytes() const
    {
        uint64_t sum = m_ripeBytes;
        for (uint32_t i = 0; i < m_size; ++i)
        {
            sum += m_bytes[i];
        }
        for (size_t i = 0; i < m_moreSize; ++i)
        {
            sum += (*m_more)[i].bytes;
        }
        return sum;
    }

    /**
     * The sender waits: no credit on its way is enough.
     * @param bytes what it waits for; 0: no longer
     */
    void SetWanted(uint32_t bytes)
    {
        m_wantedBytes = bytes;
    }

    /// @return what the sender waits for, bytes; 0: it does not
    uint32_t GetWanted() const
    {
        return m_wantedBytes;
    }

  private:
    /// A credit under way that has no place inside.
    struct Credit
    {
        uint64_t atPs;  ///< usable from, ps
        uint32_t bytes; ///< buffer space
    };

    static constexpr uint32_t INLINE = 6; ///< credits that have a place inside

    /// @param nowPs what is usable by now is only counted, ps
    void Ripen(uint64_t nowPs)
    {
        while (m_size > 0 && m_atPs[0] <= nowPs)
        {
            m_ripeBytes += m_bytes[0];
            --m_size;
            for (uint32_t i = 0; i < m_size; ++i)
            {
                m_atPs[i] = m_atPs[i + 1];
                m_bytes[i] = m_bytes[i + 1];
            }
            if (__builtin_expect(m_moreSize != 0, 0))
            {
                m_atPs[m_size] = m_more->front().atPs;
                m_bytes[m_size] = m_more->front().bytes;
                m_more->pop_front();
                --m_moreSize;
                ++m_size;
            }
        }
    }

    /**
     * Write a credit while all places inside are taken.
     * @param atPs time from which it can be used, ps
     * @param bytes buffer space it stands for
     */
    void Spill(uint64_t atPs, uint32_t bytes)
    {
        if (!m_more)
        {
            m_more = std::make_unique<std::deque<Credit>>();
        }
        // The earliest stay inside.
        Credit latest{m_atPs[INLINE - 1], m_bytes[INLINE - 1]};
        uint32_t i = INLINE - 1;
        if (atPs < latest.atPs)
        {
            for (; i > 0 && m_atPs[i - 1] > atPs; --i)
            {
                m_atPs[i] = m_atPs[i - 1];
                m_bytes[i] = m_bytes[i - 1];
            }
            m_atPs[i] = atPs;
            m_bytes[i] = bytes;
        }
        else
        {
            latest = {atPs, bytes};
        }
        m_more->push_back(latest);
        ++m_moreSize;
        for (size_t k = m_more->size() - 1; k > 0 && (*m_more)[k - 1].atPs > latest.atPs; --k)
        {
            std::swap((*m_more)[k - 1], (*m_more)[k]);
        }
    }

    uint32_t m_ripeBytes{0};                    ///< usable already
    uint32_t m_wantedBytes{0};                  ///< what the sender waits for
    uint32_t m_size{0};                         ///< credits inside
    uint32_t m_moreSize{0};                     ///< credits that came after
    std::array<uint32_t, INLINE> m_bytes{{}};   ///< their sizes
    std::array<uint64_t, INLINE> m_atPs{{}};    ///< their times, ascending, ps
    std::unique_ptr<std::deque<Credit>> m_more; ///< those that came after, ascending
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CREDIT_RING_H */

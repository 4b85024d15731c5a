/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CREDIT_RING_H
#define OPTICAL_FABRIC_CREDIT_RING_H

#include <algorithm>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Buffer credits on their way back to a sender, in the order they become usable.
 *
 * The receiving end of a link writes here when it frees buffer space; the sending end collects when
 * it wants to send. No event is spent on a credit nobody waits for. This is the one structure that
 * the two ends of a link share; a link between processes would carry the same writes as messages.
 */
class CreditRing
{
  public:
    /**
     * Write a credit.
     * @param atPs time from which it can be used, ps
     * @param bytes buffer space it stands for
     */
    void Push(uint64_t atPs, uint32_t bytes)
    {
        if (m_size == m_credits.size())
        {
            Grow();
        }
        // Buffers are freed nearly in order: a slow output frees late what it took early.
        uint32_t i = m_size++;
        for (; i > 0 && At(i - 1).atPs > atPs; --i)
        {
            At(i) = At(i - 1);
        }
        At(i) = {atPs, bytes};
    }

    /**
     * Take what has become usable.
     * @param nowPs the present, ps
     * @return sum of the credits usable by now, bytes
     */
    uint32_t Collect(uint64_t nowPs)
    {
        uint32_t bytes = 0;
        while (m_size > 0 && At(0).atPs <= nowPs)
        {
            bytes += At(0).bytes;
            ++m_head;
            --m_size;
        }
        return bytes;
    }

    /**
     * @param bytes credit wanted
     * @return time when the credits written so far add up to it, ps; UINT64_MAX if they never do
     */
    uint64_t WhenAvailable(uint32_t bytes) const
    {
        uint64_t sum = 0;
        for (uint32_t i = 0; i < m_size; ++i)
        {
            const Credit& credit = m_credits[(m_head + i) & (m_credits.size() - 1)];
            sum += credit.bytes;
            if (sum >= bytes)
            {
                return credit.atPs;
            }
        }
        return UINT64_MAX;
    }

    /// @return sum of the credits written and not collected, bytes
    uint64_t GetBytes() const
    {
        uint64_t sum = 0;
        for (uint32_t i = 0; i < m_size; ++i)
        {
            sum += m_credits[(m_head + i) & (m_credits.size() - 1)].bytes;
        }
        return sum;
    }

  private:
    /// A credit under way.
    struct Credit
    {
        uint64_t atPs;  ///< usable from, ps
        uint32_t bytes; ///< buffer space
    };

    /**
     * @param i position from the front
     * @return the credit
     */
    Credit& At(uint32_t i)
    {
        return m_credits[(m_head + i) & (m_credits.size() - 1)];
    }

    /// Double the room, the front moving to index 0.
    void Grow()
    {
        std::rotate(m_credits.begin(),
                    m_credits.begin() + (m_credits.empty() ? 0 : m_head & (m_credits.size() - 1)),
                    m_credits.end());
        m_head = 0;
        m_credits.resize(std::max<size_t>(4, 2 * m_credits.size()));
    }

    std::vector<Credit> m_credits; ///< a ring, its size a power of two
    uint32_t m_head{0};            ///< front, wrapped by the size
    uint32_t m_size{0};            ///< credits in the ring
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CREDIT_RING_H */

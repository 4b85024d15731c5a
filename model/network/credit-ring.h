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
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Buffer credits on their way back to a sender, in the order they become
 * usable.
 *
 * It lies with the buffer: the receiving end writes here when it frees space,
 * at no cost to the sender and without an event; the sending end collects when
 * it has run out. This is the one structure that the two ends of a link share;
 * a link between processes would carry the same writes as messages.
 */
class CreditRing
{
  public:
    /**
     * Write a credit.
     * @param nowPs the present, ps; what is usable by now needs no place of its
     * own any more
     * @param atPs time from which it can be used, ps
     * @param bytes buffer space it stands for
     */
    void Push(uint64_t nowPs, uint64_t atPs, uint32_t bytes)
    {
        Ripen(nowPs);
        if (m_size == m_mask + 1)
        {
            Grow();
        }
        // Buffers are freed nearly in order: a slow output frees late what it took
        // early.
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
        Ripen(nowPs);
        const uint32_t bytes = m_ripeBytes;
        m_ripeBytes = 0;
        return bytes;
    }

    /**
     * @param bytes credit wanted, beyond what has been collected; at least 1
     * @return time when the credits written so far add up to it, ps; UINT64_MAX
     * if they never do
     */
    uint64_t WhenAvailable(uint32_t bytes) const
    {
        uint64_t sum = m_ripeBytes;
        uint64_t atPs = 0;
        for (uint32_t i = 0; i < m_size && sum < bytes; ++i)
        {
            sum += At(i).bytes;
            atPs = At(i).atPs;
        }
        return sum >= bytes ? atPs : UINT64_MAX;
    }

    /// @return sum of the credits written and not collected, bytes
    uint64_t GetBytes() const
    {
        uint64_t sum = m_ripeBytes;
        for (uint32_t i = 0; i < m_size; ++i)
        {
            sum += At(i).bytes;
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
    /// A credit under way.
    struct Credit
    {
        uint64_t atPs;  ///< usable from, ps
        uint32_t bytes; ///< buffer space
    };

    static constexpr uint32_t INLINE = 4; ///< credits kept without memory of their own

    /**
     * @param i position from the front
     * @return the credit
     */
    Credit& At(uint32_t i)
    {
        return (m_mask < INLINE ? m_inline.data() : m_more.data())[(m_head + i) & m_mask];
    }

    /**
     * @param i position from the front
     * @return the credit
     */
    const Credit& At(uint32_t i) const
    {
        return (m_mask < INLINE ? m_inline.data() : m_more.data())[(m_head + i) & m_mask];
    }

    /// @param nowPs what is usable by now is only counted, ps
    void Ripen(uint64_t nowPs)
    {
        while (m_size > 0 && At(0).atPs <= nowPs)
        {
            m_ripeBytes += At(0).bytes;
            ++m_head;
            --m_size;
        }
    }

    /// Double the room.
    void Grow()
    {
        std::vector<Credit> credits;
        credits.reserve(2 * size_t{m_size});
        for (uint32_t i = 0; i < m_size; ++i)
        {
            credits.push_back(At(i));
        }
        credits.resize(2 * size_t{m_size});
        m_more.swap(credits);
        m_mask = 2 * m_size - 1;
        m_head = 0;
    }

    uint32_t m_ripeBytes{0};                 ///< usable already
    uint32_t m_wantedBytes{0};               ///< what the sender waits for
    uint32_t m_head{0};                      ///< front, wrapped by the mask
    uint32_t m_size{0};                      ///< credits in the ring
    uint32_t m_mask{INLINE - 1};             ///< room less one, a power of two less one
    std::array<Credit, INLINE> m_inline{{}}; ///< the ring, while small
    std::vector<Credit> m_more;              ///< the ring, once it has outgrown that
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CREDIT_RING_H */

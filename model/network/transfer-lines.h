/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TRANSFER_LINES_H
#define OPTICAL_FABRIC_TRANSFER_LINES_H

#include "ns3/outgoing-transfer.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The transfers of one source that have something unsent, in lines: those to the same
 * destination on the same virtual lane stand one behind the other, in the order in which they came.
 *
 * A hash table with linear probing (Knuth, The Art of Computer Programming, volume 3, section 6.4,
 * algorithms L and R). It allocates only when there are more lines than ever before. Those that
 * wait are linked by OutgoingTransfer::next.
 */
class TransferLines
{
  public:
    /**
     * A transfer comes.
     * @param transfer the transfer
     * @return true if it is the first of its line; else it waits behind others
     */
    bool Enter(OutgoingTransfer* transfer)
    {
        const uint64_t key = GetKey(*transfer);
        const std::size_t place = Find(key);
        Line& line = m_lines[place];
        if (line.key == key)
        {
            transfer->next = nullptr;
            (line.last == nullptr ? line.first : line.last->next) = transfer;
            line.last = transfer;
            ++m_waiting;
            return false;
        }
        line = {key, nullptr, nullptr};
        if (++m_count > m_lines.size() / 2)
        {
            Grow();
        }
        return true;
    }

    /**
     * The first of a line goes.
     * @param transfer the first of its line
     * @return the next, which is the first from now on; null if there is none
     */
    OutgoingTransfer* Leave(const OutgoingTransfer* transfer)
    {
        const std::size_t place = Find(GetKey(*transfer));
        Line& line = m_lines[place];
        OutgoingTransfer* next = line.first;
        if (next == nullptr)
        {
            Erase(place);
            return nullptr;
        }
        line.first = next->next;
        line.last = line.first == nullptr ? nullptr : line.last;
        --m_waiting;
        return next;
    }

    /// @return transfers that stand behind others
    uint64_t GetWaiting() const
    {
        return m_waiting;
    }

    /// Forget all transfers.
    void Clear()
    {
        m_lines.assign(SMALLEST, Line());
        m_count = 0;
        m_waiting = 0;
    }

  private:
    static constexpr uint64_t FREE = UINT64_MAX; ///< key of a free place
    static constexpr std::size_t SMALLEST = 16;  ///< places, a power of two

    /// A line. Its first transfer is with whoever sends it.
    struct Line
    {
        uint64_t key{FREE};               ///< destination and lane
        OutgoingTransfer* first{nullptr}; ///< first of those that wait; null: none
        OutgoingTransfer* last{nullptr};  ///< last of them
    };

    /// @param transfer a transfer @return what those of its line have in common
    static uint64_t GetKey(const OutgoingTransfer& transfer)
    {
        return uint64_t{transfer.transfer.destination} << 8 | transfer.lane;
    }

    /// @param key a key @return place where its line begins to be looked for
    std::size_t GetHome(uint64_t key) const
    {
        // Neighbours in number go far apart (Knuth's multiplicative hashing).
        constexpr uint64_t GOLDEN = 0x9E3779B97F4A7C15;
        return (key * GOLDEN >> 32) & (m_lines.size() - 1);
    }

    /// @param key a key @return its place, or the free one where it would go
    std::size_t Find(uint64_t key) const
    {
        std::size_t place = GetHome(key);
        while (m_lines[place].key != key && m_lines[place].key != FREE)
        {
            place = (place + 1) & (m_lines.size() - 1);
        }
        return place;
    }

    /// @param place place that becomes free
    void Erase(std::size_t place);
    /// Make room for twice as many lines.
    void Grow();

    std::vector<Line> m_lines = std::vector<Line>(SMALLEST); ///< lines by hash
    std::size_t m_count{0};                                  ///< how many there are
    uint64_t m_waiting{0};                                   ///< transfers behind others
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_TRANSFER_LINES_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_PAIR_H
#define OPTICAL_FABRIC_FLOW_PAIR_H

#include "ns3/flow-transfer.h"
#include "ns3/time-end.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The transfers from one endpoint to another on a virtual lane.
 *
 * If they take turns, all have the same rate at any time. One number tells how much each of them
 * has had since the pair was last idle; a transfer ends when that has grown by its size. If they go
 * in order, the first has all there is, and the number is what all have had, one after the other.
 */
struct alignas(64) FlowPair
{
    static constexpr uint64_t NEVER = UINT64_MAX; ///< no end in sight
    /// What may be left of a transfer that has ended, of what its pair has served by then: more
    /// than roundings make, so that they do not put an end off to the next picosecond.
    static constexpr double ROUNDING = 1e-12;
    /// At least that much of it may be left, or an end could be put off for ever: a few roundings.
    static constexpr double LEAST_ROUNDING = 8 * std::numeric_limits<double>::epsilon();

    // What a change of rate touches comes first, and fits a cache line.
    double firstEnd{0};           ///< m_end of the first transfer
    double served{0};             ///< what each has had, or in order all, byte
    double rate{0};               ///< of each that is served, byte/ps
    double carried{0};            ///< what all of them had, and nobody has counted yet, byte
    uint64_t sincePs{0};          ///< time of these, ps
    uint32_t count{0};            ///< transfers under way
    uint32_t shares{0};           ///< of these, those that are served
    bool touched{false};          ///< its next end is to be looked at
    bool stranded{false};         ///< there is no way
    bool used{false};             ///< it is a pair, and not a free place
    bool inLine{false};           ///< it is among those that may be forgotten
    bool shadow{false};           ///< its transfers go by packets, which carry their bytes
    bool inOrder{false};          ///< its transfers go one after the other
    FlowTransfer* first{nullptr}; ///< transfer that ends first; the others follow by end
    FlowTransfer* last{nullptr};  ///< transfer that ends last
    uint32_t source{0};           ///< endpoint
    uint32_t destination{0};      ///< endpoint
    uint8_t lane{0};              ///< virtual lane
    uint64_t strandedPs{0};       ///< since when, ps
    uint64_t idleStamp{0};        ///< which time it fell idle
    uint64_t latencyPs{0};        ///< see FlowPath
    double storePsPerByte{0};     ///< see FlowPath
    double byteTimePs{0};         ///< see FlowPath
    double slowestPs{0};          ///< see FlowPath
    double alonePs{0};            ///< see FlowPath
    uint32_t ports{0};            ///< see FlowPath
    uint32_t folded{UINT32_MAX};  ///< list of what it uses, where it stands for others
    uint8_t part{0};              ///< it is this part of its transfers alone; 0: all of them
    uint8_t parts{0};             ///< parts that its transfers divide into; 0: they go as one
    double share{1};              ///< see FlowPath
    double heldBytes{0};          ///< what its way takes before a slow link stops the source, byte
    double arriving{1};           ///< see FlowPath
    uint64_t portBits{0};         ///< see FlowPath

    /// @param nowPs the present, ps; brings what was served up to date
    void Advance(uint64_t nowPs)
    {
        const double had = rate * static_cast<double>(nowPs - sincePs);
        served += had;
        carried += had * shares;
        sincePs = nowPs;
    }

    /// @param transfer begins now @param bytes its size on the wire; what was served is up to date
    void Insert(FlowTransfer* transfer, double bytes)
    {
        // Small numbers lose less to rounding.
        served = count == 0 ? 0 : served;
        transfer->m_end = (inOrder && count != 0 ? last->m_end : served) + bytes;
        Restore(transfer);
    }

    /// @param transfer goes on as if it had never been taken out; its end is set
    void Restore(FlowTransfer* transfer)
    {
        ++count;
        shares = inOrder ? 1 : count;
        if (last == nullptr || last->m_end <= transfer->m_end)
        {
            (last == nullptr ? first : last->m_next) = transfer;
            transfer->m_next = nullptr;
            last = transfer;
        }
        else
        {
            FlowTransfer** place = &first;
            while ((*place)->m_end <= transfer->m_end)
            {
                place = &(*place)->m_next;
            }
            transfer->m_next = *place;
            *place = transfer;
        }
        firstEnd = first->m_end;
    }

    /// @param transfer begun @return what it still has to send, byte; what was served is up to date
    double GetLeft(const FlowTransfer* transfer) const
    {
        double begin = served;
        for (const FlowTransfer* t = first; inOrder && t != transfer; t = t->m_next)
        {
            begin = t->m_end;
        }
        return std::max(0.0, transfer->m_end - begin);
    }

    /// @param transfer begun @param bytes that it does not have to send any more, less than it has
    void Cut(FlowTransfer* transfer, double bytes)
    {
        if (inOrder)
        {
            for (FlowTransfer* t = transfer; t != nullptr; t = t->m_next)
            {
                t->m_end -= bytes;
            }
            firstEnd = first->m_end;
            return;
        }
        FlowTransfer* before = nullptr;
        for (FlowTransfer* t = first; t != transfer; t = t->m_next)
        {
            before = t;
        }
        (before == nullptr ? first : before->m_next) = transfer->m_next;
        last = last == transfer ? before : last;
        --count;
        transfer->m_end -= bytes;
        Restore(transfer);
    }

    /// @param transfer has just ended @param bytes that it has to send in addition, more than 0
    void Resume(FlowTransfer* transfer, double bytes)
    {
        if (inOrder)
        {
            // What waits behind it begins that much later.
            served = transfer->m_end - bytes;
        }
        else
        {
            transfer->m_end = served + bytes;
        }
        Restore(transfer);
    }

    /// @return the transfer that ends first, taken out
    FlowTransfer* TakeFirst()
    {
        FlowTransfer* taken = first;
        first = taken->m_next;
        last = first == nullptr ? nullptr : last;
        firstEnd = first == nullptr ? 0 : first->m_end;
        --count;
        shares = inOrder ? shares - (count == 0 ? 1 : 0) : count;
        return taken;
    }

    /// @return when the first transfer ends, ps, rounded up, or later than TimeEnd; NEVER if it has
    /// no rate
    uint64_t GetEnd() const
    {
        constexpr double FAR = 1.001 * static_cast<double>(TimeEnd::PS);
        if (count == 0 || rate <= 0)
        {
            return NEVER;
        }
        const double left = firstEnd - GetSlack() - served;
        const double leftPs = std::ceil(std::max(0.0, left) / rate);
        return sincePs + static_cast<uint64_t>(std::min(leftPs, FAR));
    }

    /// @return true if the first transfer ends now; what was served is up to date
    bool HasEnded() const
    {
        return count != 0 && firstEnd <= served + GetSlack();
    }

  private:
    /// @return what may be left of the first transfer where it ends, byte: for roundings, but no
    /// more than half a picosecond brings, as a long transfer would end before its time
    double GetSlack() const
    {
        const double slack = std::min(ROUNDING * firstEnd, 0.5 * rate);
        return std::max(slack, LEAST_ROUNDING * firstEnd);
    }
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_PAIR_H */

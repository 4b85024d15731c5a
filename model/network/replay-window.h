/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_REPLAY_WINDOW_H
#define OPTICAL_FABRIC_REPLAY_WINDOW_H

#include "ns3/credit-ring.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief The sender's copies of frames that have not been acknowledged, in a buffer of a size.
 */
class ReplayWindow
{
  public:
    /**
     * What is in the buffer stays there.
     * @param bytes size; 0: no limit, and nothing is kept account of
     */
    void SetSize(uint32_t bytes)
    {
        if (bytes == 0 || m_bytes == 0)
        {
            m_acknowledged = CreditRing();
            m_room = 0;
            m_bytes = 0;
        }
        m_room += int64_t{bytes} - m_bytes;
        m_bytes = bytes;
    }

    /// @return true if there is a limit
    bool IsLimited() const
    {
        return m_bytes != 0;
    }

    /// Nothing is in the buffer any more.
    void Clear()
    {
        const uint32_t bytes = m_bytes;
        SetSize(0);
        SetSize(bytes);
    }

    /// @param bytes frame that is sent
    void Take(uint32_t bytes)
    {
        m_room -= bytes;
    }

    /**
     * @param nowPs the present, ps
     * @param atPs when the acknowledgment of some frames is back, ps
     * @param bytes their size
     */
    void Free(uint64_t nowPs, uint64_t atPs, uint32_t bytes)
    {
        // The ring adds up what its time has come for; a time in the past is as good as now.
        m_acknowledged.Push(nowPs, atPs, bytes);
    }

    /**
     * @param bytes size of a frame
     * @param nowPs the present, ps
     * @return true if there is room for it
     */
    bool HasRoom(uint32_t bytes, uint64_t nowPs)
    {
        if (m_room < bytes)
        {
            m_room += m_acknowledged.Collect(nowPs);
        }
        return m_room >= bytes;
    }

    /**
     * @param bytes size of a frame for which there is no room
     * @return time from which there is, by the acknowledgments known of, ps; UINT64_MAX if never
     */
    uint64_t WhenRoom(uint32_t bytes) const
    {
        return m_acknowledged.WhenAvailable(static_cast<uint32_t>(bytes - m_room));
    }

  private:
    uint32_t m_bytes{0};       ///< size; 0: no limit
    int64_t m_room{0};         ///< what is free; less than 0 after the buffer has shrunk, bytes
    CreditRing m_acknowledged; ///< frames whose acknowledgment is on its way
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_REPLAY_WINDOW_H */

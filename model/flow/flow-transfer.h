/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_TRANSFER_H
#define OPTICAL_FABRIC_FLOW_TRANSFER_H

#include "ns3/event-impl.h"
#include "ns3/event-pool.h"
#include "ns3/transfer-engine.h"

#include <cstdint>

namespace ns3
{
namespace opticalfabric
{

class FlowEngine;

/**
 * @ingroup optical-fabric
 * @brief A transfer that flows; it is its own event when its last byte leaves, and when it arrives.
 */
class FlowTransfer : public EventImpl
{
  public:
    /// What its next event means.
    enum Stage : uint8_t
    {
        HELD,    ///< its gate lets it begin
        SENT,    ///< its last byte has left
        RECEIVED ///< its last byte is there, or it was given up
    };

    /// @param p memory of a transfer
    static void operator delete(void* p)
    {
        EventPool<FlowTransfer>::Free(p);
    }

    Transfer m_transfer;               ///< what was posted
    TransferClient* m_client{nullptr}; ///< who is told
    FlowEngine* m_engine{nullptr};     ///< engine that moves it; must outlive the simulation
    FlowTransfer* m_next{nullptr};     ///< next of its pair by end, or free
    FlowTransfer* m_whole{nullptr};    ///< transfer that it is a part of, or null
    FlowTransfer* m_sibling{nullptr};  ///< of a whole: one of its parts; of a part: the next one
    double m_end{0};                   ///< it ends when its pair has served so much, byte
    uint64_t m_startPs{0};             ///< when it was posted, ps
    uint64_t m_latencyPs{0};           ///< from SENT to RECEIVED, ps
    uint64_t m_failedBytes{0};         ///< payload given up
    uint32_t m_ticket{0};              ///< what its gate gave it
    uint32_t m_shorter{0}; ///< of what it stands for, those with a byte less; 0 when free
    uint64_t m_lostPs{0};  ///< held up on its way, as far as that counts already, ps
    uint64_t m_reloads{0}; ///< times that paths had been found anew by then
    uint8_t m_part{0};     ///< which part it is, from 1
    uint8_t m_unsent{0};   ///< its parts that have not left
    uint8_t m_open{0};     ///< its parts that are not there
    bool m_flows{false};   ///< it is among those of its pair
    Stage m_stage{SENT};   ///< what its next event means
    bool m_failed{false};  ///< it was given up
    bool m_told{false};    ///< its client knows that it has left its source
    bool m_left{false};    ///< part: it has left its source, perhaps not its slow link

  protected:
    void Notify() override;
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_TRANSFER_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FABRIC_PORT_H
#define OPTICAL_FABRIC_FABRIC_PORT_H

#include "ns3/fabric-device.h"
#include "ns3/port-engine.h"
#include "ns3/port-traces.h"

#include <memory>
#include <string>

namespace ns3
{
namespace opticalfabric
{

class FabricLink;
class FabricNode;

/**
 * @ingroup optical-fabric
 * @brief One end of a link: the ns-3 device, with its trace sources, over a PortEngine.
 */
class FabricPort : public FabricDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FabricPort();
    ~FabricPort() override;

    /// Signature of the packet trace sources.
    typedef void (*PacketTracedCallback)(const PacketView& packet);
    /// Signature of CreditStall: virtual lane, true as it begins and false as it
    /// ends.
    typedef void (*StallTracedCallback)(uint8_t lane, bool begins);
    /// Signature of Retry: repeats of one frame, and whether the link gave up on
    /// it.
    typedef void (*RetryTracedCallback)(uint32_t repeats, bool givenUp);
    /// Signature of Retrain and ReplayStall: when it begins, now or later, and how long it takes.
    typedef void (*SpanTracedCallback)(Time begin, Time length);

    /// Counters of a port's sending direction.
    using Counters = PortEngine::Counters;

    /**
     * @param owner node behind the port
     * @param number number of the port there
     */
    void SetOwner(FabricNode* owner, uint16_t number);
    /**
     * @param link link
     * @param peer port at the other end
     */
    void Attach(Ptr<FabricLink> link, FabricPort* peer);
    /**
     * Make ready to run.
     * @param floor what the network shares
     */
    void Configure(FabricFloor* floor);
    /// @param up the link comes up or goes down, now
    void SetLinkUp(bool up);

    /// @return the packet side
    PortEngine& GetEngine() const
    {
        return *m_engine;
    }

    /// @return the port at the other end of the link
    FabricPort* GetPeer() const
    {
        return m_peer;
    }

    /// @return the node behind the port
    FabricNode* GetOwner() const
    {
        return m_owner;
    }

    /// @return number of the port at its node
    uint16_t GetNumber() const
    {
        return m_number;
    }

    /// @return true if routing may use the port
    bool IsUsable() const
    {
        return m_engine->IsUsable();
    }

    /// @return "node name port number"
    std::string GetName() const;
    /// @return counters so far
    Counters GetCounters() const;
    /// @return packets waiting to be sent, all lanes
    uint32_t GetQueued() const;
    /**
     * @param lane virtual lane
     * @return buffer space of the far end that is not taken up, or is being freed, bytes
     */
    uint64_t GetCredits(uint8_t lane) const;
    /**
     * @param lane virtual lane
     * @return true if something waits for credit
     */
    bool IsStalled(uint8_t lane) const;

    Ptr<Channel> GetChannel() const override;
    bool IsLinkUp() const override;
    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

  protected:
    void DoDispose() override;

  private:
    /// @return the trace sources, made if there are none yet
    PortTraces* MakeTraces();

    Ptr<PortEngine> m_engine;             ///< packet side
    std::unique_ptr<PortTraces> m_traces; ///< trace sources, once one is connected
    Ptr<FabricLink> m_link;               ///< link
    FabricPort* m_peer{nullptr};          ///< other end
    FabricNode* m_owner{nullptr};         ///< node behind the port
    uint16_t m_number{0};                 ///< number at the node
    bool m_ready{false};                  ///< configured
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FABRIC_PORT_H */

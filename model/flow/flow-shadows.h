/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_SHADOWS_H
#define OPTICAL_FABRIC_FLOW_SHADOWS_H

#include "ns3/event-id.h"
#include "ns3/fabric-network.h"
#include "ns3/flow-bundles.h"
#include "ns3/flow-lanes.h"
#include "ns3/flow-pair.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Transfers that go packet by packet among flows: what flows take of the links that such
 * packets may use is taken from the packets.
 *
 * A shadow is a flow that stands for such a transfer: it takes from the other flows what the
 * transfer's bytes take, at the time at which a flow would. The packets come a little later, as
 * bytes take time to get to a link, and packets are whole ones. So a link may be left with less for
 * packets only after the latency of the longest path that is under way over it, and with more at
 * once; and as long as a transfer is not all there, each link on its way has for packets at least
 * the rate that its shadow had last.
 *
 * Only links on the way of transfers under way are looked at.
 */
class FlowShadows
{
  public:
    /// @param network network whose links are set
    explicit FlowShadows(const FabricNetwork& network);
    ~FlowShadows();

    FlowShadows(const FlowShadows&) = delete;
    FlowShadows& operator=(const FlowShadows&) = delete;

    /**
     * A pair of shadows has a way, or another one.
     * @param pair number of the pair
     * @param uses what it uses; empty: there is no way
     * @param latencyPs latency of its longest path, ps
     */
    void SetPath(uint32_t pair, const std::vector<BundleUse>& uses, uint64_t latencyPs);
    /// @param pair a pair without transfers and shadows under way, to be forgotten
    void Forget(uint32_t pair);
    /// @param pair a pair that has a way: a transfer begins
    void Open(uint32_t pair);
    /// @param pair a pair: a transfer is all there, or given up
    void Close(uint32_t pair);
    /// @param pair a pair @return whether a transfer is under way
    bool IsOpen(uint32_t pair) const;

    /**
     * Rates have changed: let links have what they leave.
     * @param pairs all pairs, with the rates of the solver
     * @param lanes loads of the solver
     * @param bundles links by bundle
     * @param nowPs the present, ps
     */
    void Update(const std::vector<FlowPair>& pairs,
                const FlowLanes& lanes,
                const FlowBundles& bundles,
                uint64_t nowPs);

    /// @return whether some link has less for packets than it carries
    bool HasBackground() const
    {
        return m_nShared != 0;
    }

  private:
    static constexpr uint64_t NEVER = UINT64_MAX;   ///< no time
    static constexpr uint32_t NOWHERE = UINT32_MAX; ///< not in m_listed

    /// The shadows from one endpoint to another.
    struct Shadow
    {
        uint32_t open{0};            ///< transfers under way
        uint32_t place{NOWHERE};     ///< in m_listed
        double rate{0};              ///< rate that one of them had last, byte/ps
        uint64_t endedPs{NEVER};     ///< since when all of them have had their bytes, ps
        uint64_t latencyPs{0};       ///< latency of the longest path, ps
        std::vector<BundleUse> uses; ///< what they use
    };

    /// What shadows are on each link of a bundle.
    struct Load
    {
        double now{0};        ///< what they take, byte/ps
        double most{0};       ///< most that one transfer takes, or took last, byte/ps
        double late{0};       ///< what those took last that should be there by now, byte/ps
        uint64_t ofUpdate{0}; ///< number of the update that this is of
    };

    /// A directed link.
    struct Link
    {
        FabricLink* link{nullptr}; ///< the link
        double share{0};           ///< part that flows take of it, as packets see it
        double next{0};            ///< part that they will see later, if more
        uint64_t nextPs{NEVER};    ///< when, ps
        uint64_t ofUpdate{0};      ///< number of the last update that looked at it
    };

    /// @param shadow is of no interest any more
    void Unlist(Shadow& shadow);
    /// @param shadow the shadows of a pair @param flows the pair @param nowPs the present, ps
    void AddLoad(Shadow& shadow, const FlowPair& flows, uint64_t nowPs);
    /// @param link directed link @param share part that flows take of it @param nowPs the present
    void Aim(uint32_t link, double share, uint64_t nowPs);
    /// @param link directed link @param share part that packets do without from now on
    void Set(uint32_t link, double share);
    /// @param nowPs the present, ps; be woken when the next link is to have less for packets
    void ScheduleWake(uint64_t nowPs);
    /// Let links have less for packets whose time has come.
    void Wake();

    std::unordered_map<uint32_t, Shadow> m_shadows; ///< by pair
    std::vector<uint32_t> m_listed;                 ///< pairs with transfers or shadows under way
    std::vector<Load> m_loads;                      ///< by bundle
    std::vector<uint32_t> m_bundles;                ///< bundles of this update
    std::vector<Link> m_links;                      ///< directed links
    std::vector<uint32_t> m_watched;                ///< links of this update
    std::vector<uint32_t> m_before;                 ///< links of the last one
    uint64_t m_updates{1};                          ///< updates made, and one
    uint64_t m_holdPs{0};                           ///< until a link may have less, ps
    uint32_t m_nShared{0};                          ///< links with less than they carry
    EventId m_wake;                                 ///< calls Wake
    uint64_t m_wakePs{NEVER};                       ///< when, ps
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_SHADOWS_H */

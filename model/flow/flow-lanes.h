/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_LANES_H
#define OPTICAL_FABRIC_FLOW_LANES_H

#include "ns3/fair-share.h"
#include "ns3/flow-bundles.h"

#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Bundles of links as the solver of rates has them: a resource for each virtual lane that
 * flows use of a bundle.
 *
 * Lanes share a link equally, as a port serves them in turn, and flows share their lane: max-min
 * fairness in two levels. The solver knows one. So where flows use several lanes of a bundle, each
 * lane is a resource, whose capacity is its share of the link; shares are found in turn with rates,
 * until neither changes. With one lane there is nothing to find.
 *
 * A lane whose far end has a buffer of fewer bytes than the link sends until credit comes back has
 * a store of credit: W bytes (whole frames of a buffer) go out as fast as flows can, at rate x, and
 * as many in each round trip T of a credit. The store is a token bucket of W (1 - r / x) bytes,
 * filled at rate r = W / T: with it, k windows of W bytes end when the last frame of them does.
 * Within a window frames are ahead of the bucket's even flow, and between windows behind it, which
 * GetTailPs tells.
 */
class FlowLanes
{
  public:
    static constexpr uint64_t NEVER = UINT64_MAX; ///< no time

    /// @param solver knows of resource 0, which this leaves alone, and of no other; outlives this
    explicit FlowLanes(FairShare& solver);

    /**
     * Before the first bundle.
     * @param lanes virtual lanes of a link, at least 1
     * @param windowBytes whole full frames that a buffer holds, byte
     * @param fullBytes a full frame, byte
     */
    void Configure(uint32_t lanes, double windowBytes, uint32_t fullBytes);

    /// All bundles are gone; their resources are used again.
    void Clear();

    /// @param n number of bundles that there are by now
    void Grow(uint32_t n)
    {
        if (size_t{n} * m_nLanes > m_resources.size())
        {
            m_resources.resize(size_t{n} * m_nLanes, NONE);
        }
    }

    /**
     * @param bundles the bundles
     * @param bundle one of them, of which Grow was told
     * @param lane virtual lane
     * @return the lane's resource, made if there is none
     */
    uint32_t GetResource(const FlowBundles& bundles, uint32_t bundle, uint32_t lane)
    {
        const uint32_t resource = m_resources[size_t{bundle} * m_nLanes + lane];
        return __builtin_expect(resource != NONE, 1) ? resource : Add(bundles, bundle, lane);
    }

    /// @param bundles the bundles @param bundle one of them, which carries something else now
    void SetCapacity(const FlowBundles& bundles, uint32_t bundle);

    /// @param bundles the bundles @param part bundle that was split off @param whole from which
    void Split(const FlowBundles& bundles, uint32_t part, uint32_t whole);

    /// @param bundle a bundle @return what flows take of each of its links, byte/ps
    double GetLoad(uint32_t bundle) const;

    /// @param bundle a bundle @return what credit lets each of its links carry now, byte/ps;
    /// infinite where it does not matter
    double GetCreditLimit(uint32_t bundle) const;

    /**
     * Bring rates up to date.
     * @param nowPs the present, ps
     * @return classes of flows whose rate has changed, each once
     */
    FairShare::Ids Solve(uint64_t nowPs)
    {
        return __builtin_expect(m_isPlain, 1) ? m_solver.Solve() : SolveLanes(nowPs);
    }

    /// @return whether neither credit nor other lanes matter to any flow so far
    bool IsPlain() const
    {
        return m_isPlain;
    }

    /// @return when rates have to be looked at next because credit is used up, ps; NEVER if nothing
    /// else happens
    uint64_t GetNextPs() const
    {
        return m_nextPs;
    }

    /**
     * A flow has had its bytes.
     * @param resource what limits it
     * @param nowPs the present, ps
     * @return how much later its last frame leaves, as it waits for credit, ps
     */
    uint64_t GetTailPs(uint32_t resource, uint64_t nowPs) const;

    /// @return whether credit lets some link that flows have used carry less than its rate
    bool IsCreditLimited() const
    {
        return m_wasLimited;
    }

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no resource, no place

    /// A resource.
    struct Lane
    {
        uint32_t bundle{0};    ///< of which bundle
        uint32_t bucket{NONE}; ///< in m_buckets
    };

    /// Credit of a lane.
    struct Bucket
    {
        uint32_t resource{0}; ///< the lane's
        double peak{0};       ///< rate of the link, byte/ps
        double lasting{0};    ///< rate at which it is filled, byte/ps
        double burst{0};      ///< what flows took last, if it was more than that, byte/ps
        double left{1};       ///< part of it that is full
        double load{0};       ///< what flows take, byte/ps
        double sent{0};       ///< what they took since it was full, byte
        uint64_t fullPs{0};   ///< when that was, ps
        uint64_t sincePs{0};  ///< time of what is in it, ps
        bool isEmpty{false};  ///< flows have no more than what comes in
    };

    /// A bundle of which flows use several lanes.
    struct Shared
    {
        double capacity{0};              ///< of each of its links, byte/ps
        double level{0};                 ///< the most that a lane may have of it, byte/ps
        std::vector<uint32_t> resources; ///< of the lanes
    };

    /// @param bundles, bundle, lane as in GetResource @return the new resource
    uint32_t Add(const FlowBundles& bundles, uint32_t bundle, uint32_t lane);
    /// @param bundles the bundles @param bundle one of them, of which there is another lane; if it
    /// is not the first, they share its links from now on
    void Share(const FlowBundles& bundles, uint32_t bundle);
    /// @param resource a lane's @param peak rate of its links @param lasting what credit lets it
    /// carry for long, byte/ps
    void SetCredit(uint32_t resource, double peak, double lasting);
    /// Credit or other lanes matter from now on.
    void BeBusy();
    /// Tell the solver what a lane carries.
    /// @param resource the lane's @param capacity rate of its links, byte/ps
    void Apply(uint32_t resource, double capacity);
    /// @param nowPs as in Solve @return likewise
    FairShare::Ids SolveLanes(uint64_t nowPs);
    /// @param nowPs the present, ps; bring credit up to date
    void Advance(uint64_t nowPs);
    /// @param isSlow go half the way only @return whether shares of lanes have changed
    bool Divide(bool isSlow);
    /// @param shared a bundle @return the most that a lane may have of it, by what they take
    double FindLevel(const Shared& shared);

    FairShare& m_solver;               ///< rates
    uint32_t m_nLanes{1};              ///< virtual lanes of a link
    double m_windowBytes{0};           ///< whole frames of a buffer, byte
    double m_fullBytes{0};             ///< a full frame, byte
    std::vector<uint32_t> m_resources; ///< by bundle and lane
    std::vector<Lane> m_lanes;         ///< by resource
    uint32_t m_nMade{1};               ///< resources that the solver has
    std::vector<Bucket> m_buckets;     ///< lanes whose credit matters
    std::vector<Shared> m_shared;      ///< bundles of which several lanes are used
    std::vector<uint32_t> m_sharedOf;  ///< in m_shared, by bundle
    std::vector<double> m_demands;     ///< for FindLevel
    std::vector<uint32_t> m_changed;   ///< what Solve has returned
    uint64_t m_nextPs{NEVER};          ///< see GetNextPs
    bool m_wasLimited{false};          ///< see IsCreditLimited
    bool m_isPlain{true};              ///< see IsPlain
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_LANES_H */

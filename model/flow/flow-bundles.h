/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FLOW_BUNDLES_H
#define OPTICAL_FABRIC_FLOW_BUNDLES_H

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/// @ingroup optical-fabric
/// @brief What a flow puts on a directed link.
struct LinkShare
{
    uint32_t link{0};  ///< directed link
    uint32_t level{0}; ///< hops from the source
    double share{0};   ///< share of the flow, more than 0
};

/// @ingroup optical-fabric
/// @brief What a flow puts on each link of a bundle.
struct BundleUse
{
    uint32_t bundle{0}; ///< bundle
    double share{0};    ///< share of the flow, more than 0
};

/**
 * @ingroup optical-fabric
 * @brief Bundles of links: those that every flow known so far uses alike.
 *
 * A flow that is spread over sixteen links evenly, as all others are, has one constraint there and
 * not sixteen; and all links of a bundle carry the same, so that the one with the least capacity is
 * that constraint. This is exact. A bundle is split when a flow comes that does not use all of it
 * alike.
 */
class FlowBundles
{
  public:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no bundle

    /**
     * Everything else is forgotten.
     * @param capacities what each directed link carries while the far end has room, byte/ps
     * @param lasting what credit lets it carry for long, if that is less, byte/ps; none: as much
     */
    void Reset(std::vector<double> capacities, std::vector<double> lasting = {});

    /**
     * Make the bundles such that a list of links consists of whole ones, used alike.
     * @param links links, each once; reordered
     * @return number of the list
     */
    uint32_t AddList(std::vector<LinkShare>& links);

    /// @param list number of a list @return it in terms of bundles, as they are now
    const std::vector<BundleUse>& GetList(uint32_t list) const
    {
        return m_lists[list];
    }

    /**
     * @param link directed link
     * @param capacity what it carries while the far end has room, byte/ps
     * @param lasting what credit lets it carry for long, if that is less, byte/ps
     * @return its bundle, or NONE
     */
    uint32_t SetCapacity(uint32_t link,
                         double capacity,
                         double lasting = std::numeric_limits<double>::infinity());

    /// @return number of bundles
    uint32_t GetN() const
    {
        return static_cast<uint32_t>(m_bundles.size());
    }

    /// @param bundle bundle @return what each of its links can carry at least, byte/ps
    double GetCapacity(uint32_t bundle) const;

    /// @param bundle bundle @return the same of a virtual lane for long, with what credit lets it
    double GetLasting(uint32_t bundle) const;

    /// @param link directed link @return what it carries while the far end has room, byte/ps
    double GetLinkCapacity(uint32_t link) const
    {
        return m_capacities[link];
    }

    /// @param bundle bundle @return its directed links
    const std::vector<uint32_t>& GetLinks(uint32_t bundle) const
    {
        return m_bundles[bundle].links;
    }

    /// @param link directed link @return its bundle, or NONE if no flow uses it
    uint32_t GetBundle(uint32_t link) const
    {
        return m_bundleOf[link];
    }

    /// @return for each bundle that was split off, in order: from which; since the last Reset
    const std::vector<std::pair<uint32_t, uint32_t>>& GetSplits() const
    {
        return m_splits;
    }

    /// @return true if a bundle was split since the last call
    bool TakeSplit()
    {
        return std::exchange(m_split, false);
    }

  private:
    /// Links used alike.
    struct Bundle
    {
        std::vector<uint32_t> links; ///< directed links
        std::vector<uint32_t> lists; ///< lists that use them
    };

    /**
     * Let some links be a bundle.
     * @param first first of them @param last past the last: of one bundle, or none, with one share
     * @return the bundle
     */
    uint32_t Gather(const LinkShare* first, const LinkShare* last);

    std::vector<double> m_capacities;                    ///< by directed link, byte/ps
    std::vector<double> m_lasting;                       ///< likewise, with credit; empty: as much
    std::vector<uint32_t> m_bundleOf;                    ///< by directed link
    std::vector<Bundle> m_bundles;                       ///< bundles
    std::vector<std::vector<BundleUse>> m_lists;         ///< lists
    std::vector<std::pair<uint32_t, uint32_t>> m_splits; ///< new bundle, and what it was part of
    bool m_split{false};                                 ///< a bundle was split
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FLOW_BUNDLES_H */

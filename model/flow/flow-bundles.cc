/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "flow-bundles.h"

#include <algorithm>
#include <tuple>

namespace ns3
{
namespace opticalfabric
{

void
FlowBundles::Reset(std::vector<double> capacities, std::vector<double> lasting)
{
    m_capacities = std::move(capacities);
    m_lasting = std::move(lasting);
    m_bundleOf.assign(m_capacities.size(), NONE);
    m_bundles.clear();
    m_lists.clear();
    m_splits.clear();
    m_split = false;
}

uint32_t
FlowBundles::AddList(std::vector<LinkShare>& links)
{
    // Sums of the same parts in another order differ in their last digits, and mean the same.
    constexpr double SAME = 1e-12;
    std::sort(links.begin(), links.end(), [](const LinkShare& a, const LinkShare& b) {
        return std::tie(a.share, a.link) < std::tie(b.share, b.link);
    });
    for (size_t i = 1; i < links.size(); ++i)
    {
        if (links[i].share <= links[i - 1].share * (1 + SAME))
        {
            links[i].share = links[i - 1].share;
        }
    }
    // Links that no flow has used yet make a bundle for each hop: others will use them so.
    std::sort(links.begin(), links.end(), [this](const LinkShare& a, const LinkShare& b) {
        const uint32_t levelA = m_bundleOf[a.link] == NONE ? a.level : 0;
        const uint32_t levelB = m_bundleOf[b.link] == NONE ? b.level : 0;
        return std::tie(a.share, m_bundleOf[a.link], levelA, a.link) <
               std::tie(b.share, m_bundleOf[b.link], levelB, b.link);
    });
    std::vector<BundleUse> uses;
    for (size_t first = 0; first < links.size();)
    {
        const uint32_t bundle = m_bundleOf[links[first].link];
        size_t last = first + 1;
        while (last < links.size() && links[last].share == links[first].share &&
               m_bundleOf[links[last].link] == bundle &&
               (bundle != NONE || links[last].level == links[first].level))
        {
            ++last;
        }
        uses.push_back({Gather(&links[first], links.data() + last), links[first].share});
        first = last;
    }
    const auto list = static_cast<uint32_t>(m_lists.size());
    for (const BundleUse& use : uses)
    {
        m_bundles[use.bundle].lists.push_back(list);
    }
    m_lists.push_back(std::move(uses));
    return list;
}

uint32_t
FlowBundles::Gather(const LinkShare* first, const LinkShare* last)
{
    const uint32_t old = m_bundleOf[first->link];
    const auto count = static_cast<size_t>(last - first);
    if (old != NONE && m_bundles[old].links.size() == count)
    {
        return old;
    }
    const auto bundle = static_cast<uint32_t>(m_bundles.size());
    m_bundles.emplace_back();
    for (const LinkShare* link = first; link != last; ++link)
    {
        m_bundleOf[link->link] = bundle;
        m_bundles[bundle].links.push_back(link->link);
    }
    if (old == NONE)
    {
        return bundle;
    }
    m_split = true;
    m_splits.emplace_back(bundle, old);
    std::vector<uint32_t>& rest = m_bundles[old].links;
    rest.erase(std::remove_if(rest.begin(),
                              rest.end(),
                              [this, old](uint32_t link) { return m_bundleOf[link] != old; }),
               rest.end());
    m_bundles[bundle].lists = m_bundles[old].lists;
    for (const uint32_t list : m_bundles[bundle].lists)
    {
        std::vector<BundleUse>& uses = m_lists[list];
        const auto use = std::find_if(uses.begin(), uses.end(), [old](const BundleUse& candidate) {
            return candidate.bundle == old;
        });
        uses.push_back({bundle, use->share});
    }
    return bundle;
}

uint32_t
FlowBundles::SetCapacity(uint32_t link, double capacity, double lasting)
{
    m_capacities[link] = capacity;
    if (lasting < capacity && m_lasting.empty())
    {
        m_lasting = m_capacities;
    }
    if (!m_lasting.empty())
    {
        m_lasting[link] = lasting;
    }
    return m_bundleOf[link];
}

double
FlowBundles::GetCapacity(uint32_t bundle) const
{
    double least = m_capacities[m_bundles[bundle].links.front()];
    for (const uint32_t link : m_bundles[bundle].links)
    {
        least = std::min(least, m_capacities[link]);
    }
    return least;
}

double
FlowBundles::GetLasting(uint32_t bundle) const
{
    double least = GetCapacity(bundle);
    for (size_t i = 0; !m_lasting.empty() && i < m_bundles[bundle].links.size(); ++i)
    {
        least = std::min(least, m_lasting[m_bundles[bundle].links[i]]);
    }
    return least;
}

} // namespace opticalfabric
} // namespace ns3

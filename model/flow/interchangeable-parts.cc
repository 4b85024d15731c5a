/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "interchangeable-parts.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Any number of numbers that something is known by.
using Key = std::vector<uint32_t>;

/**
 * @param value a number
 * @return its bits
 */
uint64_t
GetBits(double value)
{
    uint64_t bits = 0;
    static_assert(sizeof(bits) == sizeof(value), "a double has 64 bits");
    std::memcpy(&bits, &value, sizeof(bits));
    return bits;
}

/**
 * @param keys keys
 * @return for each its rank among the different ones
 */
std::vector<uint32_t>
Rank(const std::vector<Key>& keys)
{
    std::vector<const Key*> sorted;
    for (const Key& key : keys)
    {
        sorted.push_back(&key);
    }
    std::sort(sorted.begin(), sorted.end(), [](const Key* a, const Key* b) { return *a < *b; });
    sorted.erase(std::unique(sorted.begin(),
                             sorted.end(),
                             [](const Key* a, const Key* b) { return *a == *b; }),
                 sorted.end());
    std::vector<uint32_t> ranks;
    for (const Key& key : keys)
    {
        const auto place =
            std::lower_bound(sorted.begin(), sorted.end(), &key, [](const Key* a, const Key* b) {
                return *a < *b;
            });
        ranks.push_back(static_cast<uint32_t>(place - sorted.begin()));
    }
    return ranks;
}

/**
 * @param ranks ranks without gaps
 * @return how many different ones there are
 */
uint32_t
CountRanks(const std::vector<uint32_t>& ranks)
{
    return ranks.empty() ? 0 : *std::max_element(ranks.begin(), ranks.end()) + 1;
}

} // namespace

/*
 * Colour refinement of a small graph: marks on one side, the parts that they touch on the other.
 * When nothing changes any more, the first of the parts that look alike gets a colour of its own,
 * until all have.
 */
class InterchangeableParts::Coloring
{
  public:
    /**
     * @param parts the parts there are
     * @param marks marks
     */
    Coloring(const InterchangeableParts& parts, const std::vector<PartMark>& marks)
        : m_levels(static_cast<uint32_t>(parts.m_levels.size()))
    {
        std::map<std::pair<uint32_t, uint32_t>, uint32_t> numbers;
        std::vector<Key> partKeys;
        std::vector<Key> markKeys;
        for (uint32_t m = 0; m < marks.size(); ++m)
        {
            m_touched.emplace_back();
            Key ends[2];
            for (uint32_t end = 0; end < 2; ++end)
            {
                const uint32_t vertex = end == 0 ? marks[m].one : marks[m].other;
                std::vector<uint32_t>& touched = m_touched.back().ends[end];
                if (vertex == PartMark::NONE)
                {
                    continue;
                }
                ends[end] = {1 + parts.m_tiers[vertex], parts.m_colors[vertex]};
                for (uint32_t l = 0; l < m_levels; ++l)
                {
                    const Level& level = parts.m_levels[l];
                    const uint32_t part = level.partOf[vertex];
                    if (part == NONE)
                    {
                        continue;
                    }
                    const auto number = static_cast<uint32_t>(numbers.size());
                    const auto [place, isNew] = numbers.try_emplace({l, part}, number);
                    if (isNew)
                    {
                        const bool isFixed = level.parts[part].classNumber == NONE;
                        // Nothing changes places with a part that is alone, so it is itself.
                        partKeys.push_back({l, isFixed ? 1 + part : 0});
                        m_order.push_back({l, part});
                        m_marksOf.emplace_back();
                    }
                    touched.push_back(place->second);
                    m_marksOf[place->second].push_back(m);
                }
            }
            if (ends[1] < ends[0])
            {
                std::swap(ends[0], ends[1]);
            }
            ends[0].insert(ends[0].end(), ends[1].begin(), ends[1].end());
            ends[0].push_back(marks[m].value);
            markKeys.push_back(std::move(ends[0]));
        }
        m_parts = Rank(partKeys);
        m_marks = Rank(markKeys);
        Settle();
        while (Separate())
        {
            Settle();
        }
        for (const auto& [place, number] : numbers)
        {
            m_colors[place] = m_parts[number];
        }
    }

    /**
     * @param level number of a level
     * @param part a part of it that a mark touches
     * @return its colour, which no other part has
     */
    uint32_t Get(uint32_t level, uint32_t part) const
    {
        return m_colors.at({level, part});
    }

  private:
    /// Parts that a mark touches, by the end that does.
    struct Touched
    {
        std::vector<uint32_t> ends[2]; ///< numbers of parts, by level
    };

    /// @brief Refine until nothing changes.
    void Settle()
    {
        uint32_t before = 0;
        uint32_t colors = CountRanks(m_parts) + CountRanks(m_marks);
        while (colors != before)
        {
            std::vector<Key> markKeys;
            for (uint32_t m = 0; m < m_marks.size(); ++m)
            {
                Key ends[2];
                for (uint32_t end = 0; end < 2; ++end)
                {
                    for (const uint32_t part : m_touched[m].ends[end])
                    {
                        ends[end].push_back(m_parts[part]);
                    }
                }
                if (ends[1] < ends[0])
                {
                    std::swap(ends[0], ends[1]);
                }
                Key key{m_marks[m]};
                for (const Key& end : ends)
                {
                    key.push_back(static_cast<uint32_t>(end.size()));
                    key.insert(key.end(), end.begin(), end.end());
                }
                markKeys.push_back(std::move(key));
            }
            m_marks = Rank(markKeys);
            std::vector<Key> partKeys;
            for (uint32_t p = 0; p < m_parts.size(); ++p)
            {
                Key key;
                for (const uint32_t mark : m_marksOf[p])
                {
                    key.push_back(m_marks[mark]);
                }
                std::sort(key.begin(), key.end());
                key.insert(key.begin(), m_parts[p]);
                partKeys.push_back(std::move(key));
            }
            m_parts = Rank(partKeys);
            before = colors;
            colors = CountRanks(m_parts) + CountRanks(m_marks);
        }
    }

    /// @return false if every part has a colour of its own; else one more has
    bool Separate()
    {
        if (CountRanks(m_parts) == m_parts.size())
        {
            return false;
        }
        std::vector<uint32_t> members(m_parts.size(), 0);
        for (const uint32_t color : m_parts)
        {
            ++members[color];
        }
        uint32_t chosen = NONE;
        for (uint32_t p = 0; p < m_parts.size(); ++p)
        {
            const auto isBefore = [&] {
                return chosen == NONE || m_parts[p] < m_parts[chosen] ||
                       (m_parts[p] == m_parts[chosen] && m_order[p] < m_order[chosen]);
            };
            if (members[m_parts[p]] > 1 && isBefore())
            {
                chosen = p;
            }
        }
        for (uint32_t p = 0; p < m_parts.size(); ++p)
        {
            // The chosen one comes before those of its colour.
            const bool isAfter = p != chosen && m_parts[p] >= m_parts[chosen];
            members[p] = m_parts[p] + (isAfter ? 1 : 0);
        }
        m_parts = members;
        return true;
    }

    uint32_t m_levels;                                          ///< how many levels there are
    std::vector<Touched> m_touched;                             ///< by mark
    std::vector<uint32_t> m_marks;                              ///< colour by mark
    std::vector<uint32_t> m_parts;                              ///< colour by touched part
    std::vector<std::vector<uint32_t>> m_marksOf;               ///< marks, by touched part
    std::vector<std::pair<uint32_t, uint32_t>> m_order;         ///< level and part, by touched part
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> m_colors; ///< by level and part, in the end
};

InterchangeableParts::InterchangeableParts(const FlowTopology& topology,
                                           const std::vector<uint32_t>& colors)
    : m_colors(colors),
      m_capacities(topology.links, 0)
{
    for (const FlowTopology::Vertex& vertex : topology.vertices)
    {
        for (const FlowTopology::Hop& hop : vertex.hops)
        {
            m_capacities[hop.link] = hop.capacity;
        }
    }
    FindTiers(topology);
    const auto vertices = static_cast<uint32_t>(topology.vertices.size());
    uint32_t highest = 0;
    for (uint32_t v = 0; v < vertices; ++v)
    {
        highest = m_tiers[v] == NONE ? highest : std::max(highest, m_tiers[v]);
    }
    std::vector<bool> isIn(vertices);
    const auto addLevel = [&](uint32_t least, uint32_t most) {
        for (uint32_t v = 0; v < vertices; ++v)
        {
            isIn[v] = m_tiers[v] != NONE && m_tiers[v] >= least && m_tiers[v] <= most;
        }
        AddLevel(topology, colors, isIn);
    };
    for (uint32_t tier = 1; tier <= highest; ++tier)
    {
        addLevel(tier, highest);
    }
    for (uint32_t tier = highest; tier-- > 0;)
    {
        addLevel(0, tier);
    }
}

void
InterchangeableParts::FindTiers(const FlowTopology& topology)
{
    m_tiers.assign(topology.vertices.size(), NONE);
    std::vector<uint32_t> queue = topology.endpoints;
    for (const uint32_t vertex : queue)
    {
        m_tiers[vertex] = 0;
    }
    for (std::size_t i = 0; i < queue.size(); ++i)
    {
        for (const FlowTopology::Hop& hop : topology.vertices[queue[i]].hops)
        {
            if (m_tiers[hop.peer] == NONE)
            {
                m_tiers[hop.peer] = m_tiers[queue[i]] + 1;
                queue.push_back(hop.peer);
            }
        }
    }
}

void
InterchangeableParts::AddLevel(const FlowTopology& topology,
                               const std::vector<uint32_t>& colors,
                               const std::vector<bool>& isIn)
{
    const auto vertices = static_cast<uint32_t>(topology.vertices.size());
    Level level;
    level.partOf.assign(vertices, NONE);
    level.places.assign(vertices, NONE);
    for (uint32_t first = 0; first < vertices; ++first)
    {
        if (!isIn[first] || level.partOf[first] != NONE)
        {
            continue;
        }
        const auto number = static_cast<uint32_t>(level.parts.size());
        level.parts.emplace_back();
        std::vector<uint32_t>& members = level.parts.back().vertices;
        members.push_back(first);
        level.partOf[first] = number;
        for (std::size_t i = 0; i < members.size(); ++i)
        {
            for (const FlowTopology::Hop& hop : topology.vertices[members[i]].hops)
            {
                if (isIn[hop.peer] && level.partOf[hop.peer] == NONE)
                {
                    level.partOf[hop.peer] = number;
                    members.push_back(hop.peer);
                }
            }
        }
        std::sort(members.begin(), members.end());
        for (uint32_t place = 0; place < members.size(); ++place)
        {
            level.places[members[place]] = place;
        }
    }
    std::map<std::vector<uint64_t>, std::vector<uint32_t>> alike;
    for (uint32_t part = 0; part < level.parts.size(); ++part)
    {
        alike[Encode(topology, colors, level, level.parts[part])].push_back(part);
    }
    for (const auto& [code, parts] : alike)
    {
        if (parts.size() > 1)
        {
            for (const uint32_t part : parts)
            {
                level.parts[part].classNumber = static_cast<uint32_t>(level.classes.size());
            }
            level.classes.push_back(parts);
        }
    }
    if (!level.classes.empty())
    {
        m_levels.push_back(std::move(level));
    }
}

std::vector<uint64_t>
InterchangeableParts::Encode(const FlowTopology& topology,
                             const std::vector<uint32_t>& colors,
                             const Level& level,
                             const Part& part) const
{
    std::vector<uint64_t> code;
    for (const uint32_t vertex : part.vertices)
    {
        const uint32_t own = level.partOf[vertex];
        std::vector<std::tuple<bool, uint32_t, uint64_t, uint64_t>> links;
        for (const FlowTopology::Hop& hop : topology.vertices[vertex].hops)
        {
            const bool isInside = level.partOf[hop.peer] == own;
            links.emplace_back(isInside,
                               isInside ? level.places[hop.peer] : hop.peer,
                               GetBits(hop.capacity),
                               GetBits(m_capacities[hop.link ^ 1U]));
        }
        std::sort(links.begin(), links.end());
        code.push_back(topology.vertices[vertex].isSwitch ? 1 : 0);
        code.push_back(colors[vertex]);
        code.push_back(links.size());
        for (const auto& [isInside, peer, capacity, back] : links)
        {
            code.insert(code.end(), {isInside ? uint64_t{1} : 0, peer, capacity, back});
        }
    }
    return code;
}

std::vector<PartMark>
InterchangeableParts::Canonize(const std::vector<PartMark>& marks) const
{
    const Coloring coloring(*this, marks);
    std::map<uint32_t, uint32_t> images;
    for (const PartMark& mark : marks)
    {
        images.emplace(mark.one, mark.one);
        if (mark.other != PartMark::NONE)
        {
            images.emplace(mark.other, mark.other);
        }
    }
    for (uint32_t l = 0; l < m_levels.size(); ++l)
    {
        const Level& level = m_levels[l];
        // Where touched parts stand by now, by class and then by colour.
        std::map<std::pair<uint32_t, uint32_t>, uint32_t> order;
        for (const auto& [vertex, image] : images)
        {
            const uint32_t part = level.partOf[image];
            if (part != NONE && level.parts[part].classNumber != NONE)
            {
                const uint32_t color = coloring.Get(l, level.partOf[vertex]);
                order[{level.parts[part].classNumber, color}] = part;
            }
        }
        std::map<uint32_t, uint32_t> moved;
        std::map<uint32_t, uint32_t> taken;
        for (const auto& [key, part] : order)
        {
            moved[part] = level.classes[key.first][taken[key.first]++];
        }
        for (auto& [vertex, image] : images)
        {
            const auto found = moved.find(level.partOf[image]);
            if (found != moved.end())
            {
                image = level.parts[found->second].vertices[level.places[image]];
            }
        }
    }
    std::vector<PartMark> moved;
    for (const PartMark& mark : marks)
    {
        PartMark image{images.at(mark.one), PartMark::NONE, mark.value};
        if (mark.other != PartMark::NONE)
        {
            image.other = images.at(mark.other);
            if (image.other < image.one)
            {
                std::swap(image.one, image.other);
            }
        }
        moved.push_back(image);
    }
    std::sort(moved.begin(), moved.end());
    return moved;
}

} // namespace opticalfabric
} // namespace ns3

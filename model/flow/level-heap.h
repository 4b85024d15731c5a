/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LEVEL_HEAP_H
#define OPTICAL_FABRIC_LEVEL_HEAP_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Resources by the level at which each is to be looked at, lowest first.
 *
 * A heap of eight children a node, which knows where each resource is. The levels lie apart from
 * the resources and end with a group of infinite ones, so that the least of eight children, which
 * are one cache line or two, is found without a branch.
 */
class LevelHeap
{
  public:
    LevelHeap()
    {
        m_levels.assign(CHILDREN + 1, END);
    }

    /// Make room for one more resource, which is not in the heap.
    void AddResource()
    {
        m_places.push_back(NOWHERE);
        m_levels.reserve(m_places.capacity() + CHILDREN + 1);
        m_resources.reserve(m_places.capacity());
    }

    /// @return whether there is none
    bool IsEmpty() const
    {
        return m_resources.empty();
    }

    /// @return the first resource; there must be one
    uint32_t GetTop() const
    {
        return m_resources.front();
    }

    /// @return level of the first resource; infinite if there is none
    double GetTopLevel() const
    {
        return m_levels.front();
    }

    /**
     * Put a resource in, or have it looked at earlier.
     * @param resource index
     * @param level level, finite; a resource that is in already at a lower one stays there
     */
    void Lower(uint32_t resource, double level)
    {
        uint32_t place = m_places[resource];
        if (place == NOWHERE)
        {
            place = static_cast<uint32_t>(m_resources.size());
            m_resources.push_back(resource);
            m_levels.push_back(END);
        }
        else if (level >= m_levels[place])
        {
            return;
        }
        Rise(place, resource, level);
    }

    /**
     * Have the first one looked at later.
     * @param level its new level, finite, not below the one it has
     */
    void PostponeTop(double level)
    {
        Sink(0, m_resources.front(), level);
    }

    /// Take the first one out.
    void Pop()
    {
        m_places[m_resources.front()] = NOWHERE;
        TakeLast([this](uint32_t resource, double level) { Sink(0, resource, level); });
    }

    /**
     * Keep some only.
     * @tparam F callable with a resource, whether it is kept
     * @param isKept called once with each
     */
    template <typename F>
    void Filter(F&& isKept)
    {
        uint32_t size = 0;
        for (uint32_t place = 0; place < m_resources.size(); ++place)
        {
            const uint32_t resource = m_resources[place];
            const double level = m_levels[place];
            m_places[resource] = NOWHERE;
            if (isKept(resource))
            {
                // No further back than it was, so nothing is overwritten that is still to come.
                Rise(size++, resource, level);
            }
        }
        m_resources.resize(size);
        m_levels.resize(size + CHILDREN + 1);
        std::fill(m_levels.begin() + size, m_levels.end(), END);
    }

    /// Take all out.
    void Clear()
    {
        Filter([](uint32_t) { return false; });
    }

    /// @return memory taken, bytes
    size_t GetBytes() const
    {
        return m_levels.capacity() * sizeof(double) +
               (m_resources.capacity() + m_places.capacity()) * sizeof(uint32_t);
    }

  private:
    static constexpr uint32_t NOWHERE = UINT32_MAX; ///< place of what is not in the heap
    static constexpr uint32_t CHILDREN = 8;         ///< of a node
    static constexpr double END = std::numeric_limits<double>::infinity(); ///< behind the last

    /**
     * Shorten the heap by its last resource.
     * @param put called with it and its level, unless there is none left
     */
    template <typename F>
    void TakeLast(F&& put)
    {
        const uint32_t resource = m_resources.back();
        m_resources.pop_back();
        const size_t size = m_resources.size();
        const double level = m_levels[size];
        m_levels[size] = END;
        m_levels.pop_back();
        if (size > 0)
        {
            put(resource, level);
        }
    }

    /**
     * @param place where there is room
     * @param resource what goes there or nearer to the front
     * @param level its level
     */
    void Rise(uint32_t place, uint32_t resource, double level)
    {
        while (place > 0)
        {
            const uint32_t parent = (place - 1) / CHILDREN;
            if (level >= m_levels[parent])
            {
                break;
            }
            Put(place, m_resources[parent], m_levels[parent]);
            place = parent;
        }
        Put(place, resource, level);
    }

    /**
     * @param place where there is room
     * @param resource what goes there or further back
     * @param level its level
     */
    void Sink(uint32_t place, uint32_t resource, double level)
    {
        const auto size = static_cast<uint32_t>(m_resources.size());
        while (true)
        {
            const uint32_t first = place * CHILDREN + 1;
            if (first >= size)
            {
                break;
            }
            uint32_t least = first;
            double leastLevel = m_levels[first];
            for (uint32_t child = first + 1; child < first + CHILDREN; ++child)
            {
                const bool isLess = m_levels[child] < leastLevel;
                least = isLess ? child : least;
                leastLevel = isLess ? m_levels[child] : leastLevel;
            }
            if (leastLevel >= level)
            {
                break;
            }
            Put(place, m_resources[least], leastLevel);
            place = least;
        }
        Put(place, resource, level);
    }

    /**
     * @param place where to
     * @param resource what
     * @param level its level
     */
    void Put(uint32_t place, uint32_t resource, double level)
    {
        m_levels[place] = level;
        m_resources[place] = resource;
        m_places[resource] = place;
    }

    std::vector<double> m_levels;      ///< levels of the heap, and a group of infinite ones
    std::vector<uint32_t> m_resources; ///< resources of the heap
    std::vector<uint32_t> m_places;    ///< place of each resource in it
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LEVEL_HEAP_H */

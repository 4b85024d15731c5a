/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FINISH_QUEUE_H
#define OPTICAL_FABRIC_FINISH_QUEUE_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What ends when, by number: a heap in which everybody's place is known, so that an end that
 * changes leaves nothing behind.
 *
 * Four children a node: ends change far more often than they come, and most of those that change
 * move by few levels.
 */
class FinishQueue
{
  public:
    static constexpr uint64_t NEVER = UINT64_MAX; ///< not in the queue

    /**
     * @param number who
     * @param atPs new end, ps; NEVER takes it out
     */
    void Set(uint32_t number, uint64_t atPs)
    {
        if (number >= m_places.size())
        {
            m_places.resize(number + 1, NOWHERE);
        }
        const uint32_t place = m_places[number];
        if (place == NOWHERE)
        {
            if (atPs != NEVER)
            {
                m_ends.push_back({atPs, number});
                Rise(m_ends.size() - 1, {atPs, number});
            }
        }
        else if (atPs == NEVER)
        {
            Remove(place);
        }
        else if (atPs < m_ends[place].atPs)
        {
            Rise(place, {atPs, number});
        }
        else if (atPs > m_ends[place].atPs)
        {
            Sink(place, {atPs, number});
        }
    }

    /**
     * As Set, but nothing else may be asked before Order: cheaper for many.
     * @param number who
     * @param atPs new end, ps; NEVER takes it out
     */
    void SetUnordered(uint32_t number, uint64_t atPs)
    {
        if (number >= m_places.size())
        {
            m_places.resize(number + 1, NOWHERE);
        }
        if (m_places[number] != NOWHERE)
        {
            m_ends[m_places[number]].atPs = atPs;
        }
        else if (atPs != NEVER)
        {
            m_ends.push_back({atPs, number});
            m_places[number] = static_cast<uint32_t>(m_ends.size() - 1);
        }
    }

    /// Put things in order after SetUnordered.
    void Order()
    {
        Keep([](const End& end) { return end.atPs != NEVER; });
    }

    /// @return the earliest end, ps; NEVER if nothing ends
    uint64_t GetNext() const
    {
        return m_ends.empty() ? uint64_t{NEVER} : m_ends.front().atPs;
    }

    /**
     * Take out all that end at the earliest time.
     * @param numbers set to who they are, in order of number
     */
    void Take(std::vector<uint32_t>& numbers)
    {
        constexpr size_t MANY = 4; // one in so many is enough for another order of all
        numbers.clear();
        const uint64_t atPs = GetNext();
        if (atPs == NEVER)
        {
            return;
        }
        if (CountFirst() * MANY < m_ends.size())
        {
            while (!m_ends.empty() && m_ends.front().atPs == atPs)
            {
                numbers.push_back(m_ends.front().number);
                Remove(0);
            }
            return;
        }
        Keep([&numbers, atPs](const End& end) {
            if (end.atPs == atPs)
            {
                numbers.push_back(end.number);
            }
            return end.atPs != atPs;
        });
        if (!std::is_sorted(numbers.begin(), numbers.end()))
        {
            std::sort(numbers.begin(), numbers.end());
        }
    }

  private:
    static constexpr uint32_t NOWHERE = UINT32_MAX; ///< place of who is not in the queue
    static constexpr size_t CHILDREN = 4;           ///< of a node

    /// An end.
    struct End
    {
        uint64_t atPs;   ///< when, ps
        uint32_t number; ///< who

        /// @param other another @return true if it comes first
        bool operator<(const End& other) const
        {
            return atPs < other.atPs || (atPs == other.atPs && number < other.number);
        }
    };

    /**
     * Put all in order, and leave some out.
     * @param isKept told of each end: true if it stays
     */
    template <typename F>
    void Keep(F&& isKept)
    {
        size_t kept = 0;
        for (const End end : m_ends)
        {
            if (isKept(end))
            {
                Put(kept++, end);
            }
            else
            {
                m_places[end.number] = NOWHERE;
            }
        }
        m_ends.resize(kept);
        for (size_t place = kept < 2 ? 0 : (kept - 2) / CHILDREN + 1; place-- > 0;)
        {
            Sink(place, End(m_ends[place]));
        }
    }

    /// @return how many end at the earliest time; somebody does
    size_t CountFirst()
    {
        // They are together at the front, as a tree.
        const uint64_t atPs = m_ends.front().atPs;
        size_t count = 0;
        m_trail.assign(1, 0);
        while (!m_trail.empty())
        {
            const size_t place = m_trail.back();
            m_trail.pop_back();
            ++count;
            const size_t first = place * CHILDREN + 1;
            for (size_t i = first; i < first + CHILDREN && i < m_ends.size(); ++i)
            {
                if (m_ends[i].atPs == atPs)
                {
                    m_trail.push_back(i);
                }
            }
        }
        return count;
    }

    /// @param place place in the heap @param end what stands there from now on
    void Put(size_t place, const End& end)
    {
        m_ends[place] = end;
        m_places[end.number] = static_cast<uint32_t>(place);
    }

    /// @param place a place that is free @param end what goes there, or nearer to the front
    void Rise(size_t place, const End& end)
    {
        while (place > 0)
        {
            const size_t parent = (place - 1) / CHILDREN;
            if (!(end < m_ends[parent]))
            {
                break;
            }
            Put(place, m_ends[parent]);
            place = parent;
        }
        Put(place, end);
    }

    /// @param place a place that is free @param end what goes there, or farther from the front
    void Sink(size_t place, const End& end)
    {
        const size_t size = m_ends.size();
        while (true)
        {
            const size_t first = place * CHILDREN + 1;
            if (first >= size)
            {
                break;
            }
            const size_t last = first + CHILDREN < size ? first + CHILDREN : size;
            size_t least = first;
            for (size_t child = first + 1; child < last; ++child)
            {
                least = m_ends[child] < m_ends[least] ? child : least;
            }
            if (!(m_ends[least] < end))
            {
                break;
            }
            Put(place, m_ends[least]);
            place = least;
        }
        Put(place, end);
    }

    /// @param place of who leaves the queue
    void Remove(size_t place)
    {
        m_places[m_ends[place].number] = NOWHERE;
        const End last = m_ends.back();
        m_ends.pop_back();
        if (place == m_ends.size())
        {
            return;
        }
        if (place > 0 && last < m_ends[(place - 1) / CHILDREN])
        {
            Rise(place, last);
        }
        else
        {
            Sink(place, last);
        }
    }

    std::vector<uint32_t> m_places; ///< place in the heap, by number
    std::vector<End> m_ends;        ///< ends, a heap
    std::vector<size_t> m_trail;    ///< places that CountFirst has still to look at
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FINISH_QUEUE_H */

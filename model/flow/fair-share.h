/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAIR_SHARE_H
#define OPTICAL_FABRIC_FAIR_SHARE_H

#include "fair-share-state.h"
#include "level-heap.h"
#include "share-memory.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Weighted max-min fair rates of flows over resources that they share, kept up to date while
 * flows start and end.
 *
 * A class is a set of flows that have the same uses and weight. A use is a resource and a
 * coefficient: the load that a unit of a flow's rate puts on it (1 where all of a flow passes, 1/4
 * where a quarter of it does). With n flows of rate x, coefficients a and capacities C, the sum of
 * n a x over the classes that use a resource is at most C. Units are the caller's: bit/s, or bytes
 * per ps.
 *
 * The level of a class is its rate over its weight. All levels rise together, and a class stops
 * where the first of its resources, its bottleneck, has nothing left (progressive filling:
 * D. Bertsekas, R. Gallager, Data Networks, 2nd ed., section 6.5.2). What comes out is the one set
 * of rates where each class has a bottleneck: a resource that is saturated, and on which no class
 * has a higher level.
 *
 * Only what a change reaches is solved again (see fair-share-filling.cc). Solutions are remembered
 * where many classes change at once: a pattern of counts that comes back is not solved again, and
 * gets the bits that it got the first time. A pattern is what runs; all is forgotten when a
 * capacity changes, or uses or weight of a class that has run, or such a class is removed: so it is
 * better to keep classes whose flows come back.
 *
 * Rates, loads and bottlenecks are those of the last Solve; those of classes that have been changed
 * since mean nothing until the next.
 *
 * It allocates as it grows and gives nothing back.
 */
class FairShare
{
  public:
    /// What a class says of a resource that it uses.
    struct Use
    {
        uint32_t resource;  ///< index of a resource
        double coefficient; ///< load per unit of a flow's rate, 1e-30 to 1e30
    };

    /// Ids of classes, valid until the next change or Solve.
    struct Ids
    {
        const uint32_t* first; ///< the first
        size_t size;           ///< how many

        /// @return the first
        const uint32_t* begin() const
        {
            return first;
        }

        /// @return behind the last
        const uint32_t* end() const
        {
            return first + size;
        }
    };

    /// What has been done so far.
    struct Counters
    {
        uint64_t solves;          ///< calls of Solve
        uint64_t unchanged;       ///< those that found no change in net
        uint64_t remembered;      ///< those that found a remembered solution
        uint64_t fromScratch;     ///< those that found rounding in the way and began anew
        uint64_t classesTouched;  ///< classes of which a level was looked for
        uint64_t classesReported; ///< classes reported as changed
        uint64_t levels;          ///< times that a resource was filled
    };

    static constexpr uint32_t NONE = UINT32_MAX; ///< no resource
    static constexpr uint32_t MAX_USES = 65535;  ///< of a class

    /**
     * @param nClasses classes to have room for
     * @param usesPerClass uses each of them has, on average
     */
    void Reserve(uint32_t nClasses, double usesPerClass);

    /**
     * @param capacity load it carries; 0, or 1e-150 to 1e150
     * @return its index; they count up from 0
     * @throw std::invalid_argument if the capacity is not allowed
     */
    uint32_t AddResource(double capacity);

    /**
     * @param resource index
     * @param capacity load it carries from the next Solve on; 0, or 1e-150 to 1e150
     * @throw std::invalid_argument if there is no such resource or the capacity is not allowed
     */
    void SetCapacity(uint32_t resource, double capacity);

    /**
     * Add a class that has no flows.
     * @param uses what a flow uses, each resource once
     * @param nUses number of uses, 1 to MAX_USES
     * @param weight of a flow, 1e-30 to 1e30
     * @return its id: the lowest that was never in use, or one that was removed
     * @throw std::invalid_argument if something is not allowed
     */
    uint32_t AddClass(const Use* uses, uint32_t nUses, double weight = 1);

    /**
     * @param id class that has no flows; its id may be given to another one afterwards
     * @throw std::invalid_argument if there is no such class or it has flows
     */
    void RemoveClass(uint32_t id);

    /**
     * Routes have changed.
     * @param id class
     * @param uses what a flow uses from the next Solve on, each resource once
     * @param nUses number of uses, 1 to MAX_USES
     * @throw std::invalid_argument if there is no such class or something is not allowed
     */
    void SetUses(uint32_t id, const Use* uses, uint32_t nUses);

    /**
     * @param id class
     * @param weight of a flow from the next Solve on, 1e-30 to 1e30
     * @throw std::invalid_argument if there is no such class or the weight is not allowed
     */
    void SetWeight(uint32_t id, double weight);

    /**
     * @param id class
     * @param count flows it has from the next Solve on
     * @throw std::invalid_argument if there is no such class
     */
    void SetCount(uint32_t id, uint32_t count)
    {
        if (__builtin_expect(!IsThere(id), 0))
        {
            Refuse(id);
        }
        ChangeCount(id, count);
    }

    /**
     * @param id class
     * @param difference flows that start, or with a minus sign end
     * @throw std::invalid_argument if there is no such class or it has too few or too many flows
     */
    void Add(uint32_t id, int32_t difference);

    /**
     * Bring rates, loads and bottlenecks up to date.
     * @return classes with flows that have a rate which they did not have at the last Solve,
     * because it is another one or because they had no flows; in no particular order
     */
    Ids Solve();

    /**
     * @param id class
     * @return rate of each of its flows; 0 if there are none
     * @throw std::invalid_argument if there is no such class
     */
    double GetRate(uint32_t id) const;

    /**
     * @param id class
     * @return number of its flows
     * @throw std::invalid_argument if there is no such class
     */
    uint32_t GetCount(uint32_t id) const;

    /**
     * @param id class
     * @return a resource that limits its rate; NONE if it has no flows
     * @throw std::invalid_argument if there is no such class
     */
    uint32_t GetBottleneck(uint32_t id) const;

    /**
     * @param resource index
     * @return sum of count * coefficient * rate of the classes that use it; after a remembered
     * solution the first call walks through all classes with flows
     * @throw std::invalid_argument if there is no such resource
     */
    double GetLoad(uint32_t resource) const;

    /**
     * @param resource index
     * @return its capacity
     * @throw std::invalid_argument if there is no such resource
     */
    double GetCapacity(uint32_t resource) const;

    /// @return what has been done so far
    const Counters& GetCounters() const
    {
        return m_counters;
    }

    /**
     * Bound the memory of solutions. All are forgotten.
     * @param nClasses classes with flows in all solutions together, 24 bytes each; a solution may
     * have a quarter of it; 0: remember none
     */
    void SetMemory(size_t nClasses);

    /// @return memory taken without that of solutions, bytes
    size_t GetBytes() const;

    /// @return memory taken by solutions, bytes
    size_t GetMemoryBytes() const
    {
        return m_memory.GetBytes();
    }

  private:
    using Class = ShareClass;       ///< a class
    using Resource = ShareResource; ///< a resource

    /// What a class was at the last solution.
    struct Record
    {
        uint32_t id;    ///< class
        uint32_t count; ///< flows that the resources count
        double level;   ///< its level; WITHOUT: it had no flows
    };

    /// Uses and weight that a class gets with the next solution.
    struct Reroute
    {
        uint32_t id;       ///< class
        uint32_t firstUse; ///< index of the first use
        uint32_t nUses;    ///< number of uses
        double weight;     ///< of a flow
    };

    /// A class that a resource may take away from another one.
    struct Captured
    {
        double level; ///< its level so far
        uint32_t id;  ///< class

        /// @param other another @return whether this one is taken after it
        bool operator<(const Captured& other) const
        {
            return level < other.level || (level == other.level && id < other.id);
        }
    };

    static constexpr double WITHOUT = -1; ///< level of a class without flows

    // fair-share.cc
    bool IsThere(uint32_t id) const
    {
        return id < m_classes.size() &&
               (m_classes[id].flags & (Class::IS_THERE | Class::IS_REMOVED)) == Class::IS_THERE;
    }

    [[noreturn]] void Refuse(uint32_t id) const;
    void RequireClass(uint32_t id) const;
    void RequireResource(uint32_t resource) const;
    void RequireUses(const Use* uses, uint32_t nUses);
    void ChangeCount(uint32_t id, uint32_t count);

    void RecordClass(uint32_t id)
    {
        Class& flows = m_classes[id];
        if (!(flows.flags & Class::IS_RECORDED))
        {
            flows.flags |= Class::IS_RECORDED;
            m_records.push_back({id, flows.count, flows.count > 0 ? flows.level : WITHOUT});
        }
    }

    uint32_t NewUses(const Use* uses, uint32_t nUses);
    void FreeUses(uint32_t firstUse, uint32_t nUses);
    void FreeClass(uint32_t id);
    void SetRoute(uint32_t id, uint32_t firstUse, uint32_t nUses, double weight);
    Reroute GetNext(uint32_t id) const;
    bool HasUses(uint32_t id, const Use* uses, uint32_t nUses) const;
    void Report();

    // fair-share-memory.cc
    static uint64_t GetKey(uint32_t id, uint32_t count);
    bool Recall();
    void Keep();
    void Detach();
    void Attach();

    template <typename F>
    void ForEachRunning(F&& call) const
    {
        for (size_t word = 0; word < m_hasFlows.size(); ++word)
        {
            for (uint64_t bits = m_hasFlows[word]; bits != 0; bits &= bits - 1)
            {
                call(static_cast<uint32_t>(word * 64 + __builtin_ctzll(bits)));
            }
        }
    }

    void SumLoads() const;

    // fair-share-changes.cc
    void CommitCounts();
    void CommitReroutes();
    void CommitCapacities();
    void SetScale(Resource& resource, double capacity);
    void Join(uint32_t id);
    void Leave(uint32_t id, uint32_t count);
    void Enlist(uint32_t id);
    void Delist(uint32_t id);

    // fair-share-filling.cc
    const ShareUse& GetUse(const Class& flows, uint32_t resource) const
    {
        const ShareUse* use = &m_uses[flows.firstUse];
        while (use->resource != resource)
        {
            ++use;
        }
        return *use;
    }

    void Loosen(uint32_t id);

    void Note(uint32_t resource)
    {
        if (!m_isNoted[resource])
        {
            m_isNoted[resource] = 1;
            m_noted.push_back(resource);
        }
    }

    void QueueNoted();
    void Fill();
    template <typename F>
    uint32_t Gather(uint32_t resource, F&& isMeant);
    double GetFillLevel(uint32_t resource);
    double GetSharedLevel(uint32_t resource, double level) const;
    void Release(uint32_t resource);
    void Freeze(uint32_t resource, double level);
    void FreezeLoose(uint32_t id, uint32_t resource, double level);
    void FreezeLimited(uint32_t id, uint32_t resource, double level);
    void StartAnew();

    std::vector<Class> m_classes;                  ///< all classes, by id
    std::vector<uint32_t> m_freeClasses;           ///< ids that are not in use
    std::vector<ShareUse> m_uses;                  ///< uses of all classes
    std::vector<std::vector<uint32_t>> m_freeUses; ///< unused pieces of it, by their length
    std::vector<Resource> m_resources;             ///< all resources
    std::vector<std::vector<uint32_t>> m_running;  ///< classes with flows on each resource
    std::vector<double> m_capacities;              ///< what the capacities are to be
    std::vector<uint64_t> m_stamps;                ///< last check of uses that met each resource
    uint64_t m_stamp{0};                           ///< number of the last check of uses

    std::vector<Record> m_records;    ///< classes that have been changed
    std::vector<Reroute> m_reroutes;  ///< those that get other uses or weights
    std::vector<uint32_t> m_removed;  ///< those that are to be removed
    std::vector<uint32_t> m_recapped; ///< resources that may get another capacity
    std::vector<uint32_t> m_changed;  ///< classes that Solve has reported

    std::vector<uint64_t> m_hasFlows;      ///< a bit for each class that has flows
    uint32_t m_nRunning{0};                ///< classes that have flows
    uint64_t m_hash{0};                    ///< of the counts of all classes
    ShareMemory m_memory;                  ///< solutions
    bool m_detached{false};                ///< the resources stand where they stood for m_base
    std::vector<ShareMemory::Item> m_base; ///< what ran when the resources were last up to date
    mutable std::vector<double> m_loads;   ///< of a remembered solution; empty: not summed

    LevelHeap m_heap;                 ///< resources to be looked at
    std::vector<uint8_t> m_isNoted;   ///< whether a resource is in m_noted
    std::vector<uint32_t> m_noted;    ///< resources that may have to be looked at
    uint32_t m_nLoose{0};             ///< classes without a known bottleneck
    std::vector<uint32_t> m_gathered; ///< what Gather has found
    std::vector<Captured> m_captured; ///< classes that a resource takes from others
    double m_captureCeiling{0};       ///< ceiling of the resource without them
    double m_lastLevel{0};            ///< at which the last resource was filled
    bool m_isPlain{false};            ///< what is filled stays filled
    Counters m_counters{};            ///< what has been done
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAIR_SHARE_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_REPAIR_SHOP_H
#define OPTICAL_FABRIC_REPAIR_SHOP_H

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A repair to be done.
 */
struct RepairJob
{
    uint64_t id{0};        ///< the caller's name for it; need not be unique
    double durationH{0};   ///< how long the work takes, h, 0 to 1e9
    bool needsCrew{false}; ///< whether a crew is busy with it
    std::string spare;     ///< pool that it takes a spare part from; empty: none
    uint32_t priority{0};  ///< 0 goes first
};

/**
 * @ingroup optical-fabric
 * @brief A repair that is done.
 */
struct RepairRecord
{
    uint64_t id{0};       ///< as the job's
    double submittedH{0}; ///< when it was asked for, h
    double startedH{0};   ///< when the work began, h
    double finishedH{0};  ///< when it ended, h
};

/**
 * @ingroup optical-fabric
 * @brief Crews and spare parts, and the repairs that wait for them.
 *
 * A job begins when there are a crew and a spare part for it, as far as it needs them, and takes
 * both at once. Of those that wait, the lowest priority number goes first, then who came first; a
 * job whose part is not there does not hold up others. The crew is free again when the work ends.
 * Each job that needs a part orders one when it is submitted, and that comes after the lead time of
 * the pool.
 *
 * It draws nothing and knows no clock: times are hours since any begin, given by the caller, and
 * never go back.
 */
class RepairShop
{
  public:
    /// As many as anybody could want.
    static constexpr uint32_t UNLIMITED = std::numeric_limits<uint32_t>::max();

    /// @param crews how many jobs that need a crew can be under way at once
    explicit RepairShop(uint32_t crews = UNLIMITED);

    /**
     * @brief Limit a pool of spare parts; a pool that is not limited never runs out.
     * @param pool its name, not empty, not limited yet
     * @param stock parts there are at the begin
     * @param leadTimeH from an order until the part is there, h, 0 to 1e9
     * @throw std::invalid_argument if a parameter is out of range
     */
    void LimitSpares(const std::string& pool, uint32_t stock, double leadTimeH);

    /**
     * @param atH time, h, no sooner than GetTimeH
     * @param job what is to be done; begins at once if it can
     * @throw std::invalid_argument if a parameter is out of range
     */
    void Submit(double atH, const RepairJob& job);
    /**
     * @param timeH time, h, no sooner than GetTimeH; throws std::invalid_argument otherwise
     * @return jobs that have ended since the last call, until then and then, in the order of their
     *         ends
     */
    std::vector<RepairRecord> AdvanceTo(double timeH);

    /// @return how far it has come, h
    double GetTimeH() const;
    /// @return when the next job ends or the next part comes, h; infinite if nothing is under way
    double GetNextEventH() const;
    /// @return jobs that have not begun
    std::size_t GetWaiting() const;
    /// @return crews at work
    uint32_t GetBusyCrews() const;
    /**
     * @param pool name of a pool
     * @return parts in stock; UNLIMITED if it is not limited
     */
    uint32_t GetStock(const std::string& pool) const;

  private:
    /// Something that is going to happen.
    struct Event
    {
        double timeH;        ///< when, h
        uint64_t number;     ///< who is first at the same time
        bool isEnd;          ///< a job ends; or a part comes
        bool freesCrew;      ///< of a job: whether it has one
        RepairRecord record; ///< of a job
        std::string pool;    ///< of a part: where to

        /**
         * @param other another event
         * @return whether this is later
         */
        bool operator>(const Event& other) const
        {
            return std::tie(timeH, number) > std::tie(other.timeH, other.number);
        }
    };

    /// A job that waits.
    struct Waiting
    {
        RepairJob job;     ///< the job
        double submittedH; ///< when it came, h
        uint64_t number;   ///< in the order they came

        /**
         * @param other another job
         * @return whether this goes first
         */
        bool operator<(const Waiting& other) const
        {
            return std::tie(job.priority, number) < std::tie(other.job.priority, other.number);
        }
    };

    /// A pool of spare parts.
    struct Pool
    {
        uint32_t stock;   ///< parts there are
        double leadTimeH; ///< until an ordered part is there, h
    };

    /// @param timeH time, refused if it goes back
    void CheckTime(double timeH) const;
    /// @param timeH time until which things happen, that one included, h
    void Run(double timeH);
    /**
     * @param waiting a job
     * @return true if it has begun
     */
    bool TryStart(const Waiting& waiting);
    /// @brief Begin what can begin of those that wait.
    void StartWaiting();

    uint32_t m_crews;                    ///< crews there are
    uint32_t m_busyCrews{0};             ///< crews at work
    double m_timeH{0};                   ///< now, h
    uint64_t m_nextNumber{0};            ///< of the next event or job
    std::map<std::string, Pool> m_pools; ///< limited pools by name
    std::set<Waiting> m_waiting;         ///< jobs that wait, the next first
    std::priority_queue<Event, std::vector<Event>, std::greater<>> m_events; ///< the next first
    std::vector<RepairRecord> m_done; ///< ended, not yet told
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_REPAIR_SHOP_H */

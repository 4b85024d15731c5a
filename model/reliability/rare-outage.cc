/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "rare-outage.h"

#include "ns3/parameter-check.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// What a cycle gave, weighed.
struct Cycle
{
    double lengthH{0}; ///< how long it was, h
    double downH{0};   ///< how long the system was down, h
    double outages{0}; ///< how often it went down
};

/// Walks from state to state of a system.
class Walker
{
  public:
    /**
     * @param system the system
     * @param uniform random numbers
     */
    Walker(const RepairableSystem& system, const UniformSource& uniform)
        : m_system(system),
          m_uniform(uniform),
          m_down(system.groups.size(), 0),
          m_failing(system.groups.size()),
          m_repairing(system.groups.size(), 0)
    {
        for (std::size_t i = 0; i < m_down.size(); ++i)
        {
            Update(i);
        }
    }

    /**
     * @brief Walk until nothing is down again.
     * @param failureBias see RareOutageSearch
     * @return what was found
     */
    Cycle Walk(double failureBias);

  private:
    /// @param group group whose number of parts down has changed
    void Update(std::size_t group)
    {
        const RepairableGroup& parts = m_system.groups[group];
        m_failing[group] = (parts.count - m_down[group]) / parts.mtbfH;
        m_repairing[group] = std::min(m_down[group], parts.crews) / parts.mttrH;
    }

    /**
     * @param rates rates of groups
     * @param sum their sum
     * @return a group, as likely as its rate says
     */
    std::size_t Choose(const std::vector<double>& rates, double sum) const;
    /// @return a group that has parts up, each as likely
    std::size_t ChooseAlike() const;

    const RepairableSystem& m_system; ///< the system
    const UniformSource& m_uniform;   ///< random numbers
    std::vector<uint32_t> m_down;     ///< how many of each group are down
    std::vector<double> m_failing;    ///< rates of failures, 1/h
    std::vector<double> m_repairing;  ///< rates of repairs, 1/h
};

std::size_t
Walker::Choose(const std::vector<double>& rates, double sum) const
{
    double left = m_uniform() * sum;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < rates.size(); ++i)
    {
        if (rates[i] > 0)
        {
            chosen = i;
            left -= rates[i];
            if (left <= 0)
            {
                break;
            }
        }
    }
    return chosen;
}

std::size_t
Walker::ChooseAlike() const
{
    const auto can = static_cast<double>(
        std::count_if(m_failing.begin(), m_failing.end(), [](double rate) { return rate > 0; }));
    auto left = static_cast<std::size_t>(m_uniform() * can);
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < m_failing.size(); ++i)
    {
        if (m_failing[i] > 0)
        {
            chosen = i;
            if (left-- == 0)
            {
                break;
            }
        }
    }
    return chosen;
}

Cycle
Walker::Walk(double failureBias)
{
    Cycle cycle;
    double likelihood = 1;
    uint64_t partsDown = 0;
    bool isDown = false;
    bool isBiased = failureBias > 0;
    do
    {
        double failing = 0;
        double repairing = 0;
        double canFail = 0;
        for (std::size_t i = 0; i < m_down.size(); ++i)
        {
            failing += m_failing[i];
            repairing += m_repairing[i];
            canFail += m_failing[i] > 0 ? 1 : 0;
        }
        const double rate = failing + repairing;
        cycle.lengthH += likelihood / rate;
        cycle.downH += isDown ? likelihood / rate : 0;

        const double asItIs = failing / rate;
        double fails = asItIs;
        if (isBiased && partsDown > 0 && failing > 0)
        {
            fails = failureBias;
        }
        const bool isFailure = partsDown == 0 || m_uniform() <= fails;
        std::size_t group = 0;
        if (!isFailure)
        {
            group = Choose(m_repairing, repairing);
            likelihood *= (1 - asItIs) / (1 - fails);
            --m_down[group];
            --partsDown;
        }
        else
        {
            group = isBiased ? ChooseAlike() : Choose(m_failing, failing);
            if (isBiased)
            {
                const double chosen = (partsDown == 0 ? 1 : fails) / canFail;
                likelihood *= m_failing[group] / rate / chosen;
            }
            ++m_down[group];
            ++partsDown;
        }
        Update(group);
        const bool wasDown = isDown;
        isDown = partsDown > 0 && m_system.isDown(m_down);
        if (isDown && !wasDown)
        {
            cycle.outages += likelihood;
        }
        // Once it has been down, what else could happen in the cycle is not rare any more.
        isBiased = isBiased && !isDown;
    } while (partsDown > 0);
    return cycle;
}

/// Mean and scatter of what is added.
class Running
{
  public:
    /// @param value next value
    void Add(double value)
    {
        ++m_count;
        const double change = value - m_mean;
        m_mean += change / m_count;
        m_squares += change * (value - m_mean);
    }

    /// @return mean
    double GetMean() const
    {
        return m_mean;
    }

    /// @return square of the standard error of the mean over the mean; 0 if the mean is
    double GetSquaredError() const
    {
        return m_mean > 0 ? m_squares / (m_count - 1) / m_count / (m_mean * m_mean) : 0;
    }

  private:
    double m_count{0};   ///< values so far
    double m_mean{0};    ///< their mean
    double m_squares{0}; ///< sum of squared distances from it
};

/**
 * @param part what is in a cycle
 * @param length how long a cycle is
 * @param score Student's score
 * @return part over length
 */
MeanInterval
Divide(const Running& part, const Running& length, double score)
{
    MeanInterval ratio;
    ratio.mean = part.GetMean() / length.GetMean();
    ratio.halfWidth =
        score * ratio.mean * std::sqrt(part.GetSquaredError() + length.GetSquaredError());
    return ratio;
}

/**
 * @param system a system
 * @param search a search; both refused if they cannot be
 */
void
Check(const RepairableSystem& system, const RareOutageSearch& search)
{
    const ParameterCheck check("rare outage");
    check.Require(!system.groups.empty() && system.groups.size() <= 100000,
                  "number of groups",
                  system.groups.size(),
                  "1 to 100000");
    for (const RepairableGroup& group : system.groups)
    {
        check.RequireBetween("count", group.count, 1, 1000000);
        check.RequireAbove("mtbfH", group.mtbfH, 0, 1e15);
        check.RequireAbove("mttrH", group.mttrH, 0, 1e9);
        check.Require(group.crews >= 1, "crews", group.crews, "at least 1");
    }
    const std::vector<uint32_t> none(system.groups.size(), 0);
    check.Require(system.isDown && !system.isDown(none),
                  "isDown",
                  system.isDown ? "true with nothing down" : "nothing",
                  "a function that is false with nothing down");
    check.Require(search.relativeError > 0 && search.relativeError < 1,
                  "relativeError",
                  search.relativeError,
                  "above 0 and below 1");
    check.Require(search.confidence > 0 && search.confidence < 1,
                  "confidence",
                  search.confidence,
                  "above 0 and below 1");
    check.Require(search.failureBias >= 0 && search.failureBias < 1,
                  "failureBias",
                  search.failureBias,
                  "0 to below 1");
    check.Require(search.leastCycles >= 100, "leastCycles", search.leastCycles, "at least 100");
    check.Require(search.mostCycles >= search.leastCycles,
                  "mostCycles",
                  search.mostCycles,
                  "at least leastCycles");
}

} // namespace

RareOutage
EstimateRareOutage(const RepairableSystem& system,
                   const RareOutageSearch& search,
                   const UniformSource& uniform)
{
    Check(system, search);
    Walker walker(system, uniform);
    Running lengths;
    Running downs;
    Running outages;
    RareOutage found;
    uint64_t nextLook = search.leastCycles;
    while (found.cycles < search.mostCycles && !found.isReached)
    {
        lengths.Add(walker.Walk(0).lengthH);
        const Cycle cycle = walker.Walk(search.failureBias);
        downs.Add(cycle.downH);
        outages.Add(cycle.outages);
        ++found.cycles;
        if (found.cycles < nextLook && found.cycles < search.mostCycles)
        {
            continue;
        }
        // Looks become rarer: who looks all the time stops where the error happens to look small.
        nextLook += nextLook / 2;
        const double score = StudentScore(search.confidence, found.cycles - 1);
        found.unavailability = Divide(downs, lengths, score);
        found.frequencyPerH = Divide(outages, lengths, score);
        found.isReached =
            downs.GetMean() > 0 &&
            found.unavailability.halfWidth <= search.relativeError * found.unavailability.mean;
    }
    return found;
}

} // namespace opticalfabric
} // namespace ns3

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_H

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief Random numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014), and no distribution of the C++ library, which differ from one to the other.
 */
class ScenarioDice
{
  public:
    /**
     * @param seed seed of the whole test
     * @param index number of the scenario
     */
    ScenarioDice(uint64_t seed, uint64_t index);

    /// @return 64 random bits
    uint64_t Next();

    /// @param low least @param high most @return a random number
    uint64_t Between(uint64_t low, uint64_t high);

    /// @param low least, above 0 @param high most @return one whose logarithm is evenly spread
    uint64_t Log(uint64_t low, uint64_t high);

    /// @param percent probability, percent @return true or false
    bool Chance(uint32_t percent);

    /// @param choices some values @return one of them
    template <typename T>
    T Pick(std::initializer_list<T> choices)
    {
        return *(choices.begin() + Between(0, choices.size() - 1));
    }

    /// @param choices some values @return one of them
    template <typename T>
    const T& Pick(const std::vector<T>& choices)
    {
        return choices.at(Between(0, choices.size() - 1));
    }

  private:
    uint64_t m_state; ///< state of the generator
};

/**
 * @ingroup optical-fabric-tests
 * @brief A line of a scenario.
 */
struct ScenarioLine
{
    std::string section; ///< "fabric", "collective 0", "collective 0.moe", "hybrid"; see Scenario
    std::string key;     ///< its key
    std::string value;   ///< its value, as TOML has it
};

/**
 * @ingroup optical-fabric-tests
 * @brief A scenario in lines, so that some can be left out.
 *
 * Lines of section "hybrid" belong to [engine], for that engine only. Those of section "schedule"
 * are lines of the fault schedule beside the scenario; their value is the line.
 */
class LinedScenario
{
  public:
    /// @param line one more line
    void Add(const ScenarioLine& line);
    /// @param section a section @param key key @param value value as TOML has it
    void Add(const std::string& section, const std::string& key, const std::string& value);
    /// @param section a section @param key key @param value text, to be put into quotes
    void AddText(const std::string& section, const std::string& key, const std::string& value);

    /// @param section a section @param key key @return its value without quotes; empty: none
    std::string Get(const std::string& section, const std::string& key) const;
    /// @param section a section @param key key @param value put in place of what there is
    void Set(const std::string& section, const std::string& key, const std::string& value);
    /// @param section a section; goes, with all of its own sections
    void Drop(const std::string& section);
    /// @param place place of a line; it goes
    void DropLine(std::size_t place);

    /// @param section a section @return whether it has any line
    bool Has(const std::string& section) const;
    /// @return sections in their order, each once
    std::vector<std::string> GetSections() const;
    /// @return all lines
    const std::vector<ScenarioLine>& GetLines() const;

    /// @param fidelity engine @return the scenario as TOML
    std::string Write(const std::string& fidelity) const;
    /// @return the fault schedule; empty: none
    std::string WriteSchedule() const;

  private:
    std::vector<ScenarioLine> m_lines; ///< all lines
};

/**
 * @ingroup optical-fabric-tests
 * @brief Make up a small scenario out of all keys that there are.
 * @param seed seed of the whole test
 * @param index number of the scenario; the same numbers, the same scenario
 * @return the scenario, without its fault schedule (see WantsSchedule())
 */
LinedScenario MakeRandomScenario(uint64_t seed, uint64_t index);

/**
 * @ingroup optical-fabric-tests
 * @brief What is known not to hold yet, by name, and is therefore not asked: KNOWN_OPEN in
 * random-scenario.cc. To be emptied; what is taken out is asked from then on.
 * @param name name of an entry, also of one that has been taken out
 * @return whether it is in the table
 */
bool IsKnownOpen(const std::string& name);

/// @return the table, a line each: name and reason
std::vector<std::string> ListKnownOpen();

/// A component of a built fabric and effects that it may have.
struct FaultPlace
{
    std::string kind;      ///< kind of component
    std::string component; ///< its name
};

/**
 * @param scenario a scenario
 * @return whether it says that it has a fault schedule
 */
bool WantsSchedule(const LinedScenario& scenario);

/**
 * Add faults of components that the fabric has.
 * @param scenario a scenario that wants a schedule
 * @param places components of its fabric; at least one
 * @param seed seed of the whole test
 * @param index number of the scenario
 */
void AddSchedule(LinedScenario& scenario,
                 const std::vector<FaultPlace>& places,
                 uint64_t seed,
                 uint64_t index);

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_H */

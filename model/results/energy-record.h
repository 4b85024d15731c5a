/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_RECORD_H
#define OPTICAL_FABRIC_ENERGY_RECORD_H

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/*
 * What a run drew. Energies are those at the socket, with fans and power supplies, unless they say
 * otherwise. Lists by class are in the order of EnergyRecord::classes.
 */

/// @ingroup optical-fabric
/// @brief Energy of all parts of a class.
struct EnergyClass
{
    std::string name;  ///< name of the class, for example "module"
    uint64_t parts{0}; ///< how many there are
    std::string mark;  ///< worst mark of the powers of their types; empty: not known
    double partsJ{0};  ///< what the parts draw, without fans and supplies, J
    double socketJ{0}; ///< the same at the socket, J
};

/// @ingroup optical-fabric
/// @brief Energy of all parts of a rack.
struct EnergyRack
{
    std::string name;  ///< its name; empty: parts whose rack is not said
    double socketJ{0}; ///< energy, J
};

/// @ingroup optical-fabric
/// @brief Energy of an execution of a collective.
struct CollectiveEnergy
{
    std::string collective;     ///< name of the collective
    uint64_t iteration{0};      ///< number of the execution, from 0
    bool isFinished{false};     ///< it ended before the run did
    uint64_t startPs{0};        ///< begin, ps
    uint64_t endPs{0};          ///< end, its own or that of the run, ps
    std::vector<double> classJ; ///< its share of the energy of each class, J
    double socketJ{0};          ///< its share of the energy of all classes, J
    uint64_t movedBytes{0};     ///< its payload that arrived, bytes; 0 unless finished
};

/// @ingroup optical-fabric
/// @brief What modules of one type did that a policy let sleep.
struct ModuleSleepRecord
{
    std::string network; ///< name of their network
    std::string rack;    ///< their rack; empty: not said
    std::string type;    ///< their type
    uint64_t modules{0}; ///< how many there are
    double asleepS{0};   ///< time that they were asleep, all together, s
    uint64_t wakeUps{0}; ///< how often they woke, all together
    double savedJ{0};    ///< what they drew less at the socket than awake all that time, J; less
                         ///< than 0 if waking cost more

    /**
     * @param timePs time it is about, ps
     * @return mean share of the time that they were asleep, 0 to 1; NaN without time or modules
     */
    double GetAsleepShare(uint64_t timePs) const;
};

/// @ingroup optical-fabric
/// @brief What modules of one type did at one of their rates, where a policy lets rates follow the
/// load.
struct ModuleRateRecord
{
    std::string network; ///< name of their network
    std::string rack;    ///< their rack; empty: not said
    std::string type;    ///< their type
    uint64_t modules{0}; ///< how many there are
    double rateShare{1}; ///< the rate, a share of the full one, above 0, at most 1
    double atRateS{0};   ///< time that they ran at it, all together, s; dead ones do not
    uint64_t changes{0}; ///< how often they took it, all together
    double savedJ{0};    ///< what they drew less at the socket than at the full rate that time, J

    /**
     * @param timePs time it is about, ps
     * @return mean share of the time that they ran at it, 0 to 1; NaN without time or modules
     */
    double GetTimeShare(uint64_t timePs) const;
};

/// @ingroup optical-fabric
/// @brief Mean power of a step of time.
struct PowerStep
{
    uint64_t fromPs{0};         ///< begin, ps
    uint64_t toPs{0};           ///< end, ps, later than the begin
    std::vector<double> classW; ///< mean power of each class, W
    double socketW{0};          ///< mean power of all, W
};

/// @ingroup optical-fabric
/// @brief Power over the time of a part of a run.
struct PowerSeries
{
    std::string part;             ///< name of the part
    std::vector<PowerStep> steps; ///< each begins where the last one ends
};

/**
 * @ingroup optical-fabric
 * @brief What a run drew.
 */
struct EnergyRecord
{
    uint64_t timePs{0};                        ///< time it is about, ps
    std::vector<EnergyClass> classes;          ///< classes that have parts which draw power
    std::vector<EnergyRack> racks;             ///< by name
    std::vector<CollectiveEnergy> collectives; ///< in the order of their ends
    double besidesJ{0};                        ///< while no collective ran, J
    double fansJ{0};                           ///< of it all, what fans drew, J
    double suppliesJ{0};                       ///< of it all, what power supplies lost, J
    double socketJ{0};                         ///< energy of all classes, J
    double facilityJ{0};                       ///< what the building took for it, J
    double pue{1};                             ///< power usage effectiveness, at least 1
    uint64_t movedBytes{0};                    ///< payload that arrived, bytes
    std::vector<PowerSeries> series;           ///< power over time, by part of the run
    std::vector<ModuleSleepRecord> sleeps;     ///< modules that may sleep; empty without a policy
    std::vector<ModuleRateRecord> rates;       ///< modules at each of their rates; likewise
    uint64_t alwaysOnPs{0}; ///< time of the same with modules always on, ps; 0: not compared
    double alwaysOnJ{0};    ///< energy of that at the socket, J

    /// @return mean power at the socket, W; NaN if no time has passed
    double GetMeanW() const;
    /// @return largest mean power of a step, at the socket, W; NaN without steps
    double GetPeakW() const;
    /// @return energy over payload that arrived, J per byte; NaN if none has
    double GetJoulesPerByte() const;
    /// @return what cannot be, naming it; empty if all can
    std::string Check() const;
};

/**
 * @ingroup optical-fabric
 * Put what two parts of a run drew together: sums, and lists one after another.
 * @param into what to add to; may be without a value
 * @param from what to add, of the same fabric; may be without a value
 */
void AddEnergy(std::optional<EnergyRecord>& into, const std::optional<EnergyRecord>& from);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENERGY_RECORD_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_PROVENANCE_H
#define OPTICAL_FABRIC_PROVENANCE_H

#include "ns3/build-info.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A file the run read, named by its content.
 */
struct InputFile
{
    std::string name;   ///< as the scenario names it
    uint64_t bytes{0};  ///< its size, bytes
    std::string sha256; ///< SHA-256 of its content, 64 lower-case hexadecimal digits
};

/**
 * @ingroup optical-fabric
 * @brief The random streams given to one part of the simulation.
 */
struct StreamRange
{
    std::string owner; ///< what draws from them
    int64_t first{0};  ///< first stream number
    int64_t count{0};  ///< how many
};

/**
 * @ingroup optical-fabric
 * @brief The settings of ns-3 that decide a run's results.
 */
struct SimulationSettings
{
    uint64_t rngSeed{0};        ///< RngSeedManager's seed
    uint64_t rngRun{0};         ///< RngSeedManager's run number
    std::string timeResolution; ///< unit of Time, for example "ps"
    std::string schedulerType;  ///< TypeId name of the scheduler asked for
    std::string simulatorType;  ///< TypeId name of the simulator implementation asked for
};

/**
 * @ingroup optical-fabric
 * @brief All that decides a run's results. The same provenance gives the same results.
 */
struct Provenance
{
    BuildInfo build;                    ///< the program
    SimulationSettings settings;        ///< ns-3's settings
    std::vector<std::string> arguments; ///< arguments that affect the result; no output directory
    std::string scenario;               ///< the whole scenario, resolved: no default left unsaid
    std::vector<InputFile> inputFiles;  ///< every file read
    std::vector<StreamRange> streams;   ///< who draws from which random streams
};

/**
 * @ingroup optical-fabric
 * @brief What differs between two runs of the same thing.
 */
struct VolatileFacts
{
    std::string host;                   ///< name of the machine
    std::string startedAt;              ///< UTC, as 2026-01-31T12:34:56Z
    std::vector<std::string> arguments; ///< the whole command line, verbatim
    std::string outputDirectory;        ///< where the results went
    double wallS{0};                    ///< wall-clock time the engine ran, s, at least 0
    uint64_t peakRssBytes{0};           ///< largest resident set of the process, bytes
    double setupS{0};                   ///< wall-clock time before the engine ran, s, at least 0
};

/**
 * @ingroup optical-fabric
 * @brief Name a file by its content.
 * @param name path of the file, as the scenario names it
 * @return its record; nothing if it cannot be read
 */
std::optional<InputFile> DigestInputFile(const std::string& name);

/**
 * @ingroup optical-fabric
 * @brief Read ns-3's settings as they are now.
 *
 * Scheduler and simulator are read from the global values of those names. A script that sets them
 * in another way (Simulator::SetScheduler) has to correct the record.
 *
 * @return the settings
 */
SimulationSettings ReadSimulationSettings();

/**
 * @ingroup optical-fabric
 * @brief Begin the volatile record: host, date and command line.
 * @param argc number of arguments, the program's name among them
 * @param argv the arguments
 * @return the record; wall-clock time and memory are still 0
 */
VolatileFacts StartVolatileFacts(int argc, const char* const* argv);

/// @ingroup optical-fabric
/// @return the largest resident set of this process so far, bytes; 0 where the system does not tell
uint64_t GetPeakRssBytes();

/**
 * @ingroup optical-fabric
 * @brief Measures wall-clock time from when it was made.
 */
class WallClock
{
  public:
    WallClock();

    /// @return the time since this object was made, s
    double GetElapsedS() const;

  private:
    std::chrono::steady_clock::time_point m_start; ///< when this object was made
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_PROVENANCE_H */

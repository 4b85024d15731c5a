/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_RANDOM_SCENARIO_EXAMINER_H
#define OPTICAL_FABRIC_RANDOM_SCENARIO_EXAMINER_H

#include "random-scenario.h"

#include <cstdint>
#include <string>

namespace opticalfabrictest
{

/// Writes what it finds to its parent, line by line; the first letter says what a line is.
class Reporter
{
  public:
    /// @param fd where to
    explicit Reporter(int fd)
        : m_fd(fd)
    {
    }

    /// @param mark kind of line @param text what to say
    void Say(char mark, std::string text) const;

  private:
    int m_fd; ///< where to
};

/// @param path a file @param text what it is to say
void WriteFile(const std::string& path, const std::string& text);

/// @param path a file @return what it says
std::string ReadFile(const std::string& path);

/**
 * @ingroup optical-fabric-tests
 * @brief Run a scenario by all engines and in further ways, and say what does not hold.
 *
 * Lines: P, what is run now; L, a line of the fault schedule that was drawn; R, a refusal; X,
 * nothing was run; U, why a run was not finished; T, engine and seconds; D, a distance of flows
 * from packets; F, a claim and what is wrong; E, the end.
 *
 * @param scenario the scenario
 * @param seed seed of the whole test
 * @param index its number
 * @param isNew whether its faults are still to be drawn
 * @param folder a folder of its own
 * @param reporter told
 */
void ExamineScenario(const LinedScenario& scenario,
                     uint64_t seed,
                     uint64_t index,
                     bool isNew,
                     const std::string& folder,
                     const Reporter& reporter);

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_RANDOM_SCENARIO_EXAMINER_H */

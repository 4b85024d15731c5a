/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_BENCH_STOPWATCH_H
#define OPTICAL_FABRIC_BENCH_STOPWATCH_H

#include <ctime>

namespace opticalfabricbench
{

/**
 * @ingroup optical-fabric-bench
 * @brief Measures processor time of this process, user and system, from when it was made.
 *
 * All cases run in one thread, so on an idle machine this is the time on the wall; on a busy one
 * it leaves out the time others had the processor.
 */
class Stopwatch
{
  public:
    Stopwatch()
        : m_start(Now())
    {
    }

    /// @return time so far, s
    double GetElapsedS() const
    {
        return Now() - m_start;
    }

  private:
    /// @return processor time of this process, s
    static double Now()
    {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
    }

    double m_start; ///< when it was made, s
};

} // namespace opticalfabricbench

#endif /* OPTICAL_FABRIC_BENCH_STOPWATCH_H */

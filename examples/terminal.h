/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

/**
 * Say something on the standard error: in lines that fit if it is a terminal, or if the
 * environment's COLUMNS says how long they may be; else in one line, as scripts want it.
 * @param program name of the program
 * @param message what there is to say
 */
void Tell(const std::string& program, const std::string& message);

/**
 * @brief Send what is left of the standard output: a full disk may not take it.
 * @param program name of the program
 * @param status its exit status, if the output was taken
 * @return that; 1 instead of 0 if it was not, which the standard error is told
 */
int EndStandardOutput(const std::string& program, int status);

/**
 * Run a program: refusals end it with status 2, anything else that goes wrong with status 1, and a
 * line on the standard error each.
 * @param program name of the program
 * @param run does what it does
 * @return exit status
 */
int RunProgram(const std::string& program, const std::function<int()>& run);

/**
 * @brief Tells on the standard error what a program is doing: on a terminal in a line that changes,
 * else in a line each, but none before the program has taken a while.
 */
class StepProgress
{
  public:
    /**
     * @param program name of the program
     * @param steps how many steps there will be
     */
    StepProgress(const std::string& program, std::size_t steps);
    /// Takes the line away.
    ~StepProgress();

    StepProgress(const StepProgress&) = delete;
    StepProgress& operator=(const StepProgress&) = delete;

    /// @param what the step that begins
    void Begin(const std::string& what);

    /// Take the line away, before something else is written.
    void Clear();

  private:
    std::string m_program;                         ///< name of the program
    std::size_t m_steps;                           ///< how many there will be
    std::size_t m_begun{0};                        ///< how many have begun
    uint32_t m_width;                              ///< columns of the terminal; 0: it is none
    bool m_isShown{false};                         ///< there is a line to take away
    std::chrono::steady_clock::time_point m_start; ///< when the first began
};

#endif /* TERMINAL_H */

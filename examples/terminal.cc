/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "terminal.h"

#include "ns3/output-width.h"
#include "ns3/scenario-error.h"

#include <exception>
#include <iostream>
#include <stdexcept>

using namespace ns3::opticalfabric;

namespace
{

constexpr int ERRORS = 2; ///< file descriptor of the standard error

} // namespace

void
Tell(const std::string& program, const std::string& message)
{
    const std::string text = program + ": " + message + "\n";
    const uint32_t width = FindOutputWidth(ERRORS);
    std::cerr << (width == 0 ? text : WrapLines(text, width)) << std::flush;
}

int
EndStandardOutput(const std::string& program, int status)
{
    std::cout.flush();
    if (std::cout)
    {
        return status;
    }
    Tell(program, "the standard output could not be written");
    return status == 0 ? 1 : status;
}

int
RunProgram(const std::string& program, const std::function<int()>& run)
{
    try
    {
        return EndStandardOutput(program, run());
    }
    catch (const ScenarioError& refusal)
    {
        Tell(program, refusal.what());
    }
    catch (const std::invalid_argument& refusal)
    {
        Tell(program, refusal.what());
    }
    catch (const std::exception& failure)
    {
        Tell(program, failure.what());
        return 1;
    }
    return 2;
}

StepProgress::StepProgress(const std::string& program, std::size_t steps)
    : m_program(program),
      m_steps(steps),
      m_width(FindLineWidth(ERRORS)),
      m_start(std::chrono::steady_clock::now())
{
}

StepProgress::~StepProgress()
{
    Clear();
}

void
StepProgress::Clear()
{
    if (m_isShown)
    {
        std::cerr << "\r\x1b[K" << std::flush;
    }
    m_isShown = false;
}

void
StepProgress::Begin(const std::string& what)
{
    constexpr std::chrono::seconds PATIENCE(2);
    const auto passed = std::chrono::steady_clock::now() - m_start;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(passed).count();
    std::string line = m_program + ": " + std::to_string(m_begun) + " of " +
                       std::to_string(m_steps) + " done after " + std::to_string(seconds) +
                       " s, now: " + what;
    ++m_begun;
    if (m_width > 0)
    {
        line = line.substr(0, m_width - 1);
        std::cerr << "\r\x1b[K" << line << std::flush;
        m_isShown = true;
    }
    else if (passed > PATIENCE)
    {
        const uint32_t limit = FindOutputWidth(ERRORS);
        std::cerr << (limit > 0 ? WrapLines(line, limit) : line + "\n") << std::flush;
    }
}

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "terminal.h"

#include <iostream>

#ifndef _WIN32
#include <sys/ioctl.h>
#include <unistd.h>
#endif

uint32_t
GetTerminalWidth(OutputStream stream)
{
#ifndef _WIN32
    constexpr uint32_t USUAL = 80;
    const int descriptor = stream == OutputStream::STANDARD ? STDOUT_FILENO : STDERR_FILENO;
    if (isatty(descriptor) != 0)
    {
        winsize size{};
        const bool isKnown = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
        return isKnown ? size.ws_col : USUAL;
    }
#endif
    return 0;
}

StepProgress::StepProgress(const std::string& program, std::size_t steps)
    : m_program(program),
      m_steps(steps),
      m_width(GetTerminalWidth(OutputStream::ERRORS)),
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
        std::cerr << line << std::endl;
    }
}

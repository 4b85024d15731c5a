/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-runner.h"

#include "bench-record.h"
#include "child-process.h"

#include <cstdio>

namespace opticalfabricbench
{

namespace
{

constexpr double LONGEST_S = 1800;  ///< a case that takes longer hangs
constexpr size_t LONGEST_LINE = 90; ///< of what is told of progress

} // namespace

std::vector<double>
RepeatedCase::Get(const std::string& figure) const
{
    std::vector<double> values;
    for (const Figures& run : m_runs)
    {
        values.push_back(run.Get(figure));
    }
    return values;
}

std::vector<double>
RepeatedCase::GetRatio(const std::string& above, const std::string& below, double factor) const
{
    return Divide(Get(above), Get(below), factor);
}

BenchRunner::BenchRunner(const BenchOptions& options)
    : m_options(options),
      m_start(std::chrono::steady_clock::now())
{
}

std::optional<Figures>
BenchRunner::Run(const std::string& name, const std::vector<std::string>& words)
{
    return Start(name, words, LONGEST_S, false);
}

std::optional<Figures>
BenchRunner::Try(const std::string& name, const std::vector<std::string>& words, double timeoutS)
{
    return Start(name, words, timeoutS, true);
}

void
BenchRunner::Alternate(std::vector<RepeatedCase*> cases)
{
    for (uint32_t round = 0; round < m_options.rounds; ++round)
    {
        std::vector<Figures> measured;
        for (const RepeatedCase* one : cases)
        {
            const std::optional<Figures> figures = Run(one->GetName(), one->GetWords());
            if (!figures)
            {
                return; // it would fail again
            }
            measured.push_back(*figures);
        }
        for (size_t i = 0; i < cases.size(); ++i)
        {
            cases[i]->Add(measured[i]);
        }
    }
}

void
BenchRunner::Say(const std::string& text) const
{
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - m_start;
    std::fprintf(stderr, "bench %4.0f s  %s\n", passed.count(), text.c_str());
}

std::optional<Figures>
BenchRunner::Start(const std::string& name,
                   const std::vector<std::string>& words,
                   double timeoutS,
                   bool mayTimeOut)
{
    std::vector<std::string> command{GetOwnPath(), "--case", name};
    std::string text = name;
    for (const std::string& word : words)
    {
        command.push_back(word);
        text += " " + word;
    }
    if (text.size() > LONGEST_LINE)
    {
        text = text.substr(0, LONGEST_LINE - 3) + "...";
    }
    Say(text);
    const ChildResult result = RunProcess(command, timeoutS);
    if (!result.finished)
    {
        const bool failed = !result.timedOut || !mayTimeOut;
        Say((failed ? "FAILED: " : "took too long, left out: ") + text);
        m_failed = m_failed || failed;
        return std::nullopt;
    }
    return Figures::Parse(result.output);
}

} // namespace opticalfabricbench

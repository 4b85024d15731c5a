/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "random-scenario-runner.h"

#include "random-scenario-claims.h"
#include "random-scenario-examiner.h"
#include "random-scenario.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;

namespace opticalfabrictest
{

namespace
{

/// What an examination has said.
struct Verdict
{
    std::vector<std::string> lines;  ///< all lines
    std::vector<std::string> added;  ///< lines of the schedule
    std::string phase;               ///< where it was last
    std::vector<BrokenClaim> broken; ///< what does not hold
};

/**
 * Examine a scenario in a process of its own.
 * @param options options @param scenario scenario @param index its number
 * @param isNew whether its faults are still to be drawn
 * @return what came of it
 */
Verdict
ExamineApart(const RandomOptions& options,
             const LinedScenario& scenario,
             uint64_t index,
             bool isNew)
{
    int ends[2];
    if (pipe(ends) != 0)
    {
        std::abort();
    }
    const std::string folder = options.scratch + "/" + std::to_string(getpid());
    fs::remove_all(folder);
    fs::create_directories(folder);
    const pid_t child = fork();
    if (child == 0)
    {
        close(ends[0]);
        itimerval limit{};
        limit.it_value.tv_sec = options.limitS;
        setitimer(ITIMER_PROF, &limit, nullptr);
        alarm(20 * options.limitS);
        const rlimit noCore{0, 0};
        setrlimit(RLIMIT_CORE, &noCore);
        const std::string errors = folder + "/stderr";
        if (std::freopen(errors.c_str(), "w", stderr) == nullptr)
        {
            _exit(3);
        }
        const Reporter reporter(ends[1]);
        ExamineScenario(scenario, options.seed, index, isNew, folder, reporter);
        _exit(0);
    }
    close(ends[1]);
    std::string text;
    char buffer[65536];
    for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    {
        text.append(buffer, static_cast<std::size_t>(n));
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    Verdict verdict;
    std::istringstream is(text);
    bool isEnd = false;
    for (std::string line; std::getline(is, line);)
    {
        const std::string rest = line.substr(1);
        const std::size_t bar = rest.find('|');
        switch (line.front())
        {
        case 'P':
            verdict.phase = rest;
            break;
        case 'L':
            verdict.added.push_back(rest);
            break;
        case 'F':
            verdict.broken.push_back({rest.substr(0, bar), rest.substr(bar + 1)});
            break;
        case 'E':
            isEnd = true;
            break;
        default:
            verdict.lines.push_back(line);
        }
    }
    if (!isEnd)
    {
        const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        const bool isHang = signal == SIGPROF || signal == SIGALRM;
        const std::string errors = ReadFile(folder + "/stderr");
        verdict.broken.push_back({isHang ? "hang" : "crash",
                                  "in \"" + verdict.phase + "\", signal " + std::to_string(signal) +
                                      ", status " + std::to_string(status) + " " +
                                      errors.substr(0, 400)});
    }
    fs::remove_all(folder);
    return verdict;
}

/// @param verdict a verdict @param claim name of a claim @return whether it is broken
bool
IsBroken(const Verdict& verdict, const std::string& claim)
{
    return std::any_of(verdict.broken.begin(),
                       verdict.broken.end(),
                       [&claim](const BrokenClaim& broken) { return broken.claim == claim; });
}

/**
 * Leave out collectives, sections and lines while a claim is still broken.
 * @param options options @param scenario scenario @param index its number
 * @param claim the claim
 * @return the smallest that was found
 */
LinedScenario
Shrink(const RandomOptions& options,
       LinedScenario scenario,
       uint64_t index,
       const std::string& claim)
{
    const uint32_t most = claim == "hang" ? 20 : 300;
    uint32_t tries = 0;
    const auto fails = [&](const LinedScenario& smaller) {
        return ++tries < most && IsBroken(ExamineApart(options, smaller, index, false), claim);
    };
    for (const std::string& section : scenario.GetSections())
    {
        LinedScenario smaller = scenario;
        smaller.Drop(section);
        if (section == "faults")
        {
            smaller.Drop("schedule");
        }
        if (!section.empty() && section != "fabric" && section != "schedule" && fails(smaller))
        {
            scenario = smaller;
        }
    }
    for (bool hasChanged = true; hasChanged;)
    {
        hasChanged = false;
        for (std::size_t i = scenario.GetLines().size(); i-- > 0;)
        {
            LinedScenario smaller = scenario;
            smaller.DropLine(i);
            if (fails(smaller))
            {
                scenario = smaller;
                hasChanged = true;
            }
        }
    }
    return scenario;
}

} // namespace

void
RunShard(const RandomOptions& options, uint32_t shard, std::ostream& os)
{
    std::map<std::string, uint32_t> shrunk;
    for (uint64_t index = options.from + shard; index < options.from + options.count;
         index += options.jobs)
    {
        LinedScenario scenario = MakeRandomScenario(options.seed, index);
        const Verdict verdict = ExamineApart(options, scenario, index, true);
        for (const std::string& line : verdict.added)
        {
            scenario.Add("schedule", "fault", line);
        }
        for (const std::string& line : verdict.lines)
        {
            os << line.front() << index << '|' << line.substr(1) << '\n';
        }
        std::vector<std::string> seen;
        for (const BrokenClaim& broken : verdict.broken)
        {
            os << "F" << index << '|' << broken.claim << '|' << broken.message << '\n';
            if (std::find(seen.begin(), seen.end(), broken.claim) != seen.end())
            {
                continue;
            }
            seen.push_back(broken.claim);
            std::ostringstream told;
            told << "FAILED seed " << options.seed << ", index " << index << ": " << broken.claim
                 << ": " << broken.message << "\n";
            if (options.shrinks && shrunk[broken.claim]++ < 3)
            {
                const LinedScenario least = Shrink(options, scenario, index, broken.claim);
                told << "----- smallest found\n"
                     << least.Write("packet") << least.WriteSchedule() << "-----\n";
            }
            std::cout << told.str() << std::flush;
        }
        os << "N" << index << "|\n" << std::flush;
    }
}

} // namespace opticalfabrictest

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "bench-options.h"
#include "bench-report.h"
#include "bench-sections.h"
#include "child-process.h"
#include "machine-facts.h"

#include <exception>
#include <iostream>
#include <unistd.h>

namespace opticalfabricbench
{

namespace
{

/// @return folder of this program, with '/' behind it
std::string
GetOwnFolder()
{
    const std::string path = GetOwnPath();
    return path.substr(0, path.rfind('/') + 1);
}

/**
 * Run one case in this process.
 * @param options names it
 * @return exit status
 */
int
RunCase(const BenchOptions& options)
{
    for (const BenchCase& one : GetBenchCases())
    {
        if (one.name == options.caseName)
        {
            CaseArguments arguments(options.words);
            one.run(arguments).Write(std::cout);
            return 0;
        }
    }
    throw std::invalid_argument("there is no case " + options.caseName + "; --help shows them all");
}

/**
 * Become the micro-benchmarks.
 * @param options their arguments
 * @return exit status, if there are none
 */
int
BecomeMicro(const BenchOptions& options)
{
    const std::string program = GetOwnFolder() + "fabric-bench-micro";
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const std::string& word : options.words)
    {
        words.push_back(const_cast<char*>(word.c_str()));
    }
    words.push_back(nullptr);
    execv(program.c_str(), words.data());
    std::cerr << "fabric-bench: there is no " << program
              << "; it is built where Google Benchmark is installed (libbenchmark-dev)\n";
    return 1;
}

/**
 * Measure, print and write.
 * @param options what
 * @return exit status
 */
int
Measure(const BenchOptions& options)
{
    BenchReport report;
    report.facts = GetMachineFacts();
    report.facts.emplace_back("rounds", std::to_string(options.rounds));
    report.facts.emplace_back("quick", options.quick ? "yes" : "no");
    BenchRunner runner(options);
    for (const SectionPlan& plan : GetSectionPlans())
    {
        if (options.Wants(plan.name))
        {
            report.sections.push_back(plan.measure(runner));
        }
    }
    report.Print(std::cout);
    // The program lies in build/<type>/bin/.
    const std::string path =
        options.jsonFile.empty() ? GetOwnFolder() + "../../bench.json" : options.jsonFile;
    if (!options.compareFile.empty() && options.compareFile == path)
    {
        throw std::invalid_argument("--compare and --json name the same file, " + path);
    }
    report.WriteJson(path);
    runner.Say("figures are in " + path);
    if (!options.compareFile.empty())
    {
        CompareReports(options.compareFile, path, std::cout);
    }
    return runner.HasFailed() ? 1 : 0;
}

/**
 * @param options what to do
 * @return exit status
 */
int
Run(const BenchOptions& options)
{
    if (options.help)
    {
        std::cout << GetBenchHelp();
        return 0;
    }
    if (options.micro)
    {
        return BecomeMicro(options);
    }
    if (!options.caseName.empty())
    {
        return RunCase(options);
    }
    if (!options.withFile.empty())
    {
        CompareReports(options.compareFile, options.withFile, std::cout);
        return 0;
    }
    return Measure(options);
}

} // namespace

} // namespace opticalfabricbench

int
main(int argc, char* argv[])
{
    try
    {
        return opticalfabricbench::Run(
            opticalfabricbench::ParseBenchOptions({argv + 1, argv + argc}));
    }
    catch (const std::invalid_argument& problem)
    {
        std::cerr << "fabric-bench: " << problem.what() << '\n';
        return 2;
    }
    catch (const std::exception& problem)
    {
        std::cerr << "fabric-bench: " << problem.what() << '\n';
        return 1;
    }
}

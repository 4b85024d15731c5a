/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "bench-cases.h"
#include "child-process.h"

#include <stdexcept>
#include <unistd.h>

namespace opticalfabricbench
{

namespace
{

/// @return path of the program that runs SimGrid, there or not
std::string
GetSimgridPath()
{
    const std::string path = GetOwnPath();
    return path.substr(0, path.rfind('/') + 1) + "fabric-bench-simgrid";
}

} // namespace

bool
HasSimgrid()
{
    return access(GetSimgridPath().c_str(), X_OK) == 0;
}

Figures
RunSimgrid(CaseArguments& arguments)
{
    const std::string program = GetSimgridPath();
    std::vector<std::string> words = arguments.GetWords();
    words.insert(words.begin(), program);
    std::vector<char*> pointers;
    for (std::string& word : words)
    {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    execv(program.c_str(), pointers.data());
    throw std::runtime_error("there is no " + program +
                             "; it is built where SimGrid is installed (libsimgrid-dev)");
}

} // namespace opticalfabricbench

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "child-process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace opticalfabricbench
{

namespace
{

/**
 * Become a program; does not return.
 * @param command program and arguments
 * @param outputEnd where its standard output goes
 */
[[noreturn]] void
Become(const std::vector<std::string>& command, int outputEnd)
{
    std::vector<char*> words;
    for (const std::string& word : command)
    {
        words.push_back(const_cast<char*>(word.c_str()));
    }
    words.push_back(nullptr);
    dup2(outputEnd, STDOUT_FILENO);
    execvp(words[0], words.data());
    std::perror(words[0]);
    _exit(127);
}

/**
 * Read until the other end is closed, or time is up.
 * @param end where to read
 * @param timeoutS longest to wait, s
 * @param [out] output what was read
 * @return false if time is up
 */
bool
ReadAll(int end, double timeoutS, std::string& output)
{
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::duration<double>(timeoutS);
    while (true)
    {
        const std::chrono::duration<double, std::milli> left = deadline - Clock::now();
        if (left.count() <= 0)
        {
            return false;
        }
        pollfd waiting{end, POLLIN, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(left.count()) + 1);
        if (ready <= 0)
        {
            continue;
        }
        std::array<char, 4096> buffer;
        const ssize_t size = read(end, buffer.data(), buffer.size());
        if (size == 0 || (size < 0 && errno != EINTR))
        {
            return true;
        }
        output.append(buffer.data(), size > 0 ? static_cast<size_t>(size) : 0);
    }
}

} // namespace

ChildResult
RunProcess(const std::vector<std::string>& command, double timeoutS)
{
    std::array<int, 2> ends;
    if (pipe(ends.data()) != 0)
    {
        throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
    }
    const pid_t child = fork();
    if (child < 0)
    {
        throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
    }
    if (child == 0)
    {
        close(ends[0]);
        Become(command, ends[1]);
    }
    close(ends[1]);
    ChildResult result;
    result.timedOut = !ReadAll(ends[0], timeoutS, result.output);
    close(ends[0]);
    if (result.timedOut)
    {
        kill(child, SIGKILL);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    {
    }
    result.finished = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return result;
}

std::string
GetOwnPath()
{
    std::array<char, PATH_MAX> path;
    const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0)
    {
        throw std::runtime_error("/proc/self/exe cannot be read; this program needs Linux");
    }
    return std::string(path.data(), static_cast<size_t>(size));
}

} // namespace opticalfabricbench

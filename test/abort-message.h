/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ABORT_MESSAGE_H
#define OPTICAL_FABRIC_ABORT_MESSAGE_H

#include <array>
#include <csignal>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace opticalfabrictest
{

/**
 * @ingroup optical-fabric-tests
 * @brief Do something that should abort, in a process of its own.
 *
 * @tparam F callable without arguments
 * @param action what to do
 * @return what it wrote to standard error, if it aborted; else nothing
 */
template <typename F>
std::string
AbortMessage(F&& action)
{
    std::array<int, 2> ends;
    if (pipe(ends.data()) != 0)
    {
        return "";
    }
    const pid_t child = fork();
    if (child == 0)
    {
        // What a crash handler or sanitizer prints of the abort is noise.
        std::signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        action();
        _exit(0);
    }
    close(ends[1]);
    std::string message;
    std::array<char, 256> text;
    for (ssize_t n = read(ends[0], text.data(), text.size()); n > 0;
         n = read(ends[0], text.data(), text.size()))
    {
        message.append(text.data(), static_cast<size_t>(n));
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? message : "";
}

} // namespace opticalfabrictest

#endif /* OPTICAL_FABRIC_ABORT_MESSAGE_H */

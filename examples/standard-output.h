/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef STANDARD_OUTPUT_H
#define STANDARD_OUTPUT_H

#include <iostream>
#include <string>

/**
 * @brief Send what is left of the standard output: a full disk may not take it.
 * @param program name of the program
 * @param status its exit status, if the output was taken
 * @return that; 1 instead of 0 if it was not, which the standard error is told
 */
inline int
EndStandardOutput(const std::string& program, int status)
{
    std::cout.flush();
    if (std::cout)
    {
        return status;
    }
    std::cerr << program << ": the standard output could not be written" << std::endl;
    return status == 0 ? 1 : status;
}

#endif /* STANDARD_OUTPUT_H */

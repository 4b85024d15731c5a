/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FUZZ_TARGET_H
#define OPTICAL_FABRIC_FUZZ_TARGET_H

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

/*
 * Each fuzz-*.cc here is one target, in libFuzzer's form. Two programs come of it: with
 * corpus-runner.cc a test, which any compiler builds; and, in a build by clang with
 * -DOPTICAL_FABRIC_FUZZ=ON, the fuzzer itself.
 */

/**
 * @brief Read one input.
 * @param data its bytes
 * @param size how many
 * @return 0
 */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

/// Whether the last input was refused. What a corpus says of its files is compared with it.
inline bool g_isRefused = false;

/**
 * @param data bytes of an input
 * @param size how many
 * @return them as a text
 */
inline std::string
MakeText(const uint8_t* data, size_t size)
{
    return std::string(data, data + size);
}

/**
 * @brief End the program if something does not hold.
 * @param holds whether it does
 */
inline void
Require(bool holds)
{
    if (!holds)
    {
        std::abort();
    }
}

/**
 * @param text a scenario
 * @return whether it names files, which no input may choose
 */
inline bool
NamesFiles(const std::string& text)
{
    return text.find("schedule") != std::string::npos || text.find("catalog") != std::string::npos;
}

#endif /* OPTICAL_FABRIC_FUZZ_TARGET_H */

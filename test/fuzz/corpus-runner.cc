/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// Runs a fuzz target on files, on each as it is and then with random changes: the same ones each
// time.
//
// A file whose name begins with "good-" is to be read as it is, one with "refused-" to be refused.
//
// usage: fuzz-NAME [--changes=N] FILE_OR_FOLDER ...

#include "fuzz-target.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace
{

using Bytes = std::vector<uint8_t>;

/// What inputs have in common that are read differently from others.
const std::vector<std::string> WORDS{"\"",
                                     "\"\"\"",
                                     "'",
                                     "[",
                                     "]",
                                     "[[",
                                     "{",
                                     "}",
                                     ",",
                                     ".",
                                     "=",
                                     "#",
                                     "\n",
                                     "\\",
                                     "-1",
                                     "0",
                                     "1e400",
                                     "nan",
                                     "-0.0",
                                     "18446744073709551616",
                                     "9223372036854775808",
                                     "\xc3\xa9",
                                     "\xff",
                                     " ",
                                     "\t",
                                     ":",
                                     "first:",
                                     "0-4294967295",
                                     "1e6",
                                     "true",
                                     "like"};

/**
 * @param input an input
 * @param draw random numbers
 * @return the same with a change or some
 */
Bytes
Change(Bytes input, std::mt19937& draw)
{
    const auto below = [&draw](std::size_t limit) { return limit == 0 ? 0 : draw() % limit; };
    for (std::size_t left = 1 + below(4); left > 0; --left)
    {
        const auto at = static_cast<std::ptrdiff_t>(below(input.size() + 1));
        const auto end =
            static_cast<std::ptrdiff_t>(std::min<std::size_t>(input.size(), at + below(20)));
        const std::string& word = WORDS[below(WORDS.size())];
        const Bytes piece(input.begin() + at, input.begin() + end);
        switch (below(4))
        {
        case 0:
            input.insert(input.begin() + at, word.begin(), word.end());
            break;
        case 1:
            input.erase(input.begin() + at, input.begin() + end);
            break;
        case 2:
            input.insert(input.begin() + static_cast<std::ptrdiff_t>(below(input.size() + 1)),
                         piece.begin(),
                         piece.end());
            break;
        default:
            if (at < static_cast<std::ptrdiff_t>(input.size()))
            {
                input[static_cast<std::size_t>(at)] ^= static_cast<uint8_t>(1U << below(8));
            }
            break;
        }
    }
    return input;
}

/**
 * @param path a file
 * @param changes how often to change it
 * @param isAsNamed set to false if the file is read and its name says refused, or the other way
 * round
 */
void
Run(const std::filesystem::path& path, std::size_t changes, bool& isAsNamed)
{
    std::ifstream file(path, std::ios::binary);
    const Bytes input{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    g_isRefused = false; // a target that leaves an input alone says nothing
    LLVMFuzzerTestOneInput(input.data(), input.size());
    const std::string name = path.filename().string();
    for (const auto& [begin, isRefused] : {std::pair("good-", false), std::pair("refused-", true)})
    {
        if (name.rfind(begin, 0) == 0 && g_isRefused != isRefused)
        {
            std::cerr << path << " is " << (g_isRefused ? "" : "not ") << "refused\n";
            isAsNamed = false;
        }
    }
    std::mt19937 draw(static_cast<uint32_t>(input.size()));
    for (std::size_t i = 0; i < changes; ++i)
    {
        const Bytes changed = Change(input, draw);
        LLVMFuzzerTestOneInput(changed.data(), changed.size());
    }
}

} // namespace

int
main(int argc, char* argv[])
{
    namespace fs = std::filesystem;
    const std::string option = "--changes=";
    std::size_t changes = 0;
    std::vector<fs::path> files;
    for (const std::string& argument : std::vector<std::string>(argv + 1, argv + argc))
    {
        if (argument.compare(0, option.size(), option) == 0)
        {
            const char* const end = argument.data() + argument.size();
            const auto read = std::from_chars(argument.data() + option.size(), end, changes);
            if (read.ec != std::errc() || read.ptr != end)
            {
                std::cerr << argv[0] << ": " << argument
                          << " is not allowed; allowed: a whole number, at least 0\n";
                return 2;
            }
        }
        else if (fs::is_directory(argument))
        {
            for (const auto& entry : fs::directory_iterator(argument))
            {
                files.push_back(entry.path());
            }
        }
        else if (fs::is_regular_file(argument))
        {
            files.emplace_back(argument);
        }
        else
        {
            std::cerr << argv[0] << ": " << argument << " is no file and no folder\n";
            return 2;
        }
    }
    std::sort(files.begin(), files.end());
    if (files.empty())
    {
        std::cerr << argv[0] << ": no files\n";
        return 2;
    }
    bool isAsNamed = true;
    for (const fs::path& path : files)
    {
        Run(path, changes, isAsNamed);
    }
    if (!isAsNamed)
    {
        return 1;
    }
    std::cout << files.size() << " files, each with " << changes << " changes: no fault found\n";
    return 0;
}

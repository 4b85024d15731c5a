/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "scenario-output.h"

#include "ns3/atomic-file.h"
#include "ns3/scenario-error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#ifndef _WIN32
#include <unistd.h>
#endif

namespace ns3
{
namespace opticalfabric
{

namespace fs = std::filesystem;

namespace
{

/// Files that a run writes.
constexpr std::array<const char*, 5> FILES{"summary.json",
                                           "results.h5",
                                           "volatile.json",
                                           "faults.csv",
                                           "incomplete.txt"};
constexpr const char* PARTS = "parts";     ///< directory of the parts
constexpr const char* PROBE = "probe.txt"; ///< written to see whether that can be done
#ifdef EDQUOT
constexpr int QUOTA = EDQUOT; ///< error of who has no room left on a disk
#else
constexpr int QUOTA = ENOSPC; ///< error of who has no room left on a disk
#endif
constexpr const char* PARTIAL = ".partial"; ///< ends names of unfinished files

/**
 * @param name name of a file
 * @return whether a run writes such files
 */
bool
IsOurs(std::string name)
{
    const std::string partial = PARTIAL;
    if (name.size() > partial.size() &&
        name.compare(name.size() - partial.size(), partial.size(), partial) == 0)
    {
        name.erase(name.size() - partial.size());
    }
    return name == PROBE || std::find(FILES.begin(), FILES.end(), name) != FILES.end();
}

/**
 * @param directory a directory
 * @param depth how many directories deep files of parts may be
 * @return what is there that no run has written, empty if nothing
 */
std::string
FindForeign(const fs::path& directory, int depth)
{
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error))
    {
        const std::string name = entry.path().filename().string();
        std::string foreign;
        if (entry.is_directory(error) && !entry.is_symlink(error))
        {
            const bool isExpected = (depth == 0 && name == PARTS) || depth == 1;
            foreign = isExpected ? FindForeign(entry.path(), depth + 1) : entry.path().string();
        }
        else if (depth == 1 || !IsOurs(name))
        {
            foreign = entry.path().string();
        }
        if (!foreign.empty())
        {
            return foreign;
        }
    }
    return error ? directory.string() + " (" + error.message() + ")" : "";
}

/**
 * @param directory where the results were to go
 * @param why why they cannot
 * @param allowed what is allowed
 */
[[noreturn]] void
Refuse(const std::string& directory, const std::string& why, const std::string& allowed)
{
    throw ScenarioError({}, "output directory " + directory + ": " + why + "; allowed: " + allowed);
}

/**
 * Nothing is wrong with what was asked for, but it cannot be done.
 * @param directory where the results were to go
 * @param why why they cannot
 */
[[noreturn]] void
Fail(const std::string& directory, const std::string& why)
{
    throw std::runtime_error("output directory " + directory + ": " + why);
}

/// What is allowed where something is in the way.
constexpr const char* ALLOWED_WRITABLE =
    "a directory that can be made and written to; choose one with --out DIR";

} // namespace

ScenarioOutput::ScenarioOutput(const std::string& directory)
    : m_directory(directory)
{
    std::error_code error;
    const fs::file_status status = fs::status(directory, error);
    if (fs::exists(status))
    {
        if (!fs::is_directory(status))
        {
            Refuse(directory, "is a file", ALLOWED_WRITABLE);
        }
        const std::string foreign = FindForeign(directory, 0);
        if (!foreign.empty())
        {
            Refuse(directory,
                   "holds " + foreign + ", which is no result of a run",
                   "a directory that does not exist, is empty, or holds results only (they are "
                   "replaced); choose another with --out DIR");
        }
    }
    // The nearest directory that is there has to let us in.
    fs::path nearest = fs::absolute(directory, error);
    while (!fs::exists(fs::status(nearest, error)) && nearest.has_parent_path() &&
           nearest != nearest.parent_path())
    {
        nearest = nearest.parent_path();
    }
    if (!fs::is_directory(nearest, error))
    {
        Refuse(directory, nearest.string() + " is no directory", ALLOWED_WRITABLE);
    }
#ifndef _WIN32
    if (access(nearest.c_str(), W_OK | X_OK) != 0)
    {
        Fail(directory, nearest.string() + " cannot be written to; choose another with --out DIR");
    }
#endif
}

ScenarioOutput::~ScenarioOutput()
{
    std::error_code ignored;
    for (auto made = m_made.rbegin(); made != m_made.rend(); ++made)
    {
        fs::remove(*made, ignored); // refused by the system unless empty
    }
}

void
ScenarioOutput::Make()
{
    std::error_code error;
    std::vector<fs::path> missing;
    for (fs::path path = fs::absolute(m_directory, error).lexically_normal();
         !path.empty() && !fs::exists(path, error) && path != path.parent_path();
         path = path.parent_path())
    {
        if (path.has_filename())
        {
            missing.push_back(path);
        }
    }
    for (auto path = missing.rbegin(); path != missing.rend(); ++path)
    {
        if (!fs::create_directory(*path, error) && error)
        {
            const bool isFull = error == std::errc::no_space_on_device || error.value() == QUOTA ||
                                error == std::errc::io_error;
            if (isFull)
            {
                Fail(m_directory, "cannot be made: " + error.message());
            }
            Refuse(m_directory, "cannot be made: " + error.message(), ALLOWED_WRITABLE);
        }
        m_made.push_back(path->string());
    }
    const std::string probe = m_directory + "/" + PROBE;
    const WriteOutcome outcome = WriteTextFile(probe, [](std::ostream& os) { os << "\n"; });
    if (!outcome.IsOk())
    {
        // It may be written to, as was seen before: there is no room.
        Fail(m_directory, outcome.error);
    }
    fs::remove(probe, error);
}

std::string
ScenarioOutput::Write(const RunReport& report, bool writesHdf5)
{
    const std::string failure = report.Write(m_directory + "/", writesHdf5);
    if (!failure.empty())
    {
        return failure;
    }
    std::error_code error;
    const fs::path parts = fs::path(m_directory) / PARTS;
    std::vector<fs::path> stale;
    for (const auto& entry : fs::directory_iterator(parts, error))
    {
        const std::string name = entry.path().filename().string();
        const auto& all = report.GetParts();
        const bool isThere =
            all.size() > 1 && std::any_of(all.begin(), all.end(), [&](const RunPart& part) {
                return part.name == name;
            });
        if (!isThere)
        {
            stale.push_back(entry.path());
        }
    }
    for (const fs::path& path : stale)
    {
        for (const char* file : FILES)
        {
            fs::remove(path / file, error);
        }
        fs::remove(path, error);
    }
    if (report.GetParts().size() == 1)
    {
        fs::remove(parts, error);
    }
    return "";
}

const std::string&
ScenarioOutput::GetDirectory() const
{
    return m_directory;
}

std::vector<std::string>
ScenarioOutput::GetFiles() const
{
    std::vector<std::string> files;
    std::error_code error;
    for (const char* file : FILES)
    {
        const fs::path path = fs::path(m_directory) / file;
        if (fs::exists(path, error))
        {
            files.push_back(path.string());
        }
    }
    return files;
}

} // namespace opticalfabric
} // namespace ns3

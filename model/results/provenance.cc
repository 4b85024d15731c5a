/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "provenance.h"

#include "sha256.h"

#include <array>
#include <ctime>

#ifndef _WIN32
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace ns3
{
namespace opticalfabric
{

std::optional<InputFile>
DigestInputFile(const std::string& name)
{
    InputFile file;
    file.name = name;
    const auto digest = Sha256::OfFile(name, &file.bytes);
    if (!digest)
    {
        return std::nullopt;
    }
    file.sha256 = *digest;
    return file;
}

VolatileFacts
StartVolatileFacts(int argc, const char* const* argv)
{
    VolatileFacts facts;
    facts.arguments.assign(argv, argv + argc);

    facts.host = "unknown";
#ifndef _WIN32
    std::array<char, 256> host{};
    // The last byte stays 0: a name that is too long need not be terminated.
    if (gethostname(host.data(), host.size() - 1) == 0)
    {
        facts.host = host.data();
    }
#endif

    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
#ifdef _WIN32
    gmtime_s(&utc, &now);
#else
    gmtime_r(&now, &utc);
#endif
    std::array<char, 32> date{};
    std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    facts.startedAt = date.data();
    return facts;
}

uint64_t
GetPeakRssBytes()
{
#ifdef _WIN32
    return 0;
#else
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) != 0)
    {
        return 0;
    }
#ifdef __APPLE__
    return static_cast<uint64_t>(usage.ru_maxrss);
#else
    return static_cast<uint64_t>(usage.ru_maxrss) * 1024; // Linux counts in KiB
#endif
#endif
}

WallClock::WallClock()
    : m_start(std::chrono::steady_clock::now())
{
}

double
WallClock::GetElapsedS() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
}

} // namespace opticalfabric
} // namespace ns3

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "atomic-file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>
#endif

namespace ns3
{
namespace opticalfabric
{

namespace
{

/**
 * @brief Describe a failed call of the C library.
 * @param call name of the call
 * @param path file it was about
 * @return "<call> of <path> failed: <reason in errno>"
 */
WriteOutcome
Failure(const std::string& call, const std::string& path)
{
    return WriteOutcome{call + " of " + path + " failed: " + std::strerror(errno)};
}

} // namespace

AtomicFile::AtomicFile(const std::string& path)
    : m_path(path),
      m_temporaryPath(path + ".partial")
{
}

AtomicFile::~AtomicFile()
{
    if (!m_committed)
    {
        std::remove(m_temporaryPath.c_str());
    }
}

WriteOutcome
AtomicFile::Commit()
{
#ifndef _WIN32
    // Without this a power failure could leave the new name on an empty file.
    const int descriptor = open(m_temporaryPath.c_str(), O_RDONLY);
    if (descriptor < 0)
    {
        return Failure("open", m_temporaryPath);
    }
    const bool synced = fsync(descriptor) == 0;
    const int syncError = errno;
    close(descriptor);
    if (!synced)
    {
        errno = syncError;
        return Failure("fsync", m_temporaryPath);
    }
#endif
    if (std::rename(m_temporaryPath.c_str(), m_path.c_str()) != 0)
    {
        return Failure("rename to " + m_path, m_temporaryPath);
    }
    m_committed = true;
    return WriteOutcome{};
}

WriteOutcome
WriteTextFile(const std::string& path, const std::function<void(std::ostream&)>& write)
{
    AtomicFile atomic(path);
    std::ofstream file(atomic.GetTemporaryPath(), std::ios::binary | std::ios::trunc);
    if (!file)
    {
        return Failure("open", atomic.GetTemporaryPath());
    }
    write(file);
    file.close();
    if (!file)
    {
        return Failure("write", atomic.GetTemporaryPath());
    }
    return atomic.Commit();
}

} // namespace opticalfabric
} // namespace ns3

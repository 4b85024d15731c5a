/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "atomic-file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <system_error>

#ifndef _WIN32
#include <csignal>
#include <unistd.h>
#endif

namespace ns3
{
namespace opticalfabric
{

namespace fs = std::filesystem;

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

/**
 * @brief Find the file that has to be replaced.
 * @param path what the user named
 * @return the file that symbolic links lead to; the path itself if there is none
 */
std::string
FollowLinks(const std::string& path)
{
    std::error_code error;
    if (!fs::is_symlink(path, error))
    {
        return path;
    }
    const fs::path target = fs::canonical(path, error);
    return error ? path : target.string();
}

/**
 * @brief Tell whether another file may take the name.
 * @param path what the user named
 * @return false for a device, a pipe, and what the system shows of open files
 */
bool
IsReplaceable(const std::string& path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    const bool isFile =
        !fs::exists(status) || fs::is_regular_file(status) || fs::is_directory(status);
    return isFile && path.rfind("/dev/std", 0) != 0 && path.rfind("/dev/fd/", 0) != 0 &&
           path.rfind("/proc/", 0) != 0;
}

#ifdef SIGXFSZ
/// Makes the calling thread see a limit on the size of files as an error, and no signal.
class FileSizeSignalBlock
{
  public:
    FileSizeSignalBlock()
    {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGXFSZ);
        pthread_sigmask(SIG_BLOCK, &m_signals, &m_before);
    }

    ~FileSizeSignalBlock()
    {
        sigset_t pending;
        sigemptyset(&pending);
        sigpending(&pending);
        if (sigismember(&pending, SIGXFSZ) == 1 && sigismember(&m_before, SIGXFSZ) == 0)
        {
            int signal = 0;
            sigwait(&m_signals, &signal);
        }
        pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }

    FileSizeSignalBlock(const FileSizeSignalBlock&) = delete;
    FileSizeSignalBlock& operator=(const FileSizeSignalBlock&) = delete;

  private:
    sigset_t m_signals; ///< SIGXFSZ
    sigset_t m_before;  ///< what was blocked before
};
#endif

} // namespace

AtomicFile::AtomicFile(const std::string& path)
    : m_path(FollowLinks(path)),
      m_temporaryPath(IsReplaceable(path) ? m_path + ".partial" : path)
{
    if (!IsReplaceable(path))
    {
        m_path = path;
    }
}

AtomicFile::~AtomicFile()
{
    if (!m_committed && m_temporaryPath != m_path)
    {
        std::remove(m_temporaryPath.c_str());
    }
}

WriteOutcome
AtomicFile::Write(const std::string& content)
{
#ifdef SIGXFSZ
    const FileSizeSignalBlock block;
#endif
    std::FILE* const file = std::fopen(m_temporaryPath.c_str(), "wb");
    if (!file)
    {
        return Failure("open", m_temporaryPath);
    }
    WriteOutcome outcome;
    const std::size_t written = std::fwrite(content.data(), 1, content.size(), file);
    if (written != content.size() || std::fflush(file) != 0)
    {
        outcome = Failure("write", m_temporaryPath);
    }
#ifndef _WIN32
    // Without this a power failure could leave the new name on an empty file.
    else if (m_temporaryPath != m_path && fsync(fileno(file)) != 0)
    {
        outcome = Failure("fsync", m_temporaryPath);
    }
#endif
    // A file system on another machine may say only here that there is no room.
    if (std::fclose(file) != 0 && outcome.IsOk())
    {
        outcome = Failure("close", m_temporaryPath);
    }
    return outcome;
}

WriteOutcome
AtomicFile::Commit()
{
    if (m_temporaryPath != m_path && std::rename(m_temporaryPath.c_str(), m_path.c_str()) != 0)
    {
        return Failure("rename to " + m_path, m_temporaryPath);
    }
    m_committed = true;
    return WriteOutcome{};
}

WriteOutcome
AtomicFiles::Add(const std::string& path, const std::string& content)
{
    m_files.push_back(std::make_unique<AtomicFile>(path));
    return m_files.back()->Write(content);
}

WriteOutcome
AtomicFiles::Add(const std::string& path, const std::function<void(std::ostream&)>& write)
{
    std::ostringstream text;
    write(text);
    return Add(path, text.str());
}

void
AtomicFiles::Remove(const std::string& path)
{
    m_removed.push_back(path);
}

WriteOutcome
AtomicFiles::Commit()
{
    for (const auto& file : m_files)
    {
        WriteOutcome outcome = file->Commit();
        if (!outcome.IsOk())
        {
            return outcome;
        }
    }
    for (const std::string& path : m_removed)
    {
        std::remove(path.c_str());
    }
    Discard();
    return WriteOutcome{};
}

void
AtomicFiles::Discard()
{
    m_files.clear();
    m_removed.clear();
}

WriteOutcome
WriteTextFile(const std::string& path, const std::function<void(std::ostream&)>& write)
{
    AtomicFiles files;
    WriteOutcome outcome = files.Add(path, write);
    return outcome.IsOk() ? files.Commit() : outcome;
}

} // namespace opticalfabric
} // namespace ns3

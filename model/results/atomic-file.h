/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ATOMIC_FILE_H
#define OPTICAL_FABRIC_ATOMIC_FILE_H

#include <functional>
#include <ostream>
#include <string>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief What came of writing a file.
 */
struct [[nodiscard]] WriteOutcome
{
    std::string error; ///< what failed, naming the call and the file; empty if nothing did

    /// @return true if the file is there, complete
    bool IsOk() const
    {
        return error.empty();
    }
};

/**
 * @ingroup optical-fabric
 * @brief A file that appears under its name only when it is complete.
 *
 * The user writes to the temporary name, `<path>.partial`, and then commits. Whatever was under the
 * name before stays whole until that moment, so a run that dies leaves the last good results. Two
 * runs must not write the same path at the same time.
 */
class AtomicFile
{
  public:
    /**
     * @brief Nothing is opened or written here.
     * @param path where the file is to be
     */
    explicit AtomicFile(const std::string& path);

    /// @brief Removes the temporary file unless it was committed.
    ~AtomicFile();

    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    /// @return the name to write to, in the same directory
    const std::string& GetTemporaryPath() const
    {
        return m_temporaryPath;
    }

    /**
     * @brief Put the finished file, closed by now, onto disk and in place.
     * @return what came of it
     */
    WriteOutcome Commit();

  private:
    std::string m_path;          ///< where the file is to be
    std::string m_temporaryPath; ///< where it is written
    bool m_committed{false};     ///< whether it is in place
};

/**
 * @ingroup optical-fabric
 * @brief Write a text file, all or nothing.
 * @param path where
 * @param write writes the content to the stream it is given
 * @return what came of it
 */
WriteOutcome WriteTextFile(const std::string& path,
                           const std::function<void(std::ostream&)>& write);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ATOMIC_FILE_H */

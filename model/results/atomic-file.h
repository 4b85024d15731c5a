/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ATOMIC_FILE_H
#define OPTICAL_FABRIC_ATOMIC_FILE_H

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

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
 * The content goes to the temporary name, `<path>.partial`, and takes the file's name when it is
 * committed. Whatever was under the name before stays whole until that moment, so a full disk or a
 * run that dies leaves the last good results. Two runs must not write the same path at the same
 * time. A symbolic link stays, and the file it points to is replaced. What is no regular file, a
 * device or a pipe, is written to as it stands.
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

    /// @return the name that is written to, in the same directory
    const std::string& GetTemporaryPath() const
    {
        return m_temporaryPath;
    }

    /**
     * @brief Write the content under the temporary name, and onto disk. A limit of the system on
     * the size of files is reported as any other failure, and ends no process.
     * @param content the whole content
     * @return what came of it
     */
    WriteOutcome Write(const std::string& content);

    /**
     * @brief Put what was written in place.
     * @return what came of it
     */
    WriteOutcome Commit();

  private:
    std::string m_path;          ///< where the file is to be
    std::string m_temporaryPath; ///< where it is written; the same for a device
    bool m_committed{false};     ///< whether it is in place
};

/**
 * @ingroup optical-fabric
 * @brief Files that belong together: all take their names, or none does.
 *
 * Each is written whole under its temporary name first. Only renaming is left for Commit, which
 * needs no room on the disk.
 */
class AtomicFiles
{
  public:
    /**
     * @brief Write a file under its temporary name.
     * @param path where it is to be
     * @param content the whole content
     * @return what came of it
     */
    WriteOutcome Add(const std::string& path, const std::string& content);

    /**
     * @brief Write a text file under its temporary name.
     * @param path where it is to be
     * @param write writes the content to the stream it is given
     * @return what came of it
     */
    WriteOutcome Add(const std::string& path, const std::function<void(std::ostream&)>& write);

    /**
     * @brief Have a file taken away when the others are put in place.
     * @param path the file, which need not be there
     */
    void Remove(const std::string& path);

    /**
     * @brief Put all files in place, in the order in which they were added.
     * @return what came of it
     */
    WriteOutcome Commit();

    /// @brief Take away what was written and not committed.
    void Discard();

  private:
    std::vector<std::unique_ptr<AtomicFile>> m_files; ///< written, not in place
    std::vector<std::string> m_removed;               ///< to be taken away
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

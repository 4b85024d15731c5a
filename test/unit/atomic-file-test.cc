/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "example-run-results.h"
#include "file-size-limit.h"

#include "ns3/atomic-file.h"

#include <csignal>
#include <filesystem>
#include <gtest/gtest.h>

using namespace ns3::opticalfabric;
namespace fs = std::filesystem;

namespace
{

/**
 * @param path where
 * @param text what to write
 * @return what failed
 */
std::string
Put(const std::string& path, const std::string& text)
{
    return WriteTextFile(path, [&](std::ostream& os) { os << text; }).error;
}

TEST(AtomicFile, AFileThatDoesNotFitLeavesTheEarlierOne)
{
    const ScratchFile file("atomic-file-limit.txt");
    ASSERT_EQ(Put(file.Name(), "before"), "");
    {
        const FileSizeLimit limit(100);
        EXPECT_EQ(Put(file.Name(), std::string(1000, 'x')),
                  "write of " + file.Name() + ".partial failed: File too large");
        EXPECT_EQ(Put(file.Name() + "2", "small"), "");
        fs::remove(file.Name() + "2");
    }
    EXPECT_EQ(ReadWholeFile(file.Name()), "before");
    EXPECT_FALSE(fs::exists(file.Name() + ".partial"));
    // The signal that comes with the limit was taken, and its handling is as it was.
    sigset_t signals;
    sigpending(&signals);
    EXPECT_EQ(sigismember(&signals, SIGXFSZ), 0);
    pthread_sigmask(SIG_BLOCK, nullptr, &signals);
    EXPECT_EQ(sigismember(&signals, SIGXFSZ), 0);
}

TEST(AtomicFile, DevicesAreWrittenToAndStay)
{
    if (!fs::exists("/dev/full"))
    {
        GTEST_SKIP() << "no /dev/full";
    }
    EXPECT_EQ(Put("/dev/full", "text"), "write of /dev/full failed: No space left on device");
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
    EXPECT_EQ(Put("/dev/null", "text"), "");
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
    EXPECT_FALSE(fs::exists("/dev/null.partial"));
}

TEST(AtomicFile, ASymbolicLinkStays)
{
    const ScratchFile file("atomic-file-target.txt");
    const ScratchFile link("atomic-file-link.txt");
    ASSERT_EQ(Put(file.Name(), "before"), "");
    fs::create_symlink(fs::absolute(file.Name()), link.Name());
    EXPECT_EQ(Put(link.Name(), "after"), "");
    EXPECT_TRUE(fs::is_symlink(link.Name()));
    EXPECT_EQ(ReadWholeFile(file.Name()), "after");
}

TEST(AtomicFile, NamesWhatIsInTheWay)
{
    const ScratchFile file("atomic-file-no-folder.txt");
    ASSERT_EQ(Put(file.Name(), "text"), "");
    EXPECT_EQ(Put(file.Name() + "/a.txt", "text"),
              "open of " + file.Name() + "/a.txt.partial failed: Not a directory");
    const fs::path folder = "atomic-file-folder";
    fs::create_directory(folder);
    EXPECT_EQ(Put(folder.string(), "text"),
              "rename to atomic-file-folder of atomic-file-folder.partial failed: Is a directory");
    EXPECT_FALSE(fs::exists("atomic-file-folder.partial"));
    fs::remove(folder);
}

TEST(AtomicFiles, AllTakeTheirNamesOrNone)
{
    const ScratchFile one("atomic-files-one.txt");
    const ScratchFile two("atomic-files-two.txt");
    const ScratchFile old("atomic-files-old.txt");
    for (const ScratchFile* file : {&one, &two, &old})
    {
        ASSERT_EQ(Put(file->Name(), "before"), "");
    }
    {
        AtomicFiles files;
        EXPECT_TRUE(files.Add(one.Name(), "after").IsOk());
        files.Remove(old.Name());
        const FileSizeLimit limit(100);
        EXPECT_FALSE(files.Add(two.Name(), std::string(1000, 'x')).IsOk());
    }
    for (const ScratchFile* file : {&one, &two, &old})
    {
        EXPECT_EQ(ReadWholeFile(file->Name()), "before");
        EXPECT_FALSE(fs::exists(file->Name() + ".partial"));
    }
    AtomicFiles files;
    EXPECT_TRUE(files.Add(one.Name(), "after").IsOk());
    EXPECT_TRUE(files.Add(two.Name(), "after too").IsOk());
    files.Remove(old.Name());
    EXPECT_EQ(ReadWholeFile(one.Name()), "before");
    EXPECT_EQ(files.Commit().error, "");
    EXPECT_EQ(ReadWholeFile(one.Name()), "after");
    EXPECT_EQ(ReadWholeFile(two.Name()), "after too");
    EXPECT_FALSE(fs::exists(old.Name()));
}

} // namespace

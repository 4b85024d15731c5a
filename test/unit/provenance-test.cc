/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "example-run-results.h"
#include "optional-libraries.h"

#include "ns3/build-info.h"
#include "ns3/nstime.h"
#include "ns3/provenance.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/sha256.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace ns3::opticalfabric;

TEST(Sha256, VectorsOfFips180)
{
    EXPECT_EQ(Sha256::OfText(""),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(Sha256::OfText("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(Sha256::OfText("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(Sha256::OfText("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                             "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
              "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    EXPECT_EQ(Sha256::OfText(std::string(1000000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesMakeNoDifference)
{
    const std::string text(200, 'x');
    for (std::size_t piece = 1; piece <= 130; ++piece)
    {
        Sha256 hash;
        for (std::size_t at = 0; at < text.size(); at += piece)
        {
            hash.Update(text.data() + at, std::min(piece, text.size() - at));
        }
        EXPECT_EQ(hash.Finish(), Sha256::OfText(text)) << piece;
    }
    // 55, 56 and 64 bytes are where the padding changes its shape.
    EXPECT_EQ(Sha256::OfText(std::string(55, 'a')),
              "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    EXPECT_EQ(Sha256::OfText(std::string(56, 'a')),
              "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    EXPECT_EQ(Sha256::OfText(std::string(64, 'a')),
              "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST(Provenance, InputFilesAreNamedByContent)
{
    const ScratchFile file("provenance-input.toml");
    std::ofstream(file.Name()) << "abc";
    const auto input = DigestInputFile(file.Name());
    ASSERT_TRUE(input.has_value());
    EXPECT_EQ(input->name, file.Name());
    EXPECT_EQ(input->bytes, 3u);
    EXPECT_EQ(input->sha256, Sha256::OfText("abc"));
    EXPECT_FALSE(DigestInputFile("no-such-file.toml").has_value());
    EXPECT_FALSE(DigestInputFile(".").has_value()); // a directory
}

TEST(Provenance, LargeInputFiles)
{
    const ScratchFile file("provenance-large.bin");
    const std::string content(300001, 'q');
    std::ofstream(file.Name()) << content;
    const auto input = DigestInputFile(file.Name());
    ASSERT_TRUE(input.has_value());
    EXPECT_EQ(input->bytes, content.size());
    EXPECT_EQ(input->sha256, Sha256::OfText(content));
}

TEST(Provenance, ReadsTheSettingsOfNs3)
{
    ns3::RngSeedManager::SetSeed(77);
    ns3::RngSeedManager::SetRun(88);
    const SimulationSettings settings = ReadSimulationSettings();
    EXPECT_EQ(settings.rngSeed, 77u);
    EXPECT_EQ(settings.rngRun, 88u);
    EXPECT_EQ(settings.timeResolution, ns3::Time::GetResolution() == ns3::Time::PS ? "ps" : "ns");
    EXPECT_EQ(settings.schedulerType, "ns3::MapScheduler");
    EXPECT_EQ(settings.simulatorType, "ns3::DefaultSimulatorImpl");
}

TEST(Provenance, VolatileFactsOfThisProcess)
{
    const char* arguments[] = {"program", "--a=1"};
    const VolatileFacts facts = StartVolatileFacts(2, arguments);
    EXPECT_EQ(facts.arguments, (std::vector<std::string>{"program", "--a=1"}));
    EXPECT_FALSE(facts.host.empty());
    std::string shape = facts.startedAt;
    for (char& c : shape)
    {
        c = c >= '0' && c <= '9' ? '9' : c;
    }
    EXPECT_EQ(shape, "9999-99-99T99:99:99Z") << facts.startedAt;

    const WallClock clock;
    const uint64_t before = GetPeakRssBytes();
    EXPECT_GT(before, uint64_t{1} << 20);
    // More than all there ever was: what other tests of this process took and gave back does not
    // raise the peak a second time.
    std::vector<char> memory(before + (64 << 20), 1);
    EXPECT_GT(GetPeakRssBytes(), before + (32 << 20));
    EXPECT_EQ(memory[12345], 1);
    const double elapsedS = clock.GetElapsedS();
    EXPECT_GT(elapsedS, 0);
    EXPECT_LT(elapsedS, 60);
}

TEST(BuildInfo, SaysHowThisLibraryWasBuilt)
{
    const BuildInfo info = GetBuildInfo();
    EXPECT_EQ(info.cxxStandard, std::to_string(__cplusplus));
    for (const std::string& fact : {info.version,
                                    info.git,
                                    info.ns3Version,
                                    info.compiler,
                                    info.flags,
                                    info.buildType,
                                    info.hdf5,
                                    info.boost})
    {
        EXPECT_FALSE(fact.empty());
    }
#ifdef OPTICAL_FABRIC_HAVE_HDF5
    EXPECT_NE(info.hdf5, "none");
#else
    EXPECT_EQ(info.hdf5, "none");
#endif
#ifdef OPTICAL_FABRIC_HAVE_BOOST
    EXPECT_NE(info.boost, "none");
#else
    EXPECT_EQ(info.boost, "none");
#endif
}

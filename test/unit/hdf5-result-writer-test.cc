/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "example-run-results.h"
#include "file-size-limit.h"
#include "optional-libraries.h"

#include "ns3/hdf5-result-writer.h"

#include <gtest/gtest.h>

using namespace ns3::opticalfabric;

#ifdef OPTICAL_FABRIC_HAVE_HDF5

#include <algorithm>
#include <cmath>
#include <ctime>
#include <hdf5.h>
#include <type_traits>

namespace
{

/// Reads a file back, one column or attribute at a time. A failing call ends the test.
class Reader
{
  public:
    explicit Reader(const std::string& path)
        : m_file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT))
    {
        EXPECT_GE(m_file, 0);
    }

    ~Reader()
    {
        H5Fclose(m_file);
    }

    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    bool Has(const std::string& path) const
    {
        return H5Lexists(m_file, path.c_str(), H5P_DEFAULT) > 0;
    }

    /// One numeric column of a table.
    template <typename T>
    std::vector<T> Column(const std::string& table, const std::string& column) const
    {
        const hid_t number = std::is_same<T, double>::value ? H5T_NATIVE_DOUBLE : H5T_NATIVE_UINT64;
        const hid_t row = H5Tcreate(H5T_COMPOUND, sizeof(T));
        H5Tinsert(row, column.c_str(), 0, number);
        const hid_t set = H5Dopen2(m_file, table.c_str(), H5P_DEFAULT);
        std::vector<T> values(Rows(set));
        EXPECT_GE(H5Dread(set, row, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0) << column;
        H5Dclose(set);
        H5Tclose(row);
        return values;
    }

    /// One column of texts.
    std::vector<std::string> Texts(const std::string& table, const std::string& column) const
    {
        const hid_t set = H5Dopen2(m_file, table.c_str(), H5P_DEFAULT);
        const hid_t fileRow = H5Dget_type(set);
        const int index = H5Tget_member_index(fileRow, column.c_str());
        EXPECT_GE(index, 0) << column;
        const hid_t text = H5Tget_member_type(fileRow, static_cast<unsigned>(index));
        const std::size_t size = H5Tget_size(text);
        const hid_t row = H5Tcreate(H5T_COMPOUND, size);
        H5Tinsert(row, column.c_str(), 0, text);
        std::vector<char> buffer(Rows(set) * size + 1, 0);
        EXPECT_GE(H5Dread(set, row, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer.data()), 0);
        std::vector<std::string> values;
        for (std::size_t at = 0; at + size < buffer.size(); at += size)
        {
            std::string value(buffer.data() + at, size);
            value.resize(std::min(size, value.find('\0')));
            values.push_back(value);
        }
        H5Tclose(row);
        H5Tclose(text);
        H5Tclose(fileRow);
        H5Dclose(set);
        return values;
    }

    template <typename T>
    T Attribute(const std::string& object, const std::string& name) const
    {
        T value{};
        const hid_t attribute =
            H5Aopen_by_name(m_file, object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
        EXPECT_GE(attribute, 0) << object << " " << name;
        H5Aread(attribute,
                std::is_same<T, double>::value ? H5T_NATIVE_DOUBLE : H5T_NATIVE_UINT64,
                &value);
        H5Aclose(attribute);
        return value;
    }

    std::string TextAttribute(const std::string& object, const std::string& name) const
    {
        const hid_t attribute =
            H5Aopen_by_name(m_file, object.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
        EXPECT_GE(attribute, 0) << object << " " << name;
        const hid_t type = H5Aget_type(attribute);
        std::string value(H5Tget_size(type), '\0');
        H5Aread(attribute, type, &value[0]);
        H5Tclose(type);
        H5Aclose(attribute);
        return value.c_str();
    }

    std::string Text(const std::string& path) const
    {
        const hid_t set = H5Dopen2(m_file, path.c_str(), H5P_DEFAULT);
        const hid_t type = H5Dget_type(set);
        std::string value(H5Tget_size(type), '\0');
        EXPECT_GE(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value[0]), 0);
        H5Tclose(type);
        H5Dclose(set);
        return value;
    }

  private:
    static std::size_t Rows(hid_t set)
    {
        const hid_t space = H5Dget_space(set);
        const auto rows = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
        H5Sclose(space);
        return rows;
    }

    hid_t m_file; ///< the file
};

using Counts = std::vector<uint64_t>;
using Names = std::vector<std::string>;

} // namespace

TEST(Hdf5ResultWriter, ReadsBackWhatWasWritten)
{
    ASSERT_TRUE(HasHdf5());
    const ScratchFile file("hdf5-read-back.h5");
    const RunResults results = MakeExampleRunResults();
    const WriteOutcome outcome = WriteHdf5Results(results, file.Name());
    ASSERT_TRUE(outcome.IsOk()) << outcome.error;
    EXPECT_FALSE(std::ifstream(file.Name() + ".partial").good());
    const Reader reader(file.Name());

    EXPECT_EQ(reader.Attribute<uint64_t>("/", "schema_version"), RESULTS_SCHEMA_VERSION);
    EXPECT_EQ(reader.TextAttribute("/run", "compiler"), results.provenance.build.compiler);
    EXPECT_EQ(reader.TextAttribute("/run", "time_resolution"), "ps");
    EXPECT_EQ(reader.Attribute<uint64_t>("/run", "rng_seed"), 11u);
    EXPECT_EQ(reader.Texts("/run/arguments", "argument"), results.provenance.arguments);
    EXPECT_EQ(reader.Texts("/run/streams", "owner"), (Names{"links", "workload"}));
    EXPECT_EQ(reader.Text("/config/scenario"), results.provenance.scenario);
    EXPECT_EQ(reader.Texts("/config/input_files", "name"),
              (Names{"catalog/a.toml", "catalog/longer-name.toml"}));
    EXPECT_EQ(reader.Texts("/config/input_files", "sha256"),
              (Names{std::string(64, 'a'), std::string(64, 'b')}));

    EXPECT_EQ(reader.Texts("/fabric/networks", "name"), (Names{"ub", "rdma"}));
    EXPECT_EQ(reader.Column<uint64_t>("/fabric/networks", "optical_modules"), (Counts{2500, 25}));
    EXPECT_EQ(reader.TextAttribute("/engine", "fidelity"), "packet");
    EXPECT_EQ(reader.Attribute<uint64_t>("/engine", "events"), 9000u);
    EXPECT_EQ(reader.Attribute<uint64_t>("/transfers", "failed_bytes"), 100u);
    EXPECT_EQ(reader.Attribute<uint64_t>("/links", "resent_packets"), 24u);

    EXPECT_EQ(reader.Texts("/collectives", "name"), (Names{"step \\ 1", "step \\ 1"}));
    EXPECT_EQ(reader.Column<uint64_t>("/collectives", "iteration"), (Counts{0, 1}));
    EXPECT_EQ(reader.Column<uint64_t>("/collectives", "start_ps"), (Counts{0, 2000000}));
    EXPECT_EQ(reader.Column<uint64_t>("/collectives", "end_ps"), (Counts{1000000, 5000000}));
    EXPECT_EQ(reader.Column<uint64_t>("/collectives", "failed_bytes"), (Counts{0, 77}));
    EXPECT_EQ(reader.Attribute<uint64_t>("/collectives", "unfinished_iterations"), 3u);
    EXPECT_DOUBLE_EQ(reader.Column<double>("/collectives", "algbw")[0], 1e12);
    EXPECT_DOUBLE_EQ(reader.Column<double>("/collectives", "busbw")[0], 1.75e12);
    EXPECT_TRUE(std::isnan(reader.Column<double>("/collectives", "algbw")[1])) << "it lost payload";
    EXPECT_TRUE(std::isnan(reader.Column<double>("/collectives", "busbw")[1])) << "it lost payload";
    EXPECT_EQ(reader.TextAttribute("/collectives", "unit_busbw"), "B/s");
    EXPECT_EQ(reader.Column<double>("/collectives", "bound"), (std::vector<double>{5e-7, 5e-7}));
    EXPECT_EQ(reader.Texts("/collectives", "bound_limit"), (Names{"cut", "cut"}));
    EXPECT_EQ(reader.TextAttribute("/collectives", "unit_bound"), "s");
    EXPECT_EQ(reader.TextAttribute("/collectives", "unit_end_ps"), "ps");
}

TEST(Hdf5ResultWriter, HistogramsAndQuantilesSurvive)
{
    const ScratchFile file("hdf5-histograms.h5");
    const RunResults results = MakeExampleRunResults();
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    const Reader reader(file.Name());

    const std::string path = "/latency/packet/histogram";
    const Counts lower = reader.Column<uint64_t>(path, "lower_ps");
    const Counts upper = reader.Column<uint64_t>(path, "upper_ps");
    const Counts count = reader.Column<uint64_t>(path, "count");
    std::vector<LatencyHistogram::Bucket> buckets;
    for (std::size_t i = 0; i < lower.size(); ++i)
    {
        buckets.push_back({lower[i], upper[i], count[i]});
    }
    const auto rebuilt =
        LatencyHistogram::FromBuckets(buckets,
                                      WideSum{reader.Attribute<uint64_t>(path, "sum_high"),
                                              reader.Attribute<uint64_t>(path, "sum_low")},
                                      reader.Attribute<uint64_t>(path, "min_ps"),
                                      reader.Attribute<uint64_t>(path, "max_ps"));
    ASSERT_TRUE(rebuilt.has_value());
    EXPECT_EQ(*rebuilt, results.packetLatency);

    const std::string quantiles = "/latency/packet/quantiles";
    EXPECT_EQ(reader.Column<double>(quantiles, "quantile"),
              (std::vector<double>{0.5, 0.9, 0.99, 0.999, 0.9999}));
    const std::vector<double> value = reader.Column<double>(quantiles, "value_s");
    EXPECT_NEAR(value[0], 1e-6, 1e-9);
    EXPECT_LT(reader.Column<double>(quantiles, "lower_s")[0], value[0]);
    EXPECT_GT(reader.Column<double>(quantiles, "upper_s")[0], value[0]);
    EXPECT_FALSE(std::isnan(value[3]));
    EXPECT_TRUE(std::isnan(value[4])); // 20000 values cannot give p99.99
    EXPECT_EQ(reader.Attribute<double>(quantiles, "confidence"), 0.95);
    EXPECT_EQ(reader.Column<uint64_t>("/latency/collective/histogram", "count"), (Counts{1, 1}));

    const std::string breakdown = "/latency/breakdown";
    EXPECT_EQ(reader.Column<double>(breakdown, "quantile"),
              (std::vector<double>{0, 0.5, 0.9, 0.99, 0.999, 0.9999}));
    EXPECT_EQ(reader.Column<uint64_t>(breakdown, "count")[0], 20000u);
    EXPECT_DOUBLE_EQ(reader.Column<double>(breakdown, "mean_total_ps")[0], 1000050.0);
    EXPECT_DOUBLE_EQ(reader.Column<double>(breakdown, "mean_queue_ps")[0], 400020.0);
    EXPECT_DOUBLE_EQ(reader.Column<double>(breakdown, "mean_propagation_ps")[0], 600030.0);
    uint64_t packets = 0;
    for (const uint64_t n : reader.Column<uint64_t>("/latency/breakdown_groups", "count"))
    {
        packets += n;
    }
    EXPECT_EQ(packets, 20000u);
}

TEST(Hdf5ResultWriter, CollectivesHaveTheirOwn)
{
    const ScratchFile file("hdf5-collectives.h5");
    RunResults results = MakeExampleRunResults();
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    {
        const Reader reader(file.Name());
        EXPECT_EQ(reader.Column<uint64_t>("/by_collective/latency", "count"),
                  (Counts{20000, 30, 2, 0, 0, 0}));
        EXPECT_EQ(reader.Texts("/by_collective/latency", "quantity"),
                  (Names{"packet", "transfer", "execution", "packet", "transfer", "execution"}));
        EXPECT_EQ(reader.Texts("/by_collective/quantiles", "collective").size(), 2u * 3 * 5);
        EXPECT_EQ(reader.Column<uint64_t>("/by_collective/breakdown", "count")[0], 20000u);
        EXPECT_EQ(reader.Column<uint64_t>("/by_collective/link_use", "wire_bytes"),
                  (Counts{123456}));
        EXPECT_EQ(reader.Column<double>("/by_collective/link_use", "utilization"),
                  (std::vector<double>{0.25}));
        EXPECT_EQ(reader.Texts("/fabric/link_groups", "medium"), (Names{"copper", "optical"}));
        EXPECT_EQ(reader.Texts("/fabric/networks", "routing"), (Names{"Spray", ""}));
        EXPECT_EQ(reader.TextAttribute("/fabric", "kind"), "clos");
        EXPECT_EQ(reader.Texts("/warnings", "figures"), (Names{"times of step \\ 1", "energy"}));
        EXPECT_EQ(reader.Texts("/warnings", "reason"), (Names{"somebody slept", "nobody knows"}));
    }
    results.engine.fidelity = "hybrid";
    results.engine.flowTransfers = 1;
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    const Reader reader(file.Name());
    EXPECT_EQ(reader.TextAttribute("/latency", "note"), NO_PACKET_LATENCY);
    EXPECT_EQ(reader.Texts("/by_collective/latency", "quantity"),
              (Names{"transfer", "execution", "transfer", "execution"}));
    const std::string content = ReadWholeFile(file.Name());
    EXPECT_EQ(content.find("breakdown"), std::string::npos);
}

TEST(Hdf5ResultWriter, PortsCrossChunksInOrder)
{
    const ScratchFile file("hdf5-ports.h5");
    RunResults results = MakeExampleRunResults();
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    {
        const Reader reader(file.Name());
        const Names nodes = reader.Texts("/links/ports", "node");
        const Counts sent = reader.Column<uint64_t>("/links/ports", "sent_packets");
        const Counts lost = reader.Column<uint64_t>("/links/ports", "lost_packets");
        ASSERT_EQ(nodes.size(), 10000u); // more than two chunks
        for (std::size_t i = 0; i < nodes.size(); ++i)
        {
            ASSERT_EQ(nodes[i], "switch-" + std::to_string(i));
            ASSERT_EQ(sent[i], 1000 + i);
            ASSERT_EQ(lost[i], 3 * i);
        }
    }
    results.ports = nullptr;
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    EXPECT_FALSE(Reader(file.Name()).Has("/links/ports"));
}

TEST(Hdf5ResultWriter, SameResultsGiveTheSameBytes)
{
    const ScratchFile a("hdf5-same-a.h5");
    const ScratchFile b("hdf5-same-b.h5");
    RunResults results = MakeExampleRunResults();
    ASSERT_TRUE(WriteHdf5Results(results, a.Name()).IsOk());
    const std::string first = ReadWholeFile(a.Name());
    EXPECT_GT(first.size(), 10000u);
    // Wait for the next second: a time of writing would have that resolution.
    const std::time_t start = std::time(nullptr);
    while (std::time(nullptr) <= start)
    {
    }
    results.facts = VolatileFacts{"b-host", "2027-01-01T00:00:00Z", {"x"}, "y", 3.5, 8192};
    ASSERT_TRUE(WriteHdf5Results(results, b.Name()).IsOk());
    EXPECT_TRUE(first == ReadWholeFile(b.Name()));

    results.provenance.settings.rngRun += 1;
    ASSERT_TRUE(WriteHdf5Results(results, b.Name()).IsOk());
    EXPECT_FALSE(first == ReadWholeFile(b.Name()));
}

TEST(Hdf5ResultWriter, EmptyResultsAreFine)
{
    const ScratchFile file("hdf5-empty.h5");
    const WriteOutcome outcome = WriteHdf5Results(RunResults(), file.Name());
    ASSERT_TRUE(outcome.IsOk()) << outcome.error;
    const Reader reader(file.Name());
    EXPECT_TRUE(reader.Column<uint64_t>("/collectives", "ranks").empty());
    EXPECT_TRUE(reader.Column<uint64_t>("/latency/packet/histogram", "count").empty());
    EXPECT_EQ(reader.TextAttribute("/engine", "fidelity"), "");
}

TEST(Hdf5ResultWriter, HybridRunsTellOfWhatWentByPackets)
{
    const ScratchFile file("hdf5-hybrid.h5");
    RunResults results = MakeExampleRunResults();
    results.engine.fidelity = "hybrid";
    results.engine.packetTransfers = 7;
    results.engine.flowTransfers = 693;
    results.packetTransferLatency.Record(2000000, 3);
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    const Reader reader(file.Name());
    EXPECT_EQ(reader.Attribute<uint64_t>("/engine", "packet_transfers"), 7u);
    EXPECT_EQ(reader.Attribute<uint64_t>("/engine", "flow_transfers"), 693u);
    EXPECT_EQ(reader.Column<uint64_t>("/latency/packet_transfer/histogram", "count"), (Counts{3}));
}

TEST(Hdf5ResultWriter, NamesTheFailingCallAndTheFile)
{
    const std::string path = "no-such-directory/results.h5";
    const WriteOutcome outcome = WriteHdf5Results(MakeExampleRunResults(), path);
    EXPECT_FALSE(outcome.IsOk());
    EXPECT_EQ(outcome.error, "open of " + path + ".partial failed: No such file or directory");

    // An attribute holds less than 64 KiB. The old file stays as it was.
    const ScratchFile file("hdf5-failing.h5");
    RunResults results = MakeExampleRunResults();
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    const std::string before = ReadWholeFile(file.Name());
    results.engine.fidelity.assign(100000, 'x');
    const WriteOutcome tooLong = WriteHdf5Results(results, file.Name());
    EXPECT_NE(tooLong.error.find("H5Acreate2 of fidelity"), std::string::npos) << tooLong.error;
    EXPECT_TRUE(before == ReadWholeFile(file.Name()));
    EXPECT_FALSE(std::ifstream(file.Name() + ".partial").good());
    EXPECT_EQ(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL), 0);

    results = MakeExampleRunResults();
    results.confidence = 2;
    EXPECT_NE(WriteHdf5Results(results, file.Name()).error.find("confidence is 2"),
              std::string::npos);
}

TEST(Hdf5ResultWriter, AFullDiskLeavesTheEarlierFileAndNoOpenOne)
{
    const ScratchFile file("hdf5-full-disk.h5");
    RunResults results = MakeExampleRunResults();
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    const std::string before = ReadWholeFile(file.Name());
    results.provenance.settings.rngRun += 1;
    {
        const FileSizeLimit limit(4096);
        const WriteOutcome outcome = WriteHdf5Results(results, file.Name());
        EXPECT_EQ(outcome.error, "write of " + file.Name() + ".partial failed: File too large");
    }
    EXPECT_TRUE(before == ReadWholeFile(file.Name()));
    EXPECT_FALSE(std::ifstream(file.Name() + ".partial").good());
    // HDF5 goes through the files that it has open when the program ends.
    EXPECT_EQ(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
    ASSERT_TRUE(WriteHdf5Results(results, file.Name()).IsOk());
    EXPECT_FALSE(before == ReadWholeFile(file.Name()));
}

TEST(Hdf5ResultWriter, BytesAreThoseOfAFileOnDisk)
{
    // The format's signature, and the size of the file as its superblock has it.
    const ScratchFile file("hdf5-bytes.h5");
    ASSERT_TRUE(WriteHdf5Results(MakeExampleRunResults(), file.Name()).IsOk());
    const std::string bytes = ReadWholeFile(file.Name());
    ASSERT_GT(bytes.size(), 96u);
    EXPECT_EQ(bytes.substr(0, 8), "\x89HDF\r\n\x1a\n");
    EXPECT_EQ(bytes[8], 0); // version of the superblock
    uint64_t size = 0;
    for (int i = 7; i >= 0; --i)
    {
        size = size * 256 + static_cast<unsigned char>(bytes[40 + i]);
    }
    EXPECT_EQ(size, bytes.size());
}

#else

TEST(Hdf5ResultWriter, SaysThatItWasNotBuiltIn)
{
    EXPECT_FALSE(HasHdf5());
    EXPECT_EQ(GetHdf5Version(), "none");
    const WriteOutcome outcome = WriteHdf5Results(MakeExampleRunResults(), "x.h5");
    EXPECT_EQ(outcome.error, "cannot write x.h5: optical-fabric was built without HDF5");
    EXPECT_FALSE(std::ifstream("x.h5").good());
}

#endif

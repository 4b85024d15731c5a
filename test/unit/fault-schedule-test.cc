/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "reliability-test.h"

#include "ns3/fault-schedule.h"
#include "ns3/fault-time.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

using namespace ns3::opticalfabric;

namespace
{

/**
 * @param text a time
 * @return it; fails if it is none
 */
FaultTime
Time(const std::string& text)
{
    const auto time = FaultTime::Read(text);
    EXPECT_TRUE(time.has_value()) << text;
    return time.value_or(FaultTime());
}

/// @return a fault nothing is wrong with
Fault
MakeFault()
{
    Fault fault;
    fault.time = Time("2.5h");
    fault.kind = ComponentKind::LINK;
    fault.component = "l1-3.port-7";
    fault.effect.kind = FailureEffect::FRAME_LOSS;
    fault.effect.share = 1e-4;
    fault.end = Fault::LASTS;
    fault.lasts = Time("75min");
    fault.detection = Time("30s");
    fault.mode = "grey loss";
    return fault;
}

TEST(FailureEffect, ReadsWhatItWrites)
{
    for (const char* text : {"down",
                             "link-down",
                             "lanes-lost lanes=2",
                             "extra-loss dB=3",
                             "extra-loss dB=0.1",
                             "frame-loss share=0.001",
                             "corruption share=1e-06",
                             "extra-delay delay=200ns",
                             "rate-reduced share=0.5",
                             "flap-burst cycles=3 down=1.5s up=10s"})
    {
        const FailureEffect effect = ReadFailureEffect(text);
        EXPECT_NO_THROW(effect.Validate(ComponentKind::LINK)) << text;
        EXPECT_EQ(ReadFailureEffect(effect.Write()), effect) << text;
        EXPECT_EQ(effect.Write(), ReadFailureEffect(effect.Write()).Write());
    }
    EXPECT_EQ(ReadFailureEffect("flap-burst up=10s  cycles=3 down=1500ms").Write(),
              "flap-burst cycles=3 down=1.5s up=10s");
    EXPECT_EQ(ReadFailureEffect("flap-burst cycles=3 down=1.5s up=10s").GetBurstLength(),
              Time("34.5s"));
    FailureEffect many = ReadFailureEffect("flap-burst cycles=1000000 down=1ps up=2ps");
    EXPECT_EQ(many.GetBurstLength(), Time("3us"));
}

TEST(FailureEffect, RefusesWhatCannotBe)
{
    const auto expect = [](const std::string& text, const std::vector<std::string>& parts) {
        ExpectRefused([&] { ReadFailureEffect(text).Validate(ComponentKind::LINK); }, parts);
    };
    expect("", {"effect \"\" is not known", "lanes-lost"});
    expect("link-dwon", {"did you mean link-down?"});
    expect("lanes-lost", {"lanes is missing", "lanes-lost lanes=..."});
    expect("lanes-lost lane=2", {"\"lane=2\"", "did you mean lanes?"});
    expect("lanes-lost lanes=2 lanes=3", {"\"lanes=3\""});
    expect("lanes-lost lanes", {"\"lanes\" is not allowed"});
    expect("lanes-lost lanes=-1", {"lanes = \"-1\"", "whole number"});
    expect("lanes-lost lanes=0", {"lanes = 0", "1 to 64"});
    expect("lanes-lost lanes=65", {"lanes = 65"});
    expect("down now=1", {"\"now=1\"", "allowed: down"});
    expect("extra-loss dB=x", {"dB = \"x\"", "a number"});
    expect("extra-loss dB=nan", {"dB = \"nan\""});
    expect("extra-loss dB=0", {"lossDb = 0"});
    expect("frame-loss share=1.5", {"share = 1.5"});
    expect("corruption share=0", {"share = 0"});
    expect("rate-reduced share=1", {"share = 1", "below 1"});
    expect("extra-delay delay=5", {"delay = \"5\"", "with its unit"});
    expect("extra-delay delay=0", {"delay = 0", "at most 1s"});
    expect("extra-delay delay=2s", {"delay = 2s"});
    expect("flap-burst cycles=0 down=1s up=1s", {"cycles = 0"});
    expect("flap-burst cycles=1 down=0 up=1s", {"down = 0", "at most 1d"});
    expect("flap-burst cycles=1 down=1s up=25h", {"up = 25h"});
    ExpectRefused([] { ReadFailureEffect("link-down").Validate(ComponentKind::NPU); },
                  {"component kind = npu", "not npu"});
    ExpectRefused([] { ReadFailureEffect("extra-loss dB=1").Validate(ComponentKind::NIC); },
                  {"component kind = nic", "carry light"});
}

TEST(FaultSchedule, IsInTheOrderOfTimeAndOfItsLinesWithinOne)
{
    Fault first = MakeFault();
    first.component = "a";
    Fault second = MakeFault();
    second.component = "b";
    Fault sooner = MakeFault();
    sooner.component = "c";
    sooner.time = Time("1ps");
    const FaultSchedule schedule({first, second, sooner});
    ASSERT_EQ(schedule.GetFaults().size(), 3u);
    EXPECT_EQ(schedule.GetFaults()[0].component, "c");
    EXPECT_EQ(schedule.GetFaults()[1].component, "a");
    EXPECT_EQ(schedule.GetFaults()[1].GetEndTime(), Time("3.75h"));
    EXPECT_EQ(schedule.GetFaults()[2].component, "b");
}

TEST(FaultSchedule, ReadsWhatAPersonWrites)
{
    const std::string text = "\xef\xbb\xbf# my faults\r\n"
                             "\r\n"
                             "kind, component , time, lasts, effect\r\n"
                             "  # later\r\n"
                             "link, \"a, b\"\" c\" , 3us, repair, link-down\r\n"
                             "npu,die 7,2us,1h,down\r\n";
    const FaultSchedule schedule = ReadFaultSchedule(text, "mine.csv");
    ASSERT_EQ(schedule.GetFaults().size(), 2u);
    EXPECT_EQ(schedule.GetFaults()[0].component, "die 7");
    EXPECT_EQ(schedule.GetFaults()[1].component, "a, b\" c");
    EXPECT_EQ(schedule.GetFaults()[1].end, Fault::UNTIL_REPAIRED);
    EXPECT_EQ(WriteFaultSchedule(schedule),
              "time,kind,component,effect,lasts,detection,mode,cause\n"
              "2us,npu,die 7,down,1h,0,,\n"
              "3us,link,\"a, b\"\" c\",link-down,repair,0,,\n");
}

TEST(FaultSchedule, TheExampleOfTheDocumentationIsGood)
{
    std::ifstream page(std::string(OPTICAL_FABRIC_SOURCE_DIR) + "/doc/reliability.rst");
    std::string text;
    for (std::string line; std::getline(page, line);)
    {
        const bool isHeader = line.find("  time,kind,component,") == 0;
        if (isHeader || (!text.empty() && !line.empty()))
        {
            text += line + "\n";
        }
        else if (!text.empty())
        {
            break;
        }
    }
    const FaultSchedule schedule = ReadFaultSchedule(text, "doc/reliability.rst");
    ASSERT_EQ(schedule.GetFaults().size(), 4u);
    EXPECT_EQ(schedule.GetFaults()[2].end, Fault::WITH_BURST);
    EXPECT_EQ(schedule.GetFaults()[3].cause, "power_feed rack-1");
}

TEST(FaultSchedule, EmptyOneIsItsHeader)
{
    const std::string text = WriteFaultSchedule(FaultSchedule());
    EXPECT_EQ(text, "time,kind,component,effect,lasts,detection,mode,cause\n");
    EXPECT_TRUE(ReadFaultSchedule(text, "x").GetFaults().empty());
}

TEST(FaultSchedule, FilesAreReadAndMissingOnesRefused)
{
    const std::string name = "fault-schedule-test.csv";
    const FaultSchedule schedule({MakeFault()});
    std::ofstream(name, std::ios::binary) << WriteFaultSchedule(schedule);
    EXPECT_EQ(LoadFaultSchedule(name), schedule);
    std::remove(name.c_str());
    ExpectRefused<FaultScheduleError>([&] { LoadFaultSchedule(name); },
                                      {name + ": cannot be read: No such file"});
    ExpectRefused<FaultScheduleError>([] { LoadFaultSchedule("."); }, {".: cannot be read: "});
}

/// Draws schedules.
class ScheduleMaker
{
  public:
    /// @param seed seed
    explicit ScheduleMaker(uint64_t seed)
        : m_random(seed)
    {
    }

    /// @return a schedule
    FaultSchedule Make()
    {
        std::vector<Fault> faults(Below(20));
        for (Fault& fault : faults)
        {
            fault = MakeFault();
        }
        return FaultSchedule(faults);
    }

    /// @return a fault of any kind
    Fault MakeFault()
    {
        Fault fault;
        fault.time = MakeTime(60);
        fault.component = MakeName() + "x";
        fault.mode = MakeName();
        fault.cause = MakeName();
        fault.detection = MakeTime(50);
        fault.kind = static_cast<ComponentKind::Kind>(Below(ComponentKind::COUNT));
        do
        {
            fault.effect = MakeEffect();
        } while (!IsPossible(fault));
        fault.end = Below(2) == 0 ? Fault::LASTS : Fault::UNTIL_REPAIRED;
        if (fault.effect.kind == FailureEffect::FLAP_BURST)
        {
            fault.end = Fault::WITH_BURST;
        }
        if (fault.end == Fault::LASTS)
        {
            fault.lasts = MakeTime(60) + FaultTime::FromPs(1);
        }
        return fault;
    }

    /**
     * @param count how many there are
     * @return one of them
     */
    uint64_t Below(uint64_t count)
    {
        return m_random() % count;
    }

  private:
    /// @return a time of up to so many bits, in ps
    FaultTime MakeTime(uint32_t bits)
    {
        const FaultTime time =
            FaultTime::FromPs(static_cast<int64_t>(m_random() >> (64 - bits + Below(bits))));
        return Below(3) == 0 ? FaultTime::FromH(static_cast<double>(Below(100000))) : time;
    }

    /// @return a name with all that is hard to write
    std::string MakeName()
    {
        static const std::array<const char*, 12>
            PARTS{"a", "7", " ", ",", "\"", "#", "\xc3\xa9", "=", "repair", "\\", "'", ";"};
        std::string name;
        for (uint64_t length = Below(6); length > 0; --length)
        {
            name += PARTS[Below(PARTS.size())];
        }
        return name;
    }

    /// @return an effect
    FailureEffect MakeEffect()
    {
        FailureEffect effect;
        effect.kind = static_cast<FailureEffect::Kind>(Below(FailureEffect::COUNT));
        const double share = (static_cast<double>(Below(1u << 30)) + 0.5) / (1u << 30);
        switch (effect.kind)
        {
        case FailureEffect::LANES_LOST:
            effect.lanes = static_cast<uint32_t>(1 + Below(64));
            break;
        case FailureEffect::EXTRA_LOSS:
            effect.lossDb = 100 * share;
            break;
        case FailureEffect::FRAME_LOSS:
        case FailureEffect::CORRUPTION:
        case FailureEffect::RATE_REDUCED:
            effect.share = Below(2) == 0 ? share : share * 1e-12;
            break;
        case FailureEffect::EXTRA_DELAY:
            effect.delay = FaultTime::FromPs(static_cast<int64_t>(1 + Below(1000000000000)));
            break;
        case FailureEffect::FLAP_BURST:
            effect.cycles = static_cast<uint32_t>(1 + Below(1000));
            effect.down = FaultTime::FromPs(static_cast<int64_t>(1 + Below(86400000000000000)));
            effect.up = FaultTime::FromPs(static_cast<int64_t>(1 + Below(86400000000000000)));
            break;
        default:
            break;
        }
        return effect;
    }

    /// @return whether the fault's component can have its effect
    static bool IsPossible(const Fault& fault)
    {
        try
        {
            fault.effect.Validate(fault.kind);
            return true;
        }
        catch (const std::invalid_argument&)
        {
            return false;
        }
    }

    std::mt19937_64 m_random; ///< random numbers
};

TEST(FaultSchedule, RandomOnesReadBackAsTheSameToTheByte)
{
    for (uint64_t seed = 0; seed < 1000; ++seed)
    {
        const FaultSchedule schedule = ScheduleMaker(seed).Make();
        const std::string text = WriteFaultSchedule(schedule);
        const FaultSchedule back = ReadFaultSchedule(text, "x.csv");
        ASSERT_EQ(back, schedule) << text;
        ASSERT_EQ(WriteFaultSchedule(back), text);
        // Lines in any order say the same, where no two begin at once.
        std::istringstream lines(text);
        std::string header;
        std::getline(lines, header);
        std::string turned;
        for (std::string line; std::getline(lines, line);)
        {
            turned = line + "\n" + turned;
        }
        bool isUnique = true;
        for (std::size_t i = 1; i < schedule.GetFaults().size(); ++i)
        {
            isUnique &= schedule.GetFaults()[i].time != schedule.GetFaults()[i - 1].time;
        }
        if (isUnique)
        {
            ASSERT_EQ(ReadFaultSchedule(header + "\n" + turned, "x.csv"), schedule) << turned;
        }
    }
}

TEST(FaultSchedule, BrokenOnesAreRefusedWithTheirLineOrMeanSomething)
{
    int refused = 0;
    int kept = 0;
    for (uint64_t seed = 0; seed < 5000; ++seed)
    {
        ScheduleMaker maker(seed);
        std::string text = WriteFaultSchedule(maker.Make());
        for (uint64_t slips = 1 + maker.Below(3); slips > 0; --slips)
        {
            const std::size_t place = maker.Below(text.size());
            switch (maker.Below(4))
            {
            case 0:
                text.erase(place, 1 + maker.Below(5));
                break;
            case 1:
                text[place] = static_cast<char>(maker.Below(256));
                break;
            case 2:
                text.insert(place, 1, ",\"\n #=0-"[maker.Below(8)]);
                break;
            default:
                text.resize(place);
            }
            if (text.empty())
            {
                break;
            }
        }
        try
        {
            const FaultSchedule schedule = ReadFaultSchedule(text, "broken.csv");
            ASSERT_EQ(ReadFaultSchedule(WriteFaultSchedule(schedule), "x"), schedule) << text;
            ++kept;
        }
        catch (const FaultScheduleError& refusal)
        {
            const std::string message = refusal.what();
            ASSERT_EQ(message.compare(0, 11, "broken.csv:"), 0) << message;
            ASSERT_NE(message.find("allowed"), std::string::npos) << message << "\n" << text;
            ++refused;
        }
    }
    // Both happen often: the property says something of either.
    EXPECT_GT(refused, 1000);
    EXPECT_GT(kept, 250);
}

TEST(FaultSchedule, RefusesWithFileLineAndReason)
{
    const std::string header = "time,kind,component,effect,lasts,detection\n";
    const auto expect = [&](const std::string& line, const std::vector<std::string>& parts) {
        std::vector<std::string> all{"f.csv:3: "};
        all.insert(all.end(), parts.begin(), parts.end());
        ExpectRefused<FaultScheduleError>(
            [&] { ReadFaultSchedule(header + "0,link,a,down,repair,0\n" + line + "\n", "f.csv"); },
            all);
    };
    expect("1,link,a,down,repair,0", {"time = \"1\"", "with its unit"});
    expect("1s,lnik,a,down,repair,0", {"kind \"lnik\"", "did you mean link?", "switch_chip"});
    expect("1s,link,,down,repair,0", {"component = \"\""});
    expect("1s,link,a,up,repair,0", {"effect \"up\" is not known", "link-down"});
    expect("1s,link,a,frame-loss share=2,repair,0", {"share = 2"});
    expect("1s,npu,a,link-down,repair,0", {"component kind = npu"});
    expect("1s,link,a,down,forever,0", {"lasts = \"forever\"", "repair, burst, or a time"});
    expect("1s,link,a,down,0,0", {"lasts = 0", "above 0"});
    expect("1s,link,a,down,burst,0", {"lasts = burst", "a time, or repair"});
    expect("1s,link,a,flap-burst cycles=1 down=1s up=1s,5s,0", {"lasts = 5s", "burst"});
    expect("1s,link,a,down,repair,x", {"detection = \"x\""});
    expect("1s,link,a,down,repair", {"5 cells", "allowed: 6"});
    expect("1s,link,a,down,repair,0,", {"7 cells"});
    expect("1s,link,\"a,down,repair,0", {"does not end on its line"});
    expect("1s,link,\"a\"b,down,repair,0", {"behind a cell in quotes"});
    expect("1s,link,a\x01,down,repair,0", {"a control character"});
    expect("1s,link,a\tb,down,repair,0", {"component = ", "without control characters"});
    expect("999999999999s,link,a,down,2s,0", {"sum in s"});
    const auto expectHeader = [&](const std::string& text, const std::vector<std::string>& parts) {
        ExpectRefused<FaultScheduleError>([&] { ReadFaultSchedule(text, "f.csv"); }, parts);
    };
    expectHeader("", {"f.csv: there is no line that names the columns"});
    expectHeader("# nothing\n\n", {"f.csv: there is no line"});
    expectHeader("time,kind,component,effect\n", {"f.csv:1: column \"lasts\" is missing"});
    expectHeader("time,kind,component,efect,lasts\n",
                 {"f.csv:1: column \"efect\"", "did you mean effect?"});
    expectHeader("\ntime,kind,time,effect,lasts\n", {"f.csv:2: column \"time\" is there twice"});
}

/// Links of two lanes.
class TwoLanes : public FaultTargetList
{
  public:
    std::string ExplainRefusal(ComponentKind::Kind,
                               uint32_t,
                               const FailureEffect& effect) const override
    {
        return effect.lanes > 2 ? "lanes = " + std::to_string(effect.lanes) + "; allowed: 1 to 2"
                                : "";
    }
};

TEST(FaultSchedule, NamesThatAreNotThereAreRefusedWithTheNearest)
{
    TwoLanes targets;
    for (const char* name : {"l1-1.port-1", "l1-1.port-2", "l1-2.port-1", "l2-1.port-1", "spare"})
    {
        targets.Add(ComponentKind::LINK, name);
    }
    EXPECT_EQ(targets.Add(ComponentKind::NPU, "die-0"), 0u);
    ExpectRefused([&] { targets.Add(ComponentKind::LINK, "spare"); }, {"name = \"spare\""});
    const std::string good = "time,kind,component,effect,lasts\n"
                             "1s,npu,die-0,down,repair\n"
                             "2s,link,l1-2.port-1,link-down,repair\n";
    const FaultSchedule schedule = ReadFaultSchedule(good, "f.csv", &targets);
    EXPECT_EQ(schedule.Resolve(targets), (std::vector<uint32_t>{0, 2}));
    ExpectRefused<FaultScheduleError>(
        [&] { ReadFaultSchedule(good + "3s,link,l1-1.prot-1,down,repair\n", "f.csv", &targets); },
        {"f.csv:4: there is no link \"l1-1.prot-1\"; allowed: one of 5, the nearest: "
         "l1-1.port-1, "});
    ExpectRefused<FaultScheduleError>(
        [&] { ReadFaultSchedule(good + "3s,link,xyzzy,down,repair\n", "f.csv", &targets); },
        {"f.csv:4: there is no link \"xyzzy\"; allowed: one of 5: l1-1.port-1, "});
    ExpectRefused<FaultScheduleError>(
        [&] { ReadFaultSchedule(good + "3s,nic,die-0,down,repair\n", "f.csv", &targets); },
        {"no nic \"die-0\"; allowed: none"});
    ExpectRefused<FaultScheduleError>(
        [&] {
            ReadFaultSchedule(good + "3s,link,spare,lanes-lost lanes=3,repair\n",
                              "f.csv",
                              &targets);
        },
        {"f.csv:4: link \"spare\" cannot have effect \"lanes-lost lanes=3\": lanes = 3",
         "allowed: 1 to 2"});
    Fault stranger;
    stranger.component = "m";
    ExpectRefused([&] { FaultSchedule({stranger}).Resolve(targets); },
                  {"fault 1 at 0: there is no module \"m\""});
}

} // namespace

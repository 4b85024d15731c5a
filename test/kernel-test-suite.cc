/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/event-id.h"
#include "ns3/event-impl.h"
#include "ns3/foreseen-event.h"
#include "ns3/make-event.h"
#include "ns3/map-scheduler.h"
#include "ns3/object-factory.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/uinteger.h"
#include "ns3/wheel-scheduler.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// Does nothing.
void
Nothing()
{
}

/**
 * @ingroup optical-fabric-tests
 * @brief Random operations give the same answers as ns3::MapScheduler.
 */
class WheelSchedulerOperationsTestCase : public TestCase
{
  public:
    /**
     * @param slotBits attribute SlotBits of the scheduler tested
     */
    explicit WheelSchedulerOperationsTestCase(uint8_t slotBits)
        : TestCase("Random operations as MapScheduler, SlotBits " + std::to_string(slotBits)),
          m_slotBits(slotBits)
    {
    }

  private:
    /// How far ahead events are inserted.
    enum Profile : uint32_t
    {
        NEAR,     ///< within a slot or a few
        WHEEL,    ///< within the wheels
        FAR,      ///< up to 2^60 ticks
        PROFILES, ///< how many
    };

    void DoRun() override
    {
        m_random = CreateObject<UniformRandomVariable>();
        m_random->SetStream(1000 + m_slotBits);
        for (uint32_t i = 0; i < 32; ++i)
        {
            m_impls.push_back(Ptr<EventImpl>(MakeEvent(&Nothing), false));
        }
        for (uint32_t round = 0; round < 90; ++round)
        {
            // Some rounds grow to many events, some stay near empty.
            RunOnce(static_cast<Profile>(round % PROFILES), round % 2 == 0 ? 0.6 : 0.49);
        }
    }

    /// @param bits number of bits @return a random number below 2^bits
    uint64_t Bits(uint32_t bits)
    {
        const uint64_t high = m_random->GetInteger(0, UINT32_MAX);
        const uint64_t low = m_random->GetInteger(0, UINT32_MAX);
        return bits == 0 ? 0 : ((high << 32) | low) >> (64 - bits);
    }

    /// @param profile how far ahead @return a random delay
    uint64_t Delay(Profile profile)
    {
        const uint32_t kind = m_random->GetInteger(0, 9);
        if (kind < 2 || m_nowTicks > (uint64_t{1} << 61))
        {
            return kind == 0 ? 0 : Bits(4);
        }
        if (kind == 2)
        {
            // At slots' and wheels' borders.
            const uint64_t border = uint64_t{1} << (m_slotBits + m_random->GetInteger(0, 30));
            return border - (m_nowTicks & (border - 1)) + Bits(2) - Bits(1) % (1 + Bits(1));
        }
        switch (profile)
        {
        case NEAR:
            return Bits(m_random->GetInteger(0, m_slotBits + 4));
        case WHEEL:
            return Bits(m_random->GetInteger(0, std::min(60, m_slotBits + 46)));
        default:
            return Bits(m_random->GetInteger(0, 60));
        }
    }

    /**
     * @param profile how far ahead
     * @param inserting share of insertions among insertions and removals
     */
    void RunOnce(Profile profile, double inserting)
    {
        m_map = CreateObject<MapScheduler>();
        m_wheel = CreateObject<WheelScheduler>();
        NS_TEST_ASSERT_MSG_EQ(m_wheel->SetAttributeFailSafe("SlotBits", UintegerValue(m_slotBits)),
                              true,
                              "SlotBits");
        m_nowTicks = 0;
        m_pending.clear();
        uint32_t uid = 0;
        for (uint32_t i = 0; i < 8000; ++i)
        {
            const double what = m_random->GetValue(0, 1);
            if (what < 0.05 && !m_pending.empty())
            {
                RemoveOne(uid);
            }
            else if (what < 0.15)
            {
                NS_TEST_ASSERT_MSG_EQ(m_wheel->IsEmpty(), m_map->IsEmpty(), "IsEmpty");
                if (!m_pending.empty())
                {
                    CheckSame(m_wheel->PeekNext(), m_map->PeekNext());
                }
            }
            else if (m_random->GetValue(0, 1) < inserting)
            {
                // A burst at one time every now and then.
                const uint32_t burst = m_random->GetInteger(0, 49) == 0 ? 40 : 1;
                const uint64_t atTicks = m_nowTicks + Delay(profile);
                for (uint32_t k = 0; k < burst; ++k)
                {
                    InsertOne(atTicks, uid++);
                }
            }
            else if (!m_pending.empty())
            {
                RemoveNext();
            }
        }
        while (!m_pending.empty())
        {
            RemoveNext();
        }
        NS_TEST_ASSERT_MSG_EQ(m_wheel->IsEmpty(), true, "IsEmpty after the last");
    }

    /**
     * @param atTicks time stamp
     * @param uid unique number
     */
    void InsertOne(uint64_t atTicks, uint32_t uid)
    {
        Scheduler::Event event;
        event.impl = PeekPointer(m_impls[uid % m_impls.size()]);
        event.key.m_ts = atTicks;
        event.key.m_uid = uid;
        event.key.m_context = uid * 7;
        m_map->Insert(event);
        m_wheel->Insert(event);
        m_pending[uid] = event;
    }

    /// @param uid number after the last inserted
    void RemoveOne(uint32_t uid)
    {
        auto place = m_pending.lower_bound(m_random->GetInteger(0, uid));
        place = place == m_pending.end() ? m_pending.begin() : place;
        m_map->Remove(place->second);
        m_wheel->Remove(place->second);
        m_pending.erase(place);
    }

    /// Take the next event from both.
    void RemoveNext()
    {
        const Scheduler::Event expected = m_map->RemoveNext();
        CheckSame(m_wheel->RemoveNext(), expected);
        NS_TEST_ASSERT_MSG_GT_OR_EQ(expected.key.m_ts, m_nowTicks, "time goes back");
        m_nowTicks = expected.key.m_ts;
        m_pending.erase(expected.key.m_uid);
    }

    /**
     * @param event event
     * @param expected what it should be
     */
    void CheckSame(const Scheduler::Event& event, const Scheduler::Event& expected)
    {
        NS_TEST_ASSERT_MSG_EQ(event.key.m_ts, expected.key.m_ts, "time");
        NS_TEST_ASSERT_MSG_EQ(event.key.m_uid, expected.key.m_uid, "uid");
        NS_TEST_ASSERT_MSG_EQ(event.key.m_context, expected.key.m_context, "context");
        NS_TEST_ASSERT_MSG_EQ((event.impl == expected.impl), true, "event");
    }

    uint8_t m_slotBits;                             ///< attribute
    Ptr<UniformRandomVariable> m_random;            ///< what happens
    std::vector<Ptr<EventImpl>> m_impls;            ///< events
    Ptr<MapScheduler> m_map;                        ///< what it should be like
    Ptr<WheelScheduler> m_wheel;                    ///< what is tested
    uint64_t m_nowTicks{0};                         ///< time of the last event taken
    std::map<uint32_t, Scheduler::Event> m_pending; ///< by uid
};

/**
 * @ingroup optical-fabric-tests
 * @brief A run in ns3::Simulator goes as with MapScheduler, also if the scheduler changes under it.
 */
class WheelSchedulerSimulatorTestCase : public TestCase
{
  public:
    WheelSchedulerSimulatorTestCase()
        : TestCase("Simulator runs as with MapScheduler, scheduler changed in mid-run or not")
    {
    }

  private:
    using Log = std::vector<std::pair<int64_t, uint32_t>>; ///< (time, number) of each event

    void DoRun() override
    {
        const std::string map = "ns3::MapScheduler";
        const std::string wheel = "ns3::opticalfabric::WheelScheduler";
        const Log expected = RunOnce(map, map);
        NS_TEST_EXPECT_MSG_GT(expected.size(), 5000, "events");
        NS_TEST_EXPECT_MSG_EQ((RunOnce(wheel, wheel) == expected), true, "wheel");
        NS_TEST_EXPECT_MSG_EQ((RunOnce(map, wheel) == expected), true, "map, then wheel");
        NS_TEST_EXPECT_MSG_EQ((RunOnce(wheel, map) == expected), true, "wheel, then map");
    }

    /**
     * @param first scheduler at the start
     * @param second scheduler from the middle on
     * @return what happened
     */
    Log RunOnce(const std::string& first, const std::string& second)
    {
        m_log.clear();
        m_ids.clear();
        m_random = CreateObject<UniformRandomVariable>();
        m_random->SetStream(2000);
        Simulator::SetScheduler(ObjectFactory(first));
        for (uint32_t i = 0; i < 200; ++i)
        {
            ScheduleOne();
        }
        Simulator::Schedule(TimeStep(50000), &Simulator::SetScheduler, ObjectFactory(second));
        Simulator::Run();
        Simulator::Destroy();
        return m_log;
    }

    /// Schedule an event somewhere ahead.
    void ScheduleOne()
    {
        const auto number = static_cast<uint32_t>(m_ids.size());
        const uint32_t kind = m_random->GetInteger(0, 9);
        const uint64_t delay = kind == 0   ? 0
                               : kind == 9 ? uint64_t{1} << m_random->GetInteger(0, 40)
                                           : m_random->GetInteger(0, 3000);
        m_ids.push_back(Simulator::Schedule(TimeStep(delay),
                                            &WheelSchedulerSimulatorTestCase::Happen,
                                            this,
                                            number));
    }

    /// @param number the event's
    void Happen(uint32_t number)
    {
        m_log.emplace_back(Simulator::Now().GetTimeStep(), number);
        const uint32_t more = m_log.size() < 8000 ? m_random->GetInteger(0, 2) : 0;
        for (uint32_t i = 0; i < more; ++i)
        {
            ScheduleOne();
        }
        // Cancelling is lazy; removing takes it out of the scheduler at once.
        const uint32_t which = m_random->GetInteger(0, m_ids.size() - 1);
        switch (m_random->GetInteger(0, 15))
        {
        case 0:
            Simulator::Remove(m_ids[which]);
            break;
        case 1:
            Simulator::Cancel(m_ids[which]);
            break;
        default:
            break;
        }
    }

    Ptr<UniformRandomVariable> m_random; ///< what happens
    std::vector<EventId> m_ids;          ///< by number
    Log m_log;                           ///< what happened
};

/**
 * @ingroup optical-fabric-tests
 * @brief Remembers the steps it was called for.
 */
class WatchedEvent : public ForeseenEvent
{
  public:
    /// @param lastStep the step after which it wants no more
    explicit WatchedEvent(uint32_t lastStep)
        : m_lastStep(lastStep)
    {
    }

    bool Foresee(uint32_t step) const override
    {
        m_inOrder = m_inOrder && step == m_steps && step <= m_lastStep;
        ++m_steps;
        return step < m_lastStep;
    }

    /// @return steps it was called for
    uint32_t GetSteps() const
    {
        return m_steps;
    }

    /// @return true if it was called for step after step, and never after the last it wanted
    bool IsInOrder() const
    {
        return m_inOrder;
    }

  protected:
    void Notify() override
    {
    }

  private:
    uint32_t m_lastStep;          ///< it wants no more after this
    mutable uint32_t m_steps{0};  ///< steps it was called for
    mutable bool m_inOrder{true}; ///< these were 0, 1, 2...
};

/**
 * @ingroup optical-fabric-tests
 * @brief Events are called ahead in order, each before it runs and none after, and nearly all of
 * them where many are pending.
 */
class WheelSchedulerForeseeTestCase : public TestCase
{
  public:
    WheelSchedulerForeseeTestCase()
        : TestCase("Events are called ahead, step by step")
    {
    }

  private:
    void DoRun() override
    {
        const auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(3000);
        const auto wheel = CreateObject<WheelScheduler>();
        std::map<uint32_t, std::pair<Scheduler::Event, Ptr<WatchedEvent>>> pending;
        std::vector<Ptr<WatchedEvent>> done;
        uint64_t nowTicks = 0;
        uint32_t complete = 0;
        for (uint32_t uid = 0; uid < 60000; ++uid)
        {
            // Nearly all soon, many at the same time.
            const uint64_t delay =
                random->GetInteger(0, 99) == 0 ? 0 : 64 * random->GetInteger(10, 2000);
            const auto impl = Create<WatchedEvent>(uid % 10 == 0 ? 1 : 9);
            Scheduler::Event event{PeekPointer(impl), {nowTicks + delay, uid, 0}};
            wheel->Insert(event);
            pending[uid] = {event, impl};
            if (uid % 11 == 0)
            {
                auto place = pending.lower_bound(random->GetInteger(0, uid));
                place = place == pending.end() ? pending.begin() : place;
                wheel->Remove(place->second.first);
                done.push_back(place->second.second);
                pending.erase(place);
            }
            // The number pending goes up and down across the one from which there is looking ahead.
            const uint32_t removals = uid % 12000 < 5000 ? 0 : uid % 3 == 0 ? 1 : 2;
            for (uint32_t i = 0; i < removals && !pending.empty(); ++i)
            {
                const Scheduler::Event next = wheel->RemoveNext();
                NS_TEST_ASSERT_MSG_GT_OR_EQ(next.key.m_ts, nowTicks, "time goes back");
                nowTicks = next.key.m_ts;
                const Ptr<WatchedEvent> ran = pending[next.key.m_uid].second;
                const bool wantsAll = next.key.m_uid % 10 != 0;
                complete += ran->GetSteps() == (wantsAll ? ForeseenEvent::STEPS : 2) ? 1 : 0;
                done.push_back(ran);
                pending.erase(next.key.m_uid);
            }
        }
        std::vector<uint32_t> steps;
        for (const Ptr<WatchedEvent>& event : done)
        {
            NS_TEST_ASSERT_MSG_EQ(event->IsInOrder(), true, "steps in order");
            steps.push_back(event->GetSteps());
        }
        NS_TEST_EXPECT_MSG_GT(complete, 15000, "events called for every step they wanted");
        while (!pending.empty())
        {
            pending.erase(wheel->RemoveNext().key.m_uid);
        }
        for (size_t i = 0; i < done.size(); ++i)
        {
            NS_TEST_ASSERT_MSG_EQ(done[i]->GetSteps(), steps[i], "called after it had run");
        }
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief What an attribute may be and when.
 */
class WheelSchedulerAttributesTestCase : public TestCase
{
  public:
    WheelSchedulerAttributesTestCase()
        : TestCase("SlotBits is 0 to 20")
    {
    }

  private:
    void DoRun() override
    {
        const auto wheel = CreateObject<WheelScheduler>();
        NS_TEST_EXPECT_MSG_EQ(wheel->SetAttributeFailSafe("SlotBits", UintegerValue(21)),
                              false,
                              "21 accepted");
        NS_TEST_EXPECT_MSG_EQ(wheel->SetAttributeFailSafe("SlotBits", UintegerValue(20)),
                              true,
                              "20 refused");
        UintegerValue bits;
        wheel->GetAttribute("SlotBits", bits);
        NS_TEST_EXPECT_MSG_EQ(bits.Get(), 20, "SlotBits");
    }
};

/**
 * @ingroup optical-fabric-tests
 * @brief The event scheduler.
 */
class KernelTestSuite : public TestSuite
{
  public:
    KernelTestSuite()
        : TestSuite("optical-fabric-kernel", Type::UNIT)
    {
        for (const uint8_t slotBits : {0, 1, 6, 13, 20})
        {
            AddTestCase(new WheelSchedulerOperationsTestCase(slotBits));
        }
        AddTestCase(new WheelSchedulerForeseeTestCase);
        AddTestCase(new WheelSchedulerSimulatorTestCase);
        AddTestCase(new WheelSchedulerAttributesTestCase);
    }
};

KernelTestSuite g_kernelTestSuite; ///< registers the suite

} // namespace

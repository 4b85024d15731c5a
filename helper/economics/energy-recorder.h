/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_ENERGY_RECORDER_H
#define OPTICAL_FABRIC_ENERGY_RECORDER_H

#include "ns3/down-parts.h"
#include "ns3/energy-record.h"
#include "ns3/energy-setup.h"
#include "ns3/fabric-loads.h"
#include "ns3/fault-helper.h"
#include "ns3/module-rates.h"
#include "ns3/module-sleep.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/power-trace.h"
#include "ns3/traced-callback.h"
#include "ns3/workload-runner.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Measures what a fabric draws while a simulation runs on it.
 *
 * Parts that carry traffic draw idle power all the time, and for every byte they carry the rise
 * from idle to active power over their full load (FabricLoads): energy is linear in bytes, so it is
 * exact however seldom counters are read, and no packet costs an event. A byte counts when a port
 * begins to send it; those that packets' links send again count again. All other parts run at a
 * constant share of their load as long as the recorder does.
 *
 * Optical modules that are dead draw nothing, neither do parts that a fault has taken down
 * (WatchFaults), from the picosecond it begins to that in which it ends. Modules that a policy lets
 * sleep (WatchSleep) draw what they do asleep from the picosecond they fall asleep to that in which
 * they begin to wake. Those whose rate follows their load (WatchRates) draw less idle power at a
 * lower rate, to the picosecond as well. All other parts are always on.
 *
 * Energy of a time in which several executions of collectives are under way is shared out among
 * them in equal parts, so that those of all executions, and of the time without any, are those of
 * the run.
 *
 * @code
 *   const auto recorder = CreateObject<EnergyRecorder>();
 *   recorder->SetAttribute("SampleStep", TimeValue(MicroSeconds(10)));
 *   recorder->Install(fabric, MakeEnergySetup(catalog, CountBill(fabric), supply, pue));
 *   recorder->WatchRunner(runner);
 *   recorder->Start();
 *   Simulator::Run();
 *   recorder->Finish();
 *   const EnergyRecord record = recorder->Collect("all-reduce");
 * @endcode
 */
class EnergyRecorder : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    EnergyRecorder();
    ~EnergyRecorder() override;

    /// Signature of the Power trace source: a step of time, and mean powers at the socket in it.
    typedef void (*PowerTracedCallback)(const PowerSample& sample);

    /**
     * Count the parts. Once (NS_ABORT on the second call).
     * @param fabric what was built; must outlive Finish
     * @param setup what parts draw
     * @throw std::invalid_argument if the fabric does not know its parts (CountBill), or the setup
     *        not their power
     */
    void Install(const BuiltFabric& fabric, const EnergySetup& setup);
    /**
     * Record the energy of each collective of a runner, and read the counters of its engine.
     * @param runner a runner that has not been started
     */
    void WatchRunner(const Ptr<WorkloadRunner>& runner);
    /**
     * Read the counters of an engine that no runner uses.
     * @param engine moves transfers over a network of the fabric
     */
    void WatchEngine(const Ptr<TransferEngine>& engine);
    /**
     * Modules of a network may sleep. After Install; NS_ABORT otherwise, or if the network is not
     * of the fabric.
     * @param sleep says when they do
     */
    void WatchSleep(const Ptr<ModuleSleep>& sleep);
    /**
     * Modules of a network may run at lower rates. After Install; NS_ABORT otherwise, or if the
     * network is not of the fabric.
     * @param rates says when they do
     */
    void WatchRates(const Ptr<ModuleRates>& rates);
    /**
     * While a fault whose effect is COMPONENT_DOWN acts, what is in its component (DownParts) draws
     * nothing; other effects change nothing. However many such faults hold a part, it counts once.
     * After Install, once (NS_ABORT).
     * @param faults faults of the fabric; FaultHelper::Install was called
     */
    void WatchFaults(const Ptr<FaultHelper>& faults);
    /**
     * @param isAlone tells whether nothing is going to happen in the simulation but what observers
     *                do: sampling ends then. Without it, that is whether there are no other events.
     */
    void SetAloneTest(std::function<bool()> isAlone);

    /// Begin, now; bytes carried before do not count. After Install, once (NS_ABORT).
    void Start();
    /// Look at all counters now. Nobody has to call it; energies below are those of the last look.
    void Update();
    /// End, now: look a last time, and listen to nobody any more. Does nothing the second time.
    void Finish();

    /// @return energy since the start at the socket, J
    double GetEnergyJ() const;
    /**
     * @param part a class; throws std::invalid_argument if it is none
     * @return energy of its parts since the start at the socket, J
     */
    double GetEnergyJ(PartClass::Kind part) const;
    /**
     * @param rack a rack; throws std::invalid_argument if no part stands there
     * @return energy of its parts since the start at the socket, J
     */
    double GetEnergyJ(const std::string& rack) const;
    /// @return racks with parts, in alphabetical order
    std::vector<std::string> GetRacks() const;
    /// @return events that it took to sample
    uint64_t GetEvents() const;
    /**
     * @param part name of the part of the run that was recorded
     * @return what was recorded until the last look
     */
    EnergyRecord Collect(const std::string& part) const;

  protected:
    void DoDispose() override;

  private:
    /// Energy by class at the socket, J.
    using ClassEnergies = std::array<double, PartClass::COUNT>;

    /// A rate that parts of a line may run at.
    struct LineRate
    {
        double share{1};     ///< share of the full rate
        double savedW{0};    ///< what a part draws less than at the full rate, W at the socket
        uint64_t parts{0};   ///< parts that are alive and run at it
        uint64_t sumPs{0};   ///< time that parts ran at it until parts last changed, ps
        uint64_t changes{0}; ///< how often parts took it
    };

    /// A line of the bill.
    struct Line
    {
        BillLine line;               ///< what it lists
        double factor{1};            ///< power at the socket over that of parts
        double idleW{0};             ///< what a part draws without traffic, W at the socket
        double sleepW{0};            ///< what a part draws asleep, W at the socket
        double joulesPerByte{0};     ///< what it draws for a byte, J at the socket
        uint64_t dead{0};            ///< parts that draw nothing
        uint64_t asleep{0};          ///< parts that are alive and asleep
        uint64_t asleepSumPs{0};     ///< time that parts were asleep until it last changed, ps
        uint64_t changedPs{0};       ///< when that was, ps
        uint64_t wakeUps{0};         ///< how often parts woke
        double wakeJ{0};             ///< energy of that, J at the socket
        bool maySleep{false};        ///< a policy lets parts sleep
        std::vector<LineRate> rates; ///< ascending; empty: always the full one
        uint64_t startBytes{0};      ///< carried before the start, bytes
        double billedJ{0};           ///< what was billed for bytes, J at the socket
        /// Pieces that faults have taken down, modules apart: how many of each share of a part.
        std::map<double, uint64_t> down;
    };

    /// A runner that is watched.
    struct Watched
    {
        EnergyRecorder* recorder;   ///< who watches
        Ptr<WorkloadRunner> runner; ///< the runner
        std::size_t number;         ///< its number
    };

    /// A module.
    struct Module
    {
        EnergyRecorder* recorder;  ///< who watches
        Ptr<OpticalModule> module; ///< its state; null: it cannot die
        std::size_t line;          ///< its line
        bool isDead{false};        ///< it has died, or is down
        bool isAsleep{false};      ///< a policy has let it fall asleep
        std::size_t step{0};       ///< number of its rate, if its line has several
        uint32_t faults{0};        ///< faults that have taken it down
    };

    /// Modules of a network that may sleep.
    struct Sleepers
    {
        EnergyRecorder* recorder; ///< who watches
        Ptr<ModuleSleep> sleep;   ///< says when they do
        std::size_t network;      ///< index of their network
    };

    /// Modules of a network whose rates follow their load.
    struct Rates
    {
        EnergyRecorder* recorder; ///< who watches
        Ptr<ModuleRates> rates;   ///< says how they run
        std::size_t network;      ///< index of their network
    };

    /// An execution: number of the runner, index of the collective, number of the execution.
    using Execution = std::tuple<std::size_t, uint32_t, uint32_t>;

    /**
     * @param watched the runner
     * @param collective index of a collective
     * @param iteration number of the execution that begins
     */
    static void OnStart(Watched* watched, uint32_t collective, uint32_t iteration);
    /**
     * @param watched the runner
     * @param result the execution that has ended
     */
    static void OnEnd(Watched* watched, const CollectiveResult& result);
    /**
     * @param module the module
     * @param failed it has died; or it has been replaced
     */
    static void OnModule(Module* module, bool failed);
    /**
     * @param sleepers modules of a network
     * @param number which of them
     * @param asleep it has fallen asleep; or it begins to wake
     */
    static void OnAsleep(Sleepers* sleepers, uint32_t number, bool asleep);
    /**
     * @param module the module; changes its line's power if that is so from now on
     * @param isDead whether it is dead
     * @param isAsleep whether it is asleep
     */
    void SetModule(Module& module, bool isDead, bool isAsleep);
    /// @param number a fault that begins @param fault the same
    void OnFaultBegin(uint32_t number, const Fault& fault);
    /// @param number a fault that ends @param fault the same
    void OnFaultEnd(uint32_t number, const Fault& fault);
    /// @param number a fault @param isDown whether it holds its component down from now on
    void SetDown(uint32_t number, bool isDown);
    /// @param line a line @return parts of it that are down, modules apart
    static double GetPartsDown(const Line& line);
    /// Listen to faults no more.
    void UnwatchFaults();
    /**
     * @param line a line
     * @return time that its parts were asleep until the last look, all together, s
     */
    double GetAsleepS(const Line& line) const;
    /**
     * @param rates modules of a network
     * @param number the module
     * @param step number of the rate that it runs at from now on
     */
    static void OnRate(Rates* rates, uint32_t number, std::size_t step);
    /**
     * @param module the module; changes its line's power if its rate differs
     * @param step number of the rate that it runs at from now on
     */
    void SetStep(Module& module, std::size_t step);
    /// @param line a line whose parts are about to change; book the time that they were as they are
    void BookTimes(Line& line) const;
    /// @return what modules did that may run at lower rates, until the last look
    std::vector<ModuleRateRecord> CollectRates() const;
    /**
     * @param network a network, for WatchSleep and WatchRates; NS_ABORT if the fabric has it not
     * @return its index
     */
    std::size_t FindNetwork(const Ptr<FabricNetwork>& network) const;
    /// @return what modules did that may sleep, until the last look
    std::vector<ModuleSleepRecord> CollectSleeps() const;

    /**
     * @param part a class
     * @return share of the full load that parts of it run at which carry no traffic
     */
    double GetDuty(PartClass::Kind part) const;
    /// @return time now, ps
    static uint64_t NowPs();
    /// @param line number of a line whose constant power has changed, or begins
    void SetPower(std::size_t line);
    /// Look at the counters, and share out what was drawn since it was last shared out.
    void ShareOut();
    /// Before a change: take the samples that nobody has taken, as sampling has ended.
    void CatchUp();
    /// Tell of the samples that have been taken.
    void TellSamples();
    /// A step ends.
    void OnStep();
    /// Listen to nobody any more.
    void Detach();
    /**
     * Move an execution to those that are over.
     * @param execution which
     * @param movedBytes its payload that arrived, bytes
     * @param isFinished it has ended by itself
     */
    void Close(const Execution& execution, uint64_t movedBytes, bool isFinished);

    Time m_step;                                ///< length of a sample; 0: no samples
    double m_acceleratorDuty{1};                ///< load of accelerators
    double m_processorDuty{1};                  ///< load of processors
    double m_enclosureDuty{1};                  ///< load of what is in nodes besides
    const BuiltFabric* m_fabric{nullptr};       ///< what is recorded; null when finished
    EnergySetup m_setup;                        ///< what parts draw
    std::unique_ptr<FabricLoads> m_loads;       ///< who carries what
    std::vector<Line> m_lines;                  ///< lines of the bill, items of the ledger
    EnergyLedger m_ledger;                      ///< energy of each line
    std::unique_ptr<PowerTrace> m_trace;        ///< samples; null if there are none
    std::size_t m_told{0};                      ///< samples that the trace source has told
    std::vector<Ptr<TransferEngine>> m_engines; ///< whose counters are read
    std::deque<Watched> m_watched;              ///< runners
    std::deque<Module> m_modules;               ///< modules
    std::map<std::pair<std::size_t, uint32_t>, Module*> m_byNumber; ///< by network and number
    std::deque<Sleepers> m_sleepers; ///< networks whose modules sleep
    std::deque<Rates> m_rates;       ///< networks whose modules may run at lower rates
    std::function<bool()> m_isAlone; ///< tells whether only observers are left
    EventId m_event;                 ///< end of the step under way
    uint64_t m_stepEndPs{0};         ///< its time, ps
    uint64_t m_events{0};            ///< steps that have ended
    bool m_isStarted{false};         ///< Start was called
    bool m_isFinished{false};        ///< Finish was called
    uint64_t m_startPs{0};           ///< time of the start, ps
    uint64_t m_lookPs{0};            ///< time of the last look, ps
    uint64_t m_movedBefore{0};       ///< payload that arrived before the start, bytes
    uint64_t m_movedBytes{0};        ///< payload that arrived, bytes
    ClassEnergies m_sharedJ{};       ///< what has been shared out, J
    double m_besidesJ{0};            ///< drawn while nothing ran, J
    std::map<Execution, CollectiveEnergy> m_running; ///< executions under way
    std::vector<CollectiveEnergy> m_over;            ///< executions that are over
    TracedCallback<const PowerSample&> m_powerTrace; ///< a step has ended

    Ptr<FaultHelper> m_faults;              ///< says what is down; null: nobody
    std::unique_ptr<DownParts> m_downParts; ///< what is in components; null likewise
    std::vector<uint32_t> m_faultsOfPiece;  ///< faults that have taken it down, by piece
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_ENERGY_RECORDER_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_FAULT_HELPER_H
#define OPTICAL_FABRIC_FAULT_HELPER_H

#include "ns3/built-fabric.h"
#include "ns3/fabric-fault-targets.h"
#include "ns3/fault-record.h"
#include "ns3/fault-schedule.h"
#include "ns3/link-fault-ledger.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Lets the faults of a schedule happen to a fabric while packets or flows run on it.
 *
 * What takes light away (a component or link that is down, a flap) goes to the medium of a link, if
 * it has one: afterwards the link trains, as the medium has it. Without a medium the link is up
 * again at once. Dark lanes and extra loss go to the optical medium, which finds width and errors;
 * without optics, dark lanes take their share of the rate. What remains (errors, delay, rate) is
 * an impairment on top of the link's state, FabricLink::SetImpairment. A module that was down is
 * the same module afterwards.
 *
 * A frame that vanishes is to the link what a damaged one is: it is missed at once, as if a frame
 * came behind it. With link-level retry both are repeated, without it both are lost and sent again
 * end to end.
 *
 * A frame loss or corruption of a module or a switch acts on each link through it, so on a frame
 * that passes two of them twice.
 *
 * Any number of faults may act on a link; see LinkFaultLedger. When all have ended, its state is
 * what it was before, to the bit, once it has trained.
 * @code
 *   Ptr<FaultHelper> faults = CreateObject<FaultHelper>();
 *   faults->Install(fabric, LoadFaultSchedule("faults.csv"));
 * @endcode
 */
class FaultHelper : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    FaultHelper();
    ~FaultHelper() override;

    /// Signature of the FaultBegin and FaultEnd trace sources: place in the schedule, and fault.
    typedef void (*FaultTracedCallback)(uint32_t number, const Fault& fault);

    /**
     * Have the faults happen, at their times of the simulation; once (aborts on a second call).
     * Faults that begin later than 64 bits of picoseconds last do not happen.
     * @param fabric the fabric; not yet run
     * @param schedule the faults
     * @throw std::invalid_argument if there is no such component, or if it cannot have that effect
     */
    void Install(const BuiltFabric& fabric, const FaultSchedule& schedule);

    /// @return the components there are, once Install was called
    const FabricFaultTargets& GetTargets() const;
    /// @return the schedule's faults, once Install was called
    uint32_t GetNFaults() const;
    /// @param number place of a fault in the schedule @return the fault
    const Fault& GetFault(uint32_t number) const;
    /**
     * @param number place of a fault in the schedule
     * @return number of the component that it hits, as GetTargets has it
     */
    uint32_t GetComponent(uint32_t number) const;
    /// @param number place of a fault in the schedule @return whether it acts now
    bool IsActive(uint32_t number) const;
    /// @return the schedule's faults and what they act on, and whether they have begun
    std::vector<FaultRecord> MakeRecords() const;

  protected:
    void DoDispose() override;

  private:
    /// A lane that a fault holds dark.
    using LanePlace = FabricFaultTargets::LanePlace;

    /// A fault of the schedule.
    struct Entry
    {
        Fault fault;                  ///< the fault
        uint32_t component{0};        ///< number of what it hits
        uint32_t context{0};          ///< ns-3 node that it happens at
        bool hasBegun{false};         ///< it has begun
        bool isActive{false};         ///< it acts now
        uint32_t cyclesDone{0};       ///< FLAP_BURST: times that the links have come up again
        std::vector<LanePlace> lanes; ///< lanes it holds dark now
    };

    /// A lane of a module that was taken away, to be given back.
    struct Dark
    {
        uint32_t end{0};       ///< end of the link at which the module is
        bool wasFailed{false}; ///< it was dead before
    };

    /// @param number a fault begins
    void Begin(uint32_t number);
    /// @param number a fault ends
    void End(uint32_t number);
    /// @param number links of a flap burst go down
    void FlapDown(uint32_t number);
    /// @param number links of a flap burst come up
    void FlapUp(uint32_t number);
    /**
     * @param number a fault
     * @param delay how long from now
     * @param action what happens then, to that fault
     */
    void Schedule(uint32_t number, const FaultTime& delay, void (FaultHelper::*action)(uint32_t));

    /// @param number a fault @param acts whether it acts on its links from now on
    void Act(uint32_t number, bool acts);
    /// @param number a fault @param dark whether it holds its lanes dark from now on
    void ActOnLanes(uint32_t number, bool dark);
    /// @param place place of a link; put together what acts on it, and hand that on
    void Apply(uint32_t place);
    /**
     * @param entry a fault
     * @return how long after its end links may still train and routing may still not use them, ps
     */
    uint64_t GetAftermathPs(const Entry& entry) const;

    uint32_t m_hostsPerRack;                              ///< hosts that a power feed feeds
    std::unique_ptr<FabricFaultTargets> m_targets;        ///< components there are
    std::vector<Ptr<FabricNetwork>> m_networks;           ///< networks of the fabric
    std::vector<Entry> m_entries;                         ///< faults, in the schedule's order
    std::vector<LinkFaultLedger> m_ledgers;               ///< by place of the link
    std::map<std::pair<uint32_t, uint32_t>, Dark> m_dark; ///< by link and lane; with optics
    TracedCallback<uint32_t, const Fault&> m_beginTrace;  ///< a fault has begun
    TracedCallback<uint32_t, const Fault&> m_endTrace;    ///< a fault has ended
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_FAULT_HELPER_H */

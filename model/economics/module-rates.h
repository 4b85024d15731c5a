/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MODULE_RATES_H
#define OPTICAL_FABRIC_MODULE_RATES_H

#include "ns3/event-id.h"
#include "ns3/fabric-network.h"
#include "ns3/object.h"
#include "ns3/power-policy.h"
#include "ns3/traced-callback.h"
#include "ns3/transfer-engine.h"

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Lets the rates of the optical modules of a network follow what their links carry.
 *
 * Time is cut into epochs, as in Abts, Marty, Wells, Klausler and Liu, "Energy proportional
 * datacenter networks", ISCA 2010. At the end of each, every module is told the load of that epoch,
 * and takes the lowest of its rates that this load is at most PowerPolicySpec::rateTarget of, but
 * none beyond the next higher one, as nobody has seen what more would come (ManagedPart: a higher
 * rate after rateChangePs, a lower one after slowAfterPs). The load is the largest share of its
 * full rate that any of the module's links used, in either direction. As the target is below 1, a
 * module whose rate is used up takes a higher one.
 *
 * A link runs at the lower rate of the modules at both its ends, and carries traffic all the time:
 * until a higher rate is there it runs at the rate it had. The rate is a share of what the link
 * would carry otherwise, faults included (FabricLink::SetRateShare). Links without modules keep
 * their rate. All modules begin at the full rate.
 *
 * One event per epoch looks at all modules, and reads counters that ports have anyway; a packet
 * costs nothing. Nothing is looked at while no transfer is under way and all modules have the
 * lowest rate: the next transfer then begins an epoch. What the IP stack sends counts to loads, but
 * does not begin epochs.
 */
class ModuleRates : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ModuleRates();
    ~ModuleRates() override;

    /// Signature of the Rate trace source: module, and number of the rate
    /// (PowerPolicySpec::rateSteps) that it runs at from now on.
    typedef void (*RateTracedCallback)(uint32_t module, std::size_t step);

    /**
     * Rates follow loads from now on; the first epoch begins. Once (NS_ABORT).
     * @param network its network, built; nobody else sets FabricLink::SetRateShare
     * @param policy RATE_ADAPTIVE, with an epoch; throws std::invalid_argument if it cannot be, or
     *               is of another kind
     */
    void Install(Ptr<FabricNetwork> network, const PowerPolicySpec& policy);
    /**
     * Have an engine bring the counters of ports up to date before they are read.
     * @param engine moves transfers over the network. Its ranks must not stand for one another
     *               (FlowEngine's attribute Symmetry).
     */
    void WatchEngine(Ptr<TransferEngine> engine);

    /// @return what modules do
    const PowerPolicySpec& GetPolicy() const;
    /// @return the network
    Ptr<FabricNetwork> GetNetwork() const;
    /**
     * @param module number of a module (FabricLink::GetModule)
     * @return number of the rate that it runs at; the last, full one for an unknown module
     */
    std::size_t GetStep(uint32_t module) const;
    /// @return events that it took
    uint64_t GetEvents() const;

  protected:
    void DoDispose() override;

  private:
    static constexpr std::size_t NONE = SIZE_MAX; ///< no module

    /// A module.
    struct Module
    {
        uint32_t number;     ///< its number
        ManagedPart part;    ///< its rate
        std::size_t step{0}; ///< number of its rate, as told
        double load{0};      ///< share of the full rate that was used in the last epoch, 0 or more
    };

    /// A link with at least one module.
    struct Link
    {
        Ptr<FabricLink> link;                           ///< the link
        std::array<std::size_t, 2> modules{NONE, NONE}; ///< by end, indices
        std::array<uint64_t, 2> bytes{0, 0};            ///< by direction, read last
    };

    /// @return the present, ps
    static uint64_t Now();
    /// @param number number of a module @return its index; it is made if there is none
    std::size_t FindModule(uint32_t number);
    /// An epoch ends, or a module changes its rate.
    void Look();
    /// @param module a module @return number of the rate that it runs at now
    std::size_t FindStep(const Module& module) const;
    /// Tell all modules of their loads in the epoch that ends. @return whether any link was used
    bool Measure();
    /// @param nowPs the present, ps; hand new rates to the links, and tell of them
    void Apply(uint64_t nowPs);
    /// @param nowPs the present, ps; come again when an epoch ends or a module changes its rate
    void Arm(uint64_t nowPs);
    /// @return when a module will change its rate next, ps; ManagedPart::NEVER_PS: none will
    uint64_t GetNextChangePs() const;
    /// @param transfer begins
    void OnTransfer(const Transfer& transfer);

    Ptr<FabricNetwork> m_network;               ///< the network
    PowerPolicySpec m_policy;                   ///< what modules do
    std::vector<Ptr<TransferEngine>> m_engines; ///< whose counters are read
    std::vector<Module> m_modules;              ///< all of them
    std::map<uint32_t, std::size_t> m_byNumber; ///< indices by number
    std::vector<Link> m_links;                  ///< with modules
    uint64_t m_startPs{0};                      ///< time 0 of the modules, ps
    uint64_t m_epochEndPs{0};                   ///< end of the epoch, ps
    EventId m_event;                            ///< next look; none: there is nothing to look at
    uint64_t m_events{0};                       ///< looks so far
    TracedCallback<uint32_t, std::size_t> m_rateTrace; ///< a module has another rate
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MODULE_RATES_H */

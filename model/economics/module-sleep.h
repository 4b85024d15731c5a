/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_MODULE_SLEEP_H
#define OPTICAL_FABRIC_MODULE_SLEEP_H

#include "ns3/fabric-network.h"
#include "ns3/link-rest.h"
#include "ns3/object.h"
#include "ns3/sleeping-module.h"
#include "ns3/traced-callback.h"
#include "ns3/transfer-gate.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Lets the optical modules of a network sleep, each after some time without traffic on all
 * links that it carries; what finds it asleep wakes it, and waits.
 *
 * A link carries traffic while the modules at both its ends are awake; they wake side by side. What
 * is on its way wakes the modules of each link when it gets to that link, one after the other.
 *
 * A packet counts the time that it waits as reconfiguration. A flow leaves its source as soon as
 * the modules there are awake, and arrives later by all the times that its first bit waits further
 * on; where it is spread over several links, it waits for the module that is ready last. It uses
 * each link from the time that its first bit gets there to the time that its last bit is at the far
 * end.
 *
 * Routing does not know who sleeps. Links without modules never rest.
 */
class ModuleSleep : public Object, public LinkRest, public TransferGate
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    ModuleSleep();
    ~ModuleSleep() override;

    /// Signature of the Asleep trace source: module, and true as it falls asleep, false as it
    /// begins to wake.
    typedef void (*AsleepTracedCallback)(uint32_t module, bool asleep);

    /**
     * All modules are awake, and sleep from now on as a policy has it. Once (NS_ABORT).
     * @param network its network, built
     * @param policy SLEEP; throws std::invalid_argument if it cannot be, or is of another kind
     */
    void Install(Ptr<FabricNetwork> network, const PowerPolicySpec& policy);

    /// @return what modules do
    const PowerPolicySpec& GetPolicy() const;
    /// @return the network
    Ptr<FabricNetwork> GetNetwork() const;
    /// @param module number of a module (FabricLink::GetModule) @return true if it is asleep
    bool IsAsleep(uint32_t module) const;

    uint64_t Wake(uint32_t link, uint64_t nowPs) override;
    Pass Enter(const std::vector<PathStage>& path, uint64_t nowPs) override;
    void Leave(uint32_t ticket, uint64_t nowPs) override;
    uint64_t GetLostPs(uint32_t ticket) const override;
    void Forget(uint32_t ticket) override;

  protected:
    void DoDispose() override;

  private:
    static constexpr uint32_t NONE = UINT32_MAX; ///< no module

    /// Links that flows reach together.
    struct Stage
    {
        std::vector<SleepingModule*> modules; ///< modules at their ends, each once
        uint64_t flightPs{0};                 ///< longest time that a bit spends on one, ps
    };

    /// Where a flow is, or will be.
    struct Step
    {
        const Stage* stage{nullptr}; ///< links
        uint64_t afterPs{0};         ///< from the source until there if nothing holds it up, ps
        uint64_t lostPs{0};          ///< for how long it was held up behind the source, ps
    };

    /// A flow.
    struct Flow
    {
        std::vector<Step> steps; ///< its way
        std::size_t begun{0};    ///< steps that its first bit has reached
        uint64_t beginPs{0};     ///< when its first bit leaves, ps
        uint64_t lostPs{0};      ///< for how long it was held up behind the source, ps
        bool hasLeft{false};     ///< its last byte has left the source
        bool isForgotten{false}; ///< nobody will ask about it
        uint64_t leftPs{0};      ///< when its last byte left, ps
    };

    /// @param ticket a flow whose first bit has got to the next step
    void Advance(uint32_t ticket);
    /// @param ticket a flow; wait for its first bit, or give the ticket back
    void Follow(uint32_t ticket);
    /// @param flow a flow that has left @param step a step it has reached: its last bit will pass
    static void EndStep(const Flow& flow, const Step& step);
    /// @return the present, ps
    static uint64_t Now();
    /// @param links directed links that flows reach together @return all there is to know of them
    const Stage* FindStage(const std::vector<uint32_t>& links);

    Ptr<FabricNetwork> m_network;                                    ///< the network
    PowerPolicySpec m_policy;                                        ///< what modules do
    std::map<uint32_t, std::unique_ptr<SleepingModule>> m_modules;   ///< by number
    std::vector<std::pair<SleepingModule*, SleepingModule*>> m_ends; ///< of each link, or null
    std::map<std::vector<uint32_t>, Stage> m_stages;                 ///< by links
    std::vector<Flow> m_flows;                                       ///< by ticket
    std::vector<uint32_t> m_free;                                    ///< tickets not in use
    TracedCallback<uint32_t, bool> m_asleepTrace;                    ///< falls asleep, or wakes
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_MODULE_SLEEP_H */

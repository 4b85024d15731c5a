/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-helper.h"

#include "ns3/abort.h"
#include "ns3/catalog.h"
#include "ns3/enum.h"
#include "ns3/log.h"
#include "ns3/scenario-error.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricFabricHelper");
NS_OBJECT_ENSURE_REGISTERED(FabricHelper);

namespace
{

constexpr uint64_t MIN_RATE = 1000000000;      ///< slowest link, bit/s, as FabricLink has it
constexpr uint64_t MAX_RATE = 100000000000000; ///< fastest, bit/s
constexpr uint64_t MAX_PACKET = UINT16_MAX;    ///< longest packet on the wire, bytes
constexpr uint64_t MAX_BUFFER = 1U << 30;      ///< largest BufferBytes of FabricNetwork, bytes

/**
 * @param network a network
 * @param name one of its unsigned attributes
 * @return the value
 */
uint64_t
GetUinteger(const Ptr<FabricNetwork>& network, const char* name)
{
    UintegerValue value;
    network->GetAttribute(name, value);
    return value.Get();
}

} // namespace

TypeId
FabricHelper::GetTypeId()
{
    static TypeId tid = TypeId("ns3::opticalfabric::FabricHelper")
                            .SetParent<Object>()
                            .SetGroupName("OpticalFabric");
    return tid;
}

FabricHelper::FabricHelper()
{
    NS_LOG_FUNCTION(this);
}

FabricHelper::~FabricHelper()
{
    NS_LOG_FUNCTION(this);
}

void
FabricHelper::SetNetworkAttribute(const std::string& name,
                                  const AttributeValue& value,
                                  const std::string& network)
{
    NS_LOG_FUNCTION(this << name << network);
    if (SetNetworkAttributeFailSafe(name, value, network))
    {
        return;
    }
    TypeId::AttributeInformation info;
    NS_ABORT_MSG_UNLESS(FabricNetwork::GetTypeId().LookupAttributeByName(name, &info),
                        "FabricHelper: FabricNetwork has no attribute " << name);
    const auto text = dynamic_cast<const StringValue*>(&value);
    NS_ABORT_MSG("FabricHelper: FabricNetwork's "
                 << name << (text != nullptr ? " \"" + text->Get() + "\"" : std::string())
                 << ", allowed " << info.checker->GetUnderlyingTypeInformation() << ". "
                 << info.help);
}

bool
FabricHelper::SetNetworkAttributeFailSafe(const std::string& name,
                                          const AttributeValue& value,
                                          const std::string& network)
{
    NS_LOG_FUNCTION(this << name << network);
    TypeId::AttributeInformation info;
    if (!FabricNetwork::GetTypeId().LookupAttributeByName(name, &info))
    {
        return false;
    }
    Ptr<AttributeValue> valid = info.checker->CreateValidValue(value);
    if (!valid)
    {
        return false;
    }
    m_settings[network].emplace_back(name, valid);
    return true;
}

void
FabricHelper::SetCatalog(std::shared_ptr<const Catalog> catalog)
{
    NS_LOG_FUNCTION(this);
    m_catalog = catalog;
}

std::shared_ptr<const Catalog>
FabricHelper::GetCatalog() const
{
    NS_LOG_FUNCTION(this);
    if (m_catalog)
    {
        return m_catalog;
    }
    try
    {
        return std::make_shared<const Catalog>();
    }
    catch (const ScenarioError& refusal)
    {
        throw std::invalid_argument(refusal.what());
    }
}

void
FabricHelper::SetRouteTables(bool make)
{
    NS_LOG_FUNCTION(this << make);
    m_routeTables = make;
}

Ptr<FabricNetwork>
FabricHelper::CreateNetwork(const std::string& name) const
{
    NS_LOG_FUNCTION(this << name);
    auto network = CreateObject<FabricNetwork>();
    network->SetRouteTables(m_routeTables);
    for (const std::string& whose : {std::string(), name})
    {
        const auto settings = m_settings.find(whose);
        if (settings != m_settings.end())
        {
            for (const auto& [attribute, value] : settings->second)
            {
                network->SetAttribute(attribute, *value);
            }
        }
    }
    return network;
}

void
FabricHelper::Validate() const
{
    NS_LOG_FUNCTION(this);
    const std::vector<std::string> names = GetNetworkNames();
    for (const auto& [name, settings] : m_settings)
    {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
        {
            std::ostringstream message;
            message << settings.front().first << " of network \"" << name << "\", allowed";
            for (const std::string& known : names)
            {
                message << " \"" << known << "\"";
            }
            throw std::invalid_argument(message.str());
        }
    }
    for (const std::string& name : names)
    {
        const Ptr<FabricNetwork> network = CreateNetwork(name);
        const uint64_t packet = GetUinteger(network, "Mtu") + GetUinteger(network, "HeaderBytes");
        const uint64_t buffer = GetUinteger(network, "BufferBytes");
        std::ostringstream message;
        if (packet > MAX_PACKET)
        {
            message << "Mtu and HeaderBytes of network \"" << name << "\" together " << packet
                    << ", allowed 64 to " << MAX_PACKET;
        }
        else if (buffer < packet)
        {
            message << "BufferBytes of network \"" << name << "\" " << buffer << ", allowed "
                    << packet << " (Mtu and HeaderBytes together) to " << MAX_BUFFER;
        }
        if (!message.str().empty())
        {
            throw std::invalid_argument(message.str());
        }
    }
}

BuiltFabric
FabricHelper::Build() const
{
    NS_LOG_FUNCTION(this);
    std::string refusal;
    try
    {
        Validate();
    }
    catch (const std::invalid_argument& thrown)
    {
        refusal = thrown.what();
    }
    NS_ABORT_MSG_UNLESS(refusal.empty(), GetInstanceTypeId().GetName() << ": " << refusal);
    BuiltFabric fabric;
    fabric.names = GetNetworkNames();
    for (const std::string& name : fabric.names)
    {
        fabric.networks.push_back(CreateNetwork(name));
    }
    fabric.plants.resize(fabric.networks.size());
    DoBuild(fabric);
    for (const Ptr<FabricNetwork>& network : fabric.networks)
    {
        network->Build();
        fabric.counts.push_back(CountNetwork(*network));
    }
    fabric.parts = ListParts(fabric);
    return fabric;
}

FabricParts
FabricHelper::ListParts(const BuiltFabric& /* fabric */) const
{
    NS_LOG_FUNCTION(this);
    return {};
}

ObjectFactory
FabricHelper::MakeLinkFactory(const DataRate& rate,
                              const Time& delay,
                              const Time& phyLatency,
                              FabricLink::Medium::Kind medium)
{
    NS_LOG_FUNCTION(rate << delay << phyLatency << +medium);
    ObjectFactory factory;
    factory.SetTypeId(FabricLink::GetTypeId());
    factory.Set("Rate", DataRateValue(rate));
    factory.Set("Delay", TimeValue(delay));
    factory.Set("PhyLatency", TimeValue(phyLatency));
    factory.Set("Medium", EnumValue(medium));
    return factory;
}

Ptr<FabricSwitch>
FabricHelper::AddSwitch(const Ptr<FabricNetwork>& network,
                        const std::string& name,
                        const Time& latency)
{
    NS_LOG_FUNCTION(network << name << latency);
    Ptr<FabricSwitch> added = network->AddSwitch(CreateObject<Node>(), name);
    added->SetAttribute("ForwardingLatency", TimeValue(latency));
    return added;
}

Ptr<FabricEndpoint>
FabricHelper::AddEndpoint(const Ptr<FabricNetwork>& network,
                          const Ptr<Node>& node,
                          const std::string& name,
                          const Time& departure,
                          const Time& arrival)
{
    NS_LOG_FUNCTION(network << node << name << departure << arrival);
    Ptr<FabricEndpoint> added = network->AddEndpoint(node, name);
    added->SetAttribute("DepartureLatency", TimeValue(departure));
    added->SetAttribute("ArrivalLatency", TimeValue(arrival));
    return added;
}

void
FabricHelper::CheckRate(const std::string& name, const DataRate& rate)
{
    NS_LOG_FUNCTION(name << rate);
    if (rate.GetBitRate() < MIN_RATE || rate.GetBitRate() > MAX_RATE)
    {
        std::ostringstream message;
        message << name << " " << rate << ", allowed 1Gbps to 100Tbps";
        throw std::invalid_argument(message.str());
    }
}

void
FabricHelper::CheckType(const std::string& name, const std::string& type)
{
    NS_LOG_FUNCTION(name << type);
    if (type.empty())
    {
        throw std::invalid_argument(name + " \"\", allowed the name of an entry of the catalog");
    }
}

} // namespace opticalfabric
} // namespace ns3

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optics-helper.h"

#include "circuit-plan.h"
#include "optics-fit.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/integer.h"
#include "ns3/log.h"
#include "ns3/message-text.h"
#include "ns3/optical-units.h"
#include "ns3/scenario-error.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace ns3
{
namespace opticalfabric
{

NS_LOG_COMPONENT_DEFINE("OpticalFabricOpticsHelper");
NS_OBJECT_ENSURE_REGISTERED(OpticsHelper);

namespace
{

/// How far the rate of a link may be from what its lanes give: line codes beside FEC cost less.
constexpr double RATE_TOLERANCE = 0.01;

} // namespace

TypeId
OpticsHelper::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::opticalfabric::OpticsHelper")
            .SetParent<Object>()
            .SetGroupName("OpticalFabric")
            .AddConstructor<OpticsHelper>()
            .AddAttribute("CatalogFiles",
                          "Files to load over the built-in catalog, one after the other, "
                          "separated by commas.",
                          StringValue(""),
                          MakeStringAccessor(&OpticsHelper::m_catalogFiles),
                          MakeStringChecker())
            .AddAttribute("Transceiver",
                          "Type of all modules, as the catalog names it.",
                          StringValue("400G-SR8-LPO"),
                          MakeStringAccessor(&OpticsHelper::m_transceiver),
                          MakeStringChecker())
            .AddAttribute("Fibre",
                          "Type of the fibre, as the catalog names it.",
                          StringValue("OM4"),
                          MakeStringAccessor(&OpticsHelper::m_fibre),
                          MakeStringChecker())
            .AddAttribute("Connector",
                          "Type of the connectors, as the catalog names it.",
                          StringValue("MPO-MM"),
                          MakeStringAccessor(&OpticsHelper::m_connector),
                          MakeStringChecker())
            .AddAttribute("Connectors",
                          "Connectors from module to module: one at each, the others in patch "
                          "panels, evenly spaced. If a circuit switch is on the way: as many on "
                          "either side of it, one of which is its own. 2 to 16.",
                          UintegerValue(2),
                          MakeUintegerAccessor(&OpticsHelper::m_connectors),
                          MakeUintegerChecker<uint32_t>(2, 16))
            .AddAttribute("FibreLengthM",
                          "Length of each link's fibre, m. 0: that which the link's delay comes "
                          "to. 0 to 100000.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&OpticsHelper::m_fibreLengthM),
                          MakeDoubleChecker<double>(0, 1e5))
            .AddAttribute("Fec",
                          "Forward error correction: KP4, KR4, LL or none.",
                          StringValue("KP4"),
                          MakeStringAccessor(&OpticsHelper::m_fec),
                          MakeStringChecker())
            .AddAttribute("CaseTemperatureC",
                          "Case temperature of all modules, degrees Celsius. -40 to 125.",
                          DoubleValue(55),
                          MakeDoubleAccessor(&OpticsHelper::m_caseTemperatureC),
                          MakeDoubleChecker<double>(-40, 125))
            .AddAttribute("AgeH",
                          "Time all modules have been in operation, h. 0 to 1e7.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&OpticsHelper::m_ageH),
                          MakeDoubleChecker<double>(0, 1e7))
            .AddAttribute("ExtraLossDb",
                          "Further loss on the connector at one module, dB. 0 to 100.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&OpticsHelper::m_extraLossDb),
                          MakeDoubleChecker<double>(0, 100))
            .AddAttribute("ExtraLossModule",
                          "Number of that module in its network. Below 0: none has it.",
                          IntegerValue(-1),
                          MakeIntegerAccessor(&OpticsHelper::m_extraLossModule),
                          MakeIntegerChecker<int32_t>(-1));
    return tid;
}

OpticsHelper::OpticsHelper()
    : m_media("ns3::opticalfabric::OpticalMedium"),
      m_plants("ns3::opticalfabric::OpticalPlant")
{
    NS_LOG_FUNCTION(this);
}

OpticsHelper::~OpticsHelper()
{
    NS_LOG_FUNCTION(this);
}

void
OpticsHelper::SetCatalog(std::shared_ptr<const Catalog> catalog)
{
    NS_LOG_FUNCTION(this);
    m_catalog = catalog;
}

void
OpticsHelper::SetMediumAttribute(const std::string& name, const AttributeValue& value)
{
    NS_LOG_FUNCTION(this << name);
    m_media.Set(name, value);
}

void
OpticsHelper::SetPlantAttribute(const std::string& name, const AttributeValue& value)
{
    NS_LOG_FUNCTION(this << name);
    m_plants.Set(name, value);
}

std::shared_ptr<const Catalog>
OpticsHelper::GetCatalog() const
{
    if (m_catalog && m_catalogFiles.empty())
    {
        return m_catalog;
    }
    auto catalog = m_catalog ? std::make_shared<Catalog>(*m_catalog) : std::make_shared<Catalog>();
    std::istringstream files(m_catalogFiles);
    std::string file;
    while (std::getline(files, file, ','))
    {
        catalog->Load(file);
    }
    return catalog;
}

OpticsHelper::Parts
OpticsHelper::GetParts() const
{
    const std::shared_ptr<const Catalog> catalog = GetCatalog();
    Parts parts;
    parts.transceiver = catalog->GetTransceiver(m_transceiver);
    parts.fibre = catalog->GetFibre(m_fibre);
    parts.connector = catalog->GetCoupling(m_connector);
    parts.fec = FecCode::FromName(m_fec);
    return parts;
}

std::map<uint32_t, std::vector<uint32_t>>
OpticsHelper::GetLinksOfModules(const Ptr<FabricNetwork>& network)
{
    std::map<uint32_t, std::vector<uint32_t>> links;
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = network->GetLink(i);
        for (uint32_t end = 0; end < 2; ++end)
        {
            if (link->GetModule(end) != FabricLink::NO_MODULE)
            {
                links[link->GetModule(end)].push_back(i);
            }
        }
    }
    return links;
}

void
OpticsHelper::CheckCircuits(const TransceiverSpec& transceiver,
                            uint32_t linksPerModule,
                            const CircuitLayer& circuits) const
{
    CheckWavelengths(*GetCatalog(), circuits.GetSpec(), "Transceiver", transceiver);
    const uint32_t fibres = CountLinkFibres("Transceiver", transceiver, linksPerModule);
    if (fibres != circuits.GetFibresPerLink())
    {
        std::ostringstream message;
        message << "Transceiver " << m_transceiver << " has " << ShowCount(fibres, "fibre")
                << " for a link, and the circuit switches have ports for "
                << circuits.GetFibresPerLink()
                << ", as the fabric's Module has; allowed: types that have as many";
        throw std::invalid_argument(message.str());
    }
}

void
OpticsHelper::Validate(const Ptr<FabricNetwork>& network, const CircuitLayer& circuits) const
{
    CheckOpticsFit(*GetCatalog(), m_transceiver, m_fibre, m_connector);
    const Parts parts = GetParts();
    const std::map<uint32_t, std::vector<uint32_t>> modules = GetLinksOfModules(network);
    size_t most = 0;
    for (const auto& [number, links] : modules)
    {
        most = std::max(most, links.size());
    }
    std::ostringstream message;
    for (uint32_t lane = 0; lane < parts.transceiver->lanes; ++lane)
    {
        try
        {
            LightPath(parts.transceiver->GetWavelengthNm(lane))
                .AddFibre(*parts.fibre, m_fibreLengthM);
        }
        catch (const std::invalid_argument& refusal)
        {
            message << "Fibre " << m_fibre << " does not go with Transceiver " << m_transceiver
                    << ": " << refusal.what();
            throw std::invalid_argument(message.str());
        }
    }
    if (most != 0 && parts.transceiver->lanes % most != 0)
    {
        message << "Transceiver " << m_transceiver << " has "
                << ShowCount(parts.transceiver->lanes, "lane") << " for the " << most
                << " links of a module; allowed: types whose lanes they share evenly";
        throw std::invalid_argument(message.str());
    }
    if (circuits.GetNSwitches() > 0)
    {
        CheckCircuits(*parts.transceiver, static_cast<uint32_t>(most), circuits);
    }
    for (const auto& [number, links] : modules)
    {
        const double givenBps = parts.transceiver->GetLaneDataRateBps(parts.fec.GetOverhead()) *
                                (parts.transceiver->lanes / static_cast<double>(most));
        const double wantedBps =
            static_cast<double>(network->GetLink(links.front())->GetState(0).rate.GetBitRate());
        if (std::abs(givenBps / wantedBps - 1) > RATE_TOLERANCE)
        {
            message << "Transceiver " << m_transceiver << " with Fec " << m_fec << " gives "
                    << givenBps / 1e9 << " Gb/s to each of the " << most
                    << " links of a module, which have " << wantedBps / 1e9
                    << " Gb/s; allowed: types that give that within 1 %";
            throw std::invalid_argument(message.str());
        }
    }
    if (m_extraLossModule >= 0 && modules.count(static_cast<uint32_t>(m_extraLossModule)) == 0)
    {
        message << "ExtraLossModule " << m_extraLossModule << " is not allowed; allowed: ";
        if (modules.empty())
        {
            message << "-1, as the network has no modules";
        }
        else
        {
            message << modules.begin()->first << " to " << modules.rbegin()->first
                    << ", or -1 for none";
        }
        throw std::invalid_argument(message.str());
    }
}

std::vector<PathPart>
OpticsHelper::MakePath(const Parts& parts,
                       const Ptr<FabricLink>& link,
                       const std::shared_ptr<const CouplingSpec>& pass) const
{
    double lengthM = m_fibreLengthM;
    if (lengthM == 0)
    {
        const double speedMS = SPEED_OF_LIGHT_M_S / parts.fibre->groupIndex;
        lengthM = link->GetState(0).propagation.GetSeconds() * speedMS;
    }
    PathPart connector;
    connector.kind = PathElement::CONNECTOR;
    connector.coupling = parts.connector;
    PathPart piece;
    piece.kind = PathElement::FIBRE;
    piece.fibre = parts.fibre;
    piece.lengthM = lengthM / (m_connectors - 1) / (pass ? 2 : 1);
    std::vector<PathPart> path;
    const auto addCable = [&]() {
        path.push_back(connector);
        for (uint32_t i = 1; i < m_connectors; ++i)
        {
            path.push_back(piece);
            path.push_back(connector);
        }
    };
    addCable();
    if (pass)
    {
        PathPart through;
        through.kind = PathElement::SWITCH;
        through.coupling = pass;
        path.push_back(through);
        addCable();
    }
    const auto loses = [this, &link](uint32_t end) {
        return m_extraLossModule >= 0 &&
               link->GetModule(end) == static_cast<uint32_t>(m_extraLossModule);
    };
    path.front().extraLossDb = loses(0) ? m_extraLossDb : 0;
    path.back().extraLossDb = loses(1) ? m_extraLossDb : 0;
    return path;
}

Ptr<OpticalPlant>
OpticsHelper::Install(const Ptr<FabricNetwork>& network, const CircuitLayer& circuits) const
{
    NS_LOG_FUNCTION(this << network);
    try
    {
        Validate(network, circuits);
    }
    catch (const std::exception& refusal)
    {
        NS_ABORT_MSG("OpticsHelper: " << refusal.what());
    }
    const Parts parts = GetParts();
    const auto plant = m_plants.Create<OpticalPlant>();
    const std::map<uint32_t, std::vector<uint32_t>> modules = GetLinksOfModules(network);
    size_t most = 1;
    for (const auto& [number, links] : modules)
    {
        most = std::max(most, links.size());
        const auto module = CreateObject<OpticalModule>();
        module->SetSpec(parts.transceiver);
        module->SetAttribute("CaseTemperatureC", DoubleValue(m_caseTemperatureC));
        module->SetAttribute("AgeH", DoubleValue(m_ageH));
        plant->AddModule(number, module);
    }
    const auto lanes = static_cast<uint32_t>(parts.transceiver->lanes / most);
    std::shared_ptr<const CouplingSpec> pass;
    if (circuits.GetNSwitches() > 0)
    {
        pass = std::make_shared<const CouplingSpec>(circuits.GetSpec().GetPass());
    }
    const auto makeEnd = [&](const Ptr<FabricLink>& link, uint32_t end, uint32_t index) {
        const std::vector<uint32_t>& links = modules.at(link->GetModule(end));
        const auto place = std::find(links.begin(), links.end(), index) - links.begin();
        return OpticalMedium::End{plant->GetModule(link->GetModule(end)),
                                  static_cast<uint32_t>(place) * lanes};
    };
    for (uint32_t i = 0; i < network->GetNLinks(); ++i)
    {
        const Ptr<FabricLink> link = network->GetLink(i);
        if (link->GetModule(0) == FabricLink::NO_MODULE ||
            link->GetModule(1) == FabricLink::NO_MODULE)
        {
            continue;
        }
        const auto medium = m_media.Create<OpticalMedium>();
        medium->SetAttribute("FrameBytes",
                             UintegerValue(network->GetMtu() + network->GetHeaderBytes()));
        medium->SetFec(parts.fec);
        medium->Join(makeEnd(link, 0, i), makeEnd(link, 1, i), lanes);
        medium->SetFullRate(link->GetState(0).rate);
        for (const PathPart& part : MakePath(parts, link, circuits.Find(i) ? pass : nullptr))
        {
            medium->AddPart(part);
        }
        medium->Carry(link);
        plant->AddMedium(medium);
    }
    return plant;
}

} // namespace opticalfabric
} // namespace ns3

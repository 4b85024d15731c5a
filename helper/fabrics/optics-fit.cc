/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "optics-fit.h"

#include "ns3/link-budget.h"
#include "ns3/message-text.h"
#include "ns3/near-names.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

namespace
{

/// Light below is that of multimode modules: 850 to 953 nm. Single-mode fibre begins at 1260 nm.
constexpr double MULTIMODE_BELOW_NM = 1000;

/// Which fibres something is for.
enum class FibreMode : uint8_t
{
    ANY,
    SINGLE,
    MULTI
};

/**
 * @param mode single or multi
 * @return its name
 */
std::string
GetName(FibreMode mode)
{
    return mode == FibreMode::MULTI ? "multimode" : "single-mode";
}

/**
 * @param spec a type of module
 * @return the fibres its light is for
 */
FibreMode
GetMode(const TransceiverSpec& spec)
{
    const bool isMulti = std::any_of(spec.wavelengthsNm.begin(),
                                     spec.wavelengthsNm.end(),
                                     [](double nm) { return nm < MULTIMODE_BELOW_NM; });
    return isMulti ? FibreMode::MULTI : FibreMode::SINGLE;
}

/**
 * @param spec a type of fibre
 * @return what it is
 */
FibreMode
GetMode(const FibreSpec& spec)
{
    return spec.modalBandwidthMhzKm > 0 ? FibreMode::MULTI : FibreMode::SINGLE;
}

/**
 * @param catalog the catalog
 * @param connector name of a connector
 * @return the fibres it is for
 */
FibreMode
GetConnectorMode(const Catalog& catalog, const std::string& connector)
{
    const CatalogValue* mode = catalog.GetEntry(CatalogKind::CONNECTOR, connector).Find("mode");
    if (mode == nullptr || mode->text == "any")
    {
        return FibreMode::ANY;
    }
    return mode->text == "multimode" ? FibreMode::MULTI : FibreMode::SINGLE;
}

/**
 * @param spec a type of module
 * @return fibres, both ways, that end in one connector
 */
uint32_t
GetFibresPerConnector(const TransceiverSpec& spec)
{
    constexpr uint32_t PAIR = 2;
    return spec.plan == WavelengthPlan::WDM ? PAIR : spec.GetFibres();
}

/**
 * @param catalog the catalog
 * @param connector name of a connector
 * @return fibres that it joins, both ways; infinity if it does not say
 */
double
GetConnectorFibres(const Catalog& catalog, const std::string& connector)
{
    const CatalogValue* fibres = catalog.GetEntry(CatalogKind::CONNECTOR, connector).Find("fibres");
    return fibres == nullptr ? std::numeric_limits<double>::infinity() : fibres->numbers.front();
}

/**
 * @param catalog the catalog
 * @param kind kind of entry
 * @param fits tells whether the entry of a name fits
 * @return those that do, for messages
 */
template <typename FITS>
std::string
ListFitting(const Catalog& catalog, CatalogKind::Kind kind, FITS fits)
{
    std::vector<std::string> names;
    for (const std::string& name : catalog.GetNames(kind))
    {
        if (fits(name))
        {
            names.push_back(name);
        }
    }
    return names.empty() ? "nothing in the catalog" : JoinNames(names);
}

} // namespace

bool
IsMultimode(const TransceiverSpec& transceiver)
{
    return GetMode(transceiver) == FibreMode::MULTI;
}

void
CheckOpticsFit(const Catalog& catalog,
               const std::string& transceiver,
               const std::string& fibre,
               const std::string& connector)
{
    const auto type = catalog.GetTransceiver(transceiver);
    const FibreMode light = GetMode(*type);
    const FibreMode glass = GetMode(*catalog.GetFibre(fibre));
    if (light != glass)
    {
        const std::string fitting =
            ListFitting(catalog, CatalogKind::FIBRE, [&](const std::string& name) {
                return GetMode(*catalog.GetFibre(name)) == light;
            });
        throw std::invalid_argument("Fibre " + fibre + " does not go with Transceiver " +
                                    transceiver + ": it is " + GetName(glass) +
                                    ", and light of the module's wavelength needs " +
                                    GetName(light) + " fibre; allowed: " + fitting);
    }
    if (catalog.GetCouplingKind(connector) != PathElement::CONNECTOR)
    {
        throw std::invalid_argument("Connector " + connector + " is no connector; allowed: " +
                                    JoinNames(catalog.GetNames(CatalogKind::CONNECTOR)));
    }
    const uint32_t fibres = GetFibresPerConnector(*type);
    const auto listFitting = [&]() {
        return ListFitting(catalog, CatalogKind::CONNECTOR, [&](const std::string& name) {
            const FibreMode mode = GetConnectorMode(catalog, name);
            return (mode == FibreMode::ANY || mode == glass) &&
                   GetConnectorFibres(catalog, name) >= fibres;
        });
    };
    const FibreMode ends = GetConnectorMode(catalog, connector);
    if (ends != FibreMode::ANY && ends != glass)
    {
        throw std::invalid_argument("Connector " + connector + " does not go with Fibre " + fibre +
                                    ": it is " + GetName(ends) + ", and the fibre is " +
                                    GetName(glass) + "; allowed: " + listFitting());
    }
    const double joined = GetConnectorFibres(catalog, connector);
    if (joined < fibres)
    {
        throw std::invalid_argument("Connector " + connector + " does not go with Transceiver " +
                                    transceiver + ": it joins " +
                                    ShowCount(static_cast<uint64_t>(joined), "fibre") +
                                    ", and lanes of the module need " + std::to_string(fibres) +
                                    "; allowed: " + listFitting());
    }
}

double
GetOpticalReachM(const Catalog& catalog,
                 const std::string& transceiver,
                 const std::string& fibre,
                 const std::string& connector,
                 uint32_t connectors,
                 double targetBer)
{
    CheckOpticsFit(catalog, transceiver, fibre, connector);
    const auto type = catalog.GetTransceiver(transceiver);
    const auto glass = catalog.GetFibre(fibre);
    const auto coupling = catalog.GetCoupling(connector);
    const auto hasMargin = [&](double lengthM) {
        for (uint32_t lane = 0; lane < type->lanes; ++lane)
        {
            LaneInput input = MakeTypicalLane(*type, *type);
            input.path = LightPath(type->GetWavelengthNm(lane));
            for (uint32_t i = 0; i < connectors; ++i)
            {
                if (i > 0)
                {
                    input.path.AddFibre(*glass, lengthM / (connectors - 1));
                }
                input.path.AddCoupling(PathElement::CONNECTOR, *coupling);
            }
            if (!(GetLaneBudget(input, targetBer).marginDb >= 0))
            {
                return false;
            }
        }
        return true;
    };
    if (!hasMargin(0) || hasMargin(MAX_REACH_M))
    {
        return hasMargin(0) ? MAX_REACH_M : 0;
    }
    double withM = 0;
    double withoutM = MAX_REACH_M;
    constexpr double PRECISION_M = 0.01;
    while (withoutM - withM > PRECISION_M)
    {
        const double middleM = (withM + withoutM) / 2;
        (hasMargin(middleM) ? withM : withoutM) = middleM;
    }
    return withM;
}

} // namespace opticalfabric
} // namespace ns3

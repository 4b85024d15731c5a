/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The budget of one lane between two modules of the catalog, as a link engineer reads it.
//
//   link-budget --transceiver=400G-DR4 --fibre=SMF --connector=MPO --lengthM=500 --connectors=4
//   link-budget --extraLossDb=3 --contaminated
//
// Typical modules and connectors; see the catalog for what these are, and how anybody knows.

#include "program-options.h"
#include "terminal.h"

#include "ns3/catalog.h"
#include "ns3/double.h"
#include "ns3/optical-medium.h"
#include "ns3/optics-fit.h"
#include "ns3/scenario-error.h"

#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::opticalfabric;

namespace
{

/// A link between two modules of the catalog.
struct LinkOptions
{
    std::string transceiver{"400G-SR8-LPO"}; ///< type of both modules
    std::string fibre{"OM4"};                ///< type of the fibre
    std::string connector{"MPO-MM"};         ///< type of the connectors
    std::string fec{"KP4"};                  ///< forward error correction
    double lengthM{30};                      ///< length of the fibre, m
    uint32_t connectors{2};                  ///< connectors on the way
    double extraLossDb{0};                   ///< further loss at the first connector, dB
    bool contaminated{false};                ///< there is dirt on the first connector
    double ageH{0};                          ///< time in operation of the modules, h
    double caseC{55};                        ///< case temperature of the modules, degrees Celsius
    double rinDbPerHz{0};                    ///< laser noise, dB/Hz; 0: typical
    double modes{-1};                        ///< lines of the spectrum; below 0: as the type has it
};

/**
 * @param argc number of arguments
 * @param argv the arguments
 * @return what they say
 */
LinkOptions
ReadLinkOptions(int argc, char* argv[])
{
    LinkOptions link;
    ProgramOptions options(
        "link-budget",
        "The optical power budget of one lane between two modules of the component catalog, as a "
        "link engineer reads it: what each part of the path takes away, the noise, and what is "
        "left of the margin. doc/physical-layer.rst explains the lines.");
    options.Add("transceiver", "type of both modules, as the catalog names it", link.transceiver);
    options.Add("fibre", "type of the fibre, as the catalog names it", link.fibre);
    options.Add("connector", "type of the connectors, as the catalog names it", link.connector);
    options.Add("fec", "forward error correction", link.fec, {"KP4", "KR4", "LL", "none"});
    options.Add("lengthM", "length of the fibre, m", link.lengthM, 0, 1e5);
    options.Add("connectors", "connectors on the way", link.connectors, 2, 16);
    options.Add("extraLossDb", "further loss at the first connector, dB", link.extraLossDb, 0, 100);
    options.Add("contaminated", "there is dirt on the first connector", link.contaminated);
    options.Add("ageH", "time the modules have been in operation, h", link.ageH, 0, 1e7);
    options.Add("caseC",
                "case temperature of the modules, degrees Celsius; acts through ageing "
                "alone, so with --ageH=0 it changes nothing",
                link.caseC,
                -40,
                125);
    options.Add("rinDbPerHz",
                "relative intensity noise of the laser, dB/Hz; 0: typical, as the catalog has it",
                link.rinDbPerHz,
                -200,
                0);
    options.Add("modes",
                "lines of equal power that the laser's spectrum consists of, 1 and more; 0: a "
                "continuous spectrum; below 0: as the catalog has it",
                link.modes,
                -1,
                1000);
    options.AddExample("./fabric budget --transceiver=400G-DR4 --fibre=SMF --connector=MPO");
    options.AddExample("./fabric budget --lengthM=100 --ageH=40000 --caseC=70");
    options.AddExample("./fabric budget --extraLossDb=3 --contaminated");
    options.Parse(argc, argv);
    return link;
}

/**
 * @param catalog the catalog
 * @param link a link
 * @return type of its modules, as the options change it
 */
TransceiverSpec
GetModuleType(const Catalog& catalog, const LinkOptions& link)
{
    TransceiverSpec type = *catalog.GetTransceiver(link.transceiver);
    if (link.rinDbPerHz != 0)
    {
        type.transmitter.rinDbPerHz = link.rinDbPerHz;
        type.transmitter.rinMaxDbPerHz = 0;
    }
    if (link.modes > 0 && link.modes < 1)
    {
        std::ostringstream modes;
        modes << "--modes=" << link.modes;
        throw ScenarioError({modes.str(), 0}, "allowed: below 0, 0, or 1 to 1000");
    }
    if (link.modes >= 0)
    {
        type.transmitter.effectiveModes = link.modes;
    }
    return type;
}

/**
 * @param catalog the catalog
 * @param link a link
 * @param type type of its modules
 * @return the light between them
 */
Ptr<OpticalMedium>
MakeMedium(const Catalog& catalog, const LinkOptions& link, const TransceiverSpec& type)
{
    const auto medium = CreateObject<OpticalMedium>();
    OpticalMedium::End ends[2];
    for (OpticalMedium::End& end : ends)
    {
        end.module = CreateObject<OpticalModule>();
        end.module->SetSpec(std::make_shared<const TransceiverSpec>(type));
        end.module->SetAttribute("AgeH", DoubleValue(link.ageH));
        end.module->SetAttribute("CaseTemperatureC", DoubleValue(link.caseC));
    }
    medium->SetFec(FecCode::FromName(link.fec));
    medium->Join(ends[0], ends[1], type.lanes);
    PathPart coupling;
    coupling.kind = PathElement::CONNECTOR;
    coupling.coupling = catalog.GetCoupling(link.connector);
    PathPart piece;
    piece.fibre = catalog.GetFibre(link.fibre);
    piece.lengthM = link.lengthM / (link.connectors - 1);
    for (uint32_t i = 0; i < link.connectors; ++i)
    {
        PathPart part = coupling;
        part.extraLossDb = i == 0 ? link.extraLossDb : 0;
        part.contaminated = i == 0 && link.contaminated;
        medium->AddPart(part);
        if (i + 1 < link.connectors)
        {
            medium->AddPart(piece);
        }
    }
    return medium;
}

/**
 * @param marginDb a margin, dB
 * @return it as text
 */
std::string
ShowMargin(double marginDb)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << marginDb << " dB";
    return std::isfinite(marginDb) ? text.str() : "out of reach";
}

/**
 * @param link a link
 * @return exit status
 */
int
PrintLinkBudget(const LinkOptions& link)
{
    const Catalog catalog;
    CheckOpticsFit(catalog, link.transceiver, link.fibre, link.connector);
    TransceiverSpec type = GetModuleType(catalog, link);
    const Ptr<OpticalMedium> medium = MakeMedium(catalog, link, type);
    std::ostringstream title;
    title << link.transceiver << ", " << link.lengthM << " m of " << link.fibre;
    PrintBudget(medium->GetBudget(0, 0), title.str(), std::cout);
    const double rinMaxDbPerHz = type.transmitter.rinMaxDbPerHz;
    if (rinMaxDbPerHz != 0)
    {
        type.transmitter.rinDbPerHz = rinMaxDbPerHz;
        const LaneBudget worst = MakeMedium(catalog, link, type)->GetBudget(0, 0);
        std::cout << "With the most laser noise allowed, " << rinMaxDbPerHz << " dB/Hz: margin "
                  << ShowMargin(worst.marginDb) << ", BER " << FormatErrorRatio(worst.ber) << "\n";
    }
    const MediumState state = medium->Evaluate();
    std::cout << std::setprecision(4) << "With " << link.fec
              << ", frames of 4096 bytes: " << (state.up ? "up" : "down") << ", " << state.lanes
              << " of " << type.lanes << " lanes, " << state.link[0].rate.GetBitRate() / 1e9
              << " Gb/s,\n"
              << "frame error ratio " << FormatErrorRatio(state.link[0].frameErrorRatio)
              << ", flight " << state.link[0].propagation.As(Time::NS) << ", FEC and modules "
              << state.link[0].phyLatency.As(Time::NS) << std::endl;
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    Time::SetResolution(Time::PS);
    return RunProgram("link-budget",
                      [&]() { return PrintLinkBudget(ReadLinkOptions(argc, argv)); });
}

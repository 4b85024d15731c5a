/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
// The budget of one lane between two modules of the catalog, as a link engineer reads it.
//
//   link-budget --transceiver=400G-DR4 --fibre=SMF --connector=MPO --lengthM=500 --connectors=4
//   link-budget --extraLossDb=3 --contaminated=true
//
// Typical modules and connectors; see the catalog for what these are, and how anybody knows.

#include "ns3/catalog.h"
#include "ns3/command-line.h"
#include "ns3/double.h"
#include "ns3/optical-medium.h"
#include "ns3/scenario-error.h"

#include <iomanip>
#include <iostream>
#include <stdexcept>

using namespace ns3;
using namespace ns3::opticalfabric;

int
main(int argc, char* argv[])
{
    Time::SetResolution(Time::PS);

    std::string transceiver = "400G-SR8-LPO";
    std::string fibre = "OM4";
    std::string connector = "MPO-MM";
    std::string fec = "KP4";
    double lengthM = 30;
    uint32_t connectors = 2;
    double extraLossDb = 0;
    bool contaminated = false;
    double ageH = 0;
    double caseC = 55;
    CommandLine cmd(__FILE__);
    cmd.AddValue("transceiver", "type of both modules, as the catalog names it", transceiver);
    cmd.AddValue("fibre", "type of the fibre, as the catalog names it", fibre);
    cmd.AddValue("connector", "type of the connectors, as the catalog names it", connector);
    cmd.AddValue("fec", "KP4, KR4, LL or none", fec);
    cmd.AddValue("lengthM", "length of the fibre, m", lengthM);
    cmd.AddValue("connectors", "connectors on the way, 2 or more", connectors);
    cmd.AddValue("extraLossDb", "further loss at the first connector, dB", extraLossDb);
    cmd.AddValue("contaminated", "whether there is dirt on the first connector", contaminated);
    cmd.AddValue("ageH", "time the modules have been in operation, h", ageH);
    cmd.AddValue("caseC", "case temperature of the modules, degrees Celsius", caseC);
    cmd.Parse(argc, argv);

    try
    {
        const Catalog catalog;
        const auto type = catalog.GetTransceiver(transceiver);
        if (connectors < 2 || connectors > 16 || !(extraLossDb >= 0) || !(lengthM >= 0))
        {
            throw std::invalid_argument("allowed: 2 to 16 connectors, loss and length from 0 on");
        }
        const auto medium = CreateObject<OpticalMedium>();
        OpticalMedium::End ends[2];
        for (OpticalMedium::End& end : ends)
        {
            end.module = CreateObject<OpticalModule>();
            end.module->SetSpec(type);
            end.module->SetAttribute("AgeH", DoubleValue(ageH));
            end.module->SetAttribute("CaseTemperatureC", DoubleValue(caseC));
        }
        medium->SetFec(FecCode::FromName(fec));
        medium->Join(ends[0], ends[1], type->lanes);
        PathPart coupling;
        coupling.kind = PathElement::CONNECTOR;
        coupling.coupling = catalog.GetCoupling(connector);
        PathPart piece;
        piece.fibre = catalog.GetFibre(fibre);
        piece.lengthM = lengthM / (connectors - 1);
        for (uint32_t i = 0; i < connectors; ++i)
        {
            PathPart part = coupling;
            part.extraLossDb = i == 0 ? extraLossDb : 0;
            part.contaminated = i == 0 && contaminated;
            medium->AddPart(part);
            if (i + 1 < connectors)
            {
                medium->AddPart(piece);
            }
        }

        PrintBudget(medium->GetBudget(0, 0),
                    transceiver + ", " + std::to_string(lengthM) + " m of " + fibre,
                    std::cout);
        const MediumState state = medium->Evaluate();
        std::cout << std::setprecision(4) << "With " << fec
                  << ", frames of 4096 bytes: " << (state.up ? "up" : "down") << ", " << state.lanes
                  << " of " << type->lanes << " lanes, " << state.link[0].rate.GetBitRate() / 1e9
                  << " Gb/s, frame error ratio " << state.link[0].frameErrorRatio << ", flight "
                  << state.link[0].propagation.As(Time::NS) << ", FEC and modules "
                  << state.link[0].phyLatency.As(Time::NS) << std::endl;
    }
    catch (const std::exception& refusal)
    {
        std::cerr << "link-budget: " << refusal.what() << std::endl;
        return 2;
    }
    return 0;
}

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LANE_INPUT_MAKER_H
#define OPTICAL_FABRIC_LANE_INPUT_MAKER_H

#include "ns3/link-budget.h"

#include <limits>

namespace ns3
{
namespace opticalfabric
{

constexpr double NOT_A_NUMBER = std::numeric_limits<double>::quiet_NaN(); ///< refused everywhere
constexpr double INFINITE = std::numeric_limits<double>::infinity();      ///< refused mostly
constexpr double KP4_BER = 2.4e-4; ///< bit error ratio that PAM4 links are specified to

/**
 * @param lossDb loss, dB
 * @param reflectanceDb reflectance, dB
 * @return an element of a path
 */
inline PathElement
MakeElement(double lossDb, double reflectanceDb = -100)
{
    PathElement element;
    element.kind = PathElement::CONNECTOR;
    element.lossDb = lossDb;
    element.reflectanceDb = reflectanceDb;
    return element;
}

/**
 * @param lossDb loss of the path, dB
 * @return a PAM4 lane with thermal noise only
 */
inline LaneInput
MakeThermal(double lossDb)
{
    LaneInput input;
    input.baudGBd = 53.125;
    input.omaDbm = 1.2;
    input.tdecqDb = 3.4;
    input.extinctionRatioDb = 5;
    input.rinDbPerHz = -INFINITE;
    input.sensitivityOmaDbm = -5.3;
    input.path.Add(MakeElement(lossDb));
    return input;
}

/// @return a PAM4 lane that suffers from everything there is
inline LaneInput
MakeNoisy()
{
    LaneInput input = MakeThermal(1);
    input.tdecqDb = 1.5;
    input.rinDbPerHz = -142;
    input.tdecqIncludesRin = false;
    input.transmitterReflectanceDb = -26;
    input.receiverReflectanceDb = -26;
    input.path.Add(MakeElement(0.5, -35));
    PathElement fibre = MakeElement(0.2);
    fibre.dispersionPsPerNm = -30;
    input.path.Add(fibre);
    return input;
}

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LANE_INPUT_MAKER_H */

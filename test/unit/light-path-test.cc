/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "ns3/light-path.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>
#include <string>

using namespace ns3::opticalfabric;

namespace
{

constexpr double NOT_A_NUMBER = std::numeric_limits<double>::quiet_NaN(); ///< refused everywhere
constexpr double INFINITE = std::numeric_limits<double>::infinity();      ///< refused mostly

/// @return single-mode fibre with the worst figures of IEEE Std 802.3, Table 121-14
FibreSpec
MakeFibre()
{
    FibreSpec fibre;
    fibre.name = "OS2";
    fibre.wavelengthNm = 1310;
    fibre.attenuationDbPerKm = 0.5;
    fibre.groupIndex = 1.468;
    fibre.zeroDispersionNm = 1324;
    fibre.dispersionSlope = 0.093;
    return fibre;
}

/// @return a connector; its figures are made up
CouplingSpec
MakeConnector()
{
    CouplingSpec spec;
    spec.name = "MPO";
    spec.lossDb = 0.35;
    spec.lossMaxDb = 0.75;
    spec.lossSpreadDb = 0.1;
    spec.reflectanceDb = -45;
    spec.contaminatedLossDb = 1.2;
    spec.contaminatedReflectanceDb = -25;
    return spec;
}

/**
 * @param reflectanceDb reflectance, dB
 * @param lossDb loss, dB
 * @return an element
 */
PathElement
MakeElement(double reflectanceDb, double lossDb)
{
    PathElement element;
    element.kind = PathElement::CONNECTOR;
    element.reflectanceDb = reflectanceDb;
    element.lossDb = lossDb;
    return element;
}

/**
 * @param action what should be refused
 * @return what the refusal says; empty if there is none
 */
std::string
GetRefusal(const std::function<void()>& action)
{
    try
    {
        action();
    }
    catch (const std::invalid_argument& refusal)
    {
        return refusal.what();
    }
    return "";
}

} // namespace

TEST(FibreSpec, DispersionIsThatOfTheStandardsWorstChannel)
{
    // IEEE Std 802.3, Table 121-13: 500 m of the worst fibre have -0.93 to 0.8 ps/nm between 1304.5
    // and 1317.5 nm.
    FibreSpec fibre = MakeFibre();
    EXPECT_NEAR(fibre.GetDispersion(1304.5) * 0.5, -0.93, 0.005);
    fibre.zeroDispersionNm = 1300;
    EXPECT_NEAR(fibre.GetDispersion(1317.5) * 0.5, 0.8, 0.005);
}

TEST(FibreSpec, DispersionVanishesWhereItShouldWithTheSlopeStated)
{
    FibreSpec fibre = MakeFibre();
    EXPECT_NEAR(fibre.GetDispersion(1324), 0, 1e-12);
    EXPECT_NEAR((fibre.GetDispersion(1324.01) - fibre.GetDispersion(1323.99)) / 0.02, 0.093, 1e-7);
    EXPECT_LT(fibre.GetDispersion(1300), 0);
    EXPECT_GT(fibre.GetDispersion(1350), 0);
    // Not stated: none is known.
    fibre.zeroDispersionNm = 0;
    EXPECT_EQ(fibre.GetDispersion(1304.5), 0);
}

TEST(LightPath, FibreHasLossDelayLengthAndDispersion)
{
    LightPath path(1304.5);
    path.AddFibre(MakeFibre(), 500);
    ASSERT_EQ(path.GetElements().size(), 1u);
    const PathElement& element = path.GetElements().front();
    EXPECT_EQ(element.kind, PathElement::FIBRE);
    EXPECT_EQ(element.name, "OS2, 500 m");
    EXPECT_DOUBLE_EQ(element.lossDb, 0.25);
    EXPECT_LE(element.reflectanceDb, -100);
    EXPECT_DOUBLE_EQ(path.GetLengthM(), 500);
    EXPECT_NEAR(path.GetDispersionPsPerNm(), -0.93, 0.005);
    // 1.468 / 299792458 m/s is 4.8967209 ns/m, in print 4.897.
    EXPECT_NEAR(path.GetDelayS(), 500 * 4.8967209e-9, 500 * 1e-16);
}

TEST(LightPath, SumsUpInOrder)
{
    LightPath path(1304.5);
    path.AddCoupling(PathElement::CONNECTOR, MakeConnector());
    path.AddFibre(MakeFibre(), 100);
    path.AddCoupling(PathElement::SPLICE, MakeConnector(), false, 0.4);
    PathElement pass = MakeElement(-46, 1.5);
    pass.kind = PathElement::SWITCH;
    pass.delayS = 2e-9;
    path.Add(pass);
    path.AddFibre(MakeFibre(), 300);
    path.AddCoupling(PathElement::CIRCULATOR, MakeConnector());

    EXPECT_NEAR(path.GetLossDb(), 3 * 0.35 + 0.4 + 1.5 + 0.2, 1e-12);
    EXPECT_NEAR(path.GetDelayS(), 400 * 4.8967209e-9 + 2e-9, 1e-13);
    EXPECT_DOUBLE_EQ(path.GetLengthM(), 400);
    EXPECT_NEAR(path.GetDispersionPsPerNm(), 0.4 * MakeFibre().GetDispersion(1304.5), 1e-12);
    std::string kinds;
    for (const PathElement& element : path.GetElements())
    {
        kinds += GetName(element.kind) + " ";
    }
    EXPECT_EQ(kinds, "connector fibre splice switch fibre circulator ");
}

TEST(LightPath, DirtRaisesLossAndReflectance)
{
    LightPath path;
    path.AddCoupling(PathElement::CONNECTOR, MakeConnector());
    path.AddCoupling(PathElement::CONNECTOR, MakeConnector(), true, 0.2);
    const auto& elements = path.GetElements();
    EXPECT_EQ(elements[0].name, "MPO");
    EXPECT_DOUBLE_EQ(elements[0].lossDb, 0.35);
    EXPECT_EQ(elements[0].reflectanceDb, -45);
    EXPECT_EQ(elements[1].name, "MPO, contaminated");
    EXPECT_DOUBLE_EQ(elements[1].lossDb, 0.35 + 1.2 + 0.2);
    EXPECT_EQ(elements[1].reflectanceDb, -25);
    // Dirt of which nothing is stated does not make an end face reflect less.
    CouplingSpec spec = MakeConnector();
    spec.contaminatedReflectanceDb = -100;
    path.AddCoupling(PathElement::CONNECTOR, spec, true);
    EXPECT_EQ(elements[2].reflectanceDb, -45);
}

TEST(LightPath, ReversedIsTheSameFromTheOtherEnd)
{
    LightPath path(1271);
    path.Add(MakeElement(-30, 1));
    path.AddFibre(MakeFibre(), 100);
    path.Add(MakeElement(-40, 2));
    const LightPath back = path.GetReversed();
    EXPECT_EQ(back.GetWavelengthNm(), 1271);
    ASSERT_EQ(back.GetElements().size(), 3u);
    EXPECT_EQ(back.GetElements()[0].reflectanceDb, -40);
    EXPECT_EQ(back.GetElements()[1].kind, PathElement::FIBRE);
    EXPECT_EQ(back.GetElements()[2].reflectanceDb, -30);
    EXPECT_NEAR(back.GetLossDb(), path.GetLossDb(), 1e-12);
    EXPECT_EQ(back.GetDispersionPsPerNm(), path.GetDispersionPsPerNm());
    EXPECT_EQ(back.GetReversed().GetElements()[0].reflectanceDb, -30);
    // Detours are the same from either side, with the ends exchanged.
    const MultipathInterference there = GetMultipathInterference(path, -26, -33);
    const MultipathInterference home = GetMultipathInterference(back, -33, -26);
    EXPECT_NEAR(home.relativePower, there.relativePower, 1e-12 * there.relativePower);
    EXPECT_NEAR(home.relativeField, there.relativeField, 1e-12 * there.relativeField);
}

TEST(MultipathInterference, TwoReflectionsByHand)
{
    // The two ends, 3 dB apart: -26 - 30 - 2 * 3 = -62 dB.
    LightPath path;
    path.Add(MakeElement(-100, 3));
    MultipathInterference result = GetMultipathInterference(path, -26, -30);
    EXPECT_NEAR(result.relativePower, std::pow(10, -6.2), 1e-18);
    EXPECT_NEAR(result.relativeField, std::pow(10, -3.1), 1e-15);

    // Two connectors: light passes their own losses as often by the detour as straight on, so only
    // the 2 dB between them count.
    LightPath two;
    two.Add(MakeElement(-20, 1));
    two.Add(MakeElement(-100, 2));
    two.Add(MakeElement(-25, 4));
    result = GetMultipathInterference(two, -100, -INFINITE);
    EXPECT_NEAR(result.relativePower, std::pow(10, -4.9), 1e-17);
    EXPECT_NEAR(result.relativeField, std::pow(10, -2.45), 1e-15);
}

TEST(MultipathInterference, ThreeReflectionsByHand)
{
    LightPath path;
    path.Add(MakeElement(-100, 1));
    path.Add(MakeElement(-20, 0.5));
    path.Add(MakeElement(-100, 2));
    const MultipathInterference result = GetMultipathInterference(path, -30, -40);
    // Transmitter and connector 1 dB apart, connector and receiver 2 dB, the ends all 3.5 dB.
    EXPECT_NEAR(result.relativePower,
                std::pow(10, -5.2) + std::pow(10, -6.4) + std::pow(10, -7.7),
                1e-17);
    EXPECT_NEAR(result.relativeField,
                std::pow(10, -2.6) + std::pow(10, -3.2) + std::pow(10, -3.85),
                1e-14);
}

TEST(MultipathInterference, NeedsTwoReflections)
{
    LightPath path;
    EXPECT_EQ(GetMultipathInterference(path, -100, -100).relativePower, 0);
    EXPECT_EQ(GetMultipathInterference(path, -26, -100).relativePower, 0);
    path.Add(MakeElement(-30, 1));
    EXPECT_EQ(GetMultipathInterference(path, -100, -100).relativePower, 0);
    EXPECT_EQ(GetMultipathInterference(path, -100, -100).relativeField, 0);
    EXPECT_GT(GetMultipathInterference(path, -26, -100).relativePower, 0);
}

TEST(MultipathInterference, GrowsWithReflectanceAndFallsWithLossBetween)
{
    double lastPower = 0;
    for (double reflectanceDb = -60; reflectanceDb < 0; reflectanceDb += 5)
    {
        LightPath path;
        path.Add(MakeElement(reflectanceDb, 1));
        const double power = GetMultipathInterference(path, -26, -26).relativePower;
        EXPECT_GT(power, lastPower);
        lastPower = power;
    }
    for (double lossDb = 0; lossDb < 20; lossDb += 1)
    {
        LightPath path;
        path.Add(MakeElement(-100, lossDb));
        const double power = GetMultipathInterference(path, -20, -20).relativePower;
        EXPECT_LT(power, lastPower);
        lastPower = power;
    }
}

TEST(LightPath, RefusesWhatIsOutOfRange)
{
    for (const double wavelengthNm : {399.9, 2000.1, NOT_A_NUMBER})
    {
        EXPECT_THROW(LightPath path(wavelengthNm), std::invalid_argument);
    }
    EXPECT_EQ(GetRefusal([] { LightPath path(131); }),
              "light path: wavelengthNm = 131 is not allowed; allowed: 400 to 2000");

    LightPath path;
    for (const double lengthM : {-1.0, 1.1e7, NOT_A_NUMBER})
    {
        EXPECT_THROW(path.AddFibre(MakeFibre(), lengthM), std::invalid_argument);
    }
    EXPECT_THROW(path.AddCoupling(PathElement::FIBRE, MakeConnector()), std::invalid_argument);
    EXPECT_THROW(path.AddCoupling(static_cast<PathElement::Kind>(5), MakeConnector()),
                 std::invalid_argument);
    for (const double extraLossDb : {-0.1, 100.1, NOT_A_NUMBER})
    {
        EXPECT_THROW(path.AddCoupling(PathElement::CONNECTOR, MakeConnector(), false, extraLossDb),
                     std::invalid_argument);
    }
    for (const double reflectanceDb : {0.0, 1.0, NOT_A_NUMBER})
    {
        EXPECT_THROW(GetMultipathInterference(path, reflectanceDb, -30), std::invalid_argument);
        EXPECT_THROW(GetMultipathInterference(path, -30, reflectanceDb), std::invalid_argument);
    }
    // Nothing of all that has become part of the path.
    EXPECT_TRUE(path.GetElements().empty());
}

TEST(LightPath, RefusesFibreStatedForAnotherBand)
{
    FibreSpec fibre = MakeFibre();
    LightPath oBand(1271);
    EXPECT_NO_THROW(oBand.AddFibre(fibre, 10));
    LightPath cBand(1550);
    EXPECT_NE(GetRefusal([&] {
                  cBand.AddFibre(fibre, 10);
              }).find("wavelength of the path, nm, = 1550 is not allowed; allowed: 1113.5 to"),
              std::string::npos);
    fibre.wavelengthNm = 850;
    LightPath longest(953);
    EXPECT_NO_THROW(longest.AddFibre(fibre, 10));
    EXPECT_THROW(oBand.AddFibre(fibre, 10), std::invalid_argument);
}

TEST(LightPath, RefusesElementsOutOfRange)
{
    const auto refuses = [](const std::function<void(PathElement&)>& change) {
        PathElement element = MakeElement(-40, 1);
        change(element);
        LightPath path;
        return !GetRefusal([&] { path.Add(element); }).empty();
    };
    EXPECT_FALSE(refuses([](PathElement&) {}));
    EXPECT_FALSE(refuses([](PathElement& element) { element.reflectanceDb = -INFINITE; }));
    EXPECT_TRUE(refuses([](PathElement& element) {
        element.kind = static_cast<PathElement::Kind>(PathElement::SWITCH + 1);
    }));
    for (const double bad : {-0.1, 1000.1, INFINITE, NOT_A_NUMBER})
    {
        EXPECT_TRUE(refuses([&](PathElement& element) { element.lossDb = bad; })) << bad;
    }
    for (const double bad : {0.0, 3.0, NOT_A_NUMBER})
    {
        EXPECT_TRUE(refuses([&](PathElement& element) { element.reflectanceDb = bad; })) << bad;
    }
    for (const double bad : {-1.0, 1.1e7, NOT_A_NUMBER})
    {
        EXPECT_TRUE(refuses([&](PathElement& element) { element.lengthM = bad; })) << bad;
        EXPECT_TRUE(refuses([&](PathElement& element) { element.delayS = bad; })) << bad;
    }
    for (const double bad : {-1.1e6, 1.1e6, NOT_A_NUMBER})
    {
        EXPECT_TRUE(refuses([&](PathElement& element) { element.dispersionPsPerNm = bad; })) << bad;
    }
}

TEST(FibreSpec, RefusesWhatIsOutOfRange)
{
    const auto refusal = [](const std::function<void(FibreSpec&)>& change) {
        FibreSpec fibre = MakeFibre();
        change(fibre);
        return GetRefusal([&] { fibre.Validate(); });
    };
    EXPECT_EQ(refusal([](FibreSpec&) {}), "");
    EXPECT_EQ(refusal([](FibreSpec& fibre) { fibre.attenuationDbPerKm = -0.5; }),
              "fibre OS2: attenuationDbPerKm = -0.5 is not allowed; allowed: 0 to 1000");
    for (const double bad : {0.0, 399.0, 2001.0, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](FibreSpec& fibre) { fibre.wavelengthNm = bad; }), "") << bad;
    }
    for (const double bad : {1001.0, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](FibreSpec& fibre) { fibre.attenuationDbPerKm = bad; }), "") << bad;
    }
    for (const double bad : {0.0, 0.99, 2.01, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](FibreSpec& fibre) { fibre.groupIndex = bad; }), "") << bad;
    }
    for (const double bad : {-1.0, 399.0, 2001.0, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](FibreSpec& fibre) { fibre.zeroDispersionNm = bad; }), "") << bad;
    }
    for (const double bad : {-0.01, 1.01, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](FibreSpec& fibre) { fibre.dispersionSlope = bad; }), "") << bad;
    }
    for (const double bad : {-1.0, 1.1e6, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](FibreSpec& fibre) { fibre.modalBandwidthMhzKm = bad; }), "") << bad;
    }
    // A type that is not good does not get onto a path.
    FibreSpec fibre = MakeFibre();
    fibre.groupIndex = 0;
    LightPath path;
    EXPECT_THROW(path.AddFibre(fibre, 1), std::invalid_argument);
}

TEST(CouplingSpec, RefusesWhatIsOutOfRange)
{
    const auto refusal = [](const std::function<void(CouplingSpec&)>& change) {
        CouplingSpec spec = MakeConnector();
        change(spec);
        return GetRefusal([&] { spec.Validate(); });
    };
    EXPECT_EQ(refusal([](CouplingSpec&) {}), "");
    EXPECT_EQ(refusal([](CouplingSpec& spec) { spec.lossMaxDb = 0; }), "");
    EXPECT_EQ(
        refusal([](CouplingSpec& spec) { spec.lossMaxDb = 0.3; }),
        "coupling MPO: lossMaxDb = 0.3 is not allowed; allowed: 0.35, which is lossDb, to 100");
    for (const double bad : {-0.1, 100.1, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](CouplingSpec& spec) { spec.lossDb = bad; }), "") << bad;
        EXPECT_NE(refusal([&](CouplingSpec& spec) { spec.lossMaxDb = bad; }), "") << bad;
        EXPECT_NE(refusal([&](CouplingSpec& spec) { spec.contaminatedLossDb = bad; }), "") << bad;
    }
    for (const double bad : {-0.1, 10.1, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](CouplingSpec& spec) { spec.lossSpreadDb = bad; }), "") << bad;
    }
    for (const double bad : {0.0, 1.0, NOT_A_NUMBER})
    {
        EXPECT_NE(refusal([&](CouplingSpec& spec) { spec.reflectanceDb = bad; }), "") << bad;
        EXPECT_NE(refusal([&](CouplingSpec& spec) { spec.contaminatedReflectanceDb = bad; }), "")
            << bad;
    }
    CouplingSpec spec = MakeConnector();
    spec.lossDb = -1;
    LightPath path;
    EXPECT_THROW(path.AddCoupling(PathElement::CONNECTOR, spec), std::invalid_argument);
}

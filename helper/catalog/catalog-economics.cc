/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-economics.h"

#include "catalog-binding.h"

#include <string>

namespace ns3
{
namespace opticalfabric
{

using namespace catalogbinding;

namespace
{

constexpr Range COMPUTE{CatalogQuantity::COMPUTE, 0.001, 1e6};
constexpr Range MEMORY{CatalogQuantity::BYTES, 0.001, 1e5};
constexpr Range MEMORY_RATE{CatalogQuantity::BYTE_RATE, 0.001, 1e7};
constexpr Range SCALE_UP{CatalogQuantity::BYTE_RATE, 0.001, 1e6};
constexpr Range CAPACITY{CatalogQuantity::BIT_RATE, 1e-6, 1e6};
constexpr Range PART_POWER{CatalogQuantity::POWER, 0, MAX_PART_POWER_W};
constexpr Range EFFICIENCY{CatalogQuantity::PURE, 0.1, 1};
constexpr Range FAN_SHARE{CatalogQuantity::PURE, 0, 1};
constexpr Range PRICE{CatalogQuantity::MONEY, 0, 1e9};
constexpr Range ENERGY_PRICE{CatalogQuantity::ENERGY_PRICE, 0, 10};
constexpr Range LABOUR_PRICE{CatalogQuantity::LABOUR_PRICE, 0, 1000};
constexpr Range BUILDING_PRICE{CatalogQuantity::CAPACITY_PRICE, 0, 1e6};
constexpr Range PUE{CatalogQuantity::PURE, 1, 10};
constexpr Range LIFE{CatalogQuantity::YEARS, 0.1, 50};
constexpr Range DISCOUNT{CatalogQuantity::YEARLY_RATE, 0, 1};
constexpr Range JOB_TIME{CatalogQuantity::DURATION, 0, 1000};

/**
 * @tparam SPEC a spec with a member power
 * @return its four powers
 */
template <typename SPEC>
std::vector<Binding<SPEC>>
PowerFields()
{
    return {
        Number<SPEC>("power.off", PART_POWER, &SPEC::power, &PartPowerSpec::offW),
        Number<SPEC>("power.sleep", PART_POWER, &SPEC::power, &PartPowerSpec::sleepW),
        Number<SPEC>("power.idle", PART_POWER, &SPEC::power, &PartPowerSpec::idleW),
        Number<SPEC>("power.active", PART_POWER, &SPEC::power, &PartPowerSpec::activeW),
    };
}

/**
 * @tparam SPEC a spec
 * @param name path of a group of values
 * @param range what they measure, and what is allowed
 * @param member where in a spec they go
 * @return the three values of a range
 */
template <typename SPEC>
std::vector<Binding<SPEC>>
RangeFields(const std::string& name, const Range& range, ValueRange SPEC::*member)
{
    return {
        Number<SPEC>((name + ".low").c_str(), range, member, &ValueRange::low),
        Number<SPEC>((name + ".typical").c_str(), range, member, &ValueRange::typical),
        Number<SPEC>((name + ".high").c_str(), range, member, &ValueRange::high),
    };
}

/**
 * @tparam SPEC a spec
 * @param groups some fields, more fields, and so on
 * @return all of them
 */
template <typename SPEC>
std::vector<Binding<SPEC>>
Join(const std::vector<std::vector<Binding<SPEC>>>& groups)
{
    std::vector<Binding<SPEC>> all;
    for (const auto& group : groups)
    {
        all.insert(all.end(), group.begin(), group.end());
    }
    return all;
}

/// @return fields of accelerators
std::vector<Binding<AcceleratorSpec>>
AcceleratorFields()
{
    using S = AcceleratorSpec;
    return Join<S>({{
                        Number<S>("compute", COMPUTE, &S::denseTflops),
                        Number<S>("memory", MEMORY, &S::memoryGB),
                        Number<S>("memory_bandwidth", MEMORY_RATE, &S::memoryGBps),
                        Number<S>("scale_up", SCALE_UP, &S::scaleUpGBps),
                    },
                    FactorRange<S>("compute"),
                    FactorRange<S>("memory"),
                    FactorRange<S>("memory_bandwidth"),
                    PowerFields<S>(),
                    FactorRange<S>("power")});
}

/// @return fields of CPUs, network interfaces and enclosures
std::vector<Binding<PoweredPartSpec>>
PoweredPartFields()
{
    using S = PoweredPartSpec;
    return Join<S>({PowerFields<S>(), FactorRange<S>("power")});
}

/// @return fields of packet switches
std::vector<Binding<SwitchSpec>>
SwitchFields()
{
    using S = SwitchSpec;
    return Join<S>({{
                        Choice("scope", {"chip", "box"}, &S::scope),
                        Number<S>("capacity", CAPACITY, &S::capacityTbps),
                    },
                    PowerFields<S>(),
                    FactorRange<S>("power")});
}

/// @return fields of power supplies
std::vector<Binding<SupplySpec>>
SupplyFields()
{
    using S = SupplySpec;
    return {
        Number<S>("efficiency", EFFICIENCY, &S::efficiency),
        Number<S>("fan_share", FAN_SHARE, &S::fanShare),
    };
}

/// @return fields of prices
std::vector<Binding<PriceSpec>>
PriceFields()
{
    return RangeFields("price", PRICE, &PriceSpec::priceUsd);
}

/// @return fields of regions
std::vector<Binding<RegionSpec>>
RegionFields()
{
    using S = RegionSpec;
    return Join<S>({RangeFields("electricity", ENERGY_PRICE, &S::energyUsdPerKwh),
                    RangeFields("pue", PUE, &S::pue),
                    RangeFields("labour", LABOUR_PRICE, &S::labourUsdPerH),
                    RangeFields("building", BUILDING_PRICE, &S::buildingUsdPerKw)});
}

/// @return fields of ways to finance
std::vector<Binding<FinanceSpec>>
FinanceFields()
{
    using S = FinanceSpec;
    return Join<S>({RangeFields("life", LIFE, &S::lifeYears),
                    RangeFields("building_life", LIFE, &S::buildingLifeYears),
                    RangeFields("discount", DISCOUNT, &S::discountRate)});
}

/// @return fields of interruptions
std::vector<Binding<InterruptionSpec>>
InterruptionFields()
{
    using S = InterruptionSpec;
    return Join<S>({RangeFields("write", JOB_TIME, &S::writeH),
                    RangeFields("restart", JOB_TIME, &S::restartH)});
}

/**
 * @tparam SPEC a spec
 * @param entry an entry
 * @param bindings its fields
 * @return the spec, validated
 */
template <typename SPEC>
SPEC
Make(const CatalogEntry& entry, const std::vector<Binding<SPEC>>& bindings)
{
    SPEC spec = Fill(entry, bindings);
    spec.Validate();
    return spec;
}

} // namespace

std::vector<CatalogField>
GetEconomicsFields(CatalogKind::Kind kind)
{
    switch (kind)
    {
    case CatalogKind::ACCELERATOR:
        return GetFields(AcceleratorFields());
    case CatalogKind::PROCESSOR:
    case CatalogKind::NIC:
    case CatalogKind::ENCLOSURE:
        return GetFields(PoweredPartFields());
    case CatalogKind::SWITCH:
        return GetFields(SwitchFields());
    case CatalogKind::SUPPLY:
        return GetFields(SupplyFields());
    case CatalogKind::PRICE:
        return GetFields(PriceFields());
    case CatalogKind::REGION:
        return GetFields(RegionFields());
    case CatalogKind::FINANCE:
        return GetFields(FinanceFields());
    case CatalogKind::INTERRUPTION:
        return GetFields(InterruptionFields());
    default:
        return {};
    }
}

AcceleratorSpec
MakeAcceleratorSpec(const CatalogEntry& entry)
{
    return Make(entry, AcceleratorFields());
}

SwitchSpec
MakeSwitchSpec(const CatalogEntry& entry)
{
    return Make(entry, SwitchFields());
}

PoweredPartSpec
MakePoweredPartSpec(const CatalogEntry& entry)
{
    return Make(entry, PoweredPartFields());
}

SupplySpec
MakeSupplySpec(const CatalogEntry& entry)
{
    return Make(entry, SupplyFields());
}

PriceSpec
MakePriceSpec(const CatalogEntry& entry)
{
    return Make(entry, PriceFields());
}

RegionSpec
MakeRegionSpec(const CatalogEntry& entry)
{
    return Make(entry, RegionFields());
}

FinanceSpec
MakeFinanceSpec(const CatalogEntry& entry)
{
    return Make(entry, FinanceFields());
}

InterruptionSpec
MakeInterruptionSpec(const CatalogEntry& entry)
{
    return Make(entry, InterruptionFields());
}

} // namespace opticalfabric
} // namespace ns3

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "catalog-spec.h"

#include "catalog-binding.h"
#include "catalog-economics.h"
#include "catalog-failure.h"

#include "ns3/scenario-quantity.h"

#include <algorithm>
#include <limits>

namespace ns3
{
namespace opticalfabric
{

using namespace catalogbinding;

namespace
{

constexpr Range LEVEL{CatalogQuantity::LEVEL, -40, 30};
constexpr Range EYE_CLOSURE{CatalogQuantity::RATIO, 0, 10};
constexpr Range DISPERSION{CatalogQuantity::DISPERSION, 0, 1e5};
constexpr Range FIBRE_BANDWIDTH{CatalogQuantity::FREQUENCY, 0.001, 1e6};
constexpr Range EXTINCTION{CatalogQuantity::RATIO, 0.1, 40};
constexpr Range NOISE{CatalogQuantity::NOISE_DENSITY, -200, -80};
constexpr Range REFLECTANCE{CatalogQuantity::RATIO, -100, -1};
constexpr Range ERROR_RATIO{CatalogQuantity::PURE, 1e-15, 0.1};
constexpr Range LOSS{CatalogQuantity::RATIO, 0, 50};
constexpr Range SPREAD{CatalogQuantity::RATIO, 0, 10};
constexpr Range MODULE_POWER{CatalogQuantity::POWER, 0, 1000};
constexpr Range POWER_RISE{CatalogQuantity::POWER_PER_DEGREE, 0, 10};
constexpr Range TEMPERATURE{CatalogQuantity::TEMPERATURE, -40, 125};
constexpr Range BIAS{CatalogQuantity::CURRENT, 0.01, 10000};
constexpr Range DRIFT{CatalogQuantity::DRIFT, 0, 10};
constexpr Range ACTIVATION{CatalogQuantity::ENERGY, 0, 5};
constexpr Range MODULE_LATENCY{CatalogQuantity::TIME, 0, 1e-3};
constexpr Range SYMBOL_RATE{CatalogQuantity::SYMBOL_RATE, 0.1, 1000};
constexpr Range SPECTRAL_WIDTH{CatalogQuantity::WAVELENGTH, 0, 10};
constexpr Range MODES{CatalogQuantity::PURE, 1, 1000};
constexpr Range LINE_CODE{CatalogQuantity::PURE, 1, 2};
constexpr Range WAVELENGTH{CatalogQuantity::WAVELENGTH, 400, 2000};
constexpr Range ATTENUATION{CatalogQuantity::ATTENUATION, 0, 1000};
constexpr Range GROUP_INDEX{CatalogQuantity::PURE, 1, 2};
constexpr Range DISPERSION_SLOPE{CatalogQuantity::DISPERSION_SLOPE, 0, 1};
constexpr Range MODAL_BANDWIDTH{CatalogQuantity::MODAL_BANDWIDTH, 1, 1e6};
constexpr Range DELAY{CatalogQuantity::DELAY_PER_LENGTH, 1e-9, 2e-8};
constexpr Range COPPER_LOSS{CatalogQuantity::LOSS_PER_LENGTH, 0, 1000};
constexpr Range COPPER_FREQUENCY{CatalogQuantity::FREQUENCY, 0.001, 1000};
constexpr Range COPPER_REACH{CatalogQuantity::LENGTH, 0.001, 1000};
constexpr Range RECONFIGURATION{CatalogQuantity::TIME, 1e-12, 86400};
constexpr Range SWITCH_POWER{CatalogQuantity::POWER, 0, 1e6};
constexpr Range LANES{CatalogQuantity::PURE, 1, 64};
constexpr Range FIBRES{CatalogQuantity::PURE, 1, 1000};
constexpr Range PORTS{CatalogQuantity::PURE, 2, 1000000};
constexpr Range SPARE_PORTS{CatalogQuantity::PURE, 0, 999999};

/// @return fields of transceivers
const std::vector<Binding<TransceiverSpec>>&
TransceiverFields()
{
    using S = TransceiverSpec;
    static const std::vector<Binding<S>> FIELDS{
        Text("form_factor", &S::formFactor),
        Choice("retiming", {"DSP", "LRO", "LPO", "CPO"}, &S::retiming),
        Whole("lanes", LANES, &S::lanes),
        Choice("modulation", {"NRZ", "PAM4"}, &S::modulation),
        Number<S>("symbol_rate", SYMBOL_RATE, &S::baudGBd),
        Number<S>("line_code", LINE_CODE, &S::lineCodeOverhead).Optional(),
        Choice("plan", {"parallel", "wdm", "bidirectional"}, &S::plan),
        {MakeField("wavelengths", CatalogField::NUMBERS, WAVELENGTH),
         [](S& s, const CatalogValue& value) { s.wavelengthsNm = value.numbers; }},
        Number<S>("transmitter.oma", LEVEL, &S::transmitter, &TransmitterSpec::omaDbm),
        Number<S>("transmitter.oma_min", LEVEL, &S::transmitter, &TransmitterSpec::omaMinDbm),
        Number<S>("transmitter.tdecq", EYE_CLOSURE, &S::transmitter, &TransmitterSpec::tdecqDb),
        Number<S>("transmitter.tdecq_max",
                  EYE_CLOSURE,
                  &S::transmitter,
                  &TransmitterSpec::tdecqMaxDb),
        Number<S>("transmitter.oma_minus_tdecq_min",
                  LEVEL,
                  &S::transmitter,
                  &TransmitterSpec::omaMinusTdecqMinDbm),
        Number<S>("transmitter.tdecq_dispersion",
                  DISPERSION,
                  &S::transmitter,
                  &TransmitterSpec::tdecqDispersionPsPerNm),
        Number<S>("transmitter.tdecq_bandwidth",
                  FIBRE_BANDWIDTH,
                  &S::transmitter,
                  &TransmitterSpec::tdecqBandwidthGHz)
            .Optional(),
        Number<S>("transmitter.extinction_ratio",
                  EXTINCTION,
                  &S::transmitter,
                  &TransmitterSpec::extinctionRatioDb),
        Number<S>("transmitter.rin", NOISE, &S::transmitter, &TransmitterSpec::rinDbPerHz),
        Number<S>("transmitter.rin_max", NOISE, &S::transmitter, &TransmitterSpec::rinMaxDbPerHz)
            .Optional(),
        Number<S>("transmitter.modes", MODES, &S::transmitter, &TransmitterSpec::effectiveModes)
            .Optional(),
        Number<S>("transmitter.spectral_width",
                  SPECTRAL_WIDTH,
                  &S::transmitter,
                  &TransmitterSpec::spectralWidthNm)
            .Optional(),
        Number<S>("transmitter.reflectance",
                  REFLECTANCE,
                  &S::transmitter,
                  &TransmitterSpec::reflectanceDb),
        Number<S>("receiver.sensitivity", LEVEL, &S::receiver, &ReceiverSpec::sensitivityOmaDbm),
        Number<S>("receiver.sensitivity_max",
                  LEVEL,
                  &S::receiver,
                  &ReceiverSpec::sensitivityOmaMaxDbm),
        Number<S>("receiver.sensitivity_ber",
                  ERROR_RATIO,
                  &S::receiver,
                  &ReceiverSpec::sensitivityBer),
        Number<S>("receiver.reflectance", REFLECTANCE, &S::receiver, &ReceiverSpec::reflectanceDb),
        Number<S>("receiver.overload", LEVEL, &S::receiver, &ReceiverSpec::overloadOmaDbm),
        Number<S>("latency", MODULE_LATENCY, &S::latencyS),
        Number<S>("power.off", MODULE_POWER, &S::power, &ModulePowerSpec::offW),
        Number<S>("power.idle", MODULE_POWER, &S::power, &ModulePowerSpec::idleW),
        Number<S>("power.active", MODULE_POWER, &S::power, &ModulePowerSpec::activeW),
        Number<S>("power.reference_case", TEMPERATURE, &S::power, &ModulePowerSpec::referenceCaseC),
        Number<S>("power.rise", POWER_RISE, &S::power, &ModulePowerSpec::temperatureWPerC),
        Factor<S>("power_range.low", 0, 1),
        Factor<S>("power_range.high", 1, MAX_FACTOR),
        Number<S>("ageing.bias", BIAS, &S::ageing, &LaserAgeingSpec::biasMa),
        Number<S>("ageing.bias_limit", BIAS, &S::ageing, &LaserAgeingSpec::biasLimitMa),
        Number<S>("ageing.drift", DRIFT, &S::ageing, &LaserAgeingSpec::driftPerKh),
        Number<S>("ageing.activation_energy",
                  ACTIVATION,
                  &S::ageing,
                  &LaserAgeingSpec::activationEv),
        Number<S>("ageing.reference_case",
                  TEMPERATURE,
                  &S::ageing,
                  &LaserAgeingSpec::referenceCaseC),
        Number<S>("spread.oma", SPREAD, &S::spread, &ManufacturingSpread::omaDb),
        Number<S>("spread.tdecq", SPREAD, &S::spread, &ManufacturingSpread::tdecqDb),
        Number<S>("spread.sensitivity", SPREAD, &S::spread, &ManufacturingSpread::sensitivityDb),
    };
    return FIELDS;
}

/// @return fields of fibres
const std::vector<Binding<FibreSpec>>&
FibreFields()
{
    using S = FibreSpec;
    static const std::vector<Binding<S>> FIELDS{
        Number<S>("wavelength", WAVELENGTH, &S::wavelengthNm),
        Number<S>("attenuation", ATTENUATION, &S::attenuationDbPerKm),
        Number<S>("group_index", GROUP_INDEX, &S::groupIndex),
        Number<S>("zero_dispersion", WAVELENGTH, &S::zeroDispersionNm).Optional(),
        Number<S>("dispersion_slope", DISPERSION_SLOPE, &S::dispersionSlope).Optional(),
        Number<S>("modal_bandwidth", MODAL_BANDWIDTH, &S::modalBandwidthMhzKm).Optional(),
    };
    return FIELDS;
}

/// @return fields of connectors, splices and circulators
const std::vector<Binding<CouplingSpec>>&
CouplingFields()
{
    using S = CouplingSpec;
    static const std::vector<Binding<S>> FIELDS{
        Number<S>("loss", LOSS, &S::lossDb),
        Number<S>("loss_max", LOSS, &S::lossMaxDb),
        Number<S>("loss_spread", SPREAD, &S::lossSpreadDb),
        Number<S>("reflectance", REFLECTANCE, &S::reflectanceDb),
        Number<S>("contaminated.loss", LOSS, &S::contaminatedLossDb),
        Number<S>("contaminated.reflectance", REFLECTANCE, &S::contaminatedReflectanceDb),
        // What goes with what is looked up in the entry: a light path has no use for it.
        Binding<S>{MakeField("mode", CatalogField::CHOICE, {}, {"any", "single-mode", "multimode"}),
                   [](S& /* spec */, const CatalogValue& /* value */) {}}
            .Optional(),
        Binding<S>{MakeField("fibres", CatalogField::WHOLE, FIBRES),
                   [](S& /* spec */, const CatalogValue& /* value */) {}}
            .Optional(),
    };
    return FIELDS;
}

/**
 * @param value value of a field that has one for each lane rate
 * @return the lane rate of this one, bit/s; infinity: any
 */
double
GetLaneRateBps(const CatalogValue& value)
{
    const auto rate = ReadBitRate(value.field.substr(value.field.find('.') + 1));
    return rate ? static_cast<double>(*rate) : std::numeric_limits<double>::infinity();
}

/// @return fields of electrical media
const std::vector<Binding<ElectricalMediumSpec>>&
MediumFields()
{
    using S = ElectricalMediumSpec;
    static const std::vector<Binding<S>> FIELDS{
        Number<S>("delay", DELAY, &S::delaySPerM),
        Number<S>("loss", COPPER_LOSS, &S::lossDbPerM),
        Number<S>("loss_frequency", COPPER_FREQUENCY, &S::lossFrequencyGHz),
        {MakeField("reach", CatalogField::RATE_KEY, COPPER_REACH),
         [](S& s, const CatalogValue& value) {
             s.reaches.push_back({GetLaneRateBps(value), value.numbers.front()});
         }},
    };
    return FIELDS;
}

/// @return fields of circuit switches
const std::vector<Binding<CircuitSwitchSpec>>&
CircuitSwitchFields()
{
    using S = CircuitSwitchSpec;
    static const std::vector<Binding<S>> FIELDS{
        Text("technology", &S::technology),
        Whole("ports", PORTS, &S::ports),
        Whole("spare_ports", SPARE_PORTS, &S::sparePorts),
        Number<S>("loss", LOSS, &S::lossDb),
        Number<S>("loss_max", LOSS, &S::lossMaxDb),
        Number<S>("loss_spread", SPREAD, &S::lossSpreadDb),
        Number<S>("reflectance", REFLECTANCE, &S::reflectanceDb),
        Number<S>("wavelength_min", WAVELENGTH, &S::wavelengthMinNm),
        Number<S>("wavelength_max", WAVELENGTH, &S::wavelengthMaxNm),
        Number<S>("reconfiguration", RECONFIGURATION, &S::reconfigurationS),
        Number<S>("power", SWITCH_POWER, &S::powerW),
        Factor<S>("power_range.low", 0, 1),
        Factor<S>("power_range.high", 1, MAX_FACTOR),
    };
    return FIELDS;
}

} // namespace

std::vector<CatalogField>
GetCatalogFields(CatalogKind::Kind kind)
{
    switch (kind)
    {
    case CatalogKind::TRANSCEIVER:
        return GetFields(TransceiverFields());
    case CatalogKind::FIBRE:
        return GetFields(FibreFields());
    case CatalogKind::CONNECTOR:
    case CatalogKind::SPLICE:
    case CatalogKind::CIRCULATOR:
        return GetFields(CouplingFields());
    case CatalogKind::MEDIUM:
        return GetFields(MediumFields());
    case CatalogKind::CIRCUIT_SWITCH:
        return GetFields(CircuitSwitchFields());
    case CatalogKind::FAILURE_MODE:
        return GetFailureModeFields();
    default:
        return GetEconomicsFields(kind);
    }
}

TransceiverSpec
MakeTransceiverSpec(const CatalogEntry& entry)
{
    TransceiverSpec spec = Fill(entry, TransceiverFields());
    spec.Validate();
    return spec;
}

FibreSpec
MakeFibreSpec(const CatalogEntry& entry)
{
    FibreSpec spec = Fill(entry, FibreFields());
    spec.Validate();
    return spec;
}

CouplingSpec
MakeCouplingSpec(const CatalogEntry& entry)
{
    CouplingSpec spec = Fill(entry, CouplingFields());
    spec.Validate();
    return spec;
}

ElectricalMediumSpec
MakeMediumSpec(const CatalogEntry& entry)
{
    ElectricalMediumSpec spec = Fill(entry, MediumFields());
    std::sort(spec.reaches.begin(), spec.reaches.end(), [](const auto& a, const auto& b) {
        return a.laneRateBps < b.laneRateBps;
    });
    spec.Validate();
    return spec;
}

CircuitSwitchSpec
MakeCircuitSwitchSpec(const CatalogEntry& entry)
{
    CircuitSwitchSpec spec = Fill(entry, CircuitSwitchFields());
    spec.Validate();
    return spec;
}

} // namespace opticalfabric
} // namespace ns3

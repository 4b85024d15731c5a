/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-comparison.h"

#include "bill-cost.h"
#include "bill-failures.h"
#include "bill-outages.h"

#include "ns3/catalog-power.h"
#include "ns3/fabric-inventory.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <stdexcept>
#include <utility>

namespace ns3
{
namespace opticalfabric
{

namespace
{

constexpr double PER_KILO = 1e-3; ///< from W to kW, USD to kUSD, GB/s to TB/s
constexpr double PERCENT = 100;   ///< of one

/// Makes the figures of one fabric.
class FigureMaker
{
  public:
    /**
     * @param catalog the catalog
     * @param fabric the fabric
     * @param settings entries of the catalog
     */
    FigureMaker(const Catalog& catalog,
                const BuiltFabric& fabric,
                const ComparisonSettings& settings)
        : m_catalog(catalog),
          m_fabric(fabric),
          m_settings(settings),
          m_bill(CountBill(fabric)),
          m_accelerators(static_cast<double>(m_bill.GetCount(PartClass::ACCELERATOR)))
    {
        if (m_accelerators == 0)
        {
            throw std::invalid_argument("GetFabricFigures: the fabric has no accelerators");
        }
    }

    /// @return all figures
    std::vector<Figure> Make()
    {
        AddWork();
        AddParts();
        AddPower();
        AddPrices();
        AddFailures();
        AddCosts();
        return m_figures;
    }

  private:
    /// How well founded a figure is; nothing: counted.
    using Grade = std::optional<Evidence::Grade>;

    /**
     * @param key for programs
     * @param name for people
     * @param unit unit
     * @param value the figure
     * @param decimals decimals worth printing
     * @param grade how well founded
     */
    void Add(const std::string& key,
             const std::string& name,
             const std::string& unit,
             double value,
             int decimals,
             Grade grade = std::nullopt)
    {
        m_figures.push_back({key, name, unit, value, decimals, grade, "", m_group});
    }

    /**
     * @param kind kind of an entry
     * @param name its name
     * @param fields some of its fields
     * @return how well founded they are: as the worst of them
     */
    Evidence::Grade GetWorst(CatalogKind::Kind kind,
                             const std::string& name,
                             const std::vector<std::string>& fields) const
    {
        Evidence::Grade worst = Evidence::QUOTED;
        for (const std::string& field : fields)
        {
            const CatalogValue& value = m_catalog.Require(kind, name, field, Evidence::GUESSED);
            worst = std::max(worst, value.evidence);
        }
        return worst;
    }

    /**
     * @param field field of accelerators
     * @return how well founded it is for those of the bill
     */
    Evidence::Grade GetAcceleratorGrade(const std::string& field) const
    {
        Evidence::Grade worst = Evidence::QUOTED;
        for (const BillLine& line : m_bill.GetLines())
        {
            if (line.part == PartClass::ACCELERATOR)
            {
                worst = std::max(worst, GetWorst(CatalogKind::ACCELERATOR, line.type, {field}));
            }
        }
        return worst;
    }

    /**
     * @param field a number of accelerators
     * @return its sum over those of the bill
     */
    double SumAccelerators(double AcceleratorSpec::*field) const
    {
        double sum = 0;
        for (const BillLine& line : m_bill.GetLines())
        {
            if (line.part == PartClass::ACCELERATOR)
            {
                const auto spec = m_catalog.GetAccelerator(line.type);
                sum += static_cast<double>(line.count) * (*spec).*field;
            }
        }
        return sum;
    }

    /// What the accelerators do, and what joins them.
    void AddWork()
    {
        m_group = "Work";
        m_tflops = SumAccelerators(&AcceleratorSpec::denseTflops);
        m_memoryTBps = SumAccelerators(&AcceleratorSpec::memoryGBps) * PER_KILO;
        const double memoryTB = SumAccelerators(&AcceleratorSpec::memoryGB) * PER_KILO;
        const double scaleUpGBps = GetScaleUpBytesPerS(m_fabric) / 1e9;
        Add("accelerators", "accelerators", "", m_accelerators, 0);
        Add("compute_pflops",
            "compute, dense BF16",
            "PFLOPS",
            m_tflops * PER_KILO,
            1,
            GetAcceleratorGrade("compute"));
        Add("memory_tb", "memory", "TB", memoryTB, 1, GetAcceleratorGrade("memory"));
        Add("memory_tbps",
            "memory bandwidth",
            "TB/s",
            m_memoryTBps,
            0,
            GetAcceleratorGrade("memory_bandwidth"));
        Add("scale_up_gbps", "scale-up of one, each way", "GB/s", scaleUpGBps, 0);
        Add("scale_up_tbps",
            "scale-up of all, each way",
            "TB/s",
            scaleUpGBps * m_accelerators * PER_KILO,
            1);
    }

    /// What the fabric consists of.
    void AddParts()
    {
        m_group = "Parts, counted from what was built";
        const std::string& network = m_fabric.names[0];
        const uint64_t modules = m_bill.GetCount(PartClass::MODULE);
        const uint64_t scaleUp = m_bill.GetCount(PartClass::MODULE, network);
        const uint64_t fibreEnds = CountFibreEnds(m_bill, m_catalog);
        uint64_t lanes = 0;
        std::set<std::string> fibreTypes;
        for (std::size_t n = 0; n < m_fabric.networks.size(); ++n)
        {
            lanes += m_fabric.counts[n].GetLanes(FabricLink::Medium::COPPER);
            fibreTypes.insert(m_fabric.parts.networks[n].fibreCable);
        }
        uint64_t fibreCables = 0;
        for (const std::string& type : fibreTypes)
        {
            fibreCables += m_bill.GetCountOfType(PartClass::CABLE, type);
        }
        const auto add = [this](const char* key, const char* name, uint64_t count) {
            Add(key, name, "", static_cast<double>(count), 0);
        };
        add("processors", "CPUs", m_bill.GetCount(PartClass::PROCESSOR));
        add("scale_up_switches", "scale-up switch chips", m_fabric.counts[0].GetSwitches());
        add("modules", "optical modules", modules);
        add("modules_scale_up", "  of scale-up", scaleUp);
        add("modules_scale_out", "  of scale-out", modules - scaleUp);
        add("fibre_cables", "fibre cables", fibreCables);
        add("fibres", "fibres", (fibreEnds + CountCircuitPorts(m_fabric)) / 2);
        add("fibre_ends", "fibre ends", fibreEnds);
        add("copper_lanes", "copper lanes", lanes);
        add("racks", "racks", GetRacks(m_bill).size());
    }

    /// What it draws at full load.
    void AddPower()
    {
        m_group = "Power, everything at full load";
        const PowerBudget budget =
            GetPowerBudget(m_bill,
                           MakePowerBook(m_catalog, m_bill),
                           {},
                           m_catalog.GetSupply(m_settings.supply)->GetChain(1));
        Evidence::Grade grade =
            GetWorst(CatalogKind::SUPPLY, m_settings.supply, {"efficiency", "fan_share"});
        Evidence::Grade networkGrade = Evidence::QUOTED;
        double guessedW = 0;
        for (const PowerLine& line : budget.lines)
        {
            if (line.line.part == PartClass::CABLE)
            {
                continue; // draws nothing
            }
            const Evidence::Grade own = GetPowerValue(m_catalog, line.line).evidence;
            grade = std::max(grade, own);
            guessedW += own == Evidence::GUESSED ? line.inputW : 0;
            if (line.line.network == m_fabric.names[0])
            {
                networkGrade = std::max(networkGrade, own);
            }
        }
        m_inputW = budget.inputW;
        m_powerGrade = grade;
        Add("power_kw", "power at the socket", "kW", m_inputW * PER_KILO, 1, grade);
        Add("power_guessed_percent",
            "  of it marked M",
            "%",
            PERCENT * guessedW / m_inputW,
            1,
            grade);
        Add("w_per_tflops",
            "power per compute",
            "W/TFLOPS",
            m_inputW / m_tflops,
            3,
            std::max(grade, GetAcceleratorGrade("compute")));
        Add("w_per_tbps",
            "power per memory bandwidth",
            "W/(TB/s)",
            m_inputW / m_memoryTBps,
            1,
            std::max(grade, GetAcceleratorGrade("memory_bandwidth")));
        Add("network_w",
            "scale-up network per accelerator",
            "W",
            budget.GetNetworkPartsW(m_fabric.names[0]) / m_accelerators,
            1,
            networkGrade);
    }

    /// What it costs to buy.
    void AddPrices()
    {
        m_group = "Price";
        const std::string& network = m_fabric.names[0];
        Add("network_usd",
            "scale-up network per accelerator",
            "USD",
            GetNetworkPriceUsd(m_catalog, m_bill, network) / m_accelerators,
            0,
            GetPriceGrade(m_catalog, m_bill, network));
        double capitalUsd = 0;
        for (const BillLine& line : m_bill.GetLines())
        {
            capitalUsd +=
                static_cast<double>(line.count) * m_catalog.GetPrice(line.type)->priceUsd.typical;
        }
        Add("capital_musd",
            "price of all parts",
            "MUSD",
            capitalUsd * 1e-6,
            2,
            GetPriceGrade(m_catalog, m_bill));
    }

    /// How often it fails.
    void AddFailures()
    {
        m_group = "Failures";
        const FailureEstimate estimate = EstimateFailures(m_catalog, m_bill, m_settings.finance);
        const auto module = std::find_if(estimate.lines.begin(),
                                         estimate.lines.end(),
                                         [](const auto& line) { return line.mode == "module"; });
        Add("failures_per_year",
            "failures a year",
            "1/year",
            estimate.failuresPerYear,
            1,
            estimate.rateGrade);
        Add("module_failures_per_year",
            "  of optical modules",
            "1/year",
            module == estimate.lines.end() ? 0 : module->failuresPerYear,
            1,
            GetFailureRateGrade(m_catalog, "module"));
        Add("mtbf_h", "time between failures", "h", estimate.mtbfH, 1, estimate.rateGrade);
        Add("availability_percent",
            "availability, all parts up",
            "%",
            PERCENT * estimate.availability,
            2,
            estimate.availabilityGrade);
    }

    /// What it costs to own.
    void AddCosts()
    {
        m_group = "Cost a year";
        const double scaleUpGBps = GetScaleUpBytesPerS(m_fabric) / 1e9 * m_accelerators;
        const Evidence::Grade outageGrade =
            EstimateOutages(m_catalog, m_bill, m_settings.interruption, m_settings.finance).grade;
        const Evidence::Grade partsGrade =
            std::max({GetPriceGrade(m_catalog, m_bill),
                      EstimateFailures(m_catalog, m_bill, m_settings.finance).availabilityGrade,
                      outageGrade,
                      GetWorst(CatalogKind::FINANCE, m_settings.finance, {"life.typical"})});
        for (const std::string& region : m_settings.regions)
        {
            const CostInputs inputs = MakeCostInputs(m_catalog,
                                                     m_bill,
                                                     m_inputW,
                                                     region,
                                                     m_settings.finance,
                                                     m_settings.interruption);
            const Cost cost = GetCost(inputs, RangeCase::TYPICAL);
            const Evidence::Grade energyGrade = std::max(
                m_powerGrade,
                GetWorst(CatalogKind::REGION, region, {"electricity.typical", "pue.typical"}));
            const Evidence::Grade grade =
                std::max({energyGrade,
                          partsGrade,
                          GetWorst(CatalogKind::REGION, region, {"labour.typical"})});
            std::string key = region;
            std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) {
                return static_cast<char>(std::tolower(c));
            });
            Add("cost_kusd_" + key, region, "kUSD", cost.GetTcoUsdPerYear() * PER_KILO, 0, grade);
            Add("energy_kusd_" + key,
                "  of it electricity",
                "kUSD",
                cost.energyUsdPerYear * PER_KILO,
                0,
                energyGrade);
            Add("outage_kusd_" + key,
                "  of it outages",
                "kUSD",
                cost.downtimeUsdPerYear * PER_KILO,
                0,
                outageGrade);
            Add("cost_usd_each_" + key,
                "  all of it, per accelerator",
                "USD",
                cost.GetTcoUsdPer(m_accelerators),
                0,
                grade);
            Add("cost_usd_per_gbps_" + key,
                "  per GB/s of scale-up",
                "USD",
                cost.GetTcoUsdPer(scaleUpGBps),
                2,
                grade);
        }
    }

    const Catalog& m_catalog;                       ///< the catalog
    const BuiltFabric& m_fabric;                    ///< the fabric
    const ComparisonSettings& m_settings;           ///< entries of the catalog
    BillOfMaterials m_bill;                         ///< its parts
    double m_accelerators;                          ///< how many there are
    double m_tflops{0};                             ///< compute of all, TFLOPS
    double m_memoryTBps{0};                         ///< memory bandwidth of all, TB/s
    double m_inputW{0};                             ///< power at the socket, W
    Evidence::Grade m_powerGrade{Evidence::QUOTED}; ///< how well founded that is
    std::vector<Figure> m_figures;                  ///< made so far
    std::string m_group;                            ///< group of those to come
};

} // namespace

std::vector<Figure>
GetFabricFigures(const Catalog& catalog,
                 const BuiltFabric& fabric,
                 const ComparisonSettings& settings)
{
    return FigureMaker(catalog, fabric, settings).Make();
}

std::vector<Figure>
GetTimeFigures(const std::vector<CollectiveRecord>& collectives)
{
    std::vector<Figure> figures;
    for (const CollectiveRecord& collective : collectives)
    {
        Figure figure;
        figure.name = collective.name;
        figure.key = collective.kind + "_" + std::to_string(collective.bytes) + "_us";
        figure.unit = "us";
        figure.value = collective.GetMeanTimeS() * 1e6;
        figure.decimals = 1;
        figure.grade = Evidence::GUESSED; // latencies of chips and memory are assumed
        figure.note = collective.algorithm;
        figure.group = "Time of collectives, and the fastest algorithm";
        figures.push_back(figure);
    }
    return figures;
}

std::vector<Figure>
GetAcceleratorFigures(const Catalog& catalog, const std::string& name)
{
    const auto spec = catalog.GetAccelerator(name);
    const auto getGrade = [&](const char* field) {
        return catalog.Require(CatalogKind::ACCELERATOR, name, field, Evidence::GUESSED).evidence;
    };
    const double activeW = spec->power.activeW;
    const Evidence::Grade power = getGrade("power.active");
    return {
        {"tflops", "dense BF16", "TFLOPS", spec->denseTflops, 0, getGrade("compute"), "", ""},
        {"memory_gb", "memory", "GB", spec->memoryGB, 0, getGrade("memory"), "", ""},
        {"memory_tbps",
         "memory bandwidth",
         "TB/s",
         spec->memoryGBps * PER_KILO,
         2,
         getGrade("memory_bandwidth"),
         "",
         ""},
        {"scale_up_gbps", "scale-up", "GB/s", spec->scaleUpGBps, 0, getGrade("scale_up"), "", ""},
        {"power_w", "power", "W", activeW, 0, power, "", ""},
        {"w_per_tflops",
         "power per compute",
         "W/TFLOPS",
         activeW / spec->denseTflops,
         2,
         std::max(power, getGrade("compute")),
         "",
         ""},
        {"price_usd",
         "price",
         "USD",
         catalog.GetPrice(name)->priceUsd.typical,
         0,
         catalog.Require(CatalogKind::PRICE, name, "price.typical", Evidence::GUESSED).evidence,
         "",
         ""},
    };
}

} // namespace opticalfabric
} // namespace ns3

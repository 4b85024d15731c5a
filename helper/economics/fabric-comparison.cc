/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "fabric-comparison.h"

#include "bill-cost.h"
#include "bill-failures.h"
#include "fabric-cost.h"

#include "ns3/catalog-power.h"
#include "ns3/fabric-inventory.h"
#include "ns3/lifetime-law.h"
#include "ns3/tornado.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <iterator>
#include <limits>
#include <set>
#include <stdexcept>
#include <tuple>
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
          m_terms(CountScaleUpBill(fabric)),
          m_cables(CountCables(fabric)),
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
        // Where it stands does not matter to what these are for.
        const std::string region =
            m_settings.regions.empty() ? CostSettings().region : m_settings.regions[0];
        m_equal = GetFabricCostInputs(m_catalog, m_fabric, m_settings, region);
        CostSettings all;
        all.supply = m_settings.supply;
        all.region = region;
        all.finance = m_settings.finance;
        all.interruption = m_settings.interruption;
        m_whole = MakeCostInputs(m_catalog, m_bill, all);
        BillOfMaterials network;
        for (const BillLine& line : m_terms.GetLines())
        {
            if (!line.network.empty())
            {
                network.Add(line);
            }
        }
        m_network = MakeCostInputs(m_catalog, network, all);
        AddWork();
        AddParts();
        AddPower();
        AddPrices();
        AddFailures();
        AddJob();
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

    /// A figure of what a year costs.
    using OfCost = std::function<double(const Cost&)>;

    /**
     * Add a figure with its interval over inputs.
     * @param key for programs
     * @param name for people
     * @param unit unit
     * @param decimals decimals worth printing
     * @param grade how well founded
     * @param inputs what it depends on
     * @param figure the figure
     */
    void AddOf(const std::string& key,
               const std::string& name,
               const std::string& unit,
               int decimals,
               Grade grade,
               const CostInputs& inputs,
               const OfCost& figure)
    {
        Add(key, name, unit, figure(GetCost(inputs, RangeCase::TYPICAL)), decimals, grade);
        const std::vector<TornadoBar> bars =
            GetFigureTornado({inputs}, [&figure](const std::vector<CostInputs>& systems) {
                return figure(GetCost(systems.front(), RangeCase::TYPICAL));
            });
        const bool isMoved = std::any_of(bars.begin(), bars.end(), [](const TornadoBar& bar) {
            return bar.GetSwing() > 0;
        });
        if (isMoved)
        {
            constexpr double ANY = std::numeric_limits<double>::infinity();
            m_figures.back().inputs = GetInputInterval(bars, unit == "%" ? PERCENT : ANY);
        }
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

    /// What the accelerators do, and what joins them.
    void AddWork()
    {
        m_group = "Work";
        const double scaleUpGBps = GetScaleUpBytesPerS(m_fabric) / 1e9;
        Add("accelerators", "accelerators", "", m_accelerators, 0);
        AddOf("compute_pflops",
              "compute, dense BF16",
              "PFLOPS",
              1,
              GetAcceleratorGrade("compute"),
              m_equal,
              [](const Cost& cost) { return cost.tflops * PER_KILO; });
        AddOf("memory_tb",
              "memory",
              "TB",
              1,
              GetAcceleratorGrade("memory"),
              m_equal,
              [](const Cost& cost) { return cost.memoryGB * PER_KILO; });
        AddOf("memory_tbps",
              "memory bandwidth",
              "TB/s",
              0,
              GetAcceleratorGrade("memory_bandwidth"),
              m_equal,
              [](const Cost& cost) { return cost.memoryGBps * PER_KILO; });
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
        m_powerGrade = grade;
        AddOf("power_kw", "power at the socket", "kW", 1, grade, m_whole, [](const Cost& cost) {
            return cost.powerW * PER_KILO;
        });
        Add("power_guessed_percent",
            "  of it marked M",
            "%",
            PERCENT * guessedW / budget.inputW,
            1,
            grade);
        AddOf("power_scale_up_kw",
              "  without scale-out",
              "kW",
              1,
              grade,
              m_equal,
              [](const Cost& cost) { return cost.powerW * PER_KILO; });
        AddOf("w_per_tflops",
              "power per compute",
              "W/TFLOPS",
              3,
              std::max(grade, GetAcceleratorGrade("compute")),
              m_whole,
              [](const Cost& cost) { return cost.powerW / cost.tflops; });
        AddOf("w_per_tbps",
              "power per memory bandwidth",
              "W/(TB/s)",
              1,
              std::max(grade, GetAcceleratorGrade("memory_bandwidth")),
              m_whole,
              [](const Cost& cost) { return cost.powerW / (cost.memoryGBps * PER_KILO); });
        // Without fans and supplies: their share of what is at the socket.
        const std::string& network = m_fabric.names[0];
        const double partsShare =
            budget.GetNetworkPartsW(network) / budget.GetNetworkInputW(network);
        AddOf("network_w",
              "scale-up network per accelerator",
              "W",
              1,
              networkGrade,
              m_network,
              [this, partsShare](const Cost& cost) {
                  return cost.powerW * partsShare / m_accelerators;
              });
    }

    /// What it costs to buy.
    void AddPrices()
    {
        m_group = "Price";
        const std::string& network = m_fabric.names[0];
        AddOf("network_usd",
              "scale-up network per accelerator",
              "USD",
              0,
              GetPriceGrade(m_catalog, m_bill, network),
              m_network,
              [this](const Cost& cost) { return cost.GetCapitalUsdPer(m_accelerators); });
        const auto getMusd = [](const Cost& cost) { return cost.capitalUsd * 1e-6; };
        AddOf("capital_musd",
              "price of all parts",
              "MUSD",
              2,
              GetPriceGrade(m_catalog, m_bill),
              m_whole,
              getMusd);
        AddOf("capital_scale_up_musd",
              "  without scale-out",
              "MUSD",
              2,
              GetPriceGrade(m_catalog, m_terms),
              m_equal,
              getMusd);
    }

    /**
     * @param mode a failure mode
     * @return the same inputs with that mode alone
     */
    CostInputs Only(const std::string& mode) const
    {
        CostInputs inputs = m_equal;
        inputs.items.clear();
        std::copy_if(m_equal.items.begin(),
                     m_equal.items.end(),
                     std::back_inserter(inputs.items),
                     [&mode](const CostItem& item) { return item.mode == mode; });
        return inputs;
    }

    /// How often it fails.
    void AddFailures()
    {
        m_group = "Failures of all but scale-out";
        const FailureEstimate estimate =
            EstimateFailures(m_catalog, m_terms, m_cables, m_settings.finance);
        const auto getRate = [](const Cost& cost) { return cost.failuresPerYear; };
        const auto getGrade = [this](const char* mode) {
            return GetFailureRateGrade(m_catalog, mode);
        };
        AddOf("failures_per_year",
              "failures a year",
              "1/year",
              1,
              estimate.rateGrade,
              m_equal,
              getRate);
        const std::string ofModules = GetModuleFailureModeName(m_catalog, m_terms);
        for (const auto& [key, name, mode] :
             {std::tuple{"module_failures_per_year", "  of optical modules", ofModules.c_str()},
              std::tuple{"copper_failures_per_year", "  of links of copper", "passive-copper"},
              std::tuple{"fibre_failures_per_year", "  of fibre cables", "passive-fibre"},
              std::tuple{"accelerator_failures_per_year", "  of accelerators", "npu"}})
        {
            AddOf(key, name, "1/year", 1, getGrade(mode), Only(mode), getRate);
        }
        AddOf("mtbf_h",
              "time between failures",
              "h",
              1,
              estimate.rateGrade,
              m_equal,
              [](const Cost& cost) { return HOURS_PER_YEAR / cost.failuresPerYear; });
        AddOf("availability_percent",
              "availability, all parts up",
              "%",
              2,
              estimate.availabilityGrade,
              m_equal,
              [](const Cost& cost) { return PERCENT * cost.availability; });
    }

    /// What a job gets done, in closed form.
    void AddJob()
    {
        m_group = "A job on all accelerators but spares, closed form";
        const Evidence::Grade grade = GetOutageGrade(m_catalog, m_terms, m_settings.interruption);
        const auto getGrade = [this](const char* field) {
            return GetWorst(CatalogKind::INTERRUPTION, m_settings.interruption, {field});
        };
        const auto addInput =
            [this](const char* key, const char* name, const ValueRange& range, Grade of) {
                Add(key, name, "h", range.typical, 3, of);
                m_figures.back().inputs = range;
            };
        AddOf("interruptions_per_year",
              "interruptions a year",
              "1/year",
              1,
              EstimateFailures(m_catalog, m_terms).rateGrade,
              m_equal,
              [](const Cost& cost) { return cost.interruptionsPerYear; });
        addInput("checkpoint_write_h",
                 "  to write a checkpoint",
                 m_equal.interruption.writeH,
                 getGrade("write.typical"));
        addInput("restart_h",
                 "  restart",
                 m_equal.interruption.restartH,
                 getGrade("restart.typical"));
        AddOf("checkpoint_interval_h",
              "  between checkpoints (Daly)",
              "h",
              2,
              grade,
              m_equal,
              [](const Cost& cost) { return cost.checkpointH; });
        AddOf("job_efficiency_percent",
              "work that counts",
              "%",
              2,
              grade,
              m_equal,
              [](const Cost& cost) { return PERCENT * cost.jobEfficiency; });
    }

    /// What it costs to own.
    void AddCosts()
    {
        m_group = "Cost a year of all but scale-out";
        const double scaleUpGBps = GetScaleUpBytesPerS(m_fabric) / 1e9 * m_accelerators;
        const Evidence::Grade outageGrade =
            GetOutageGrade(m_catalog, m_terms, m_settings.interruption);
        const Evidence::Grade capitalGrade =
            std::max(GetPriceGrade(m_catalog, m_terms),
                     GetWorst(CatalogKind::FINANCE,
                              m_settings.finance,
                              {"life.typical", "discount.typical"}));
        const Evidence::Grade repairGrade = std::max(
            GetPriceGrade(m_catalog, m_terms),
            EstimateFailures(m_catalog, m_terms, m_cables, m_settings.finance).availabilityGrade);
        for (const std::string& region : m_settings.regions)
        {
            const CostInputs inputs = GetFabricCostInputs(m_catalog, m_fabric, m_settings, region);
            const Evidence::Grade energyGrade = std::max(
                m_powerGrade,
                GetWorst(CatalogKind::REGION, region, {"electricity.typical", "pue.typical"}));
            const Evidence::Grade buildingGrade =
                std::max({m_powerGrade,
                          GetWorst(CatalogKind::REGION, region, {"building.typical"}),
                          GetWorst(CatalogKind::FINANCE,
                                   m_settings.finance,
                                   {"building_life.typical", "discount.typical"})});
            const Evidence::Grade grade =
                std::max({energyGrade,
                          capitalGrade,
                          repairGrade,
                          outageGrade,
                          buildingGrade,
                          GetWorst(CatalogKind::REGION, region, {"labour.typical"})});
            std::string suffix = region;
            std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) {
                return static_cast<char>(std::tolower(c));
            });
            const auto add = [&](const char* key,
                                 const std::string& name,
                                 const char* unit,
                                 int decimals,
                                 Evidence::Grade of,
                                 const OfCost& figure) {
                AddOf(std::string(key) + "_" + suffix, name, unit, decimals, of, inputs, figure);
            };
            add("cost_kusd", region + " (TCO)", "kUSD", 0, grade, [](const Cost& cost) {
                return cost.GetTcoUsdPerYear() * PER_KILO;
            });
            add("parts_kusd",
                "  of it parts, with interest",
                "kUSD",
                0,
                capitalGrade,
                [](const Cost& cost) { return cost.amortisationUsdPerYear * PER_KILO; });
            add("building_kusd",
                "  of it building, with interest",
                "kUSD",
                0,
                buildingGrade,
                [](const Cost& cost) { return cost.buildingUsdPerYear * PER_KILO; });
            add("energy_kusd", "  of it electricity", "kUSD", 0, energyGrade, [](const Cost& cost) {
                return cost.energyUsdPerYear * PER_KILO;
            });
            add("repair_kusd",
                "  of it repairs and their parts",
                "kUSD",
                0,
                repairGrade,
                [](const Cost& cost) {
                    return (cost.labourUsdPerYear + cost.sparesUsdPerYear) * PER_KILO;
                });
            add("outage_kusd",
                "  of it work not done",
                "kUSD",
                0,
                outageGrade,
                [](const Cost& cost) { return cost.downtimeUsdPerYear * PER_KILO; });
            add("cost_usd_each",
                "  all of it, per accelerator",
                "USD",
                0,
                grade,
                [this](const Cost& cost) { return cost.GetTcoUsdPer(m_accelerators); });
            add("cost_usd_per_gbps",
                "  per GB/s of scale-up",
                "USD",
                2,
                grade,
                [scaleUpGBps](const Cost& cost) { return cost.GetTcoUsdPer(scaleUpGBps); });
            add("cost_kusd_per_pflops",
                "  per PFLOPS",
                "kUSD",
                2,
                std::max(grade, GetAcceleratorGrade("compute")),
                [](const Cost& cost) { return cost.GetTcoUsdPer(cost.tflops); });
        }
    }

    const Catalog& m_catalog;             ///< the catalog
    const BuiltFabric& m_fabric;          ///< the fabric
    const ComparisonSettings& m_settings; ///< entries of the catalog
    BillOfMaterials m_bill;               ///< its parts
    BillOfMaterials m_terms;              ///< those that both systems have
    CableCounts m_cables;                 ///< cables of these
    CostInputs m_whole;                   ///< what all parts do and cost
    CostInputs m_network;                 ///< what those of the scale-up network do and cost
    CostInputs m_equal;                   ///< what those that both systems have do and cost
    double m_accelerators;                ///< how many there are
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

} // namespace opticalfabric
} // namespace ns3

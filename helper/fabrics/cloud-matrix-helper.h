/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_CLOUD_MATRIX_HELPER_H
#define OPTICAL_FABRIC_CLOUD_MATRIX_HELPER_H

#include "ns3/fabric-helper.h"

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Builds a Huawei CloudMatrix: a UB network ("ub") and an RDMA network ("rdma").
 *
 * Structure and numbers are those of "Serving Large Language Models on Huawei CloudMatrix384",
 * arXiv 2506.12708, unless an attribute's help says otherwise; the rates of links are from
 * secondary sources that read its first version. A node has 8 NPUs of two dies, 4 CPUs and, on its
 * board, 7 L1 switch chips. Each die and each CPU has a link to each L1 chip. L1 chip p of every
 * node belongs to sub-plane p, and has a link to each of its 16 L2 chips. A system of one node has
 * no L2 chips.
 *
 * Endpoints of "ub": all dies by node and number, then all CPUs; so rank r of a job on NPU dies is
 * endpoint r. With EndpointKind Npu, an NPU is one endpoint that has the links of both its dies.
 * Names: node3/die5, node3/npu2, node3/cpu1, node3/l1-4, l2-4-11 (sub-plane, chip).
 *
 * Optical modules of "ub" carry LinksPerModule links: at an L1 chip those to neighboring L2 chips,
 * at an L2 chip those to neighboring nodes.
 *
 * With UplinkOcs, every link between L1 and L2 chips passes one of the circuit switches ocs-0,
 * ocs-1, ..., which hold their connections. The links of all sub-planes are shared out among them
 * so that one that fails takes as many links of one L1 chip, of one L2 chip and of one sub-plane as
 * of another, as nearly as it goes (StripeLinks). Each direction has fibres of its own: there are
 * no circulators.
 *
 * "rdma", if ScaleOut is set, has an endpoint per NPU, on the ns-3 node of the NPU's first die (or
 * of the NPU), in the order of nodes. NPU k of every node is linked to leaf k: there is a leaf per
 * NPU of a node, a rail. A leaf has as many links up as down, dealt out to the spines in turn, the
 * same way for every leaf, so it blocks nothing; spines beyond the links of a leaf are left out.
 * Names: node3/npu5, leaf-5, spine-2. A module carries one link.
 *
 * For the bill of materials: nodes stand in racks compute-0, compute-1, ..., NodesPerRack each; L2
 * chips are dealt out to racks communication-0, ...; circuit switches stand in racks circuit-0,
 * ..., OcsPerRack each; leaves and spines stand in rack scale-out, and share boxes of
 * RdmaSwitchPorts ports. An NPU is one package with two dies.
 *
 * Create it with CreateObject: attributes of an object on the stack have no defaults.
 */
class CloudMatrixHelper : public FabricHelper
{
  public:
    /// What an endpoint of "ub" is, besides the CPUs.
    enum EndpointKind
    {
        DIE, ///< a die
        NPU  ///< an NPU: two dies
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    CloudMatrixHelper();
    ~CloudMatrixHelper() override;

    std::vector<std::string> GetNetworkNames() const override;
    void Validate() const override;

  protected:
    void DoBuild(BuiltFabric& fabric) const override;
    FabricParts ListParts(const BuiltFabric& fabric) const override;

  private:
    static constexpr uint32_t DIES_PER_NPU = 2; ///< dies of an NPU

    /// @param tid type ID that is being made @return it with the attributes that ListParts needs
    static TypeId AddPartAttributes(TypeId tid);

    /**
     * Add the nodes, with their boards, to the UB network.
     * @param fabric to add to
     * @return L1 chips by node and sub-plane
     */
    std::vector<Ptr<FabricSwitch>> BuildNodes(BuiltFabric& fabric) const;
    /**
     * Add the L2 chips, and link them.
     * @param network UB network
     * @param l1Chips L1 chips by node and sub-plane
     */
    void BuildSubPlanes(const Ptr<FabricNetwork>& network,
                        const std::vector<Ptr<FabricSwitch>>& l1Chips) const;
    /// @return circuit switches for the uplinks, which no link passes yet; throws
    ///         std::invalid_argument as PlanCircuits does
    CircuitLayer PlanUplinkCircuits() const;
    /**
     * Have the links between L1 and L2 chips pass circuit switches.
     * @param firstLink number of the first of these links in the UB network
     * @return the switches
     */
    CircuitLayer StripeUplinks(uint32_t firstLink) const;
    /**
     * Build the RDMA network.
     * @param fabric to add to; its UB network has its endpoints
     */
    void BuildScaleOut(BuiltFabric& fabric) const;
    /**
     * @param lengthM length of a fibre, m
     * @return time light takes for it
     */
    Time GetFibreDelay(double lengthM) const;

    uint32_t m_nodes;            ///< nodes
    uint32_t m_npusPerNode;      ///< NPUs of a node
    uint32_t m_cpusPerNode;      ///< CPUs of a node
    uint32_t m_subPlanes;        ///< L1 chips of a node
    uint32_t m_l2ChipsPerPlane;  ///< L2 chips of a sub-plane
    uint32_t m_linksPerModule;   ///< UB links that a module carries
    EndpointKind m_kind;         ///< what an endpoint is
    DataRate m_dieLinkRate;      ///< die to L1
    DataRate m_cpuLinkRate;      ///< CPU to L1
    DataRate m_uplinkRate;       ///< L1 to L2
    Time m_boardDelay;           ///< propagation on a board
    double m_fibreLengthM;       ///< fibre from L1 to L2, m
    double m_fibreDelayNsPerM;   ///< propagation in fibre, ns/m
    Time m_phyLatency;           ///< FEC and signal processing, L1 to L2
    Time m_l1Latency;            ///< L1 chip
    Time m_l2Latency;            ///< L2 chip
    Time m_departureLatency;     ///< memory to wire
    Time m_arrivalLatency;       ///< wire to memory
    bool m_scaleOut;             ///< build the RDMA network
    DataRate m_rdmaLinkRate;     ///< RDMA links
    uint32_t m_rdmaSpines;       ///< spines
    double m_rdmaFibreLengthM;   ///< fibre of RDMA links, m
    Time m_rdmaPhyLatency;       ///< FEC and signal processing of RDMA links
    Time m_rdmaLeafLatency;      ///< leaf
    Time m_rdmaSpineLatency;     ///< spine
    Time m_rdmaDepartureLatency; ///< memory to wire, RDMA
    Time m_rdmaArrivalLatency;   ///< wire to memory, RDMA

    FabricLink::Medium::Kind m_uplinkMedium; ///< L1 to L2
    std::string m_accelerator;               ///< type of the NPUs
    std::string m_processor;                 ///< type of the CPUs
    std::string m_enclosure;                 ///< what else is in a node; empty: nothing
    std::string m_l1Chip;                    ///< type of the L1 chips
    std::string m_l2Chip;                    ///< type of the L2 chips
    std::string m_module;                    ///< type of UB modules
    std::string m_rdmaModule;                ///< type of RDMA modules
    std::string m_rdmaSwitch;                ///< type of boxes that leaves and spines are in
    uint32_t m_rdmaSwitchPorts;              ///< ports of such a box; 0: each has its own
    std::string m_fibreCable;                ///< type of fibre cables
    std::string m_copperCable;               ///< type of copper cables
    std::string m_uplinkOcs;                 ///< type of circuit switches; empty: there are none
    uint32_t m_uplinkOcsCount;               ///< how many; 0: as few as it takes
    uint32_t m_ocsPerRack;                   ///< circuit switches of a rack
    uint32_t m_nodesPerRack;                 ///< nodes of a compute rack
    uint32_t m_communicationRacks;           ///< racks with L2 chips
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_CLOUD_MATRIX_HELPER_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LIGHT_PATH_H
#define OPTICAL_FABRIC_LIGHT_PATH_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief A type of fibre. Values come from the catalog.
 */
struct FibreSpec
{
    std::string name;             ///< as in the catalog
    double wavelengthNm{0};       ///< wavelength the attenuation is for, nm, 400 to 2000
    double attenuationDbPerKm{0}; ///< attenuation there, dB/km, 0 to 1000
    double groupIndex{0};         ///< light is this much slower than in vacuum, 1 to 2
    double zeroDispersionNm{0};   ///< zero-dispersion wavelength, nm, 400 to 2000; 0: not stated
    double dispersionSlope{0};    ///< slope there, ps/(nm^2 km), 0 to 1
    /// Effective modal bandwidth of multimode fibre at wavelengthNm, -3 dB optical, MHz km, at
    /// least 0; 0: single mode. What it does to a compliant channel is in TDECQ.
    double modalBandwidthMhzKm{0};

    /**
     * Chromatic dispersion by the three-term Sellmeier fit: slope / 4 (lambda - lambda0^4 /
     * lambda^3) (ITU-T G.652, IEC 60793-2-50).
     * @param atNm wavelength, nm, above 0
     * @return dispersion, ps/(nm km), negative below the zero-dispersion wavelength; 0 if that is
     *         not stated
     */
    double GetDispersion(double atNm) const;
    /// Refuse what cannot be: throws std::invalid_argument naming the field, its value, and what is
    /// allowed.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief A type of connector, splice or circulator: something with a loss, in one place.
 */
struct CouplingSpec
{
    std::string name;                       ///< as in the catalog
    double lossDb{0};                       ///< typical insertion loss, dB, 0 to 100
    double lossMaxDb{0};                    ///< most allowed, dB, at least lossDb; 0: not stated
    double lossSpreadDb{0};                 ///< standard deviation when made, dB, 0 to 10
    double reflectanceDb{-100};             ///< power reflected, dB, below 0; -100 and less: none
    double contaminatedLossDb{0};           ///< additional loss when contaminated, dB, 0 to 100
    double contaminatedReflectanceDb{-100}; ///< reflectance when contaminated, dB, below 0

    /// Refuse what cannot be: throws std::invalid_argument naming the field, its value, and what is
    /// allowed.
    void Validate() const;
};

/**
 * @ingroup optical-fabric
 * @brief One element that light passes, in order from transmitter to receiver.
 */
struct PathElement
{
    /// The kinds.
    enum Kind : uint8_t
    {
        FIBRE,      ///< a length of fibre: no reflection
        CONNECTOR,  ///< a pair of end faces
        SPLICE,     ///< fused
        CIRCULATOR, ///< separates the two directions that share a fibre
        SWITCH      ///< a pass through an optical circuit switch
    };

    Kind kind{FIBRE};                  ///< kind
    std::string name;                  ///< for the printed budget
    double lossDb{0};                  ///< loss, dB, contamination and extra included; 0 to 1000
    double reflectanceDb{-100};        ///< power reflected, dB, below 0; -100 and less: none
    double lengthM{0};                 ///< of fibre, m, 0 to 1e7
    double delayS{0};                  ///< time light takes, s, 0 to 1
    double dispersionPsPerNm{0};       ///< accumulated at the path's wavelength, ps/nm, -1e6 to 1e6
    double dispersionSlopePsPerNm2{0}; ///< accumulated, at zero dispersion, ps/nm^2, 0 to 1e4
    double modalDelaySpreadNs{0};      ///< 1 / modal bandwidth, ns, 0 to 1e7; 0: single mode
};

/**
 * @ingroup optical-fabric
 * @param kind kind of an element
 * @return its name, for example "connector"
 */
std::string GetName(PathElement::Kind kind);

/**
 * @ingroup optical-fabric
 * @brief All that light passes from one transmitter to one receiver at one wavelength.
 */
class LightPath
{
  public:
    /// @param wavelengthNm wavelength, nm, 400 to 2000; throws std::invalid_argument otherwise
    explicit LightPath(double wavelengthNm = 1310);

    /**
     * Attenuation is taken as stated: from the wavelength that the type states it for, the path's
     * own may differ by no more than MAX_WAVELENGTH_DIFFERENCE.
     * @param fibre type of fibre
     * @param lengthM length, m, 0 to 1e7; throws std::invalid_argument if it, the type or the
     *                wavelength is out of range
     */
    void AddFibre(const FibreSpec& fibre, double lengthM);
    /**
     * @param kind any but FIBRE
     * @param spec type
     * @param contaminated has dirt on it: loss rises as the type says, reflectance if what the type
     *                     says is more than that of the clean one
     * @param extraLossDb further loss, for example a bend, dB, 0 to 100; throws
     *                    std::invalid_argument if a parameter is out of range
     */
    void AddCoupling(PathElement::Kind kind,
                     const CouplingSpec& spec,
                     bool contaminated = false,
                     double extraLossDb = 0);
    /// @param element anything else; throws std::invalid_argument if out of range
    void Add(const PathElement& element);

    /// @return the elements in order
    const std::vector<PathElement>& GetElements() const;
    /// @return wavelength, nm
    double GetWavelengthNm() const;
    /// @return sum of losses, dB
    double GetLossDb() const;
    /// @return sum of delays, s
    double GetDelayS() const;
    /// @return sum of lengths, m
    double GetLengthM() const;
    /// @return accumulated dispersion, ps/nm
    double GetDispersionPsPerNm() const;
    /// @return accumulated slope of dispersion, ps/nm^2
    double GetDispersionSlopePsPerNm2() const;
    /**
     * Modal delays add up along the way, as the modes of one piece of fibre are those of the next:
     * the bandwidth is inversely proportional to the length.
     * @return modal bandwidth, -3 dB optical, GHz; infinity without multimode fibre
     */
    double GetModalBandwidthGHz() const;

    /**
     * The same elements from the other end, for light of the same wavelength that goes the other
     * way.
     * @return the path back
     */
    LightPath GetReversed() const;

    /// Relative difference of wavelength up to which attenuation is taken as the same: wide enough
    /// for the O band on fibre stated at 1310 nm and for 850 to 953 nm on multimode fibre, too
    /// narrow for 1550 nm on fibre stated at 1310 nm.
    static constexpr double MAX_WAVELENGTH_DIFFERENCE = 0.15;

  private:
    double m_wavelengthNm;               ///< wavelength
    std::vector<PathElement> m_elements; ///< the elements in order
};

/**
 * @ingroup optical-fabric
 * @brief What reflections on a path do: light reflected twice arrives late and beats with the
 * signal.
 *
 * For every pair of reflections i before j, light that has passed i is reflected at j, goes back,
 * is reflected at i and goes on: compared with the signal it has passed what lies between the two,
 * and only that, twice more. Light reflected four times and more, and what fibre scatters back, are
 * neglected.
 */
struct MultipathInterference
{
    /// Sum over pairs of reflections of the power that arrives by the detour, relative to the
    /// signal's: R_i R_j A_ij^2, A_ij the transmission of what lies between them. It is the power
    /// of all detours together if their phases are independent of each other.
    double relativePower{0};
    /// Sum over pairs of its field amplitude, relative to the signal's: sqrt(R_i R_j) A_ij. It is
    /// the amplitude of all detours together if their phases conspire.
    double relativeField{0};
};

/**
 * @ingroup optical-fabric
 * @param path the path
 * @param transmitterReflectanceDb reflectance of the transmitter, dB, below 0; -100 and less: none
 * @param receiverReflectanceDb reflectance of the receiver, dB, below 0; -100 and less: none
 * @return what arrives by way of all pairs of reflections, the two ends included; throws
 *         std::invalid_argument if a reflectance is out of range
 */
MultipathInterference GetMultipathInterference(const LightPath& path,
                                               double transmitterReflectanceDb,
                                               double receiverReflectanceDb);

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LIGHT_PATH_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_LINE_ARRAY_H
#define OPTICAL_FABRIC_LINE_ARRAY_H

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief An array that begins with a cache line, known by one pointer.
 * @tparam T plain data
 */
template <typename T>
class LineArray
{
    static_assert(std::is_trivial<T>::value, "elements are neither constructed nor destroyed");

  public:
    static constexpr size_t LINE_BYTES = 64; ///< a cache line

    /**
     * Begin anew.
     * @param count number of elements
     * @param value value of each
     */
    void Assign(size_t count, const T& value)
    {
        m_data.reset(static_cast<T*>(
            ::operator new(std::max<size_t>(count, 1) * sizeof(T), std::align_val_t(LINE_BYTES))));
        std::fill_n(m_data.get(), count, value);
    }

    /// @param i element number, not checked @return the element
    T& operator[](size_t i)
    {
        return m_data.get()[i];
    }

    /// @param i element number, not checked @return the element
    const T& operator[](size_t i) const
    {
        return m_data.get()[i];
    }

  private:
    /// Frees what Assign has allocated.
    struct Deallocate
    {
        /// @param data an array of Assign
        void operator()(T* data) const
        {
            ::operator delete(data, std::align_val_t(LINE_BYTES));
        }
    };

    std::unique_ptr<T, Deallocate> m_data; ///< the elements
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_LINE_ARRAY_H */

/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_EVENT_POOL_H
#define OPTICAL_FABRIC_EVENT_POOL_H

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <unordered_set>
#include <vector>

namespace ns3
{
namespace opticalfabric
{

/**
 * @ingroup optical-fabric
 * @brief Recycles objects derived from ns3::EventImpl, so that scheduling one allocates nothing.
 *
 * The pool holds one reference to each object it ever made, so ns-3's reference counting never
 * frees one that is merely done. An object may still be in the simulator's queue when the pool
 * goes: the pool then drops its reference, and the slab is freed with the last of its objects.
 * For that, T must route its deallocation here, and must offer a link for the free list:
 * @code
 *   static void operator delete(void* p) { EventPool<T>::Free(p); }
 *   T* m_next;
 * @endcode
 *
 * @tparam T class derived from EventImpl, default constructible
 */
template <typename T>
class EventPool
{
  public:
    EventPool() = default;
    EventPool(const EventPool&) = delete;
    EventPool& operator=(const EventPool&) = delete;

    ~EventPool()
    {
        for (Slab* slab : m_slabs)
        {
            // The objects' own deallocation counts the slab down; it may be gone after the last.
            for (uint32_t i = 0; i < PER_SLAB; ++i)
            {
                slab->Object(i)->Unref();
            }
        }
    }

    /**
     * @return an object nobody else uses, in whatever state its last user left it
     */
    T* Acquire()
    {
        if (m_free == nullptr)
        {
            Grow();
        }
        T* object = m_free;
        m_free = object->m_next;
        __builtin_prefetch(m_free, 1);
        ++m_inUse;
        return object;
    }

    /**
     * @param object one that Acquire returned, not scheduled any more
     */
    void Release(T* object)
    {
        object->m_next = m_free;
        m_free = object;
        --m_inUse;
    }

    /// @return objects acquired and not released
    uint64_t GetInUse() const
    {
        return m_inUse;
    }

    /// @return objects ever made
    uint64_t GetCapacity() const
    {
        return uint64_t{m_slabs.size()} * PER_SLAB;
    }

    /**
     * Walks all objects, in the order they were made.
     * @tparam F callable with a T*
     * @param visit called for each object in use; must neither acquire nor release
     */
    template <typename F>
    void ForEachInUse(F&& visit) const
    {
        std::unordered_set<const T*> unused;
        for (const T* object = m_free; object != nullptr; object = object->m_next)
        {
            unused.insert(object);
        }
        for (Slab* slab : m_slabs)
        {
            for (uint32_t i = 0; i < PER_SLAB; ++i)
            {
                T* object = slab->Object(i);
                if (unused.count(object) == 0)
                {
                    visit(object);
                }
            }
        }
    }

    /**
     * Deallocation of one object, for T's operator delete.
     * @param p the object
     */
    static void Free(void* p)
    {
        Slab* slab = reinterpret_cast<Slab*>(reinterpret_cast<uintptr_t>(p) & ~(SLAB_BYTES - 1));
        if (--slab->live == 0)
        {
            std::free(slab);
        }
    }

  private:
    static constexpr uintptr_t SLAB_BYTES = 65536; ///< size and alignment of a slab

    /// A block of objects behind a count of those not yet deallocated.
    struct Slab
    {
        uint32_t live; ///< objects not deallocated

        /**
         * @param i object number
         * @return the object
         */
        T* Object(uint32_t i)
        {
            return reinterpret_cast<T*>(reinterpret_cast<char*>(this) + HEADER) + i;
        }
    };

    static constexpr size_t HEADER = 64; ///< keeps objects cache-line aligned
    /// Objects in a slab.
    static constexpr uint32_t PER_SLAB = (SLAB_BYTES - HEADER) / sizeof(T);

    /// Make a slab full of free objects.
    void Grow()
    {
        void* memory = std::aligned_alloc(SLAB_BYTES, SLAB_BYTES);
        if (memory == nullptr)
        {
            throw std::bad_alloc();
        }
        Slab* slab = new (memory) Slab{PER_SLAB};
        m_slabs.push_back(slab);
        for (uint32_t i = PER_SLAB; i-- > 0;)
        {
            T* object = ::new (static_cast<void*>(slab->Object(i))) T();
            object->m_next = m_free;
            m_free = object;
        }
    }

    std::vector<Slab*> m_slabs; ///< every slab made
    T* m_free{nullptr};         ///< free list
    uint64_t m_inUse{0};        ///< objects handed out
};

} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_EVENT_POOL_H */

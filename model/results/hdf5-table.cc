/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#include "hdf5-table.h"

#include <cstring>

namespace ns3
{
namespace opticalfabric
{
namespace hdf5
{

namespace
{

/// Rows written, and compressed, together.
constexpr std::size_t CHUNK_ROWS = 4096;

/// Level of zlib: beyond 4 files hardly shrink and take much longer.
constexpr unsigned DEFLATE_LEVEL = 4;

/// Bytes by which the memory of a file grows.
constexpr std::size_t MEMORY_STEP = 1 << 20;

/**
 * @brief Make the type of a text of fixed length, padded with zeros, in UTF-8.
 * @param bytes its length; 0 becomes 1, the least HDF5 has
 * @return the type
 */
Handle
MakeTextType(std::size_t bytes)
{
    const std::string what = "a text type";
    Handle type(Check(H5Tcopy(H5T_C_S1), "H5Tcopy", what), H5Tclose);
    Check(H5Tset_size(type.Get(), bytes == 0 ? 1 : bytes), "H5Tset_size", what);
    Check(H5Tset_strpad(type.Get(), H5T_STR_NULLPAD), "H5Tset_strpad", what);
    Check(H5Tset_cset(type.Get(), H5T_CSET_UTF8), "H5Tset_cset", what);
    return type;
}

/**
 * @brief Make a property list that keeps the time of writing out of what it creates.
 * @param classId class of the list
 * @return the list
 */
Handle
MakeTimelessList(hid_t classId)
{
    const std::string what = "a property list";
    Handle list(Check(H5Pcreate(classId), "H5Pcreate", what), H5Pclose);
    Check(H5Pset_obj_track_times(list.Get(), 0), "H5Pset_obj_track_times", what);
    return list;
}

/**
 * @brief Make a dataset.
 * @param parent where
 * @param name its name
 * @param type type of its elements
 * @param space its extent
 * @param list how to make it
 * @return the dataset
 */
Handle
MakeDataset(const Handle& parent,
            const std::string& name,
            const Handle& type,
            const Handle& space,
            const Handle& list)
{
    const hid_t set = H5Dcreate2(parent.Get(),
                                 name.c_str(),
                                 type.Get(),
                                 space.Get(),
                                 H5P_DEFAULT,
                                 list.Get(),
                                 H5P_DEFAULT);
    return Handle(Check(set, "H5Dcreate2", name), H5Dclose);
}

/**
 * @brief Give an object an attribute.
 * @param object the object
 * @param name name of the attribute
 * @param fileType its type in the file
 * @param memoryType its type in memory
 * @param data its value
 */
void
WriteAttribute(const Handle& object,
               const std::string& name,
               hid_t fileType,
               hid_t memoryType,
               const void* data)
{
    const Handle space(Check(H5Screate(H5S_SCALAR), "H5Screate", name), H5Sclose);
    const hid_t id =
        H5Acreate2(object.Get(), name.c_str(), fileType, space.Get(), H5P_DEFAULT, H5P_DEFAULT);
    const Handle attribute(Check(id, "H5Acreate2", name), H5Aclose);
    Check(H5Awrite(attribute.Get(), memoryType, data), "H5Awrite", name);
}

} // namespace

void
Fail(const char* call, const std::string& object)
{
    std::string reason;
    const auto takeFirst = [](unsigned n, const H5E_error2_t* error, void* text) -> herr_t {
        if (n == 0 && error->desc)
        {
            *static_cast<std::string*>(text) = error->desc;
        }
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, takeFirst, &reason);
    throw Failure(std::string(call) + " of " + object +
                  " failed: " + (reason.empty() ? "no reason given" : reason));
}

QuietErrors::QuietErrors()
{
    H5Eget_auto2(H5E_DEFAULT, &m_function, &m_data);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

QuietErrors::~QuietErrors()
{
    H5Eset_auto2(H5E_DEFAULT, m_function, m_data);
}

Handle
MakeFile(const std::string& name)
{
    const Handle list = MakeTimelessList(H5P_FILE_CREATE);
    const Handle access(Check(H5Pcreate(H5P_FILE_ACCESS), "H5Pcreate", name), H5Pclose);
    Check(H5Pset_fapl_core(access.Get(), MEMORY_STEP, false), "H5Pset_fapl_core", name);
    const hid_t file = H5Fcreate(name.c_str(), H5F_ACC_TRUNC, list.Get(), access.Get());
    return Handle(Check(file, "H5Fcreate", name), H5Fclose);
}

std::string
GetImage(const Handle& file, const std::string& name)
{
    Check(H5Fflush(file.Get(), H5F_SCOPE_GLOBAL), "H5Fflush", name);
    const ssize_t size =
        Check(H5Fget_file_image(file.Get(), nullptr, 0), "H5Fget_file_image", name);
    std::string image(static_cast<std::size_t>(size), '\0');
    Check(H5Fget_file_image(file.Get(), image.data(), image.size()), "H5Fget_file_image", name);
    return image;
}

Handle
MakeGroup(const Handle& parent, const std::string& name)
{
    const Handle list = MakeTimelessList(H5P_GROUP_CREATE);
    const hid_t group =
        H5Gcreate2(parent.Get(), name.c_str(), H5P_DEFAULT, list.Get(), H5P_DEFAULT);
    return Handle(Check(group, "H5Gcreate2", name), H5Gclose);
}

void
SetAttribute(const Handle& object, const std::string& name, uint64_t value)
{
    WriteAttribute(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, &value);
}

void
SetAttribute(const Handle& object, const std::string& name, double value)
{
    WriteAttribute(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value);
}

void
SetAttribute(const Handle& object, const std::string& name, const std::string& value)
{
    const Handle type = MakeTextType(value.size());
    // c_str ends in a zero, the one byte an empty text needs.
    WriteAttribute(object, name, type.Get(), type.Get(), value.c_str());
}

void
WriteText(const Handle& parent, const std::string& name, const std::string& text)
{
    const Handle type = MakeTextType(text.size());
    const Handle space(Check(H5Screate(H5S_SCALAR), "H5Screate", name), H5Sclose);
    const Handle set = MakeDataset(parent, name, type, space, MakeTimelessList(H5P_DATASET_CREATE));
    Check(H5Dwrite(set.Get(), type.Get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, text.c_str()),
          "H5Dwrite",
          name);
}

Table::Table(const Handle& parent, const std::string& name, std::vector<Column> columns)
    : m_name(name),
      m_columns(std::move(columns)),
      m_memoryType(MakeRowType(false)),
      m_set(MakeSet(parent))
{
    for (const Column& column : m_columns)
    {
        m_rowBytes += column.bytes;
        if (!column.unit.empty())
        {
            SetAttribute(m_set, "unit_" + column.name, column.unit);
        }
    }
}

const Handle&
Table::Finish()
{
    Flush();
    return m_set;
}

void
Table::PutBytes(Column::Kind kind, const void* data, std::size_t bytes)
{
    const Column& column = m_columns[m_nextColumn];
    if (column.kind != kind || bytes > column.bytes)
    {
        throw Failure("writing column " + column.name + " of " + m_name +
                      " failed: a value does not fit it");
    }
    const std::size_t at = m_buffer.size();
    m_buffer.resize(at + column.bytes, 0);
    std::memcpy(m_buffer.data() + at, data, bytes);
    if (++m_nextColumn == m_columns.size())
    {
        m_nextColumn = 0;
        if (m_buffer.size() == m_rowBytes * CHUNK_ROWS)
        {
            Flush();
        }
    }
}

Handle
Table::MakeRowType(bool inFile) const
{
    std::size_t size = 0;
    for (const Column& column : m_columns)
    {
        size += column.bytes;
    }
    Handle row(Check(H5Tcreate(H5T_COMPOUND, size), "H5Tcreate", m_name), H5Tclose);
    std::size_t offset = 0;
    for (const Column& column : m_columns)
    {
        const Handle text = MakeTextType(column.bytes);
        hid_t type = text.Get();
        switch (column.kind)
        {
        case Column::UNSIGNED:
            type = inFile ? H5T_STD_U64LE : H5T_NATIVE_UINT64;
            break;
        case Column::SIGNED:
            type = inFile ? H5T_STD_I64LE : H5T_NATIVE_INT64;
            break;
        case Column::REAL:
            type = inFile ? H5T_IEEE_F64LE : H5T_NATIVE_DOUBLE;
            break;
        case Column::TEXT:
            break;
        }
        Check(H5Tinsert(row.Get(), column.name.c_str(), offset, type), "H5Tinsert", m_name);
        offset += column.bytes;
    }
    return row;
}

Handle
Table::MakeSet(const Handle& parent) const
{
    const Handle list = MakeTimelessList(H5P_DATASET_CREATE);
    const hsize_t chunk = CHUNK_ROWS;
    Check(H5Pset_chunk(list.Get(), 1, &chunk), "H5Pset_chunk", m_name);
    // HDF5 can be built without zlib; the table is the same then, only larger.
    if (H5Zfilter_avail(H5Z_FILTER_DEFLATE) > 0)
    {
        Check(H5Pset_shuffle(list.Get()), "H5Pset_shuffle", m_name);
        Check(H5Pset_deflate(list.Get(), DEFLATE_LEVEL), "H5Pset_deflate", m_name);
    }
    const hsize_t none = 0;
    const hsize_t unlimited = H5S_UNLIMITED;
    const Handle space(Check(H5Screate_simple(1, &none, &unlimited), "H5Screate_simple", m_name),
                       H5Sclose);
    return MakeDataset(parent, m_name, MakeRowType(true), space, list);
}

void
Table::Flush()
{
    const hsize_t rows = m_buffer.size() / m_rowBytes;
    if (rows == 0)
    {
        return;
    }
    const hsize_t size = m_rows + rows;
    Check(H5Dset_extent(m_set.Get(), &size), "H5Dset_extent", m_name);
    const Handle file(Check(H5Dget_space(m_set.Get()), "H5Dget_space", m_name), H5Sclose);
    Check(H5Sselect_hyperslab(file.Get(), H5S_SELECT_SET, &m_rows, nullptr, &rows, nullptr),
          "H5Sselect_hyperslab",
          m_name);
    const Handle memory(Check(H5Screate_simple(1, &rows, nullptr), "H5Screate_simple", m_name),
                        H5Sclose);
    Check(H5Dwrite(m_set.Get(),
                   m_memoryType.Get(),
                   memory.Get(),
                   file.Get(),
                   H5P_DEFAULT,
                   m_buffer.data()),
          "H5Dwrite",
          m_name);
    m_rows = size;
    m_buffer.clear();
}

} // namespace hdf5
} // namespace opticalfabric
} // namespace ns3

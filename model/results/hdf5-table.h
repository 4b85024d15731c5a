/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_HDF5_TABLE_H
#define OPTICAL_FABRIC_HDF5_TABLE_H

/*
 * Private to the sources that write HDF5: it includes the library's header, so it is not among the
 * headers of the module and no header may include it.
 */

#include <cstddef>
#include <cstdint>
#include <hdf5.h>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace opticalfabric
{
namespace hdf5
{

/// Leaves these functions when a call of HDF5 fails; it goes no further than the writer.
class Failure : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

/**
 * @brief Throw Failure with the innermost reason on HDF5's error stack.
 * @param call name of the call that failed
 * @param object what it was about
 */
[[noreturn]] void Fail(const char* call, const std::string& object);

/**
 * @brief Throw Failure if a call of HDF5 failed.
 * @tparam T integer type of the result
 * @param result what the call returned; negative is failure
 * @param call name of the call
 * @param object what it was about
 * @return the result
 */
template <typename T>
T
Check(T result, const char* call, const std::string& object)
{
    if (result < 0)
    {
        Fail(call, object);
    }
    return result;
}

/// Owns an identifier of HDF5.
class Handle
{
  public:
    /**
     * @param id the identifier, valid
     * @param closer the function that closes its kind
     */
    Handle(hid_t id, herr_t (*closer)(hid_t))
        : m_id(id),
          m_closer(closer)
    {
    }

    /// @param other gives its identifier away
    Handle(Handle&& other) noexcept
        : m_id(std::exchange(other.m_id, H5I_INVALID_HID)),
          m_closer(other.m_closer)
    {
    }

    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    Handle& operator=(Handle&&) = delete;

    ~Handle()
    {
        if (m_id >= 0)
        {
            m_closer(m_id);
        }
    }

    /// @return the identifier
    hid_t Get() const
    {
        return m_id;
    }

    /// @return what closing it gave, negative for failure; the handle is empty then
    herr_t Close()
    {
        return m_closer(std::exchange(m_id, H5I_INVALID_HID));
    }

  private:
    hid_t m_id;                ///< the identifier, negative if empty
    herr_t (*m_closer)(hid_t); ///< closes it
};

/// Keeps HDF5 from printing errors to stderr while it lives; puts the program's handler back.
class QuietErrors
{
  public:
    QuietErrors();
    ~QuietErrors();
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

  private:
    H5E_auto2_t m_function{nullptr}; ///< the program's handler
    void* m_data{nullptr};           ///< its argument
};

/**
 * @brief Make a file in memory. It holds no time of writing, and nothing of it goes to the disk:
 * HDF5 1.10 keeps a file that it could not close, and crashes over it when the program ends.
 * @param name for messages; a file of that name would be read
 * @return the file
 */
Handle MakeFile(const std::string& name);

/**
 * @brief Get the bytes that a file in memory would have on the disk.
 * @param file the file
 * @param name for messages
 * @return its bytes
 */
std::string GetImage(const Handle& file, const std::string& name);

/**
 * @brief Make a group.
 * @param parent where
 * @param name its name
 * @return the group
 */
Handle MakeGroup(const Handle& parent, const std::string& name);

/**
 * @brief Give an object an attribute.
 * @param object the object
 * @param name name of the attribute
 * @param value its value
 */
void SetAttribute(const Handle& object, const std::string& name, uint64_t value);

/// @copydoc SetAttribute(const Handle&, const std::string&, uint64_t)
void SetAttribute(const Handle& object, const std::string& name, double value);

/// @copydoc SetAttribute(const Handle&, const std::string&, uint64_t)
/// A text may have up to 60000 bytes.
void SetAttribute(const Handle& object, const std::string& name, const std::string& value);

/**
 * @brief Write a text of any length as a dataset of one value.
 * @param parent where
 * @param name its name
 * @param text the text
 */
void WriteText(const Handle& parent, const std::string& name, const std::string& text);

/// A column of a table.
struct Column
{
    /// What it holds.
    enum Kind
    {
        UNSIGNED, ///< uint64
        SIGNED,   ///< int64
        REAL,     ///< double
        TEXT      ///< text of fixed length in UTF-8, padded with zeros
    };

    std::string name;     ///< its name
    Kind kind;            ///< what it holds
    std::string unit;     ///< unit of its values; empty for a text or a plain number
    std::size_t bytes{8}; ///< length of a text, bytes, at least 1; 8 for numbers
};

/// Finds out how long a column of texts has to be.
class TextWidth
{
  public:
    /// @param text one of the texts
    void Include(const std::string& text)
    {
        m_bytes = text.size() > m_bytes ? text.size() : m_bytes;
    }

    /**
     * @param name name of the column
     * @return a column that takes all texts included
     */
    Column MakeColumn(const std::string& name) const
    {
        return Column{name, Column::TEXT, "", m_bytes};
    }

  private:
    std::size_t m_bytes{1}; ///< longest text so far; HDF5 has none of length 0
};

/// A table under construction: a dataset of compound rows. Keeps one chunk of rows in memory.
class Table
{
  public:
    /**
     * @param parent where
     * @param name its name
     * @param columns its columns; units become attributes unit_<column>
     */
    Table(const Handle& parent, const std::string& name, std::vector<Column> columns);

    /**
     * @brief Write a row or a part of it. The last column's value ends the row.
     * @tparam T types of the values
     * @param values for the next columns, each of its column's kind
     */
    template <typename... T>
    void Write(const T&... values)
    {
        (Put(values), ...);
    }

    /**
     * @brief Write the rows still in memory. Without this call they are lost.
     * @return the dataset, to give it attributes
     */
    const Handle& Finish();

  private:
    /// @param value for the next column
    void Put(uint64_t value)
    {
        PutBytes(Column::UNSIGNED, &value, sizeof(value));
    }

    /// @param value for the next column
    void Put(int64_t value)
    {
        PutBytes(Column::SIGNED, &value, sizeof(value));
    }

    /// @param value for the next column
    void Put(double value)
    {
        PutBytes(Column::REAL, &value, sizeof(value));
    }

    /// @param value for the next column
    void Put(const std::string& value)
    {
        PutBytes(Column::TEXT, value.data(), value.size());
    }

    /**
     * @brief Append a value to the buffer.
     * @param kind its kind
     * @param data its bytes
     * @param bytes how many
     */
    void PutBytes(Column::Kind kind, const void* data, std::size_t bytes);

    /**
     * @brief Make the type of a row, without gaps.
     * @param inFile true for the type in the file, which is the same on every machine
     * @return the type
     */
    Handle MakeRowType(bool inFile) const;

    /**
     * @brief Make the empty dataset.
     * @param parent where
     * @return the dataset
     */
    Handle MakeSet(const Handle& parent) const;

    /// @brief Append the buffer to the dataset.
    void Flush();

    std::string m_name;            ///< name of the dataset
    std::vector<Column> m_columns; ///< its columns
    Handle m_memoryType;           ///< type of a row in memory
    Handle m_set;                  ///< the dataset
    std::size_t m_rowBytes{0};     ///< length of a row, bytes
    std::size_t m_nextColumn{0};   ///< column the next value belongs to
    hsize_t m_rows{0};             ///< rows in the dataset
    std::vector<char> m_buffer;    ///< rows not there yet
};

} // namespace hdf5
} // namespace opticalfabric
} // namespace ns3

#endif /* OPTICAL_FABRIC_HDF5_TABLE_H */

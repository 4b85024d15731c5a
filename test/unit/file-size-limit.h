/*
 * Copyright (c) 2026 The optical-fabric authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */
#ifndef OPTICAL_FABRIC_TEST_FILE_SIZE_LIMIT_H
#define OPTICAL_FABRIC_TEST_FILE_SIZE_LIMIT_H

#include <sys/resource.h>

/**
 * @ingroup optical-fabric-tests
 * @brief Makes files end at a size while it lives, as a full disk does; nobody needs to be root.
 */
class FileSizeLimit
{
  public:
    /// @param bytes the most that a file can have
    explicit FileSizeLimit(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &limit);
    }

    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
    }

    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit m_before; ///< the limit before
};

#endif /* OPTICAL_FABRIC_TEST_FILE_SIZE_LIMIT_H */

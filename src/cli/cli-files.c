/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-files.h"

#include <sys/resource.h>

/**
 * cli_files_allow_many:
 *
 * Lets this process have as many files open as it may: each connection is one, and the 1,024 that many
 * systems begin with are for programs that use select(), which a server of ours does not.
 */
void
cli_files_allow_many (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
    return;

  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

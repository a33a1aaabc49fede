/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-error.h"

G_DEFINE_QUARK (bcast-error-quark, bcast_error)

static const char * const nicks[] = {
  [BCAST_ERROR_INVALID] = "invalid",
  [BCAST_ERROR_TOO_LARGE] = "too-large",
  [BCAST_ERROR_UNAUTHORIZED] = "unauthorized",
  [BCAST_ERROR_FORBIDDEN] = "forbidden",
  [BCAST_ERROR_NOT_FOUND] = "not-found",
  [BCAST_ERROR_BUSY] = "busy",
  [BCAST_ERROR_REFUSED] = "refused",
  [BCAST_ERROR_PROTOCOL] = "protocol",
  [BCAST_ERROR_UNREACHABLE] = "unreachable",
  [BCAST_ERROR_TIMED_OUT] = "timed-out",
  [BCAST_ERROR_NOT_CONNECTED] = "not-connected",
  [BCAST_ERROR_DAMAGED] = "damaged",
  [BCAST_ERROR_UNAVAILABLE] = "unavailable",
};

/**
 * bcast_error_code_to_nick:
 * @code: a code of %BCAST_ERROR
 *
 * Returns: a stable word for @code, for JSON output and tests
 */
const char *
bcast_error_code_to_nick (BcastError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (nicks), "unknown");

  return nicks[code];
}

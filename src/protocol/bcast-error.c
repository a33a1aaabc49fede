/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-error.h"

#include <string.h>

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

/**
 * bcast_error_clip:
 * @text: UTF-8 text that somebody else wrote
 * @max_bytes: how much of it a sentence may show
 *
 * Where to cut @text so that no character is cut in half: a sentence with half a character is no text
 * any more, and can be neither shown nor sent as JSON. For the precision of `%.*s`.
 *
 * Returns: at most @max_bytes
 */
int
bcast_error_clip (const char *text,
                  int         max_bytes)
{
  g_return_val_if_fail (text != NULL && max_bytes >= 0, 0);

  gsize length = strnlen (text, max_bytes + 1);
  const char *end;

  if (length <= (gsize) max_bytes)
    return length;

  end = g_utf8_find_prev_char (text, text + max_bytes + 1);
  return end != NULL ? end - text : 0;
}

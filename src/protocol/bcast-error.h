/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BCAST_ERROR (bcast_error_quark ())

/**
 * BcastError:
 * @BCAST_ERROR_INVALID: what was given is malformed: mend it and try again
 * @BCAST_ERROR_TOO_LARGE: over one of the protocol's limits: make it smaller
 * @BCAST_ERROR_UNAUTHORIZED: the key, secret or signature was not accepted
 * @BCAST_ERROR_FORBIDDEN: understood, but not allowed for this app or user
 * @BCAST_ERROR_NOT_FOUND: no such app, channel or path
 * @BCAST_ERROR_BUSY: over capacity, rate limited or locked: try again later
 * @BCAST_ERROR_REFUSED: the server said no in another way
 * @BCAST_ERROR_PROTOCOL: the other end does not speak the protocol
 * @BCAST_ERROR_UNREACHABLE: name resolution, TCP or TLS failed
 * @BCAST_ERROR_TIMED_OUT: no answer in time
 * @BCAST_ERROR_NOT_CONNECTED: needs a connection that is not there
 * @BCAST_ERROR_DAMAGED: a file on disk cannot be understood; it was kept
 * @BCAST_ERROR_UNAVAILABLE: something of this machine is missing: keyring, port, disk space
 *
 * The one error domain. A code says what its caller can do; the message is a sentence for people.
 */
typedef enum
{
  BCAST_ERROR_INVALID,
  BCAST_ERROR_TOO_LARGE,
  BCAST_ERROR_UNAUTHORIZED,
  BCAST_ERROR_FORBIDDEN,
  BCAST_ERROR_NOT_FOUND,
  BCAST_ERROR_BUSY,
  BCAST_ERROR_REFUSED,
  BCAST_ERROR_PROTOCOL,
  BCAST_ERROR_UNREACHABLE,
  BCAST_ERROR_TIMED_OUT,
  BCAST_ERROR_NOT_CONNECTED,
  BCAST_ERROR_DAMAGED,
  BCAST_ERROR_UNAVAILABLE,
} BcastError;

GQuark      bcast_error_quark         (void);
const char *bcast_error_code_to_nick  (BcastError   code);
int         bcast_error_clip          (const char  *text,
                                       int          max_bytes);

G_END_DECLS

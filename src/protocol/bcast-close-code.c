/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-close-code.h"

#include <glib/gi18n-lib.h>

/**
 * bcast_close_code_get_reaction:
 * @code: a WebSocket close code, or the code of an error that came instead of a handshake
 *
 * Codes below 4000 are the transport's own: the connection broke, and trying again may help.
 *
 * Returns: what a client does about it
 */
BcastReaction
bcast_close_code_get_reaction (int code)
{
  if (code < 4000)
    return BCAST_REACTION_BACK_OFF;
  if (code == BCAST_CLOSE_TLS_ONLY)
    return BCAST_REACTION_USE_TLS;
  if (code / 100 == 41)
    return BCAST_REACTION_BACK_OFF;
  if (code / 100 == 42)
    return BCAST_REACTION_RETRY_NOW;
  return BCAST_REACTION_STOP;
}

static const char *
get_class_text (int code)
{
  switch (code / 100)
    {
    case 40:
      return _("The server closed the connection and does not want it back unchanged. "
               "Check the profile.");
    case 41:
      return _("The server asks to wait before connecting again.");
    case 42:
      return _("The server asks to connect again at once.");
    case 43:
      return _("The server refused what was sent.");
    default:
      return _("The connection was closed with a code that the protocol does not know.");
    }
}

/**
 * bcast_close_code_get_text:
 * @code: a close code
 *
 * Source: Channels documentation, “Pusher Channels Protocol”, section “Error codes”; RFC 6455,
 * section 7.4.1, below 4000.
 *
 * Returns: a sentence that says what @code means
 */
const char *
bcast_close_code_get_text (int code)
{
  switch (code)
    {
    case 1000:
      return _("The server closed the connection in good order.");
    case 1001:
      return _("The server is going away.");
    case 1002:
    case 1003:
      return _("The server could not understand the connection.");
    case 1005:
    case 1006:
      return _("The connection broke off without a word.");
    case 1009:
      return _("A message was too large.");
    case 1011:
      return _("The server met an error of its own.");
    case 1015:
      return _("TLS could not be set up.");
    case BCAST_CLOSE_TLS_ONLY:
      return _("The app accepts TLS connections only. Turn TLS on in the profile.");
    case BCAST_CLOSE_APP_UNKNOWN:
      return _("The server does not know this app key. Check key, cluster and host in the profile.");
    case BCAST_CLOSE_APP_DISABLED:
      return _("The app is disabled on the server.");
    case BCAST_CLOSE_OVER_QUOTA:
      return _("The app is over its connection quota.");
    case BCAST_CLOSE_PATH_NOT_FOUND:
      return _("The server does not know this path. Check the path in the profile.");
    case BCAST_CLOSE_BAD_VERSION:
      return _("The server did not accept the version of this program.");
    case BCAST_CLOSE_PROTOCOL_UNSUPPORTED:
      return _("The server does not support protocol version 7.");
    case BCAST_CLOSE_PROTOCOL_MISSING:
      return _("The server missed the protocol version.");
    case BCAST_CLOSE_UNAUTHORIZED:
      return _("The connection is not authorized. Check key and secret in the profile.");
    case BCAST_CLOSE_OVER_CAPACITY:
      return _("The server is over capacity.");
    case BCAST_CLOSE_RECONNECT:
      return _("The server asks to connect again, as it does when it restarts.");
    case BCAST_CLOSE_PONG_MISSING:
      return _("The server got no answer to its ping.");
    case BCAST_CLOSE_INACTIVE:
      return _("The server closed the connection because it was idle for long.");
    case BCAST_CLOSE_CLIENT_EVENT_REFUSED:
      return _("The server refused a client event: too many at once, or not allowed for this app.");
    case BCAST_CLOSE_WATCHLIST_TOO_LONG:
      return _("The watchlist has too many users.");
    default:
      return code >= 4000 ? get_class_text (code) : _("The connection broke off.");
    }
}

/**
 * bcast_close_code_get_error:
 * @code: a close code
 *
 * Returns: the #BcastError that tells a caller what to do about @code
 */
BcastError
bcast_close_code_get_error (int code)
{
  switch (code)
    {
    case BCAST_CLOSE_APP_UNKNOWN:
    case BCAST_CLOSE_PATH_NOT_FOUND:
      return BCAST_ERROR_NOT_FOUND;
    case BCAST_CLOSE_APP_DISABLED:
    case BCAST_CLOSE_TLS_ONLY:
      return BCAST_ERROR_FORBIDDEN;
    case BCAST_CLOSE_UNAUTHORIZED:
      return BCAST_ERROR_UNAUTHORIZED;
    case BCAST_CLOSE_OVER_QUOTA:
    case BCAST_CLOSE_OVER_CAPACITY:
    case BCAST_CLOSE_CLIENT_EVENT_REFUSED:
      return BCAST_ERROR_BUSY;
    case BCAST_CLOSE_BAD_VERSION:
    case BCAST_CLOSE_PROTOCOL_UNSUPPORTED:
    case BCAST_CLOSE_PROTOCOL_MISSING:
    case 1002:
    case 1003:
      return BCAST_ERROR_PROTOCOL;
    case BCAST_CLOSE_PONG_MISSING:
    case BCAST_CLOSE_INACTIVE:
      return BCAST_ERROR_TIMED_OUT;
    case 1009:
    case BCAST_CLOSE_WATCHLIST_TOO_LONG:
      return BCAST_ERROR_TOO_LARGE;
    default:
      return code >= 4000 ? BCAST_ERROR_REFUSED : BCAST_ERROR_UNREACHABLE;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing-input.h"

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-number.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHANNELS (1 << BCAST_SIGNING_PRIVATE | 1 << BCAST_SIGNING_PRESENCE)
#define SOCKETS  (CHANNELS | 1 << BCAST_SIGNING_USER)
#define ALL      (SOCKETS | 1 << BCAST_SIGNING_REQUEST)

/* Which kinds need a field, a bit for each */
static const guint kinds_of_field[BCAST_SIGNING_N_FIELDS] = {
  [BCAST_SIGNING_FIELD_KEY] = ALL,
  [BCAST_SIGNING_FIELD_SECRET] = ALL,
  [BCAST_SIGNING_FIELD_SOCKET] = SOCKETS,
  [BCAST_SIGNING_FIELD_CHANNEL] = CHANNELS,
  [BCAST_SIGNING_FIELD_CHANNEL_DATA] = 1 << BCAST_SIGNING_PRESENCE,
  [BCAST_SIGNING_FIELD_USER_DATA] = 1 << BCAST_SIGNING_USER,
  [BCAST_SIGNING_FIELD_METHOD] = 1 << BCAST_SIGNING_REQUEST,
  [BCAST_SIGNING_FIELD_PATH] = 1 << BCAST_SIGNING_REQUEST,
  [BCAST_SIGNING_FIELD_QUERY] = 1 << BCAST_SIGNING_REQUEST,
  [BCAST_SIGNING_FIELD_BODY] = 1 << BCAST_SIGNING_REQUEST,
  [BCAST_SIGNING_FIELD_TIMESTAMP] = 1 << BCAST_SIGNING_REQUEST,
};

static BcastSigning *
sign_channel (const BcastSigningInput  *self,
              GError                  **error)
{
  gboolean is_presence = self->kind == BCAST_SIGNING_PRESENCE;
  const char *channel = self->texts[BCAST_SIGNING_FIELD_CHANNEL];
  BcastChannelType type = bcast_channel_name_find_type (channel);

  if (bcast_channel_type_needs_auth (type) && bcast_channel_type_is_presence (type) != is_presence)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           is_presence ? _("This is no presence channel: its name must begin with “presence-”.")
                                       : _("This is a presence channel: choose Presence above, because who joins is "
                                           "signed as well."));
      return NULL;
    }
  return bcast_signing_new_channel (self->texts[BCAST_SIGNING_FIELD_KEY],
                                    self->texts[BCAST_SIGNING_FIELD_SECRET],
                                    self->texts[BCAST_SIGNING_FIELD_SOCKET],
                                    channel,
                                    is_presence ? self->texts[BCAST_SIGNING_FIELD_CHANNEL_DATA] : NULL,
                                    error);
}

static BcastSigning *
sign_request (const BcastSigningInput  *self,
              GError                  **error)
{
  gint64 timestamp_s;

  if (!bcast_signing_timestamp_parse (self->texts[BCAST_SIGNING_FIELD_TIMESTAMP], &timestamp_s, error))
    return NULL;
  return bcast_signing_new_request (self->texts[BCAST_SIGNING_FIELD_KEY],
                                    self->texts[BCAST_SIGNING_FIELD_SECRET],
                                    self->texts[BCAST_SIGNING_FIELD_METHOD],
                                    self->texts[BCAST_SIGNING_FIELD_PATH],
                                    self->texts[BCAST_SIGNING_FIELD_QUERY],
                                    self->texts[BCAST_SIGNING_FIELD_BODY],
                                    timestamp_s, error);
}

static BcastSigningField
find_fault_of_channel (const BcastSigningInput *self)
{
  const char *channel = self->texts[BCAST_SIGNING_FIELD_CHANNEL];
  BcastChannelType type = bcast_channel_name_find_type (channel);

  if (self->kind == BCAST_SIGNING_PRIVATE
      || !bcast_channel_type_is_presence (type)
      || !bcast_channel_name_check (channel, G_MAXSIZE, NULL))
    return BCAST_SIGNING_FIELD_CHANNEL;
  return BCAST_SIGNING_FIELD_CHANNEL_DATA;
}

static BcastSigningField
find_fault_of_request (const BcastSigningInput *self)
{
  const char *path = self->texts[BCAST_SIGNING_FIELD_PATH];

  if (!bcast_signing_timestamp_parse (self->texts[BCAST_SIGNING_FIELD_TIMESTAMP], &(gint64) { 0 }, NULL))
    return BCAST_SIGNING_FIELD_TIMESTAMP;
  if (path[0] != '/' || strpbrk (path, "?# \n") != NULL)
    return BCAST_SIGNING_FIELD_PATH;
  return BCAST_SIGNING_FIELD_QUERY;
}

/* A failed signing says what is wrong, but not with what: that follows from the order of its checks. */
static BcastSigningField
find_fault (const BcastSigningInput *self)
{
  if (self->texts[BCAST_SIGNING_FIELD_KEY][0] == '\0')
    return BCAST_SIGNING_FIELD_KEY;
  if (self->texts[BCAST_SIGNING_FIELD_SECRET][0] == '\0')
    return BCAST_SIGNING_FIELD_SECRET;
  if (self->kind == BCAST_SIGNING_REQUEST)
    return find_fault_of_request (self);
  if (!bcast_socket_id_is_valid (self->texts[BCAST_SIGNING_FIELD_SOCKET]))
    return BCAST_SIGNING_FIELD_SOCKET;
  return self->kind == BCAST_SIGNING_USER ? BCAST_SIGNING_FIELD_USER_DATA : find_fault_of_channel (self);
}

/**
 * bcast_signing_input_clear:
 * @self: an input
 *
 * Frees what it holds.
 */
void
bcast_signing_input_clear (BcastSigningInput *self)
{
  for (guint i = 0; i < BCAST_SIGNING_N_FIELDS; i++)
    g_clear_pointer (&self->texts[i], g_free);
}

/**
 * bcast_signing_input_sign:
 * @self: an input, all of its texts set
 * @faulty: (out): after an error: the field that has to be mended
 * @error: %BCAST_ERROR_INVALID with a sentence about that field
 *
 * Returns: (transfer full) (nullable): the signature with every step
 */
BcastSigning *
bcast_signing_input_sign (const BcastSigningInput  *self,
                          BcastSigningField        *faulty,
                          GError                  **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (faulty != NULL, NULL);

  BcastSigning *signing;

  if (self->kind == BCAST_SIGNING_REQUEST)
    signing = sign_request (self, error);
  else if (self->kind == BCAST_SIGNING_USER)
    signing = bcast_signing_new_user (self->texts[BCAST_SIGNING_FIELD_KEY],
                                      self->texts[BCAST_SIGNING_FIELD_SECRET],
                                      self->texts[BCAST_SIGNING_FIELD_SOCKET],
                                      self->texts[BCAST_SIGNING_FIELD_USER_DATA],
                                      error);
  else
    signing = sign_channel (self, error);

  if (signing == NULL)
    *faulty = find_fault (self);
  return signing;
}

/**
 * bcast_signing_kind_needs:
 * @kind: what is signed
 * @field: something to enter
 *
 * Returns: whether a signature of @kind is made from @field
 */
gboolean
bcast_signing_kind_needs (BcastSigningKind  kind,
                          BcastSigningField field)
{
  g_return_val_if_fail (field < BCAST_SIGNING_N_FIELDS, FALSE);

  return (kinds_of_field[field] & 1u << kind) != 0;
}

/**
 * bcast_signing_timestamp_parse:
 * @text: what was entered
 * @timestamp_s: (out): seconds since 1970
 * @error: %BCAST_ERROR_INVALID when it is no such number
 *
 * Returns: whether @text is a timestamp
 */
gboolean
bcast_signing_timestamp_parse (const char  *text,
                               gint64      *timestamp_s,
                               GError     **error)
{
  guint64 number;

  g_return_val_if_fail (text != NULL, FALSE);

  if (bcast_number_parse (text, 0, G_MAXINT64, &number))
    {
      *timestamp_s = (gint64) number;
      return TRUE;
    }
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("The timestamp must be the seconds since 1970, such as 1700000000."));
  return FALSE;
}

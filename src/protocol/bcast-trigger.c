/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-trigger.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-event-name.h"
#include "bcast-json.h"
#include "bcast-limits.h"

/**
 * BcastTrigger:
 *
 * One publish of the HTTP API: an event for one or more channels. Never changes once made.
 */
struct _BcastTrigger
{
  gatomicrefcount   refs;

  char             *name;
  char            **channels;
  char             *data;
  char             *socket_id;
  char             *info;
};

G_DEFINE_BOXED_TYPE (BcastTrigger, bcast_trigger, bcast_trigger_ref, bcast_trigger_unref)

static gboolean
check_channels (const char * const  *channels,
                GError             **error)
{
  guint n_channels = channels != NULL ? g_strv_length ((char **) channels) : 0;

  if (n_channels == 0)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is no channel to send to. Enter at least one."));
      return FALSE;
    }

  if (n_channels > BCAST_LIMIT_CHANNELS_PER_TRIGGER)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The event goes to %u channels, and %d are allowed at once. Send it in parts."),
                   n_channels, BCAST_LIMIT_CHANNELS_PER_TRIGGER);
      return FALSE;
    }

  for (guint i = 0; i < n_channels; i++)
    {
      if (!bcast_channel_name_check (channels[i], BCAST_LIMIT_CHANNEL_NAME_LENIENT, error))
        return FALSE;

      if (n_channels > 1 && bcast_channel_type_is_encrypted (bcast_channel_name_find_type (channels[i])))
        {
          g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                       _("“%s” is encrypted with a key of its own, so the event cannot go to other "
                         "channels with it. Send to it alone."), channels[i]);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_data (const char  *data,
            GError     **error)
{
  gsize size = strlen (data);

  if (size > BCAST_LIMIT_DATA_BYTES)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The data has %zu bytes, %zu more than the %d that an event may have. Shorten it."),
                   size, size - BCAST_LIMIT_DATA_BYTES, BCAST_LIMIT_DATA_BYTES);
      return FALSE;
    }

  if (!g_utf8_validate_len (data, size, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The data is no valid UTF-8 text. Encode binary data, for instance as base64."));
      return FALSE;
    }

  return TRUE;
}

/**
 * bcast_trigger_new:
 * @name: the event's name
 * @channels: (array zero-terminated=1): 1 to 100 full channel names
 * @data: the data, at most 10 240 bytes
 * @socket_id: (nullable): a socket that does not receive it
 * @info: (nullable): attributes to ask for, comma-separated
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, naming the limit
 *
 * Source of the limits: Channels documentation, “HTTP API”, section “POST event”.
 *
 * Returns: (transfer full) (nullable): the trigger, or %NULL with @error set
 */
BcastTrigger *
bcast_trigger_new (const char          *name,
                   const char * const  *channels,
                   const char          *data,
                   const char          *socket_id,
                   const char          *info,
                   GError             **error)
{
  g_return_val_if_fail (name != NULL && data != NULL, NULL);

  if (!check_channels (channels, error)
      || !bcast_event_name_check (name, error)
      || !check_data (data, error))
    return NULL;

  if (socket_id != NULL && !bcast_socket_id_is_valid (socket_id))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%.*s” is no socket id: it must be two numbers with a dot between."),
                   bcast_error_clip (socket_id, 64), socket_id);
      return NULL;
    }

  BcastTrigger *self = g_new0 (BcastTrigger, 1);

  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->channels = g_strdupv ((char **) channels);
  self->data = g_strdup (data);
  self->socket_id = g_strdup (socket_id);
  self->info = g_strdup (info);
  return self;
}

typedef struct
{
  char       *name;
  GPtrArray  *channels;
  char       *data;
  char       *socket_id;
  char       *info;
  const char *no_text; /* which member has what no text can have */
} Body;

/* What is published comes out as it went in, or not at all. */
static char *
dup_text (Body                *body,
          const char          *member,
          const BcastJsonSpan *value)
{
  if (bcast_json_span_is_text (value))
    return bcast_json_span_dup_string (value, NULL);

  body->no_text = member;
  return NULL;
}

static gboolean
take_text (Body                 *body,
           const char           *member,
           const BcastJsonSpan  *value,
           char                **field)
{
  g_free (*field);
  *field = NULL;
  if (value->type == BCAST_JSON_NULL)
    return TRUE;
  if (value->type != BCAST_JSON_STRING)
    return FALSE;
  *field = dup_text (body, member, value);
  return *field != NULL;
}

static gboolean
take_channel (Body                *body,
              const char          *member,
              const BcastJsonSpan *value)
{
  char *channel = dup_text (body, member, value);

  if (channel == NULL)
    return FALSE;
  g_ptr_array_add (body->channels, channel);
  return TRUE;
}

/* Hosted Pusher asks for a string; other values are tolerated as soketi does. */
static gboolean
take_data (Body                *body,
           const BcastJsonSpan *value)
{
  g_free (body->data);
  body->data = value->type == BCAST_JSON_STRING ? dup_text (body, "data", value)
                                                : g_strndup (value->start, value->length);
  return body->data != NULL;
}

/* More than can be sent are counted and not kept. */
static gboolean
take_listed_channel (const BcastJsonSpan *item,
                     gpointer             user_data)
{
  Body *body = user_data;

  if (body->channels->len > BCAST_LIMIT_CHANNELS_PER_TRIGGER)
    return TRUE;
  return item->type == BCAST_JSON_STRING && take_channel (body, "channels", item);
}

static gboolean
take_channels (Body                *body,
               const BcastJsonSpan *value)
{
  return bcast_json_scan_array (value->start, value->length, take_listed_channel, body, NULL);
}

static gboolean
take_member (const BcastJsonSpan *key,
             const BcastJsonSpan *value,
             gpointer             user_data)
{
  Body *body = user_data;

  if (bcast_json_span_equals (key, "name"))
    return take_text (body, "name", value, &body->name);
  if (bcast_json_span_equals (key, "socket_id"))
    return take_text (body, "socket_id", value, &body->socket_id);
  if (bcast_json_span_equals (key, "info"))
    return take_text (body, "info", value, &body->info);
  if (bcast_json_span_equals (key, "channels"))
    return take_channels (body, value);
  if (bcast_json_span_equals (key, "channel") && value->type == BCAST_JSON_STRING)
    return take_channel (body, "channel", value);
  if (bcast_json_span_equals (key, "data"))
    return take_data (body, value);
  return TRUE;
}

static BcastTrigger *
make_trigger (Body    *body,
              GError **error)
{
  if (body->name == NULL || body->data == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("The body has no “%s”."), body->name == NULL ? "name" : "data");
      return NULL;
    }

  g_ptr_array_add (body->channels, NULL);
  return bcast_trigger_new (body->name, (const char * const *) body->channels->pdata, body->data,
                            body->socket_id, body->info, error);
}

/**
 * bcast_trigger_parse:
 * @body: (array length=length): the body of `POST /apps/{id}/events`
 * @length: its length in bytes
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, naming what is wrong
 *
 * Returns: (transfer full) (nullable): the trigger, or %NULL with @error set
 */
BcastTrigger *
bcast_trigger_parse (const char  *body,
                     gsize        length,
                     GError     **error)
{
  Body members = { .channels = g_ptr_array_new_with_free_func (g_free) };
  BcastTrigger *self = NULL;
  g_autoptr(GError) problem = NULL;
  gsize offset = 0;

  if (bcast_json_scan_object (body, length, take_member, &members, &offset, &problem))
    self = make_trigger (&members, error);
  else if (members.no_text != NULL)
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("“%s” has a NUL character or half of a surrogate pair, which no text can carry. Leave it "
                   "out, or send it encoded, for instance as base64."), members.no_text);
  else
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                 _("The body is no event (byte %zu): %s"), offset + 1, problem->message);

  g_free (members.name);
  g_free (members.data);
  g_free (members.socket_id);
  g_free (members.info);
  g_ptr_array_unref (members.channels);
  return self;
}

/**
 * bcast_trigger_ref:
 * @self: a trigger
 *
 * Returns: (transfer full): @self
 */
BcastTrigger *
bcast_trigger_ref (BcastTrigger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * bcast_trigger_unref:
 * @self: (transfer full): a trigger
 */
void
bcast_trigger_unref (BcastTrigger *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->name);
  g_strfreev (self->channels);
  g_free (self->data);
  g_free (self->socket_id);
  g_free (self->info);
  g_free (self);
}

/**
 * bcast_trigger_get_name:
 * @self: a trigger
 *
 * Returns: the event's name
 */
const char *
bcast_trigger_get_name (BcastTrigger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * bcast_trigger_get_channels:
 * @self: a trigger
 *
 * Returns: (array zero-terminated=1): the channels it goes to
 */
const char * const *
bcast_trigger_get_channels (BcastTrigger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char * const *) self->channels;
}

/**
 * bcast_trigger_get_data:
 * @self: a trigger
 *
 * Returns: the data
 */
const char *
bcast_trigger_get_data (BcastTrigger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data;
}

/**
 * bcast_trigger_get_socket_id:
 * @self: a trigger
 *
 * Returns: (nullable): the socket that does not receive it
 */
const char *
bcast_trigger_get_socket_id (BcastTrigger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->socket_id;
}

/**
 * bcast_trigger_get_info:
 * @self: a trigger
 *
 * Returns: (nullable): the attributes asked for
 */
const char *
bcast_trigger_get_info (BcastTrigger *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->info;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-send-plan.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-limits.h"
#include "bcast-secret-box.h"

/**
 * BcastSendPlan:
 *
 * The HTTP API takes a hundred channels at once, ten events in a batch, and an encrypted channel only
 * alone, because each has a key of its own. Who sends need not know: more is split into several requests.
 * Source: Channels documentation, “HTTP API” and “Encrypted channels”.
 */

static void
row_free (gpointer data)
{
  BcastSendRow *row = data;

  g_free (row->channel);
  g_free (row->data);
  g_free (row);
}

static void
request_free (gpointer data)
{
  BcastSendRequest *request = data;

  g_ptr_array_unref (request->triggers);
  g_free (request);
}

static BcastSendPlan *
plan_new (void)
{
  BcastSendPlan *self = g_new0 (BcastSendPlan, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  return self;
}

static BcastSendRequest *
add_request (BcastSendPlan *self,
             gboolean       is_batch)
{
  BcastSendRequest *request = g_new0 (BcastSendRequest, 1);

  request->triggers = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_trigger_unref);
  request->is_batch = is_batch;
  request->first_row = self->rows->len;
  g_ptr_array_add (self->requests, request);
  return request;
}

static void
add_row (BcastSendPlan *self,
         guint          draft,
         const char    *channel,
         const char    *data)
{
  BcastSendRow *row = g_new0 (BcastSendRow, 1);

  row->draft = draft;
  row->channel = g_strdup (channel);
  row->data = g_strdup (data);
  g_ptr_array_add (self->rows, row);
}

static gboolean
is_encrypted (const char *channel)
{
  return bcast_channel_type_is_encrypted (bcast_channel_name_find_type (channel));
}

static GBytes *
derive_key (BcastApp   *app,
            const char *channel)
{
  const char *master_key = bcast_app_get_master_key (app);
  g_autoptr(GBytes) master = master_key != NULL ? bcast_secret_box_parse_key (master_key, NULL) : NULL;

  return master != NULL ? bcast_secret_box_derive_key (master, channel) : NULL;
}

/* Gives what goes on the wire to an encrypted channel, and what it means. Data that a library has
 * encrypted already, as in an event that is sent again, goes out as it is. */
static char *
seal (BcastApp    *app,
      const char  *channel,
      const char  *data,
      char       **plain,
      GError     **error)
{
  g_autoptr(GBytes) key = derive_key (app, channel);

  if (bcast_secret_box_is_sealed (data))
    {
      *plain = key != NULL ? bcast_secret_box_open (key, data, NULL) : NULL;
      if (*plain == NULL)
        *plain = g_strdup (data);
      return g_strdup (data);
    }

  if (key == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                   _("Not sent: “%s” is an encrypted channel, and without the app's encryption master key the "
                     "server could read the data. Enter the key in the profile, or use a private channel."),
                   channel);
      return NULL;
    }

  *plain = g_strdup (data);
  return bcast_secret_box_seal (key, data, NULL, error);
}

static gboolean
has_attribute (const char * const *channels,
               const char         *attribute)
{
  gboolean for_presence = strcmp (attribute, "user_count") == 0;

  for (guint i = 0; channels[i] != NULL; i++)
    if (bcast_channel_type_is_presence (bcast_channel_name_find_type (channels[i])) == for_presence)
      return TRUE;
  return FALSE;
}

/* Servers refuse a request for what none of its channels has. What no channel of the draft has is asked for
 * all the same, so that the server says so. */
static char *
dup_info (const BcastDraft   *draft,
          const char * const *channels)
{
  g_auto(GStrv) asked = g_strsplit (draft->info != NULL ? draft->info : "", ",", -1);
  g_autoptr(GString) info = g_string_new (NULL);

  for (guint i = 0; asked[i] != NULL; i++)
    if (has_attribute (channels, asked[i]) || !has_attribute ((const char * const *) draft->channels, asked[i]))
      g_string_append_printf (info, "%s%s", info->len > 0 ? "," : "", asked[i]);
  return info->len > 0 ? g_strdup (info->str) : NULL;
}

/* Adds one event for @channels, which are one channel if any of them is encrypted. */
static gboolean
add_trigger (BcastSendPlan       *self,
             BcastSendRequest    *request,
             BcastApp            *app,
             const BcastDraft    *draft,
             guint                draft_number,
             const char          *socket_id,
             const char * const  *channels,
             GError             **error)
{
  g_autofree char *plain = NULL;
  g_autofree char *sealed = NULL;
  g_autofree char *info = dup_info (draft, channels);
  BcastTrigger *trigger;

  if (is_encrypted (channels[0]) && (sealed = seal (app, channels[0], draft->data, &plain, error)) == NULL)
    return FALSE;

  trigger = bcast_trigger_new (draft->name, channels, sealed != NULL ? sealed : draft->data, socket_id, info, error);
  if (trigger == NULL)
    return FALSE;

  g_ptr_array_add (request->triggers, trigger);
  for (guint i = 0; channels[i] != NULL; i++)
    add_row (self, draft_number, channels[i], plain != NULL ? plain : draft->data);
  request->n_rows = self->rows->len - request->first_row;
  return TRUE;
}

/* As many channels at once as the API takes, and each encrypted one alone. */
static gboolean
plan_triggers (BcastSendPlan     *self,
               BcastApp          *app,
               const BcastDraft  *draft,
               const char        *socket_id,
               GError           **error)
{
  const char * const *channels = (const char * const *) draft->channels;
  g_autoptr(GPtrArray) part = g_ptr_array_new ();

  for (guint i = 0; channels[i] != NULL; i++)
    {
      const char *alone[] = { channels[i], NULL };

      if (!is_encrypted (channels[i]))
        g_ptr_array_add (part, (char *) channels[i]);
      else if (!add_trigger (self, add_request (self, FALSE), app, draft, 0, socket_id, alone, error))
        return FALSE;

      if (part->len == 0 || (part->len < BCAST_LIMIT_CHANNELS_PER_TRIGGER && channels[i + 1] != NULL))
        continue;
      g_ptr_array_add (part, NULL);
      if (!add_trigger (self, add_request (self, FALSE), app, draft, 0, socket_id,
                        (const char * const *) part->pdata, error))
        return FALSE;
      g_ptr_array_set_size (part, 0);
    }
  return TRUE;
}

static gboolean
plan_batches (BcastSendPlan             *self,
              BcastApp                  *app,
              const BcastDraft * const  *drafts,
              const char * const        *socket_ids,
              guint                      n_drafts,
              GError                   **error)
{
  BcastSendRequest *request = NULL;

  for (guint i = 0; i < n_drafts; i++)
    for (guint j = 0; drafts[i]->channels[j] != NULL; j++)
      {
        const char *channels[] = { drafts[i]->channels[j], NULL };

        if (request == NULL || request->triggers->len == BCAST_LIMIT_EVENTS_PER_BATCH)
          request = add_request (self, TRUE);
        if (!add_trigger (self, request, app, drafts[i], i, socket_ids[i], channels, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
check_drafts (const BcastDraft * const  *drafts,
              guint                      n_drafts,
              GError                   **error)
{
  for (guint i = 0; i < n_drafts; i++)
    if (drafts[i]->channels[0] == NULL)
      {
        g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                             _("There is no channel to send to. Enter at least one."));
        return FALSE;
      }
  return TRUE;
}

/**
 * bcast_send_plan_new:
 * @app: the app to send for; its master key encrypts what goes to encrypted channels
 * @drafts: (array length=n_drafts): one event for one or more channels, or several events that go out in
 *   batches
 * @socket_ids: (array length=n_drafts): for each draft the socket that does not receive it, or %NULL
 * @n_drafts: how many, at least one
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE with the limit, %BCAST_ERROR_UNAUTHORIZED
 *   without the key of an encrypted channel
 *
 * Nothing is planned unless all of it can be sent.
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with @error set
 */
BcastSendPlan *
bcast_send_plan_new (BcastApp                  *app,
                     const BcastDraft * const  *drafts,
                     const char * const        *socket_ids,
                     guint                      n_drafts,
                     GError                   **error)
{
  g_return_val_if_fail (app != NULL && drafts != NULL && socket_ids != NULL && n_drafts > 0, NULL);

  g_autoptr(BcastSendPlan) self = plan_new ();

  if (!check_drafts (drafts, n_drafts, error)
      || !(n_drafts == 1 ? plan_triggers (self, app, drafts[0], socket_ids[0], error)
                         : plan_batches (self, app, drafts, socket_ids, n_drafts, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * bcast_send_plan_new_client_event:
 * @draft: one event for one channel, to be sent by a client
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE with the limit, which holds for client events as
 *   it does for others
 *
 * Returns: (transfer full) (nullable): a plan of one row and no request, or %NULL with @error set
 */
BcastSendPlan *
bcast_send_plan_new_client_event (const BcastDraft  *draft,
                                  GError           **error)
{
  g_return_val_if_fail (draft != NULL && draft->channels[0] != NULL, NULL);

  g_autoptr(BcastTrigger) checked = bcast_trigger_new (draft->name, (const char * const *) draft->channels,
                                                       draft->data, NULL, NULL, error);

  if (checked == NULL)
    return NULL;

  BcastSendPlan *self = plan_new ();

  add_row (self, 0, draft->channels[0], draft->data);
  return self;
}

/**
 * bcast_send_plan_free:
 * @self: (transfer full): a plan
 */
void
bcast_send_plan_free (BcastSendPlan *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-config-private.h"

#include <glib/gi18n-lib.h>

#include "bcast-error.h"

#define MAX_WEBHOOKS 100 /* ours, of one app */

static gboolean
read_events (const BcastConfigReader  *reader,
             BcastWebhook             *webhook,
             GError                  **error)
{
  g_auto(GStrv) events = NULL;

  if (!bcast_config_reader_get_strings (reader, "events", &events, error))
    return FALSE;

  for (guint i = 0; events != NULL && events[i] != NULL; i++)
    {
      BcastReportKind kind;

      if (!bcast_webhook_kind_parse (events[i], &kind, error))
        {
          g_autofree char *place = bcast_config_reader_dup_place (reader, "events");

          g_prefix_error (error, "%s: ", place);
          return FALSE;
        }
      webhook->kinds |= 1u << kind;
    }
  return TRUE;
}

static gboolean
read_headers (const BcastConfigReader  *webhook_reader,
              BcastWebhook             *webhook,
              GError                  **error)
{
  g_auto(BcastConfigReader) reader = { NULL, NULL };
  JsonNode *node = json_object_get_member (webhook_reader->object, "headers");
  g_autofree char *place = bcast_config_reader_dup_place (webhook_reader, "headers");
  g_autoptr(GPtrArray) headers = g_ptr_array_new_with_free_func (g_free);

  if (node == NULL)
    return TRUE;
  if (!bcast_config_reader_open (&reader, node, place, NULL, error))
    return FALSE;

  g_autoptr(GList) names = json_object_get_members (reader.object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      char *value = NULL;

      if (!bcast_config_reader_get_string (&reader, l->data, &value, error))
        return FALSE;
      g_ptr_array_add (headers, g_strdup (l->data));
      g_ptr_array_add (headers, value != NULL ? value : g_strdup (""));
    }

  g_ptr_array_add (headers, NULL);
  webhook->headers = (char **) g_ptr_array_free (g_steal_pointer (&headers), FALSE);
  return TRUE;
}

static BcastWebhook *
read_webhook (JsonNode    *node,
              const char  *place,
              GError     **error)
{
  static const char * const members[] = { "url", "events", "channel_prefix", "headers", "batch", NULL };
  g_auto(BcastConfigReader) reader = { NULL, NULL };
  g_autofree char *url = NULL;

  if (!bcast_config_reader_open (&reader, node, place, members, error)
      || !bcast_config_reader_get_string (&reader, "url", &url, error))
    return NULL;

  g_autoptr(BcastWebhook) webhook = bcast_webhook_new (url != NULL ? url : "");

  if (!read_events (&reader, webhook, error)
      || !bcast_config_reader_get_string (&reader, "channel_prefix", &webhook->channel_prefix, error)
      || !read_headers (&reader, webhook, error)
      || !bcast_config_reader_get_boolean (&reader, "batch", &webhook->is_batched, error))
    return NULL;

  if (!bcast_webhook_check (webhook, error))
    {
      g_prefix_error (error, "%s: ", place);
      return NULL;
    }
  return g_steal_pointer (&webhook);
}

/**
 * bcast_webhook_config_read:
 * @app: an app of a config file
 * @webhooks: (element-type BcastWebhook): gets its webhooks
 * @error: %BCAST_ERROR_INVALID or %BCAST_ERROR_TOO_LARGE, naming the place and what is expected there
 *
 * Returns: whether they can be used
 */
gboolean
bcast_webhook_config_read (const BcastConfigReader  *app,
                           GPtrArray                *webhooks,
                           GError                  **error)
{
  g_return_val_if_fail (app != NULL && webhooks != NULL, FALSE);

  JsonArray *array = NULL;
  g_autofree char *list = bcast_config_reader_dup_place (app, "webhooks");

  if (!bcast_config_reader_get_array (app, "webhooks", &array, error))
    return FALSE;

  guint n_webhooks = array != NULL ? json_array_get_length (array) : 0;

  if (n_webhooks > MAX_WEBHOOKS)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("“%s” in the config file has %u webhooks, %u more than the %d that an app may have."), list,
                   n_webhooks, n_webhooks - MAX_WEBHOOKS, MAX_WEBHOOKS);
      return FALSE;
    }

  for (guint i = 0; i < n_webhooks; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s[%u]", list, i);
      BcastWebhook *webhook = read_webhook (json_array_get_element (array, i), place, error);

      if (webhook == NULL)
        return FALSE;
      g_ptr_array_add (webhooks, webhook);
    }
  return TRUE;
}

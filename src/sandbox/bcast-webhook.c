/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-http-text.h"
#include "bcast-limits.h"

#define RESERVED_HEADERS  "X-Pusher-"
#define PREFIX_CHARACTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-=@,.;"

/* Source: Channels documentation, “Webhooks”, sections from “Channel existence events” on. */
static const struct
{
  BcastReportKind  kind;
  const char      *name;
} names[] = {
  { BCAST_REPORT_OCCUPIED, "channel_occupied" },
  { BCAST_REPORT_VACATED, "channel_vacated" },
  { BCAST_REPORT_MEMBER_ADDED, "member_added" },
  { BCAST_REPORT_MEMBER_REMOVED, "member_removed" },
  { BCAST_REPORT_CLIENT_EVENT, "client_event" },
  { BCAST_REPORT_CACHE_MISS, "cache_miss" },
  { BCAST_REPORT_SUBSCRIPTION_COUNT, "subscription_count" },
};

/**
 * bcast_webhook_new:
 * @url: where it goes; not checked here
 *
 * Returns: (transfer full): a webhook that is told everything, one event a request
 */
BcastWebhook *
bcast_webhook_new (const char *url)
{
  g_return_val_if_fail (url != NULL, NULL);

  BcastWebhook *self = g_new0 (BcastWebhook, 1);

  self->url = g_strdup (url);
  return self;
}

/**
 * bcast_webhook_copy:
 * @self: a webhook
 *
 * Returns: (transfer full): the same with texts of its own
 */
BcastWebhook *
bcast_webhook_copy (const BcastWebhook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  BcastWebhook *copy = bcast_webhook_new (self->url);

  copy->kinds = self->kinds;
  copy->channel_prefix = g_strdup (self->channel_prefix);
  copy->headers = g_strdupv (self->headers);
  copy->is_batched = self->is_batched;
  return copy;
}

/**
 * bcast_webhook_free:
 * @self: (transfer full): a webhook
 */
void
bcast_webhook_free (BcastWebhook *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->url);
  g_free (self->channel_prefix);
  g_strfreev (self->headers);
  g_free (self);
}

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
check_headers (const char * const  *headers,
               GError             **error)
{
  if (g_strv_length ((char **) headers) % 2 != 0)
    return fail (error, _("The last header of a webhook has no value. Write each as in “X-Tenant: acme”."));

  for (gsize i = 0; headers[i] != NULL; i += 2)
    if (g_ascii_strncasecmp (headers[i], RESERVED_HEADERS, strlen (RESERVED_HEADERS)) == 0)
      return fail (error, _("Headers that begin with X-Pusher- say who sent a webhook, so that they cannot be set. "
                            "Leave them out."));

  return bcast_http_headers_check (headers, error);
}

static gboolean
check_prefix (const char  *prefix,
              GError     **error)
{
  gsize length = strlen (prefix);

  if (length <= BCAST_LIMIT_CHANNEL_NAME_LENIENT && strspn (prefix, PREFIX_CHARACTERS) == length)
    return TRUE;
  return fail (error, _("No channel's name begins like the prefix that is set for a webhook: it is too long, or has "
                        "characters that names cannot have. Enter one such as “private-orders-”."));
}

/**
 * bcast_webhook_check:
 * @self: a webhook that a user set up
 * @error: %BCAST_ERROR_INVALID, or %BCAST_ERROR_TOO_LARGE when there are too many headers; nothing that was
 *   entered is repeated
 *
 * Returns: whether it can be sent
 */
gboolean
bcast_webhook_check (const BcastWebhook  *self,
                     GError             **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!bcast_http_url_check (self->url, error))
    return FALSE;
  if ((self->kinds & ~BCAST_WEBHOOK_ALL) != 0)
    return fail (error, _("A webhook is set up to be told of something that is not told by webhooks."));
  if (self->channel_prefix != NULL && !check_prefix (self->channel_prefix, error))
    return FALSE;
  return self->headers == NULL || check_headers ((const char * const *) self->headers, error);
}

/**
 * bcast_webhook_dup_shown_url:
 * @url: where a webhook goes
 *
 * Returns: (transfer full): as much of it as may stand in a log: the query may hold a secret of the receiver's
 */
char *
bcast_webhook_dup_shown_url (const char *url)
{
  g_return_val_if_fail (url != NULL, NULL);

  return g_strndup (url, strcspn (url, "?#"));
}

/**
 * bcast_webhook_wants:
 * @self: a webhook
 * @report: something that happened
 *
 * Returns: whether it is to be told of @report
 */
gboolean
bcast_webhook_wants (const BcastWebhook *self,
                     const BcastReport  *report)
{
  g_return_val_if_fail (self != NULL && report != NULL, FALSE);

  guint kinds = self->kinds != 0 ? self->kinds : BCAST_WEBHOOK_ALL;

  return (kinds & BCAST_WEBHOOK_ALL & 1u << report->kind) != 0
         && report->channel != NULL
         && (self->channel_prefix == NULL || g_str_has_prefix (report->channel, self->channel_prefix));
}

/**
 * bcast_webhook_kind_to_string:
 * @kind: one of %BCAST_WEBHOOK_ALL
 *
 * Returns: (nullable): its `name` in a webhook; %NULL for what is not told by webhooks
 */
const char *
bcast_webhook_kind_to_string (BcastReportKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].kind == kind)
      return names[i].name;
  return NULL;
}

/**
 * bcast_webhook_kind_parse:
 * @text: a `name` as in a webhook
 * @kind: (out): which kind it is
 * @error: %BCAST_ERROR_INVALID, which lists the names there are
 *
 * Returns: whether there is one of that name
 */
gboolean
bcast_webhook_kind_parse (const char       *text,
                          BcastReportKind  *kind,
                          GError          **error)
{
  g_return_val_if_fail (text != NULL && kind != NULL, FALSE);

  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (text, names[i].name) == 0)
        {
          *kind = names[i].kind;
          return TRUE;
        }
      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", names[i].name);
    }

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("There is no webhook event “%.*s”. There are %s."),
               bcast_error_clip (text, BCAST_LIMIT_EVENT_NAME), text, list->str);
  return FALSE;
}

static void
free_webhook (gpointer webhook)
{
  bcast_webhook_free (webhook);
}

/**
 * bcast_webhook_array_new:
 *
 * Returns: (transfer full) (element-type BcastWebhook): room for webhooks, which it will own
 */
GPtrArray *
bcast_webhook_array_new (void)
{
  return g_ptr_array_new_with_free_func (free_webhook);
}

/**
 * bcast_webhook_array_copy:
 * @webhooks: (element-type BcastWebhook): webhooks
 *
 * Returns: (transfer full) (element-type BcastWebhook): a copy of each
 */
GPtrArray *
bcast_webhook_array_copy (GPtrArray *webhooks)
{
  g_return_val_if_fail (webhooks != NULL, NULL);

  GPtrArray *copies = bcast_webhook_array_new ();

  for (guint i = 0; i < webhooks->len; i++)
    g_ptr_array_add (copies, bcast_webhook_copy (webhooks->pdata[i]));
  return copies;
}

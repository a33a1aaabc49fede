/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-cast-private.h"

#include <string.h>

#include "bcast-json.h"
#include "bcast-secret-store.h"

/* Texts that are not NULL, in a list. */
static void
append_list (GString            *text,
             const char         *key,
             const char * const *items,
             guint               n_items)
{
  g_string_append_printf (text, ",\"%s\":[", key);
  for (guint i = 0; i < n_items; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      bcast_json_append_quoted (text, items[i], -1);
    }
  g_string_append_c (text, ']');
}

static void
append_text (GString    *text,
             const char *key,
             const char *value)
{
  if (value == NULL)
    return;

  g_string_append_printf (text, ",\"%s\":", key);
  bcast_json_append_quoted (text, value, -1);
}

static void
append_member (GString               *text,
               const BcastCastMember *member)
{
  const BcastClientOptions *options = member->options;
  const char * const *watchlist = (const char * const *) options->watchlist;

  g_string_append (text, "{\"name\":");
  bcast_json_append_quoted (text, options->name, -1);
  append_text (text, "user_id", options->user_id);
  append_text (text, "user_info", options->user_info);
  append_text (text, "signer", bcast_cast_signers[options->signer]);
  if (options->signs_in)
    g_string_append (text, ",\"signs_in\":true");
  if (watchlist != NULL && watchlist[0] != NULL)
    append_list (text, "watchlist", watchlist, g_strv_length (options->watchlist));
  if (bcast_cast_member_has_secrets (member))
    g_string_append (text, ",\"secrets\":true");
  append_list (text, "channels", (const char * const *) member->channels->pdata, member->channels->len);
  g_string_append_c (text, '}');
}

/**
 * bcast_cast_format:
 * @self: a cast
 *
 * Writes all but what clients send to be authorized, which may be secret; but that there is something.
 *
 * Returns: (transfer full): JSON for bcast_cast_parse(), a client a line
 */
char *
bcast_cast_format (const BcastCast *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "{\"version\":%d,\"clients\":[", BCAST_CAST_VERSION);
  for (guint i = 0; i < self->members->len; i++)
    {
      g_string_append (text, i > 0 ? ",\n" : "\n");
      append_member (text, self->members->pdata[i]);
    }
  g_string_append (text, "]}\n");
  return g_string_free (text, FALSE);
}

static void
append_secrets (GString    *json,
                const char *name,
                const char *secrets)
{
  g_string_append_c (json, json->len > 0 ? ',' : '{');
  bcast_json_append_quoted (json, name, -1);
  g_string_append_c (json, ':');
  g_string_append (json, secrets);
}

/**
 * bcast_cast_format_secrets:
 * @self: a cast
 *
 * Writes what clients send to be authorized, by their names. Goes to a #BcastSecretStore as
 * %BCAST_SECRET_KIND_CLIENTS and nowhere else.
 *
 * Returns: (transfer full) (nullable): one line of JSON, for bcast_secret_free(); %NULL when there is nothing
 */
char *
bcast_cast_format_secrets (const BcastCast *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) bcast_secret_free);
  gsize size = 0;
  GString *json;

  for (guint i = 0; i < self->members->len; i++)
    {
      const BcastCastMember *member = self->members->pdata[i];
      g_autoptr(BcastAuthorizerSecrets) secrets = bcast_client_options_dup_secrets (member->options);
      gboolean has_any = !bcast_authorizer_secrets_is_empty (secrets);

      g_ptr_array_add (pieces, has_any ? bcast_authorizer_secrets_format (secrets) : NULL);
      if (has_any)
        size += strlen (pieces->pdata[i]) + 6 * strlen (member->options->name) + 4; /* \u0000 at worst */
    }
  if (size == 0)
    return NULL;

  /* Large enough from the start: a buffer that grows leaves copies behind. */
  json = g_string_sized_new (size + 2);
  for (guint i = 0; i < pieces->len; i++)
    if (pieces->pdata[i] != NULL)
      append_secrets (json, ((const BcastCastMember *) self->members->pdata[i])->options->name, pieces->pdata[i]);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

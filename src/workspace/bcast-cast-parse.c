/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-cast-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-number.h"
#include "bcast-secret-store.h"

#define MOST_CLIENTS  200
#define MOST_CHANNELS 10000 /* of all clients together */
#define MOST_WATCHED  1000  /* what is read; how many may be watched is for the server */

/* One text on its way to a cast. */
typedef struct
{
  BcastCast     *cast;
  GHashTable    *by_name;  /* of BcastCastMember */
  GHashTable    *without;  /* names of those whose secrets were not found yet */
  gboolean       has_version;
  guint          version;
  gboolean       has_clients;
  BcastJsonSpan  clients;
  guint          n_read;     /* clients, good and bad */
  guint          n_channels;
  char          *left_out;   /* the first of what is left out */
} Parse;

/* One client on its way into it. */
typedef struct
{
  Parse              *parse;
  BcastClientOptions *options;
  gboolean            has_secrets;
  gboolean            has_channels;
  BcastJsonSpan       channels;
} Draft;

static void
parse_clear (Parse *self)
{
  bcast_cast_free (self->cast);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->without, g_hash_table_unref);
  g_clear_pointer (&self->left_out, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parse, parse_clear)

/* One sentence is enough, however much is wrong. */
static void
leave_out (Parse      *self,
           const char *who,
           const char *why)
{
  if (self->left_out == NULL)
    self->left_out = g_strdup_printf (_("Not everything that is remembered of the clients could be brought back. "
                                        "%s: %s"), who, why);
}

static gboolean
take_text (char                **text,
           const BcastJsonSpan  *value)
{
  if (value->type != BCAST_JSON_STRING || !bcast_json_span_is_text (value))
    return FALSE;
  g_free (*text);
  *text = bcast_json_span_dup_string (value, NULL);
  return TRUE;
}

static gboolean
take_flag (gboolean            *flag,
           const BcastJsonSpan *value)
{
  *flag = value->type == BCAST_JSON_TRUE;
  return *flag || value->type == BCAST_JSON_FALSE;
}

static gboolean
take_signer (BcastClientSigner   *signer,
             const BcastJsonSpan *value)
{
  for (guint i = 0; i < BCAST_CAST_N_SIGNERS; i++)
    if (bcast_json_span_equals (value, bcast_cast_signers[i]))
      {
        *signer = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_watched (const BcastJsonSpan *item,
              gpointer             user_data)
{
  GPtrArray *users = user_data;
  char *user = NULL;

  if (users->len == MOST_WATCHED || !take_text (&user, item))
    return FALSE;
  g_ptr_array_add (users, user);
  return TRUE;
}

static gboolean
take_watchlist (char              ***watchlist,
                const BcastJsonSpan *value)
{
  g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func (g_free);

  if (!bcast_json_scan_array (value->start, value->length, take_watched, users, NULL))
    return FALSE;
  g_ptr_array_add (users, NULL);
  g_strfreev (*watchlist);
  *watchlist = g_strdupv ((char **) users->pdata);
  return TRUE;
}

static gboolean
take_field (const BcastJsonSpan *key,
            const BcastJsonSpan *value,
            gpointer             user_data)
{
  Draft *draft = user_data;
  BcastClientOptions *options = draft->options;

  if (bcast_json_span_equals (key, "name"))
    return take_text (&options->name, value);
  if (bcast_json_span_equals (key, "user_id"))
    return take_text (&options->user_id, value);
  if (bcast_json_span_equals (key, "user_info"))
    return take_text (&options->user_info, value);
  if (bcast_json_span_equals (key, "signs_in"))
    return take_flag (&options->signs_in, value);
  if (bcast_json_span_equals (key, "secrets"))
    return take_flag (&draft->has_secrets, value);
  if (bcast_json_span_equals (key, "signer"))
    return take_signer (&options->signer, value);
  if (bcast_json_span_equals (key, "watchlist"))
    return take_watchlist (&options->watchlist, value);
  if (bcast_json_span_equals (key, "channels"))
    {
      draft->channels = *value;
      draft->has_channels = TRUE;
    }
  return TRUE;
}

/* A channel and where it goes. */
typedef struct
{
  Parse           *parse;
  BcastCastMember *member;
  GHashTable      *known;
} Join;

static gboolean
take_channel (const BcastJsonSpan *item,
              gpointer             user_data)
{
  Join *join = user_data;
  Parse *parse = join->parse;
  const char *who = join->member->options->name;
  g_autofree char *channel = NULL;
  g_autoptr(GError) error = NULL;

  if (parse->n_channels == MOST_CHANNELS)
    {
      leave_out (parse, who, _("There are too many subscriptions."));
      return FALSE;
    }
  if (!take_text (&channel, item))
    leave_out (parse, who, _("One of its channels is no text."));
  else if (!bcast_client_channel_check (channel, &error))
    leave_out (parse, who, error->message);
  else if (!g_hash_table_contains (join->known, channel))
    {
      parse->n_channels++;
      bcast_cast_member_join (join->member, channel);
      g_hash_table_add (join->known, g_steal_pointer (&channel));
    }
  return TRUE;
}

static void
take_channels (Parse               *self,
               BcastCastMember     *member,
               const BcastJsonSpan *value)
{
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Join join = { self, member, known };

  if (value->type != BCAST_JSON_ARRAY)
    leave_out (self, member->options->name, _("Its channels are no list."));
  else
    bcast_json_scan_array (value->start, value->length, take_channel, &join, NULL);
}

/* Who a client is has to be right as a whole: half of it would be somebody else. */
static BcastClientOptions *
take_options (Draft                *draft,
              const BcastJsonSpan  *item,
              GError              **error)
{
  BcastClientOptions *options;

  if (!bcast_json_scan_object (item->start, item->length, take_field, draft, NULL, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("What is remembered of it cannot be read."));
      return NULL;
    }
  options = bcast_client_options_complete (draft->options, error);
  if (options != NULL && g_hash_table_contains (draft->parse->by_name, options->name))
    {
      g_clear_pointer (&options, bcast_client_options_free);
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("There is another client of that name."));
    }
  return options;
}

static gboolean
take_client (const BcastJsonSpan *item,
             gpointer             user_data)
{
  Parse *self = user_data;
  g_autoptr(BcastClientOptions) raw = bcast_client_options_new ("");
  g_autoptr(BcastClientOptions) options = NULL;
  g_autoptr(GError) error = NULL;
  Draft draft = { .parse = self, .options = raw };
  g_autofree char *who = g_strdup_printf (_("Client %u"), ++self->n_read); /* its name may be what is wrong */
  BcastCastMember *member;

  if (self->cast->members->len == MOST_CLIENTS)
    {
      leave_out (self, who, _("There are too many clients."));
      return FALSE;
    }
  options = take_options (&draft, item, &error);
  if (options == NULL)
    {
      leave_out (self, who, error->message);
      return TRUE;
    }

  member = bcast_cast_add (self->cast, options);
  g_hash_table_insert (self->by_name, member->options->name, member);
  if (draft.has_secrets)
    g_hash_table_add (self->without, member->options->name);
  if (draft.has_channels)
    take_channels (self, member, &draft.channels);
  return TRUE;
}

static void
give_secrets (BcastClientOptions     *options,
              BcastAuthorizerSecrets *secrets)
{
  if (secrets->headers[0] != NULL)
    options->headers = g_steal_pointer (&secrets->headers);
  if (secrets->params[0] != NULL)
    options->params = g_steal_pointer (&secrets->params);
  if (*secrets->cookies != '\0')
    options->cookies = g_steal_pointer (&secrets->cookies);
  if (*secrets->bearer != '\0')
    options->bearer = g_steal_pointer (&secrets->bearer);
}

/* Each client is given secrets once; of those who are no more, what is left is passed over. */
static gboolean
take_secrets (const BcastJsonSpan *key,
              const BcastJsonSpan *value,
              gpointer             user_data)
{
  Parse *self = user_data;
  g_autofree char *name = bcast_json_span_dup_string (key, NULL);
  BcastCastMember *member = g_hash_table_lookup (self->by_name, name);
  g_autoptr(BcastAuthorizerSecrets) secrets = NULL;
  g_autoptr(GError) error = NULL;
  char *json;

  if (member == NULL || bcast_cast_member_has_secrets (member))
    return TRUE;

  g_hash_table_remove (self->without, name);
  json = g_strndup (value->start, value->length);
  secrets = bcast_authorizer_secrets_parse (json, &error);
  bcast_secret_free (json);
  if (secrets != NULL)
    give_secrets (member->options, secrets);
  else
    leave_out (self, name, error->message);
  return TRUE;
}

static void
add_secrets (Parse      *self,
             const char *secrets)
{
  GHashTableIter iter;
  gpointer name;

  if (secrets != NULL)
    bcast_json_scan_object (secrets, strlen (secrets), take_secrets, self, NULL, NULL);

  g_hash_table_iter_init (&iter, self->without);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    leave_out (self, name, _("Its headers, parameters, cookies and token are not known any more. Enter them again."));
}

static gboolean
take_top (const BcastJsonSpan *key,
          const BcastJsonSpan *value,
          gpointer             user_data)
{
  Parse *self = user_data;

  if (bcast_json_span_equals (key, "version"))
    {
      g_autofree char *digits = g_strndup (value->start, value->length);
      guint64 version;

      self->has_version = value->type == BCAST_JSON_NUMBER && bcast_number_parse (digits, 1, G_MAXUINT, &version);
      self->version = self->has_version ? (guint) version : 0;
    }
  else if (bcast_json_span_equals (key, "clients"))
    {
      self->clients = *value;
      self->has_clients = value->type == BCAST_JSON_ARRAY;
    }
  return TRUE;
}

static gboolean
check_top (Parse       *self,
           const char  *text,
           gsize        length,
           GError     **error)
{
  g_autoptr(GError) problem = NULL;

  if (!bcast_json_scan_object (text, length, take_top, self, NULL, &problem))
    g_set_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED, _("it is no JSON: %s"), problem->message);
  else if (!self->has_version)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_DAMAGED, _("it has no version"));
  else if (self->version > BCAST_CAST_VERSION)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_DAMAGED, _("a newer version of this program saved it"));
  else if (!self->has_clients)
    g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_DAMAGED, _("it has no list of clients"));
  else
    return TRUE;
  return FALSE;
}

/**
 * bcast_cast_parse:
 * @text: (array length=length): what bcast_cast_format() made, or what became of it on the disk
 * @length: its length in bytes
 * @secrets: (nullable): what bcast_cast_format_secrets() made
 * @version: (out) (optional): the version that @text tells, 0 when it tells none
 * @left_out: (out) (transfer full) (nullable): a sentence about what of it could not be used; it has nothing of
 *   @secrets
 * @error: %BCAST_ERROR_DAMAGED when @text is no cast at all, with words that follow a colon
 *
 * Reads a cast. What is wrong with one client or one channel does not keep the others away.
 *
 * Returns: (transfer full) (nullable): the cast, or %NULL with @error set
 */
BcastCast *
bcast_cast_parse (const char  *text,
                  gsize        length,
                  const char  *secrets,
                  guint       *version,
                  char       **left_out,
                  GError     **error)
{
  g_return_val_if_fail (text != NULL && left_out != NULL, NULL);

  g_auto(Parse) parse = { .cast = bcast_cast_new () };
  gboolean is_cast;

  parse.by_name = g_hash_table_new (g_str_hash, g_str_equal);
  parse.without = g_hash_table_new (g_str_hash, g_str_equal);
  *left_out = NULL;
  is_cast = check_top (&parse, text, length, error);
  if (version != NULL)
    *version = parse.version;
  if (!is_cast)
    return NULL;

  bcast_json_scan_array (parse.clients.start, parse.clients.length, take_client, &parse, NULL);
  add_secrets (&parse, secrets);
  *left_out = g_steal_pointer (&parse.left_out);
  return g_steal_pointer (&parse.cast);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-sandbox-config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-config-reader-private.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-routes-config-private.h"
#include "bcast-webhook-config-private.h"

#define MAX_APPS       1000 /* ours */
#define MAX_DEPTH      32   /* ours: user info can be any JSON */
#define MAX_TIMEOUT_S  86400

typedef struct
{
  BcastSandboxConfigLoad  load;
  gpointer                user_data;
} Loader;

/* A secret stands in the file, or in one of its own. */
static gboolean
read_secret (const BcastConfigReader  *reader,
             const Loader             *loader,
             const char               *member,
             const char               *file_member,
             char                    **secret,
             GError                  **error)
{
  g_autofree char *file = NULL;

  if (!bcast_config_reader_get_string (reader, member, secret, error)
      || !bcast_config_reader_get_string (reader, file_member, &file, error))
    return FALSE;
  if (file == NULL)
    return TRUE;

  if (*secret != NULL)
    {
      g_autofree char *place = bcast_config_reader_dup_place (reader, file_member);

      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” in the config file is one too many: “%s” is there, too. Keep one of them."), place, member);
      return FALSE;
    }
  *secret = loader->load (file, loader->user_data, error);
  return *secret != NULL;
}

static gboolean
read_user (const BcastConfigReader  *app,
           BcastSandboxApp          *settings,
           GError                  **error)
{
  static const char * const members[] = { "id", "info", NULL };
  g_auto(BcastConfigReader) reader = { NULL, NULL };
  g_autofree char *place = bcast_config_reader_dup_place (app, "user");
  g_autofree char *user_id = NULL;
  g_autofree char *info = NULL;
  JsonNode *node = json_object_get_member (app->object, "user");

  if (node == NULL)
    return TRUE;
  if (!bcast_config_reader_open (&reader, node, place, members, error)
      || !bcast_config_reader_get_string (&reader, "id", &user_id, error))
    return FALSE;
  if (user_id == NULL)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s” in the config file has no “id”: say who it is."), place);
      return FALSE;
    }

  JsonNode *info_node = json_object_get_member (reader.object, "info");

  if (info_node != NULL)
    info = json_to_string (info_node, FALSE);
  if (info != NULL && !g_utf8_validate (info, -1, NULL))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("“%s.info” in the config file has half of a surrogate pair, which no text can carry."), place);
      return FALSE;
    }
  bcast_sandbox_app_set_user (settings, user_id, info);
  return TRUE;
}

static gboolean
read_options (const BcastConfigReader  *reader,
              BcastHubOptions          *options,
              GError                  **error)
{
  gint64 timeout_s = options->activity_timeout_s;
  gint64 max_sockets = options->max_sockets;
  gint64 max_members = options->max_members;

  if (!bcast_config_reader_get_number (reader, "activity_timeout", 1, MAX_TIMEOUT_S, &timeout_s, error)
      || !bcast_config_reader_get_number (reader, "max_connections", 0, G_MAXINT, &max_sockets, error)
      || !bcast_config_reader_get_number (reader, "max_presence_members", 1, G_MAXINT, &max_members, error)
      || !bcast_config_reader_get_boolean (reader, "subscription_counts", &options->has_subscription_counts, error)
      || !bcast_config_reader_get_boolean (reader, "client_events", &options->has_client_events, error))
    return FALSE;

  options->activity_timeout_s = (guint) timeout_s;
  options->max_sockets = (guint) max_sockets;
  options->max_members = (guint) max_members;
  return TRUE;
}

static gboolean
check_credentials (const BcastConfigReader  *reader,
                   const char               *member,
                   const char               *value,
                   GError                  **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;

  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("“%s” in the config file has no “%s”, and no app can do without."), reader->place, member);
  return FALSE;
}

static gboolean
read_settings (const BcastConfigReader  *reader,
               const Loader             *loader,
               BcastSandboxApp          *settings,
               GError                  **error)
{
  g_autofree char *master_key = NULL;

  if (!read_secret (reader, loader, "master_key", "master_key_file", &master_key, error))
    return FALSE;

  bcast_sandbox_app_set_master_key (settings, master_key);
  if (master_key != NULL)
    explicit_bzero (master_key, strlen (master_key));
  return bcast_config_reader_get_boolean (reader, "enabled", &settings->is_enabled, error)
         && bcast_config_reader_get_strings (reader, "allowed_origins", &settings->allowed_origins, error)
         && read_options (reader, &settings->options, error)
         && read_user (reader, settings, error)
         && bcast_webhook_config_read (reader, settings->webhooks, error)
         && bcast_routes_config_read (reader, settings->routes, error);
}

static BcastSandboxApp *
read_app (JsonNode      *node,
          const char    *place,
          const Loader  *loader,
          GError       **error)
{
  static const char * const members[] = {
    "id", "key", "secret", "secret_file", "master_key", "master_key_file", "enabled", "user", "activity_timeout",
    "max_connections", "max_presence_members", "subscription_counts", "client_events", "allowed_origins",
    "webhooks", "authorize", NULL
  };
  g_auto(BcastConfigReader) reader = { NULL, NULL };
  g_autofree char *app_id = NULL;
  g_autofree char *key = NULL;
  g_autofree char *secret = NULL;
  g_autoptr(BcastSandboxApp) settings = NULL;

  if (!bcast_config_reader_open (&reader, node, place, members, error)
      || !bcast_config_reader_get_string (&reader, "id", &app_id, error)
      || !check_credentials (&reader, "id", app_id, error)
      || !bcast_config_reader_get_string (&reader, "key", &key, error)
      || !check_credentials (&reader, "key", key, error)
      || !read_secret (&reader, loader, "secret", "secret_file", &secret, error)
      || !check_credentials (&reader, "secret", secret, error))
    return NULL;

  settings = bcast_sandbox_app_new (app_id, key, secret);
  explicit_bzero (secret, strlen (secret));
  return read_settings (&reader, loader, settings, error) ? g_steal_pointer (&settings) : NULL;
}

static gboolean
read_apps (const BcastConfigReader  *reader,
           const Loader             *loader,
           GPtrArray                *apps,
           GError                  **error)
{
  JsonArray *array = NULL;

  if (!bcast_config_reader_get_array (reader, "apps", &array, error))
    return FALSE;

  guint n_apps = array != NULL ? json_array_get_length (array) : 0;

  if (n_apps > MAX_APPS)
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE,
                   _("The config file has %u apps, %u more than the %d that one sandbox serves."),
                   n_apps, n_apps - MAX_APPS, MAX_APPS);
      return FALSE;
    }

  for (guint i = 0; i < n_apps; i++)
    {
      g_autofree char *place = g_strdup_printf ("apps[%u]", i);
      BcastSandboxApp *app = read_app (json_array_get_element (array, i), place, loader, error);

      if (app == NULL)
        return FALSE;
      g_ptr_array_add (apps, app);
    }
  return bcast_sandbox_apps_check (apps, error);
}

static gboolean
read_faults (const BcastConfigReader  *reader,
             GPtrArray                *faults,
             GError                  **error)
{
  g_auto(GStrv) texts = NULL;

  if (!bcast_config_reader_get_strings (reader, "faults", &texts, error))
    return FALSE;

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      BcastFault *fault = bcast_fault_parse (texts[i], error);

      if (fault == NULL)
        {
          g_prefix_error (error, "faults[%u]: ", i);
          return FALSE;
        }
      g_ptr_array_add (faults, fault);
    }
  return TRUE;
}

static gboolean
read_config (JsonNode            *root,
             const Loader        *loader,
             BcastSandboxConfig  *self,
             GError             **error)
{
  static const char * const members[] = { "host", "port", "max_connections", "metrics", "faults", "apps", NULL };
  g_auto(BcastConfigReader) reader = { NULL, NULL };
  gint64 port = self->port;
  gint64 max_sockets = self->max_sockets;

  if (!bcast_config_reader_open (&reader, root, "", members, error)
      || !bcast_config_reader_get_string (&reader, "host", &self->host, error)
      || !bcast_config_reader_get_number (&reader, "port", 0, G_MAXUINT16, &port, error)
      || !bcast_config_reader_get_number (&reader, "max_connections", 1, G_MAXINT, &max_sockets, error)
      || !bcast_config_reader_get_boolean (&reader, "metrics", &self->has_metrics, error)
      || !read_faults (&reader, self->faults, error))
    return FALSE;

  self->port = (int) port;
  self->max_sockets = (guint) max_sockets;
  return read_apps (&reader, loader, self->apps, error);
}

/* How many objects and lists lie in one another; @text is JSON. */
static guint
measure_depth (const char *text)
{
  gboolean is_string = FALSE;
  guint depth = 0;
  guint deepest = 0;

  for (; *text != '\0'; text++)
    if (*text == '"')
      is_string = !is_string;
    else if (is_string && *text == '\\')
      text++;
    else if (!is_string && (*text == '{' || *text == '['))
      deepest = MAX (deepest, ++depth);
    else if (!is_string && (*text == '}' || *text == ']'))
      depth--;
  return deepest;
}

/* Json-glib calls itself for each level, and says less well what is wrong. */
static gboolean
check_json (const char  *text,
            GError     **error)
{
  g_autoptr(GError) problem = NULL;
  gsize offset = 0;
  guint line = 1;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The config file is no UTF-8 text. Save it as one."));
      return FALSE;
    }
  if (bcast_json_scan (text, strlen (text), NULL, &offset, &problem))
    {
      if (measure_depth (text) <= MAX_DEPTH)
        return TRUE;
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("The config file has objects in objects far deeper than any setting lies."));
      return FALSE;
    }

  for (gsize i = 0; i < offset && text[i] != '\0'; i++)
    line += text[i] == '\n';
  g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
               _("The config file is no JSON, at line %u: %s"), line, problem->message);
  return FALSE;
}

/**
 * bcast_sandbox_config_parse:
 * @text: a config file: a JSON object
 * @load: gives secrets that are in files of their own
 * @user_data: for @load
 * @error: %BCAST_ERROR_INVALID, naming the place and what is expected there; or what @load fails with
 *
 * Returns: (transfer full) (nullable): what the file says
 */
BcastSandboxConfig *
bcast_sandbox_config_parse (const char              *text,
                            BcastSandboxConfigLoad   load,
                            gpointer                 user_data,
                            GError                 **error)
{
  g_return_val_if_fail (text != NULL && load != NULL, NULL);

  const Loader loader = { load, user_data };
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(BcastSandboxConfig) self = NULL;
  g_autoptr(GError) problem = NULL;

  if (!check_json (text, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, -1, &problem))
    {
      /* It may quote half of a surrogate pair. */
      g_autofree char *words = g_utf8_make_valid (problem->message, -1);

      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID, _("The config file cannot be read: %s"), words);
      return NULL;
    }

  self = g_new0 (BcastSandboxConfig, 1);
  self->port = -1;
  self->faults = bcast_fault_array_new ();
  self->apps = bcast_sandbox_apps_new ();
  return read_config (json_parser_get_root (parser), &loader, self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * bcast_sandbox_config_free:
 * @self: (transfer full): what a config file says
 */
void
bcast_sandbox_config_free (BcastSandboxConfig *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->host);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->apps);
  g_free (self);
}

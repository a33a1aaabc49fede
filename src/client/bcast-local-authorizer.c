/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-local-authorizer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bcast-authorizer-private.h"
#include "bcast-channel-name.h"
#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-presence-data.h"
#include "bcast-secret-box.h"
#include "bcast-signature.h"

/**
 * BcastLocalAuthorizer:
 *
 * Signs with the app's secret, without asking anybody.
 */
struct _BcastLocalAuthorizer
{
  GObject    parent_instance;

  BcastApp  *app;
  char     **watchlist; /* NULL for none */
};

static void authorizer_init (BcastAuthorizerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BcastLocalAuthorizer, bcast_local_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BCAST_TYPE_AUTHORIZER, authorizer_init))

static void
bcast_local_authorizer_finalize (GObject *object)
{
  BcastLocalAuthorizer *self = BCAST_LOCAL_AUTHORIZER (object);

  bcast_app_unref (self->app);
  g_strfreev (self->watchlist);

  G_OBJECT_CLASS (bcast_local_authorizer_parent_class)->finalize (object);
}

static void
bcast_local_authorizer_class_init (BcastLocalAuthorizerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bcast_local_authorizer_finalize;
}

static void
bcast_local_authorizer_init (BcastLocalAuthorizer *self)
{
}

static gboolean
check_user (const char  *user_id,
            const char  *user_info,
            GError     **error)
{
  g_autoptr(GError) problem = NULL;

  if (user_id == NULL || *user_id == '\0' || !g_utf8_validate (user_id, -1, NULL))
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                           _("There is nobody to sign for: give the client a user id."));
      return FALSE;
    }

  if (user_info != NULL && *user_info != '\0'
      && !bcast_json_scan (user_info, strlen (user_info), NULL, NULL, &problem))
    {
      g_set_error (error, BCAST_ERROR, BCAST_ERROR_INVALID,
                   _("The user info is no JSON: %s"), problem->message);
      return FALSE;
    }

  return TRUE;
}

/* Source: Channels documentation, “Watchlist events”. */
static void
append_watchlist (GString  *buffer,
                  char    **watchlist)
{
  for (guint i = 0; watchlist[i] != NULL; i++)
    {
      g_string_append (buffer, i == 0 ? ",\"watchlist\":[" : ",");
      bcast_json_append_quoted (buffer, watchlist[i], -1);
    }
  g_string_append_c (buffer, ']');
}

/* Source: Channels documentation, “Authenticating users”. */
static char *
format_user_data (const char  *user_id,
                  const char  *user_info,
                  char       **watchlist)
{
  GString *buffer = g_string_new ("{\"id\":");

  bcast_json_append_quoted (buffer, user_id, -1);
  if (user_info != NULL && *user_info != '\0')
    g_string_append_printf (buffer, ",\"user_info\":%s", user_info);
  if (watchlist != NULL && watchlist[0] != NULL)
    append_watchlist (buffer, watchlist);
  g_string_append_c (buffer, '}');
  return g_string_free (buffer, FALSE);
}

static char *
sign (BcastApp   *app,
      const char *string_to_sign)
{
  return bcast_signature_auth (bcast_app_get_key (app), bcast_app_get_secret (app), string_to_sign);
}

static BcastAuthorization *
authorize_user (BcastApp    *app,
                char       **watchlist,
                const char  *socket_id,
                const char  *user_id,
                const char  *user_info,
                GError     **error)
{
  if (!check_user (user_id, user_info, error))
    return NULL;

  g_autofree char *user_data = format_user_data (user_id, user_info, watchlist);
  g_autofree char *string_to_sign = bcast_signature_user_string (socket_id, user_data);
  g_autofree char *auth = sign (app, string_to_sign);

  return bcast_authorization_new (auth, NULL, user_data, NULL);
}

static char *
dup_shared_secret (BcastApp    *app,
                   const char  *channel,
                   GError     **error)
{
  const char *text = bcast_app_get_master_key (app);
  g_autoptr(GBytes) master_key = NULL;
  g_autoptr(GBytes) key = NULL;

  if (text == NULL)
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                           _("The app's encryption master key is not known here, so encrypted channels cannot be "
                             "read. Enter it in the profile; your app's server has it too."));
      return NULL;
    }

  master_key = bcast_secret_box_parse_key (text, error);
  if (master_key == NULL)
    return NULL;
  key = bcast_secret_box_derive_key (master_key, channel);
  return g_base64_encode (g_bytes_get_data (key, NULL), g_bytes_get_size (key));
}

static BcastAuthorization *
authorize_channel (BcastApp    *app,
                   const char  *socket_id,
                   const char  *channel,
                   const char  *user_id,
                   const char  *user_info,
                   GError     **error)
{
  BcastChannelType type = bcast_channel_name_find_type (channel);
  g_autofree char *channel_data = NULL;
  g_autofree char *shared_secret = NULL;

  if (bcast_channel_type_is_presence (type))
    {
      if (!check_user (user_id, user_info, error))
        return NULL;
      channel_data = bcast_presence_data_format (user_id, user_info);
    }
  else if (bcast_channel_type_is_encrypted (type))
    {
      shared_secret = dup_shared_secret (app, channel, error);
      if (shared_secret == NULL)
        return NULL;
    }

  g_autofree char *string_to_sign = bcast_signature_channel_string (socket_id, channel, channel_data);
  g_autofree char *auth = sign (app, string_to_sign);

  return bcast_authorization_new (auth, channel_data, NULL, shared_secret);
}

static BcastAuthorization *
authorize (BcastLocalAuthorizer  *self,
           const char            *socket_id,
           const char            *channel,
           const char            *user_id,
           const char            *user_info,
           GError               **error)
{
  BcastApp *app = self->app;
  const char *secret = bcast_app_get_secret (app);

  if (secret == NULL || *secret == '\0')
    {
      g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED,
                           _("The app's secret is not known here, so nothing can be signed. "
                             "Enter it in the profile."));
      return NULL;
    }

  if (!bcast_authorizer_check_socket_id (socket_id, error))
    return NULL;
  if (channel == NULL)
    return authorize_user (app, self->watchlist, socket_id, user_id, user_info, error);
  return authorize_channel (app, socket_id, channel, user_id, user_info, error);
}

static void
bcast_local_authorizer_authorize_async (BcastAuthorizer     *authorizer,
                                        const char          *socket_id,
                                        const char          *channel,
                                        const char          *user_id,
                                        const char          *user_info,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  BcastLocalAuthorizer *self = BCAST_LOCAL_AUTHORIZER (authorizer);
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastAuthorization) authorization = NULL;

  g_task_set_source_tag (task, bcast_local_authorizer_authorize_async);
  authorization = authorize (self, socket_id, channel, user_id, user_info, &error);
  if (authorization != NULL)
    g_task_return_pointer (task, g_steal_pointer (&authorization),
                           (GDestroyNotify) bcast_authorization_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static BcastAuthorization *
bcast_local_authorizer_authorize_finish (BcastAuthorizer  *authorizer,
                                         GAsyncResult     *result,
                                         GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authorizer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
authorizer_init (BcastAuthorizerInterface *iface)
{
  iface->authorize_async = bcast_local_authorizer_authorize_async;
  iface->authorize_finish = bcast_local_authorizer_authorize_finish;
}

/**
 * bcast_local_authorizer_new:
 * @app: the app to sign for
 *
 * Signs private and presence channels and user sign-ins. A presence channel's `channel_data` and a
 * sign-in's `user_data` are made from the user id and user info that the caller gives, an encrypted
 * channel's `shared_secret` from the app's master key.
 * Source: Channels documentation, “Auth signatures” and “End-to-end encryption”.
 *
 * Returns: (transfer full): a new authorizer
 */
BcastAuthorizer *
bcast_local_authorizer_new (BcastApp *app)
{
  g_return_val_if_fail (app != NULL, NULL);

  BcastLocalAuthorizer *self = g_object_new (BCAST_TYPE_LOCAL_AUTHORIZER, NULL);

  self->app = bcast_app_ref (app);
  return BCAST_AUTHORIZER (self);
}

/**
 * bcast_local_authorizer_set_watchlist:
 * @self: an authorizer
 * @user_ids: (nullable) (array zero-terminated=1): of whom users who sign in want to know whether they are
 *   online; servers keep the first 100
 *
 * Counts for sign-ins that are made from now on. Source: Channels documentation, “Watchlist events”.
 */
void
bcast_local_authorizer_set_watchlist (BcastLocalAuthorizer *self,
                                      const char * const   *user_ids)
{
  g_return_if_fail (BCAST_IS_LOCAL_AUTHORIZER (self));

  char **copy = g_strdupv ((char **) user_ids);

  g_strfreev (self->watchlist);
  self->watchlist = copy;
}

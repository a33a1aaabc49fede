/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-session.h"

#include "bcast-client-keeper.h"
#include "bcast-client-watch.h"
#include "bcast-notice.h"
#include "bcast-opening.h"
#include "bcast-retry.h"
#include "bcast-session-notices.h"
#include "bcast-settings.h"

/**
 * BcastSession:
 *
 * What the window works on: all profiles, the one that is open, and what has to be told about it.
 * There is no widget in it.
 */
struct _BcastSession
{
  GObject            parent_instance;

  GSettings         *settings;
  GListStore        *notices;
  BcastRegistry     *registry;

  BcastProfile      *profile;
  BcastWorkspace    *workspace;
  BcastClientWatch  *watch;     /* on the clients of the workspace */
  BcastClientKeeper *keeper;    /* of the clients of the profile */
  char              *asked_for; /* on the command line; %NULL afterwards */
  GCancellable      *opening;   /* %NULL when nothing is being opened */
  guint              n_closing; /* workspaces that still hold their port and their journal, keepers that write */
};

enum
{
  PROP_0,
  PROP_PROFILE,
  PROP_WORKSPACE,
  PROP_OPENING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastSession, bcast_session, G_TYPE_OBJECT)

static void
set_opening (BcastSession *self,
             GCancellable *opening)
{
  gboolean was_opening = self->opening != NULL;

  g_set_object (&self->opening, opening);
  if (was_opening != (opening != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPENING]);
}

static void
clients_changed_cb (BcastSession *self)
{
  if (self->workspace != NULL)
    bcast_session_notices_tell_retry (self->notices, bcast_retry_find_next (self->workspace));
}

static void
workspace_error_cb (BcastSession *self)
{
  bcast_session_notices_tell_connection (self->notices, bcast_workspace_get_error (self->workspace));
  clients_changed_cb (self);
}

static void
journal_error_cb (BcastSession *self)
{
  bcast_session_notices_tell_journal (self->notices, bcast_workspace_get_journal_error (self->workspace));
}

static void
show_workspace (BcastSession   *self,
                BcastWorkspace *workspace)
{
  self->workspace = g_object_ref (workspace);
  bcast_client_keeper_attach (self->keeper, workspace, self->watch);
  g_signal_connect_object (workspace, "notify::error", G_CALLBACK (workspace_error_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "notify::journal-error", G_CALLBACK (journal_error_cb), self, G_CONNECT_SWAPPED);
  journal_error_cb (self);
  bcast_client_watch_set_workspace (self->watch, workspace);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE]);

  /* Joining a production app is seen by its users: there it is left to the person. */
  if (!bcast_profile_get_production (self->profile))
    bcast_workspace_connect (workspace, NULL);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BcastSession) self = user_data;
  BcastProfile *profile = BCAST_PROFILE (object);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastWorkspace) workspace = bcast_opening_finish (profile, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_opening (self, NULL);
  if (workspace != NULL)
    show_workspace (self, workspace);
  else
    bcast_session_notices_tell_open_failed (self->notices, profile, error);
}

static void
start_opening (BcastSession *self)
{
  BcastSecretStore *secrets = bcast_registry_get_secrets (self->registry);

  g_clear_object (&self->keeper);
  self->keeper = bcast_client_keeper_new (self->profile, secrets, self->notices);
  bcast_opening_async (self->profile, secrets, self->notices, self->keeper, self->opening, opened_cb,
                       g_object_ref (self));
}

/* The same profile may be next, which wants its port, its journal and its clients again. */
static void
count_closed (BcastSession *self)
{
  if (--self->n_closing == 0 && self->opening != NULL)
    start_opening (self);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BcastSession) self = user_data;

  bcast_workspace_close_finish (BCAST_WORKSPACE (object), result);
  count_closed (self);
}

static void
kept_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BcastSession) self = user_data;

  bcast_client_keeper_close_finish (BCAST_CLIENT_KEEPER (object), result);
  count_closed (self);
}

static void
close_workspace (BcastSession *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  set_opening (self, NULL);

  if (self->workspace != NULL)
    {
      g_autoptr(BcastWorkspace) workspace = g_steal_pointer (&self->workspace);

      self->n_closing += 2;
      bcast_client_keeper_close_async (self->keeper, kept_cb, g_object_ref (self));
      g_signal_handlers_disconnect_by_data (workspace, self);
      bcast_client_watch_set_workspace (self->watch, NULL);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE]);
      bcast_workspace_close_async (workspace, closed_cb, g_object_ref (self));
    }
}

static void
open_first (BcastSession *self)
{
  g_autofree char *id = self->asked_for != NULL
                        ? g_steal_pointer (&self->asked_for)
                        : g_settings_get_string (self->settings, BCAST_SETTING_PROFILE);

  bcast_session_open_by_name (self, id);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BcastSession) self = user_data;

  bcast_registry_load_finish (self->registry, result);
  open_first (self);
}

static void
bcast_session_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BcastSession *self = BCAST_SESSION (object);

  switch (prop_id)
    {
    case PROP_PROFILE:
      g_value_set_object (value, self->profile);
      break;
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_OPENING:
      g_value_set_boolean (value, self->opening != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bcast_session_dispose (GObject *object)
{
  BcastSession *self = BCAST_SESSION (object);

  if (self->watch != NULL)
    {
      close_workspace (self);
      g_signal_handlers_disconnect_by_data (self->watch, self);
    }
  g_clear_object (&self->watch);
  g_clear_object (&self->keeper);
  g_clear_object (&self->profile);
  g_clear_object (&self->registry);
  g_clear_object (&self->notices);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->asked_for, g_free);

  G_OBJECT_CLASS (bcast_session_parent_class)->dispose (object);
}

static void
bcast_session_class_init (BcastSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bcast_session_get_property;
  object_class->dispose = bcast_session_dispose;

  properties[PROP_PROFILE] =
    g_param_spec_object ("profile", NULL, NULL, BCAST_TYPE_PROFILE,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WORKSPACE] =
    g_param_spec_object ("workspace", NULL, NULL, BCAST_TYPE_WORKSPACE,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_OPENING] =
    g_param_spec_boolean ("opening", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_session_init (BcastSession *self)
{
  self->notices = g_list_store_new (BCAST_TYPE_NOTICE);
  self->watch = bcast_client_watch_new ();
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (clients_changed_cb), self);
}

/**
 * bcast_session_new:
 * @settings: the settings of the program
 *
 * Returns: (transfer full): a session that has nothing open yet
 */
BcastSession *
bcast_session_new (GSettings *settings)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  BcastSession *self = g_object_new (BCAST_TYPE_SESSION, NULL);

  self->settings = g_object_ref (settings);
  self->registry = bcast_registry_new (settings, self->notices);
  return self;
}

/**
 * bcast_session_start:
 * @self: a session
 * @profile: (nullable): id or name of the profile to open instead of the last one
 *
 * Loads the profiles and opens one: the Sandbox at the first start. What goes wrong is a notice.
 */
void
bcast_session_start (BcastSession *self,
                     const char   *profile)
{
  g_return_if_fail (BCAST_IS_SESSION (self));

  self->asked_for = g_strdup (profile);
  bcast_registry_load_async (self->registry, loaded_cb, g_object_ref (self));
}

/* Without TLS there is no certificate to accept; the sandbox has none, and only speaks to this machine. */
static gboolean
accepts_any_certificate (BcastProfile *profile)
{
  return bcast_profile_get_accept_any_certificate (profile)
         && bcast_profile_get_kind (profile) != BCAST_PROFILE_SANDBOX
         && (bcast_profile_get_tls (profile)
             || g_str_has_prefix (bcast_profile_get_auth_endpoint (profile), "https:")
             || g_str_has_prefix (bcast_profile_get_user_auth_endpoint (profile), "https:"));
}

/**
 * bcast_session_open:
 * @self: a session
 * @profile: a profile of its store
 *
 * Closes what is open and opens @profile, connected unless it is a production one.
 */
void
bcast_session_open (BcastSession *self,
                    BcastProfile *profile)
{
  g_return_if_fail (BCAST_IS_SESSION (self));
  g_return_if_fail (BCAST_IS_PROFILE (profile));

  g_autoptr(GCancellable) opening = g_cancellable_new ();

  close_workspace (self);
  bcast_session_notices_forget_profile (self->notices);
  if (g_set_object (&self->profile, profile))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROFILE]);
  g_settings_set_string (self->settings, BCAST_SETTING_PROFILE, bcast_profile_get_id (profile));
  if (accepts_any_certificate (profile))
    bcast_session_notices_tell_any_certificate (self->notices, profile);

  set_opening (self, opening);
  if (self->n_closing == 0)
    start_opening (self);
}

/**
 * bcast_session_open_by_name:
 * @self: a session
 * @id_or_name: what the profile is called; empty for the Sandbox
 *
 * Opens the profile of that id or name, or the Sandbox when there is none, with a notice.
 */
void
bcast_session_open_by_name (BcastSession *self,
                            const char   *id_or_name)
{
  g_return_if_fail (BCAST_IS_SESSION (self));
  g_return_if_fail (id_or_name != NULL);

  BcastProfileStore *profiles = bcast_registry_get_profiles (self->registry);
  BcastProfile *profile = bcast_profile_store_find (profiles, id_or_name);

  if (profile != NULL)
    {
      bcast_session_open (self, profile);
      return;
    }
  bcast_session_open (self, bcast_profile_store_ensure_sandbox (profiles));
  if (id_or_name[0] != '\0')
    bcast_session_notices_tell_unknown_profile (self->notices, id_or_name);
}

/**
 * bcast_session_reopen:
 * @self: a session
 *
 * Opens the chosen profile anew, after a failure or a change.
 */
void
bcast_session_reopen (BcastSession *self)
{
  g_return_if_fail (BCAST_IS_SESSION (self));

  if (self->profile != NULL)
    bcast_session_open (self, self->profile);
}

/**
 * bcast_session_close:
 * @self: a session
 *
 * Closes what is open, before the program ends, and waits until all is on disk.
 */
void
bcast_session_close (BcastSession *self)
{
  g_return_if_fail (BCAST_IS_SESSION (self));

  close_workspace (self);
  while (self->n_closing > 0)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * bcast_session_get_registry:
 * @self: a session
 *
 * Returns: (transfer none): the profiles and their secrets
 */
BcastRegistry *
bcast_session_get_registry (BcastSession *self)
{
  g_return_val_if_fail (BCAST_IS_SESSION (self), NULL);

  return self->registry;
}

/**
 * bcast_session_get_notices:
 * @self: a session
 *
 * Returns: (transfer none) (element-type BcastNotice): what has to be told
 */
GListStore *
bcast_session_get_notices (BcastSession *self)
{
  g_return_val_if_fail (BCAST_IS_SESSION (self), NULL);

  return self->notices;
}

/**
 * bcast_session_get_profile:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the profile that is chosen
 */
BcastProfile *
bcast_session_get_profile (BcastSession *self)
{
  g_return_val_if_fail (BCAST_IS_SESSION (self), NULL);

  return self->profile;
}

/**
 * bcast_session_get_workspace:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the open profile at work
 */
BcastWorkspace *
bcast_session_get_workspace (BcastSession *self)
{
  g_return_val_if_fail (BCAST_IS_SESSION (self), NULL);

  return self->workspace;
}

/**
 * bcast_session_get_opening:
 * @self: a session
 *
 * Returns: whether a profile is being opened
 */
gboolean
bcast_session_get_opening (BcastSession *self)
{
  g_return_val_if_fail (BCAST_IS_SESSION (self), FALSE);

  return self->opening != NULL;
}

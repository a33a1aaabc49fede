/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-workspace-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (BcastWorkspace, bcast_workspace, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_JOURNAL_ERROR,
  PROP_SERVER_KIND,
  N_PROPS
};

enum
{
  COMMITTED,
  STATS_CHANGED,
  NOTICE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
bcast_workspace_dispose (GObject *object)
{
  BcastWorkspace *self = BCAST_WORKSPACE (object);

  bcast_workspace_close (self);

  G_OBJECT_CLASS (bcast_workspace_parent_class)->dispose (object);
}

static void
bcast_workspace_finalize (GObject *object)
{
  BcastWorkspace *self = BCAST_WORKSPACE (object);

  bcast_secret_bundle_free (self->secrets);
  g_free (self->journal_path);
  g_free (self->error);
  g_free (self->journal_error);
  g_clear_error (&self->journal_problem);
  g_clear_object (&self->network_monitor);
  g_clear_object (&self->profile);
  g_clear_object (&self->clients);
  g_clear_object (&self->sandbox_log);
  g_clear_pointer (&self->app, bcast_app_unref);

  G_OBJECT_CLASS (bcast_workspace_parent_class)->finalize (object);
}

static void
bcast_workspace_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BcastWorkspace *self = BCAST_WORKSPACE (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_SERVER_KIND:
      g_value_set_int (value, self->server_kind);
      break;
    case PROP_JOURNAL_ERROR:
      g_value_set_string (value, self->journal_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
bcast_workspace_class_init (BcastWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = bcast_workspace_dispose;
  object_class->finalize = bcast_workspace_finalize;
  object_class->get_property = bcast_workspace_get_property;

  /**
   * BcastWorkspace:state:
   *
   * A #BcastClientState: the worst among the clients that are wanted connected.
   */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0, flags);

  /**
   * BcastWorkspace:error:
   *
   * Why a client that is wanted connected is not, a sentence, or %NULL.
   */
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  /**
   * BcastWorkspace:journal-error:
   *
   * Why what happens cannot be written down, or what is missing since, a sentence, or %NULL.
   */
  properties[PROP_JOURNAL_ERROR] = g_param_spec_string ("journal-error", NULL, NULL, NULL, flags);

  /**
   * BcastWorkspace:server-kind:
   *
   * A #BcastServerKind: which server is on the other end, as far as it gave itself away.
   */
  properties[PROP_SERVER_KIND] = g_param_spec_int ("server-kind", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BcastWorkspace::committed:
   *
   * The journal has news: call bcast_workspace_refresh() at the next frame.
   */
  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);

  /**
   * BcastWorkspace::stats-changed:
   *
   * bcast_workspace_get_stats() gives new numbers. Some times a second while something happens.
   */
  signals[STATS_CHANGED] = g_signal_new ("stats-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * BcastWorkspace::notice:
   * @text: a sentence for the user, to be shown once
   */
  signals[NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bcast_workspace_init (BcastWorkspace *self)
{
  self->clients = g_list_store_new (BCAST_TYPE_CLIENT_MIRROR);
  /* Before there are threads: two that register the types of sockets at once stand in each other's way for
   * ever in GLib 2.74. */
  self->network_monitor = g_object_ref (g_network_monitor_get_default ());
  self->stats.median_us = -1;
  self->stats.p99_us = -1;
  self->stats.connect_us = -1;
}

/**
 * bcast_workspace_new:
 * @profile: how to reach the app
 * @secrets: (nullable): the app's secret, without which nothing can be signed or sent here; its master key;
 *   what the user's own app is sent. Copied
 * @journal_path: (nullable): where the journal is; %NULL for a private one that goes with the
 *   workspace
 *
 * Returns: (transfer full): a workspace that is not open yet
 */
BcastWorkspace *
bcast_workspace_new (BcastProfile            *profile,
                     const BcastSecretBundle *secrets,
                     const char              *journal_path)
{
  g_return_val_if_fail (BCAST_IS_PROFILE (profile), NULL);

  BcastWorkspace *self = g_object_new (BCAST_TYPE_WORKSPACE, NULL);

  self->profile = g_object_ref (profile);
  self->secrets = secrets != NULL ? bcast_secret_bundle_copy (secrets) : bcast_secret_bundle_new (NULL, NULL, NULL);
  self->journal_path = g_strdup (journal_path);
  return self;
}

void
bcast_workspace_emit_stats_changed (BcastWorkspace *self)
{
  g_signal_emit (self, signals[STATS_CHANGED], 0);
}

static void
set_journal_error (BcastWorkspace *self,
                   const char     *error)
{
  if (g_strcmp0 (self->journal_error, error) == 0)
    return;

  g_free (self->journal_error);
  self->journal_error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOURNAL_ERROR]);
}

static void
take_journal_state (BcastWorkspace *self)
{
  g_autoptr(GError) error = bcast_journal_dup_error (self->journal);

  self->stats.n_journal = bcast_journal_get_n_events (self->journal);
  set_journal_error (self, error != NULL ? error->message : NULL);
}

static gboolean
committed_idle_cb (gpointer data)
{
  BcastWorkspace *self = data;

  g_atomic_int_set (&self->commit_pending, 0);
  if (self->journal == NULL)
    return G_SOURCE_REMOVE;

  take_journal_state (self);
  g_signal_emit (self, signals[COMMITTED], 0);
  return G_SOURCE_REMOVE;
}

/* Runs in the journal's thread: one message to the main context however many commits there were. */
static void
commit_cb (BcastJournal *journal,
           gpointer      user_data)
{
  BcastWorkspace *self = user_data;

  if (g_atomic_int_exchange (&self->commit_pending, 1) == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, committed_idle_cb, g_object_ref (self), g_object_unref);
}

void
bcast_workspace_watch_journal (BcastWorkspace *self)
{
  bcast_journal_set_commit_func (self->journal, commit_cb, self, NULL);
  take_journal_state (self);
}

void
bcast_workspace_say (BcastWorkspace *self,
                     const char     *format,
                     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_signal_emit (self, signals[NOTICE], 0, text);
}

void
bcast_workspace_set_overall (BcastWorkspace   *self,
                             BcastClientState  state,
                             const char       *error)
{
  if (g_strcmp0 (self->error, error) != 0)
    {
      g_free (self->error);
      self->error = g_strdup (error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }

  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
}

void
bcast_workspace_set_server_kind (BcastWorkspace  *self,
                                 BcastServerKind  kind)
{
  if (self->server_kind == kind)
    return;

  self->server_kind = kind;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER_KIND]);
}

/**
 * bcast_workspace_get_server_kind:
 * @self: a workspace
 *
 * Returns: which server is on the other end, as far as it gave itself away
 */
BcastServerKind
bcast_workspace_get_server_kind (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), BCAST_SERVER_UNKNOWN);

  return self->server_kind;
}

/**
 * bcast_workspace_get_profile:
 * @self: a workspace
 *
 * Returns: (transfer none): its profile
 */
BcastProfile *
bcast_workspace_get_profile (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return self->profile;
}

/**
 * bcast_workspace_get_app:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): where the app is, once the workspace is open
 */
BcastApp *
bcast_workspace_get_app (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return self->app;
}

/**
 * bcast_workspace_get_state:
 * @self: a workspace
 *
 * Returns: the worst state among the clients that are wanted connected
 */
BcastClientState
bcast_workspace_get_state (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), BCAST_CLIENT_DISCONNECTED);

  return self->state;
}

/**
 * bcast_workspace_get_error:
 * @self: a workspace
 *
 * Returns: (nullable): why a client that is wanted connected is not, a sentence
 */
const char *
bcast_workspace_get_error (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return self->error;
}

/**
 * bcast_workspace_get_journal_error:
 * @self: a workspace
 *
 * Returns: (nullable): why what happens cannot be written down and so not be shown, or what is missing
 *   since, a sentence
 */
const char *
bcast_workspace_get_journal_error (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return self->journal_error;
}

/**
 * bcast_workspace_get_journal_problem:
 * @self: a workspace
 *
 * Returns: (nullable): why a private journal took the place of the profile's when it was opened;
 *   %BCAST_ERROR_BUSY when another program writes that
 */
const GError *
bcast_workspace_get_journal_problem (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return self->journal_problem;
}

/**
 * bcast_workspace_get_stats:
 * @self: a workspace
 *
 * Returns: the numbers of the status bar
 */
BcastWorkspaceStats
bcast_workspace_get_stats (BcastWorkspace *self)
{
  static const BcastWorkspaceStats none = { 0, };

  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), none);

  return self->stats;
}

/**
 * bcast_workspace_get_timeline:
 * @self: a workspace
 *
 * Returns: (transfer none) (nullable): a list of #BcastEvent, oldest first, once the workspace is open
 */
BcastEventList *
bcast_workspace_get_timeline (BcastWorkspace *self)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (self), NULL);

  return self->timeline;
}

/**
 * bcast_workspace_refresh:
 * @self: a workspace
 *
 * Brings the timeline up to what is committed. Call it at most once a frame.
 */
void
bcast_workspace_refresh (BcastWorkspace *self)
{
  g_return_if_fail (BCAST_IS_WORKSPACE (self));

  if (self->timeline != NULL)
    bcast_event_list_refresh (self->timeline);
}

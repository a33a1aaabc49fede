/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-composer-note.h"

#include <glib/gi18n.h>

#include "bcast-channel-name.h"
#include "bcast-limits.h"

typedef struct
{
  guint n_channels;
  guint n_encrypted;
  guint n_users;
  guint n_cache;
  guint n_encrypted_cache;
} Counts;

static Counts
count (const char * const *channels)
{
  Counts counts = { 0, };

  for (; channels[counts.n_channels] != NULL; counts.n_channels++)
    {
      BcastChannelType type = bcast_channel_name_find_type (channels[counts.n_channels]);

      counts.n_encrypted += bcast_channel_type_is_encrypted (type);
      counts.n_users += type == BCAST_CHANNEL_SERVER_TO_USER;
      counts.n_encrypted_cache += type == BCAST_CHANNEL_ENCRYPTED_CACHE;
      counts.n_cache += bcast_channel_type_is_cache (type) && type != BCAST_CHANNEL_ENCRYPTED_CACHE;
    }
  return counts;
}

static void
add (GString    *note,
     const char *sentence)
{
  if (note->len > 0)
    g_string_append_c (note, ' ');
  g_string_append (note, sentence);
}

/* As the workspace splits them, see bcast_send_plan_new(). */
static void
add_requests (GString      *note,
              const Counts *counts)
{
  guint n_plain = counts->n_channels - counts->n_encrypted;
  guint n_requests = counts->n_encrypted
                     + (n_plain + BCAST_LIMIT_CHANNELS_PER_TRIGGER - 1) / BCAST_LIMIT_CHANNELS_PER_TRIGGER;
  g_autofree char *channels = NULL;
  g_autofree char *requests = NULL;
  g_autofree char *text = NULL;

  if (counts->n_channels < 2)
    return;
  channels = g_strdup_printf (ngettext ("%u channel", "%u channels", counts->n_channels), counts->n_channels);
  requests = g_strdup_printf (ngettext ("%u request", "%u requests", n_requests), n_requests);
  if (counts->n_encrypted > 0)
    text = g_strdup_printf (_("%s, %s: each encrypted channel goes out in a request of its own."), channels, requests);
  else if (n_requests > 1)
    text = g_strdup_printf (_("%s, %s: one takes up to %d channels."), channels, requests,
                            BCAST_LIMIT_CHANNELS_PER_TRIGGER);
  else
    text = g_strdup_printf (_("%s, %s."), channels, requests);
  add (note, text);
}

static gboolean
add_encryption (GString        *note,
                BcastWorkspace *workspace)
{
  BcastApp *app = bcast_workspace_get_app (workspace);
  gboolean has_key = app != NULL && bcast_app_get_master_key (app) != NULL;

  add (note, has_key ? _("The data is encrypted here, with the app’s encryption master key: the server cannot "
                         "read it.")
                     : _("The encryption master key is missing. Enter it in the profile (Ctrl+Shift+E), or the event "
                         "cannot be sent."));
  return !has_key;
}

static gboolean
add_lack (GString            *note,
          BcastWorkspace     *workspace,
          guint               n_channels,
          BcastServerFeature  feature)
{
  const char *sentence = bcast_server_kind_lacks (bcast_workspace_get_server_kind (workspace), feature);

  if (n_channels == 0 || sentence == NULL)
    return FALSE;
  add (note, sentence);
  return TRUE;
}

/**
 * bcast_composer_note_new:
 * @workspace: who would send
 * @channels: (array zero-terminated=1): full names
 * @is_warning: (out): whether it would not do what the user expects
 *
 * Returns: (transfer full) (nullable): what is worth knowing before an event is sent to these channels, in
 *   sentences; %NULL when there is nothing to say
 */
char *
bcast_composer_note_new (BcastWorkspace     *workspace,
                         const char * const *channels,
                         gboolean           *is_warning)
{
  g_return_val_if_fail (BCAST_IS_WORKSPACE (workspace), NULL);
  g_return_val_if_fail (channels != NULL && is_warning != NULL, NULL);

  Counts counts = count (channels);
  GString *note = g_string_new (NULL);

  *is_warning = FALSE;
  add_requests (note, &counts);
  if (counts.n_encrypted > 0)
    *is_warning |= add_encryption (note, workspace);
  *is_warning |= add_lack (note, workspace, counts.n_users, BCAST_SERVER_TO_USER);
  *is_warning |= add_lack (note, workspace, counts.n_cache, BCAST_SERVER_CACHE);
  *is_warning |= add_lack (note, workspace, counts.n_encrypted_cache, BCAST_SERVER_ENCRYPTED_CACHE);
  return g_string_free (note, note->len == 0);
}

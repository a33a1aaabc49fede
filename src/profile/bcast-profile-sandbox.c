/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-profile-store.h"

#include <glib/gi18n-lib.h>

#include "bcast-profile-private.h"
#include "bcast-secret-store.h"

#define KEY_BYTES    10     /* 20 hex digits, as hosted Pusher's keys have */
#define APP_ID_BYTES 3
#define APP_ID_MIN   100000 /* six digits at least, as hosted Pusher's ids have */

static BcastProfile *
find_sandbox (BcastProfileStore *self)
{
  BcastProfile *first = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr(BcastProfile) profile = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (bcast_profile_get_kind (profile) != BCAST_PROFILE_SANDBOX)
        continue;
      if (g_str_equal (bcast_profile_get_id (profile), BCAST_SANDBOX_PROFILE_ID))
        return profile;
      if (first == NULL)
        first = profile;
    }
  return first;
}

static gboolean
is_id_taken (BcastProfileStore *self)
{
  BcastProfile *named = bcast_profile_store_find (self, BCAST_SANDBOX_PROFILE_ID);

  return named != NULL && g_str_equal (bcast_profile_get_id (named), BCAST_SANDBOX_PROFILE_ID);
}

/* Hosted Pusher's app ids are numbers, and pusher-http-python takes no other. */
static char *
make_app_id (void)
{
  g_autofree char *hex = bcast_secret_random_hex (APP_ID_BYTES);
  guint64 number = hex != NULL ? g_ascii_strtoull (hex, NULL, 16) : 0;

  return g_strdup_printf ("%" G_GUINT64_FORMAT, APP_ID_MIN + number);
}

/* A key of digits alone becomes a number where Masonite reads it from the environment, and its library
 * refuses that. */
static char *
make_key (void)
{
  char *key = bcast_secret_random_hex (KEY_BYTES);

  if (key != NULL && g_ascii_isdigit (*key))
    *key = "abcdef"[(*key - '0') % 6];
  return key;
}

/**
 * bcast_profile_store_ensure_sandbox:
 * @self: a store that was loaded
 *
 * Finds the profile of the embedded server, or puts one with credentials of its own on top of the
 * list. Nothing is saved yet; the secret is the caller's to make and keep.
 *
 * Returns: (transfer none): the Sandbox profile
 */
BcastProfile *
bcast_profile_store_ensure_sandbox (BcastProfileStore *self)
{
  g_return_val_if_fail (BCAST_IS_PROFILE_STORE (self), NULL);

  BcastProfile *found = find_sandbox (self);

  if (found == NULL)
    {
      const char *id = is_id_taken (self) ? NULL : BCAST_SANDBOX_PROFILE_ID;
      g_autoptr(BcastProfile) made = bcast_profile_new (id, BCAST_PROFILE_SANDBOX);

      g_object_set (made, "name", _("Sandbox"), NULL);
      bcast_profile_store_insert (self, 0, made);
      found = made;
    }

  if (*bcast_profile_get_app_id (found) == '\0')
    {
      g_autofree char *app_id = make_app_id ();

      g_object_set (found, "app-id", app_id, NULL);
    }
  if (*bcast_profile_get_key (found) == '\0')
    {
      g_autofree char *key = make_key ();

      g_object_set (found, "key", key, NULL);
    }
  return found;
}

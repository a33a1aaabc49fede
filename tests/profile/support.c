/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define DEADLINE_S 30

void
place_set_up (Place         *place,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  place->folder = g_dir_make_tmp ("bcast-profile-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "config", "broadcast", "profiles.ini", NULL);
}

static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;

      while ((name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
place_tear_down (Place         *place,
                 gconstpointer  data)
{
  remove_tree (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

guint
count_files (const char *folder,
             const char *prefix)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix))
      n++;
  return n;
}

guint
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

char *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

void
write_file (const char *path,
            const char *contents,
            gssize      length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents_full (path, contents, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

static gboolean
too_late_cb (gpointer user_data)
{
  g_test_message ("No answer within %d s", DEADLINE_S);
  g_test_fail ();
  g_assert_not_reached ();
}

/* Drives the main context until the callback came. */
GAsyncResult *
await (GAsyncResult **result)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_S, too_late_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (deadline);
  return *result;
}

char *
look_up (BcastSecretStore  *store,
         const char        *profile_id,
         const char        *kind,
         GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bcast_secret_store_lookup_async (store, profile_id, kind, NULL, keep_result_cb, &result);
  return bcast_secret_store_lookup_finish (store, await (&result), error);
}

gboolean
keep (BcastSecretStore  *store,
      const char        *profile_id,
      const char        *kind,
      const char        *secret,
      GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bcast_secret_store_store_async (store, profile_id, kind, "Broadcast: a test", secret, NULL,
                                  keep_result_cb, &result);
  return bcast_secret_store_store_finish (store, await (&result), error);
}

static gboolean
forget_kind (BcastSecretStore  *store,
             const char        *profile_id,
             const char        *kind,
             GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bcast_secret_store_clear_async (store, profile_id, kind, NULL, keep_result_cb, &result);
  return bcast_secret_store_clear_finish (store, await (&result), error);
}

gboolean
forget (BcastSecretStore  *store,
        const char        *profile_id,
        GError           **error)
{
  return forget_kind (store, profile_id, NULL, error);
}

gboolean
probe (BcastSecretStore  *store,
       GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bcast_secret_store_probe_async (store, NULL, keep_result_cb, &result);
  return bcast_secret_store_probe_finish (store, await (&result), error);
}

gboolean
move_secrets (BcastSecretStore  *store,
              BcastSecretPlace   to,
              GListModel        *profiles,
              GError           **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  bcast_secret_store_move_async (store, to, profiles, NULL, keep_result_cb, &result);
  return bcast_secret_store_move_finish (store, await (&result), error);
}

void
check_kept (BcastSecretStore *store,
            const char       *profile_id,
            const char       *kind,
            const char       *secret)
{
  g_autoptr(GError) error = NULL;
  char *found = look_up (store, profile_id, kind, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, secret);
  bcast_secret_free (found);
}

static void
check_keep (BcastSecretStore *store,
            const char       *profile_id,
            const char       *kind,
            const char       *secret)
{
  g_autoptr(GError) error = NULL;
  gboolean is_kept = keep (store, profile_id, kind, secret, &error);

  g_assert_no_error (error);
  g_assert_true (is_kept);
  check_kept (store, profile_id, kind, secret);
}

/* Keeps @bundle, and finds the same. */
static void
check_keep_bundle (BcastSecretStore  *store,
                   BcastProfile      *profile,
                   BcastSecretBundle *bundle)
{
  g_autoptr(GAsyncResult) stored = NULL;
  g_autoptr(GAsyncResult) looked_up = NULL;
  g_autoptr(BcastSecretBundle) found = NULL;
  g_autoptr(GError) error = NULL;

  bcast_secret_bundle_store_async (store, profile, bundle, TRUE, NULL, keep_result_cb, &stored);
  g_assert_true (bcast_secret_bundle_store_finish (store, await (&stored), &error));
  g_assert_no_error (error);
  bcast_secret_bundle_lookup_async (store, bcast_profile_get_id (profile), NULL, keep_result_cb, &looked_up);
  found = bcast_secret_bundle_lookup_finish (store, await (&looked_up), &error);
  g_assert_no_error (error);
  g_assert_true (bcast_secret_bundle_equal (found, bundle));
}

static void
check_forget (BcastSecretStore *store,
              const char       *profile_id)
{
  g_autoptr(GError) error = NULL;
  gboolean is_gone = forget (store, profile_id, &error);

  g_assert_no_error (error);
  g_assert_true (is_gone);
  check_kept (store, profile_id, BCAST_SECRET_KIND_SECRET, NULL);
  check_kept (store, profile_id, BCAST_SECRET_KIND_MASTER_KEY, NULL);
  check_kept (store, profile_id, BCAST_SECRET_KIND_AUTHORIZER, NULL);
  check_kept (store, profile_id, BCAST_SECRET_KIND_CLIENTS, NULL);
}

/* One kind goes without the others, and a bundle is all of them. */
static void
check_kinds (BcastSecretStore *store)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("one", BCAST_PROFILE_SERVER);
  g_autoptr(BcastSecretBundle) bundle = bcast_secret_bundle_new ("abc", "key", "{\"bearer\":\"x\"}");
  g_autoptr(BcastSecretBundle) less = bcast_secret_bundle_new ("", "other", NULL);
  g_autoptr(BcastSecretBundle) more = bcast_secret_bundle_new (NULL, NULL, "{}");
  g_autoptr(GAsyncResult) result = NULL;

  check_keep_bundle (store, profile, bundle);
  check_kept (store, "one", BCAST_SECRET_KIND_SECRET, "abc");
  check_kept (store, "one", BCAST_SECRET_KIND_MASTER_KEY, "key");
  check_kept (store, "one", BCAST_SECRET_KIND_AUTHORIZER, "{\"bearer\":\"x\"}");

  g_assert_true (forget_kind (store, "one", BCAST_SECRET_KIND_MASTER_KEY, NULL));
  check_kept (store, "one", BCAST_SECRET_KIND_SECRET, "abc");
  check_kept (store, "one", BCAST_SECRET_KIND_MASTER_KEY, NULL);
  check_kept (store, "one", BCAST_SECRET_KIND_AUTHORIZER, "{\"bearer\":\"x\"}");

  check_keep_bundle (store, profile, less);
  check_kept (store, "one", BCAST_SECRET_KIND_SECRET, NULL);
  check_kept (store, "one", BCAST_SECRET_KIND_MASTER_KEY, "other");
  check_kept (store, "one", BCAST_SECRET_KIND_AUTHORIZER, NULL);

  bcast_secret_bundle_store_async (store, profile, more, FALSE, NULL, keep_result_cb, &result);
  g_assert_true (bcast_secret_bundle_store_finish (store, await (&result), NULL));
  check_kept (store, "one", BCAST_SECRET_KIND_MASTER_KEY, "other");
  check_kept (store, "one", BCAST_SECRET_KIND_AUTHORIZER, "{}");
}

/* What the clients send goes with a bundle that has it, and stays when one without it takes the place of all. */
static void
check_clients (BcastSecretStore *store)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new ("one", BCAST_PROFILE_SERVER);
  g_autoptr(BcastSecretBundle) bundle = bcast_secret_bundle_new ("abc", NULL, NULL);
  g_autoptr(BcastSecretBundle) without = bcast_secret_bundle_new ("def", NULL, NULL);
  g_autoptr(BcastSecretBundle) copy = NULL;
  g_autoptr(GAsyncResult) result = NULL;

  bundle->clients = g_strdup ("{\"Carol\":{}}");
  copy = bcast_secret_bundle_copy (bundle);
  g_assert_true (bcast_secret_bundle_equal (copy, bundle));
  g_assert_false (bcast_secret_bundle_equal (copy, without));
  check_keep_bundle (store, profile, bundle);
  check_kept (store, "one", BCAST_SECRET_KIND_CLIENTS, "{\"Carol\":{}}");

  bcast_secret_bundle_store_async (store, profile, without, TRUE, NULL, keep_result_cb, &result);
  g_assert_true (bcast_secret_bundle_store_finish (store, await (&result), NULL));
  check_kept (store, "one", BCAST_SECRET_KIND_SECRET, "def");
  check_kept (store, "one", BCAST_SECRET_KIND_CLIENTS, "{\"Carol\":{}}");
}

/* What holds for each place alike. */
void
check_round_trip (BcastSecretStore *store)
{
  check_forget (store, "one");
  check_forget (store, "one-more");

  check_keep (store, "one", BCAST_SECRET_KIND_SECRET, "7ad3773142a6692b25b8");
  check_keep (store, "one", BCAST_SECRET_KIND_MASTER_KEY, "bW9yZSB0aGFuIG9uZSBzZWNyZXQgaW4gaGVyZSEhISE=");
  check_keep (store, "one-more", BCAST_SECRET_KIND_SECRET, "[#] \\n = ; “ü” it is");

  check_keep (store, "one", BCAST_SECRET_KIND_SECRET, "another");
  check_kept (store, "one", BCAST_SECRET_KIND_MASTER_KEY, "bW9yZSB0aGFuIG9uZSBzZWNyZXQgaW4gaGVyZSEhISE=");
  check_kept (store, "one-more", BCAST_SECRET_KIND_SECRET, "[#] \\n = ; “ü” it is");

  check_kinds (store);
  check_clients (store);
  check_forget (store, "one");
  check_kept (store, "one-more", BCAST_SECRET_KIND_SECRET, "[#] \\n = ; “ü” it is");
  check_forget (store, "one-more");
}

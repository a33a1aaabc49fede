/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include "bcast-error.h"
#include "bcast-secret-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SECRET BCAST_SECRET_KIND_SECRET
#define NOBODY 65534

static void
test_random_hex (void)
{
  g_autoptr(GHashTable) seen =
    g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) bcast_secret_free, NULL);
  guint histogram[16] = { 0 };

  for (guint bytes = 0; bytes < 40; bytes++)
    {
      char *hex = bcast_secret_random_hex (bytes);

      g_assert_cmpuint (strlen (hex), ==, 2 * bytes);
      g_assert_cmpuint (strspn (hex, "0123456789abcdef"), ==, 2 * bytes);
      bcast_secret_free (hex);
    }

  for (guint i = 0; i < 1000; i++)
    {
      char *hex = bcast_secret_random_hex (16);

      for (const char *c = hex; *c != '\0'; c++)
        histogram[g_ascii_xdigit_value (*c)]++;
      g_assert_true (g_hash_table_add (seen, hex));
    }
  /* 2000 of each are expected; ten standard deviations to either side */
  for (guint i = 0; i < G_N_ELEMENTS (histogram); i++)
    {
      g_assert_cmpuint (histogram[i], >, 1560);
      g_assert_cmpuint (histogram[i], <, 2440);
    }
}

static void
test_wipe (void)
{
  char secret[] = "7ad3773142a6692b25b8";
  static const char zeros[sizeof secret];

  bcast_secret_wipe (secret);
  g_assert_cmpmem (secret, sizeof secret, zeros, sizeof zeros);
  bcast_secret_free (NULL);
}

static BcastSecretStore *
new_store (Place            *place,
           BcastSecretPlace  where)
{
  return bcast_secret_store_new (where, place->path);
}

static void
test_session (Place         *place,
              gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_SESSION);
  g_autoptr(BcastSecretStore) other = new_store (place, BCAST_SECRET_PLACE_SESSION);

  check_round_trip (store);
  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  check_kept (other, "one", SECRET, NULL);
  g_assert_cmpuint (count_files (place->folder, ""), ==, 0);
}

static void
test_file (Place         *place,
           gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autoptr(BcastSecretStore) other = new_store (place, BCAST_SECRET_PLACE_FILE);
  mode_t before = umask (0);

  check_kept (store, "one", SECRET, NULL);
  g_assert_true (forget (store, "one", NULL));
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));

  check_round_trip (store);
  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  umask (before);
  g_assert_cmphex (get_mode (place->path), ==, 0600);
  g_assert_cmphex (get_mode (folder), ==, 0700);
  g_assert_cmpuint (count_files (folder, ""), ==, 1);
  check_kept (other, "one", SECRET, "abc");
}

static void
check_refused (Place      *place,
               const char *says)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autofree char *before = read_file (place->path);
  g_autofree char *after = NULL;
  GError *errors[3] = { NULL };

  g_assert_null (look_up (store, "one", SECRET, &errors[0]));
  g_assert_false (keep (store, "one", SECRET, "other", &errors[1]));
  g_assert_false (forget (store, "one", &errors[2]));
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_assert_error (errors[i], BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
      g_assert_nonnull (strstr (errors[i]->message, says));
      g_assert_nonnull (strstr (errors[i]->message, place->path));
      g_clear_error (&errors[i]);
    }
  after = read_file (place->path);
  g_assert_cmpstr (before, ==, after);
}

static void
test_file_open_to_others (Place         *place,
                          gconstpointer  data)
{
  static const struct { guint mode; const char *says; } modes[] = {
    { 0644, "mode 0644" }, { 0640, "mode 0640" }, { 0604, "chmod 600" }, { 0620, "chmod 600" },
  };
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);

  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_assert_cmpint (g_chmod (place->path, modes[i].mode), ==, 0);
      check_refused (place, modes[i].says);
    }
  g_assert_cmpint (g_chmod (place->path, 0600), ==, 0);
  check_kept (store, "one", SECRET, "abc");
}

static void
test_file_of_another (Place         *place,
                      gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);

  if (geteuid () != 0)
    {
      g_test_skip ("Only root can give a file away");
      return;
    }

  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  g_assert_cmpint (chown (place->path, NOBODY, -1), ==, 0);
  check_refused (place, "another user");
}

static void
test_file_not_a_file (Place         *place,
                      gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store =
    bcast_secret_store_new (BCAST_SECRET_PLACE_FILE, place->folder);
  g_autoptr(GError) error = NULL;

  g_assert_null (look_up (store, "one", SECRET, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
}

static void
test_file_damaged (Place         *place,
                   gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (keep (store, "one", SECRET, "abcdef", NULL));
  g_assert_true (keep (store, "two", SECRET, "ghijkl", NULL));
  text = read_file (place->path);
  length = strlen (text);

  for (gsize cut = 0; cut + 1 < length; cut++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *found = NULL;

      write_file (place->path, text, cut);
      g_assert_null (look_up (store, "one", SECRET, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "secrets.ini.damaged-"));
      g_assert_null (strstr (error->message, "abcdef"));

      /* Half a secret is none. */
      found = look_up (store, "one", SECRET, NULL);
      g_assert_cmpstr (found, ==, strstr (text, "abcdef\n") + 7 <= text + cut ? "abcdef" : NULL);
      g_assert_cmphex (get_mode (place->path), ==, 0600);
    }
  g_assert_cmpuint (count_files (folder, "secrets.ini.damaged-"), ==, length - 1);
}

static void
test_file_newer (Place         *place,
                 gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autoptr(GError) error = NULL;

  write_file (place->path, "[Broadcast]\nformat=2\n[secrets]\none/secret=abc\n# End of file\n", -1);
  g_assert_null (look_up (store, "one", SECRET, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
  g_assert_cmpuint (count_files (folder, "secrets.ini.newer-"), ==, 1);
  check_kept (store, "one", SECRET, "abc");
}

static void
test_file_garbage (Place         *place,
                   gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);

  for (guint n = 0; n < 200; n++)
    {
      char bytes[200];
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < sizeof bytes; i++)
        bytes[i] = g_test_rand_int_range (0, 256);
      write_file (place->path, bytes, sizeof bytes);
      g_assert_null (look_up (store, "one", SECRET, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
      g_assert_true (keep (store, "one", SECRET, "abc", NULL));
      check_kept (store, "one", SECRET, "abc");
    }
}

/* A change meets the damage, not a look-up: it is told and tried again, and nothing is lost. */
static void
test_file_damaged_on_change (Place         *place,
                             gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autoptr(GError) error = NULL;

  write_file (place->path, "[secrets]\none/secret=abc\n", -1);
  g_assert_false (keep (store, "two", SECRET, "def", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
  g_assert_true (keep (store, "two", SECRET, "def", NULL));
  check_kept (store, "one", SECRET, "abc");
  check_kept (store, "two", SECRET, "def");
}

/* All tasks at once, from two stores: none gets lost. */
static void
test_file_at_once (Place         *place,
                   gconstpointer  data)
{
  g_autoptr(BcastSecretStore) one = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autoptr(BcastSecretStore) two = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GAsyncResult *results[30] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_ptr_array_add (ids, g_strdup_printf ("p%u", i));
      bcast_secret_store_store_async (i % 2 == 0 ? one : two, ids->pdata[i], SECRET, NULL, ids->pdata[i], NULL,
                                      keep_result_cb, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr(GAsyncResult) result = await (&results[i]);
      g_autoptr(GError) error = NULL;

      bcast_secret_store_store_finish (i % 2 == 0 ? one : two, result, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    check_kept (one, ids->pdata[i], SECRET, ids->pdata[i]);
}

static void
test_bad_secrets (Place         *place,
                  gconstpointer  data)
{
  static const char * const bad[] = { "", "a\nb", "a\r", "\t", "a\x7f", " a", "a ", "\xff" };
  BcastSecretPlace places[] = {
    BCAST_SECRET_PLACE_KEYRING, BCAST_SECRET_PLACE_SESSION, BCAST_SECRET_PLACE_FILE,
  };
  g_autofree char *large = g_strnfill (BCAST_SECRET_MAX_BYTES + 1, 'x');
  g_autofree char *too_many = g_strnfill (BCAST_SECRET_MAX_CLIENTS_BYTES + 1, 'x');

  for (guint k = 0; k < G_N_ELEMENTS (places); k++)
    {
      g_autoptr(BcastSecretStore) store = new_store (place, places[k]);
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
        {
          g_assert_false (keep (store, "one", SECRET, bad[i], &error));
          g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
          g_clear_error (&error);
        }
      g_assert_false (keep (store, "one", SECRET, large, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
      g_clear_error (&error);
      g_assert_false (keep (store, "one", BCAST_SECRET_KIND_CLIENTS, too_many, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
      g_assert_nonnull (strstr (error->message, "clients"));
    }
  g_assert_cmpuint (count_files (place->folder, ""), ==, 0);
}

static void
test_place (Place         *place,
            gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_SESSION);
  g_autofree char *path = bcast_secret_store_dup_default_file_path ();

  g_assert_true (g_str_has_prefix (path, g_get_user_config_dir ()));
  g_assert_true (g_str_has_suffix (path, "/broadcast/secrets.ini"));

  /* Another place holds nothing yet, and the first keeps what it has. */
  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  bcast_secret_store_set_place (store, BCAST_SECRET_PLACE_FILE);
  g_assert_cmpint (bcast_secret_store_get_place (store), ==, BCAST_SECRET_PLACE_FILE);
  check_kept (store, "one", SECRET, NULL);
  bcast_secret_store_set_place (store, BCAST_SECRET_PLACE_SESSION);
  check_kept (store, "one", SECRET, "abc");
}

static void
check_ways_out (GError *error)
{
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "The keyring cannot be used: "));
  g_assert_nonnull (strstr (error->message, "for this session only"));
  g_assert_nonnull (strstr (error->message, "in a file that nobody but you can read"));
  g_assert_null (strstr (error->message, "abc123"));
}

static void
test_no_keyring (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_KEYRING);
  g_autoptr(GError) error = NULL;

  g_assert_false (probe (store, &error));
  check_ways_out (error);
  g_clear_error (&error);

  g_assert_null (look_up (store, "one", SECRET, &error));
  check_ways_out (error);
  g_clear_error (&error);

  g_assert_false (keep (store, "one", SECRET, "abc123", &error));
  check_ways_out (error);
  g_clear_error (&error);

  g_assert_false (forget (store, "one", &error));
  check_ways_out (error);
}

static void
test_cancel (Place         *place,
             gconstpointer  data)
{
  BcastSecretPlace places[] = {
    BCAST_SECRET_PLACE_KEYRING, BCAST_SECRET_PLACE_SESSION, BCAST_SECRET_PLACE_FILE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(BcastSecretStore) store = new_store (place, places[i]);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;

      g_cancellable_cancel (cancellable);
      bcast_secret_store_lookup_async (store, "one", SECRET, cancellable, keep_result_cb, &result);
      g_assert_null (bcast_secret_store_lookup_finish (store, await (&result), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static GListModel *
new_profiles (void)
{
  static const char * const ids[] = { "one", "two", "three" };
  GListStore *profiles = g_list_store_new (BCAST_TYPE_PROFILE);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(BcastProfile) profile = bcast_profile_new (ids[i], BCAST_PROFILE_SERVER);

      g_list_store_append (profiles, profile);
    }
  return G_LIST_MODEL (profiles);
}

static void
test_move (Place         *place,
           gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_SESSION);
  g_autoptr(GListModel) profiles = new_profiles ();
  g_autoptr(GError) error = NULL;

  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  g_assert_true (keep (store, "one", BCAST_SECRET_KIND_MASTER_KEY, "key", NULL));
  g_assert_true (keep (store, "one", BCAST_SECRET_KIND_AUTHORIZER, "{}", NULL));
  g_assert_true (keep (store, "one", BCAST_SECRET_KIND_CLIENTS, "{\"Carol\":{}}", NULL));
  g_assert_true (keep (store, "three", SECRET, "def", NULL));

  move_secrets (store, BCAST_SECRET_PLACE_FILE, profiles, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bcast_secret_store_get_place (store), ==, BCAST_SECRET_PLACE_FILE);
  check_kept (store, "one", SECRET, "abc");
  check_kept (store, "one", BCAST_SECRET_KIND_MASTER_KEY, "key");
  check_kept (store, "one", BCAST_SECRET_KIND_AUTHORIZER, "{}");
  check_kept (store, "one", BCAST_SECRET_KIND_CLIENTS, "{\"Carol\":{}}");
  check_kept (store, "two", SECRET, NULL);
  check_kept (store, "three", SECRET, "def");

  bcast_secret_store_set_place (store, BCAST_SECRET_PLACE_SESSION);
  check_kept (store, "one", SECRET, NULL);
  check_kept (store, "three", SECRET, NULL);

  g_assert_true (move_secrets (store, BCAST_SECRET_PLACE_SESSION, profiles, &error));
  g_assert_no_error (error);
}

/* The new place cannot be used: all is as it was. */
static void
test_move_fails (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_FILE);
  g_autoptr(GListModel) profiles = new_profiles ();
  g_autoptr(GError) error = NULL;

  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  g_assert_false (move_secrets (store, BCAST_SECRET_PLACE_KEYRING, profiles, &error));
  check_ways_out (error);
  g_assert_cmpint (bcast_secret_store_get_place (store), ==, BCAST_SECRET_PLACE_FILE);
  check_kept (store, "one", SECRET, "abc");

  g_clear_error (&error);
  g_assert_cmpint (g_chmod (place->path, 0644), ==, 0);
  g_assert_false (move_secrets (store, BCAST_SECRET_PLACE_SESSION, profiles, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_cmpint (bcast_secret_store_get_place (store), ==, BCAST_SECRET_PLACE_FILE);
}

static void
test_move_from_dead_keyring (Place         *place,
                             gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_KEYRING);
  g_autoptr(GListModel) profiles = new_profiles ();
  g_autoptr(GError) error = NULL;

  g_assert_true (move_secrets (store, BCAST_SECRET_PLACE_SESSION, profiles, &error));
  g_assert_no_error (error);
  g_assert_cmpint (bcast_secret_store_get_place (store), ==, BCAST_SECRET_PLACE_SESSION);
}

/* Not with the file: its thread may let go of the store a moment after the answer came. */
static void
test_dies (Place         *place,
           gconstpointer  data)
{
  g_autoptr(BcastSecretStore) store = new_store (place, BCAST_SECRET_PLACE_SESSION);
  g_autoptr(GListModel) profiles = new_profiles ();

  check_round_trip (store);
  g_assert_true (move_secrets (store, BCAST_SECRET_PLACE_KEYRING, profiles, NULL));
  g_assert_finalize_object (g_steal_pointer (&store));
}

static void
secrets_set_up (Place         *place,
                gconstpointer  data)
{
  place_set_up (place, data);
  g_free (place->path);
  place->path = g_build_filename (place->folder, "config", "broadcast", "secrets.ini", NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Place *, gconstpointer); } tests[] = {
    { "/secret-store/session", test_session },
    { "/secret-store/file", test_file },
    { "/secret-store/file/open-to-others", test_file_open_to_others },
    { "/secret-store/file/of-another", test_file_of_another },
    { "/secret-store/file/not-a-file", test_file_not_a_file },
    { "/secret-store/file/damaged", test_file_damaged },
    { "/secret-store/file/damaged-on-change", test_file_damaged_on_change },
    { "/secret-store/file/newer", test_file_newer },
    { "/secret-store/file/garbage", test_file_garbage },
    { "/secret-store/file/at-once", test_file_at_once },
    { "/secret-store/bad-secrets", test_bad_secrets },
    { "/secret-store/place", test_place },
    { "/secret-store/no-keyring", test_no_keyring },
    { "/secret-store/cancel", test_cancel },
    { "/secret-store/move", test_move },
    { "/secret-store/move/fails", test_move_fails },
    { "/secret-store/move/from-dead-keyring", test_move_from_dead_keyring },
    { "/secret-store/dies", test_dies },
  };

  /* No bus, so no keyring: whoever runs this has theirs left alone. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret-store/random-hex", test_random_hex);
  g_test_add_func ("/secret-store/wipe", test_wipe);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, secrets_set_up, tests[i].func, place_tear_down);

  return g_test_run ();
}

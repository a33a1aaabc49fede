/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include "bcast-error.h"
#include "bcast-profile-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SECRET     "7ad3773142a6692b25b8"
#define MASTER_KEY "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk="
#define AUTHORIZER "{\"bearer\":\"b3arer-of-somebody\"}"
#define N_RANDOM_FILES 200

static void
save (BcastProfileStore *store)
{
  g_autoptr(GError) error = NULL;
  gboolean is_saved = bcast_profile_store_save (store, &error);

  g_assert_no_error (error);
  g_assert_true (is_saved);
}

static BcastProfileStore *
load (const char *path)
{
  BcastProfileStore *store = bcast_profile_store_new (path);
  g_autoptr(GError) error = NULL;
  gboolean is_loaded = bcast_profile_store_load (store, &error);

  g_assert_no_error (error);
  g_assert_true (is_loaded);
  g_assert_null (bcast_profile_store_get_kept_aside (store));
  return store;
}

static BcastProfile *
add (BcastProfileStore *store,
     const char        *id,
     const char        *name)
{
  g_autoptr(BcastProfile) profile = bcast_profile_new (id, BCAST_PROFILE_SERVER);

  g_object_set (profile, "name", name, "ws-host", "ws.example.com", "key", "app-key", NULL);
  bcast_profile_store_add (store, profile);
  return profile;
}

static char *
dup_ids (BcastProfileStore *store)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr(BcastProfile) profile = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", bcast_profile_get_id (profile));
    }
  return g_string_free (ids, FALSE);
}

static void
check_ids (BcastProfileStore *store,
           const char        *expected)
{
  g_autofree char *ids = dup_ids (store);

  g_assert_cmpstr (ids, ==, expected);
}

static void
changed_cb (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            gpointer    user_data)
{
  char **last = user_data;

  g_free (*last);
  *last = g_strdup_printf ("%u -%u +%u of %u", position, removed, added, g_list_model_get_n_items (model));
}

static void
test_model (void)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new ("unused");
  g_autofree char *last = NULL;
  g_autoptr(BcastProfile) b = NULL;
  guint position;

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (store)) == BCAST_TYPE_PROFILE);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (store), 0));
  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), &last);

  add (store, "a", "A");
  g_assert_cmpstr (last, ==, "0 -0 +1 of 1");
  b = g_object_ref (add (store, "b", "B"));
  add (store, "c", "C");
  g_assert_cmpstr (last, ==, "2 -0 +1 of 3");
  check_ids (store, "a b c");

  g_assert_true (bcast_profile_store_remove (store, b, &position));
  g_assert_cmpuint (position, ==, 1);
  g_assert_cmpstr (last, ==, "1 -1 +0 of 2");
  g_assert_false (bcast_profile_store_remove (store, b, NULL));

  bcast_profile_store_insert (store, position, b);
  g_assert_cmpstr (last, ==, "1 -0 +1 of 3");
  check_ids (store, "a b c");

  g_assert_true (bcast_profile_store_remove (store, b, NULL));
  bcast_profile_store_insert (store, 99, b);
  check_ids (store, "a c b");
}

static void
test_find (void)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new ("unused");
  BcastProfile *a = add (store, "a", "Straße");
  BcastProfile *b = add (store, "b", "a");
  BcastProfile *c = add (store, "c", "SHOP");
  BcastProfile *d = add (store, "d", "shop");

  g_assert_true (bcast_profile_store_find (store, "a") == a);
  g_assert_true (bcast_profile_store_find (store, "STRASSE") == a);
  g_assert_true (bcast_profile_store_find (store, "b") == b);
  g_assert_true (bcast_profile_store_find (store, "shop") == d);
  g_assert_true (bcast_profile_store_find (store, "Shop") == c);
  g_assert_null (bcast_profile_store_find (store, "none"));
}

static void
test_missing (Place         *place,
              gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = load (place->path);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 0);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

static void
test_modes (Place         *place,
            gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autofree char *folder = g_path_get_dirname (place->path);
  mode_t before = umask (0);

  save (store);
  umask (before);
  g_assert_cmphex (get_mode (place->path), ==, 0600);
  g_assert_cmphex (get_mode (folder), ==, 0700);
  g_assert_cmpuint (count_files (folder, ""), ==, 1);
}

static void
test_order (Place         *place,
            gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autoptr(BcastProfileStore) again = NULL;
  g_autoptr(BcastProfileStore) moved = NULL;
  g_autoptr(BcastProfile) c = NULL;

  add (store, "z", "1");
  add (store, "a", "2");
  c = g_object_ref (add (store, "c", "3"));
  save (store);
  again = load (place->path);
  check_ids (again, "z a c");

  g_assert_true (bcast_profile_store_remove (store, c, NULL));
  bcast_profile_store_insert (store, 0, c);
  save (store);
  moved = load (place->path);
  check_ids (moved, "c z a");
}

static void
test_unknown_is_kept (Place         *place,
                      gconstpointer  data)
{
  static const char text[] =
    "# Mine, and not to be lost\n"
    "[Broadcast]\nformat=1\nlater=yes\n\n"
    "[profile b]\nname=B\nname[de]=Bee\nkind=cluster\ncluster=eu\n# why\nfuture-endpoint=http\\sx;y\n\n"
    "[window]\nsize=3\n\n"
    "[profile a]\nname=A\nkind=server\nfuture=\\q\n\n"
    "# End of file\n";
  g_autoptr(BcastProfileStore) store = NULL;
  g_autoptr(BcastProfileStore) again = NULL;
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr(BcastProfile) b = NULL;

  write_file (place->path, text, -1);
  store = load (place->path);
  check_ids (store, "b a");
  b = g_list_model_get_item (G_LIST_MODEL (store), 0);
  g_object_set (b, "name", "Renamed", NULL);
  save (store);
  first = read_file (place->path);
  g_assert_nonnull (strstr (first, "# Mine, and not to be lost\n"));
  g_assert_nonnull (strstr (first, "name=Renamed\n"));
  g_assert_nonnull (strstr (first, "name[de]=Bee\n"));
  g_assert_nonnull (strstr (first, "# why\nfuture-endpoint=http\\sx;y\n"));
  g_assert_nonnull (strstr (first, "later=yes\n"));
  g_assert_nonnull (strstr (first, "[window]\nsize=3\n"));
  g_assert_nonnull (strstr (first, "future=\\q\n"));
  g_assert_null (strstr (first, "name=B\n"));

  again = load (place->path);
  save (again);
  second = read_file (place->path);
  g_assert_cmpstr (second, ==, first);

  /* What belongs to a profile goes with it, and comes back when the removal is undone. */
  g_assert_true (bcast_profile_store_remove (store, b, NULL));
  save (store);
  g_free (g_steal_pointer (&second));
  second = read_file (place->path);
  g_assert_null (strstr (second, "future-endpoint"));
  bcast_profile_store_insert (store, 0, b);
  save (store);
  g_free (g_steal_pointer (&second));
  second = read_file (place->path);
  g_assert_cmpstr (second, ==, first);
}

/* What a person may write: no header, no kind, another editor's line ends, a byte order mark. */
static void
test_by_hand (Place         *place,
              gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = NULL;
  g_autoptr(BcastProfile) a = NULL;
  g_autoptr(BcastProfile) b = NULL;

  write_file (place->path, "\xEF\xBB\xBF[profile a]\r\n  name = Mine \r\ncluster=eu\r\n\r\n"
              "[profile b]\r\nws-host=localhost\r\nws-port=6001\r\n", -1);
  store = load (place->path);
  check_ids (store, "a b");
  a = g_list_model_get_item (G_LIST_MODEL (store), 0);
  b = g_list_model_get_item (G_LIST_MODEL (store), 1);
  g_assert_cmpint (bcast_profile_get_kind (a), ==, BCAST_PROFILE_CLUSTER);
  g_assert_true (bcast_profile_get_tls (a));
  g_assert_cmpint (bcast_profile_get_kind (b), ==, BCAST_PROFILE_SERVER);
  g_assert_cmpuint (bcast_profile_get_ws_port (b), ==, 6001);
}

static char *
make_random_text (void)
{
  static const char * const pieces[] = {
    "a", "Z", "0", " ", "  ", "\t", "\n", "\r\n", "\\", "\\s", ";", "#", "[", "]", "=", "\"", "'", "%s", "ü", "☃",
    "\xF0\x9F\x93\xA1", "\x01", "\x7f", "# End of file", "[profile x]", "format=2", "\xE2\x80\xA8",
  };
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static BcastProfile *
make_random_profile (guint i)
{
  g_autofree char *id = g_strdup_printf ("p.%u_-%d", i, g_test_rand_int_range (0, 1000));
  BcastProfile *profile = bcast_profile_new (id, g_test_rand_int_range (0, 3));
  guint n_pspecs;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (profile), &n_pspecs);

  for (guint k = 0; k < n_pspecs; k++)
    {
      g_autofree char *text = make_random_text ();

      if (g_str_equal (pspecs[k]->name, "id") || g_str_equal (pspecs[k]->name, "kind"))
        continue;
      if (G_PARAM_SPEC_VALUE_TYPE (pspecs[k]) == G_TYPE_STRING)
        g_object_set (profile, pspecs[k]->name, text, NULL);
      else if (G_PARAM_SPEC_VALUE_TYPE (pspecs[k]) == G_TYPE_BOOLEAN)
        g_object_set (profile, pspecs[k]->name, g_test_rand_bit () != 0, NULL);
      else if (G_PARAM_SPEC_VALUE_TYPE (pspecs[k]) == G_TYPE_INT)
        g_object_set (profile, pspecs[k]->name, g_test_rand_int_range (0, 2), NULL);
      else
        g_object_set (profile, pspecs[k]->name, (guint) g_test_rand_int () >> g_test_rand_int_range (0, 32), NULL);
    }
  return profile;
}

static void
test_round_trip (Place         *place,
                 gconstpointer  data)
{
  for (guint n = 0; n < N_RANDOM_FILES; n++)
    {
      g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
      g_autoptr(BcastProfileStore) again = NULL;
      guint n_profiles = g_test_rand_int_range (0, 6);

      for (guint i = 0; i < n_profiles; i++)
        {
          g_autoptr(BcastProfile) profile = make_random_profile (i);

          bcast_profile_store_add (store, profile);
        }
      save (store);
      again = load (place->path);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, n_profiles);

      for (guint i = 0; i < n_profiles; i++)
        {
          g_autoptr(BcastProfile) before = g_list_model_get_item (G_LIST_MODEL (store), i);
          g_autoptr(BcastProfile) after = g_list_model_get_item (G_LIST_MODEL (again), i);

          g_assert_cmpstr (bcast_profile_get_id (before), ==, bcast_profile_get_id (after));
          g_assert_true (bcast_profile_equal (before, after));
        }
      g_assert_cmpint (g_unlink (place->path), ==, 0);
    }
}

static void
test_sandbox (Place         *place,
              gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autoptr(BcastProfileStore) other = bcast_profile_store_new ("unused");
  g_autoptr(BcastProfileStore) again = NULL;
  g_autoptr(GError) error = NULL;
  BcastProfile *sandbox, *found;
  const char *key, *app_id;

  add (store, "a", "A");
  sandbox = bcast_profile_store_ensure_sandbox (store);
  check_ids (store, "sandbox a");
  g_assert_cmpstr (bcast_profile_get_name (sandbox), ==, "Sandbox");
  g_assert_cmpint (bcast_profile_get_kind (sandbox), ==, BCAST_PROFILE_SANDBOX);
  bcast_profile_check (sandbox, NULL, &error);
  g_assert_no_error (error);

  key = bcast_profile_get_key (sandbox);
  app_id = bcast_profile_get_app_id (sandbox);
  g_assert_cmpuint (strlen (key), ==, 20);
  g_assert_cmpuint (strspn (key, "0123456789abcdef"), ==, 20);
  g_assert_cmpuint (strlen (app_id), >=, 6);
  g_assert_cmpuint (strspn (app_id, "0123456789"), ==, strlen (app_id));
  g_assert_cmpstr (bcast_profile_get_key (bcast_profile_store_ensure_sandbox (other)), !=, key);

  g_assert_true (bcast_profile_store_ensure_sandbox (store) == sandbox);
  save (store);
  again = load (place->path);
  found = bcast_profile_store_ensure_sandbox (again);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);
  g_assert_true (bcast_profile_equal (found, sandbox));
}

static void
test_sandbox_odd (void)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new ("unused");
  BcastProfile *sandbox;

  /* Somebody made the id their own. */
  add (store, "sandbox", "Not the sandbox");
  sandbox = bcast_profile_store_ensure_sandbox (store);
  g_assert_cmpint (bcast_profile_get_kind (sandbox), ==, BCAST_PROFILE_SANDBOX);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==, 2);
  g_assert_true (bcast_profile_store_ensure_sandbox (store) == sandbox);

  /* Credentials that got lost are made anew. */
  g_object_set (sandbox, "key", "", "app-id", "", NULL);
  g_assert_true (bcast_profile_store_ensure_sandbox (store) == sandbox);
  g_assert_cmpuint (strlen (bcast_profile_get_key (sandbox)), ==, 20);

  /* Never one of digits alone, which some readers of .env files take for a number. */
  for (guint i = 0; i < 50; i++)
    {
      g_object_set (sandbox, "key", "", NULL);
      bcast_profile_store_ensure_sandbox (store);
      g_assert_true (g_ascii_isalpha (*bcast_profile_get_key (sandbox)));
    }
  g_assert_cmpstr (bcast_profile_get_app_id (sandbox), !=, "");
}

/* Two programs of ours at once: neither takes from the other. */
static void
test_two_programs (Place         *place,
                   gconstpointer  data)
{
  g_autoptr(BcastProfileStore) one = bcast_profile_store_new (place->path);
  g_autoptr(BcastProfileStore) two = NULL;
  g_autoptr(BcastProfileStore) result = NULL;

  add (one, "a", "A");
  add (one, "b", "B");
  save (one);

  two = load (place->path);
  add (two, "c", "C");
  g_assert_true (bcast_profile_store_remove (two, bcast_profile_store_find (two, "b"), NULL));
  save (two);

  g_object_set (bcast_profile_store_find (one, "a"), "name", "Changed", NULL);
  add (one, "d", "D");
  save (one);
  check_ids (one, "a b d c");

  result = load (place->path);
  check_ids (result, "a b d c");
  g_assert_nonnull (bcast_profile_store_find (result, "Changed"));
}

static void
test_removed_stays_removed (Place         *place,
                            gconstpointer  data)
{
  g_autoptr(BcastProfileStore) one = bcast_profile_store_new (place->path);
  g_autoptr(BcastProfileStore) two = NULL;

  add (one, "a", "A");
  add (one, "b", "B");
  save (one);
  two = load (place->path);
  g_object_set (bcast_profile_store_find (two, "b"), "name", "Elsewhere", NULL);
  save (two);

  g_assert_true (bcast_profile_store_remove (one, bcast_profile_store_find (one, "b"), NULL));
  save (one);
  check_ids (one, "a");
}

static void
test_save_before_load (Place         *place,
                       gconstpointer  data)
{
  g_autoptr(BcastProfileStore) one = bcast_profile_store_new (place->path);
  g_autoptr(BcastProfileStore) two = bcast_profile_store_new (place->path);
  g_autoptr(BcastProfileStore) result = NULL;

  add (one, "a", "A");
  save (one);
  add (two, "b", "B");
  save (two);
  result = load (place->path);
  check_ids (result, "b a");
}

static void
test_link_stays (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = NULL;
  g_autofree char *real = g_build_filename (place->folder, "real.ini", NULL);
  g_autofree char *link = g_build_filename (place->folder, "link.ini", NULL);
  g_autofree char *contents = NULL;

  write_file (real, "[profile a]\nname=A\nkind=server\n", -1);
  g_assert_cmpint (symlink (real, link), ==, 0);
  store = load (link);
  add (store, "b", "B");
  save (store);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  contents = read_file (real);
  g_assert_nonnull (strstr (contents, "[profile b]"));
}

static void
test_too_large (Place         *place,
                gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autofree char *name = g_strnfill (1024 * 1024, 'x');
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;
  BcastProfile *a = add (store, "a", "A");

  save (store);
  before = read_file (place->path);
  g_object_set (a, "name", name, NULL);
  g_assert_false (bcast_profile_store_save (store, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  after = read_file (place->path);
  g_assert_cmpstr (before, ==, after);

  g_object_set (a, "name", "A", NULL);
  save (store);
}

static void
test_no_secret_in_file (Place         *place,
                        gconstpointer  data)
{
  g_autofree char *secret_path = g_build_filename (place->folder, "secrets.ini", NULL);
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autoptr(BcastApp) app = NULL;
  g_autoptr(GError) error = NULL;
  BcastProfile *profile = add (store, "a", "A");
  BcastSecretPlace places[] = { BCAST_SECRET_PLACE_SESSION, BCAST_SECRET_PLACE_FILE };

  app = bcast_profile_dup_app (profile, SECRET, MASTER_KEY, &error);
  g_assert_no_error (error);
  save (store);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(BcastSecretStore) secrets = bcast_secret_store_new (places[i], secret_path);
      g_autofree char *contents = NULL;

      g_assert_true (keep (secrets, "a", BCAST_SECRET_KIND_SECRET, SECRET, NULL));
      g_assert_true (keep (secrets, "a", BCAST_SECRET_KIND_MASTER_KEY, MASTER_KEY, NULL));
      g_assert_true (keep (secrets, "a", BCAST_SECRET_KIND_AUTHORIZER, AUTHORIZER, NULL));
      g_object_set (profile, "production", i == 0, NULL);
      save (store);
      contents = read_file (place->path);
      g_assert_nonnull (strstr (contents, "app-key"));
      g_assert_null (strstr (contents, SECRET));
      g_assert_null (strstr (contents, MASTER_KEY));
      g_assert_null (strstr (contents, AUTHORIZER));
    }
}

static void
test_default_path (void)
{
  g_autofree char *path = bcast_profile_store_dup_default_path ();

  g_assert_true (g_str_has_prefix (path, g_get_user_config_dir ()));
  g_assert_true (g_str_has_suffix (path, "/broadcast/profiles.ini"));
}

static void
test_dies (Place         *place,
           gconstpointer  data)
{
  g_autoptr(BcastProfileStore) store = bcast_profile_store_new (place->path);
  g_autoptr(BcastProfile) profile = g_object_ref (add (store, "a", "A"));

  save (store);
  g_assert_true (bcast_profile_store_load (store, NULL));
  g_assert_finalize_object (g_steal_pointer (&store));
  g_assert_finalize_object (g_steal_pointer (&profile));
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Place *, gconstpointer); } on_disk[] = {
    { "/profile-store/missing", test_missing },
    { "/profile-store/modes", test_modes },
    { "/profile-store/order", test_order },
    { "/profile-store/unknown-is-kept", test_unknown_is_kept },
    { "/profile-store/by-hand", test_by_hand },
    { "/profile-store/round-trip", test_round_trip },
    { "/profile-store/sandbox", test_sandbox },
    { "/profile-store/two-programs", test_two_programs },
    { "/profile-store/removed-stays-removed", test_removed_stays_removed },
    { "/profile-store/save-before-load", test_save_before_load },
    { "/profile-store/link-stays", test_link_stays },
    { "/profile-store/too-large", test_too_large },
    { "/profile-store/no-secret-in-file", test_no_secret_in_file },
    { "/profile-store/dies", test_dies },
  };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/profile-store/model", test_model);
  g_test_add_func ("/profile-store/find", test_find);
  g_test_add_func ("/profile-store/sandbox-odd", test_sandbox_odd);
  g_test_add_func ("/profile-store/default-path", test_default_path);
  for (guint i = 0; i < G_N_ELEMENTS (on_disk); i++)
    g_test_add (on_disk[i].path, Place, NULL, place_set_up, on_disk[i].func, place_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include "bcast-error.h"

#include <string.h>

#define SECRET     BCAST_SECRET_KIND_SECRET
#define MASTER_KEY BCAST_SECRET_KIND_MASTER_KEY

#define SERVICE    "org.freedesktop.secrets"
#define SERVICE_AT "/org/freedesktop/secrets"

static GVariant *
call_service (const char *interface,
              const char *method,
              GVariant   *arguments)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus, SERVICE, SERVICE_AT, interface, method, arguments, NULL,
                                                  G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

/* Looks past libsecret at what the keyring holds. */
static guint
count_items (const char *attribute,
             const char *value)
{
  g_auto(GVariantBuilder) attributes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GVariant) unlocked = NULL;

  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", "org.example.Broadcast.Secret");
  g_variant_builder_add (&attributes, "{ss}", attribute, value);
  answer = call_service ("org.freedesktop.Secret.Service", "SearchItems",
                         g_variant_new ("(@a{ss})", g_variant_builder_end (&attributes)));
  unlocked = g_variant_get_child_value (answer, 0);
  return g_variant_n_children (unlocked);
}

static void
lock_all (void)
{
  const char *keyrings[] = { SERVICE_AT "/collection/login", NULL };

  g_variant_unref (call_service ("org.freedesktop.Secret.Service", "Lock",
                                 g_variant_new ("(@ao)", g_variant_new_objv (keyrings, -1))));
}

static void
test_probe (void)
{
  g_autoptr(BcastSecretStore) store = bcast_secret_store_new (BCAST_SECRET_PLACE_KEYRING, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (probe (store, &error));
  g_assert_no_error (error);
}

static void
test_round_trip (void)
{
  g_autoptr(BcastSecretStore) store = bcast_secret_store_new (BCAST_SECRET_PLACE_KEYRING, NULL);

  check_round_trip (store);
}

/* Another store, as after a new start, finds what the first kept, under our schema. */
static void
test_lasts (void)
{
  g_autoptr(BcastSecretStore) one = bcast_secret_store_new (BCAST_SECRET_PLACE_KEYRING, NULL);
  g_autoptr(BcastSecretStore) two = bcast_secret_store_new (BCAST_SECRET_PLACE_KEYRING, NULL);

  g_assert_true (keep (one, "one", SECRET, "abc", NULL));
  g_assert_true (keep (one, "one", MASTER_KEY, "key", NULL));
  g_assert_true (keep (one, "one", SECRET, "abcdef", NULL));
  g_clear_object (&one);

  check_kept (two, "one", SECRET, "abcdef");
  check_kept (two, "one", MASTER_KEY, "key");
  g_assert_cmpuint (count_items ("profile", "one"), ==, 2);
  g_assert_cmpuint (count_items ("kind", "master-key"), ==, 1);

  g_assert_true (forget (two, "one", NULL));
  g_assert_cmpuint (count_items ("profile", "one"), ==, 0);
}

static void
test_move (void)
{
  g_autoptr(BcastSecretStore) store = bcast_secret_store_new (BCAST_SECRET_PLACE_SESSION, NULL);
  g_autoptr(GListStore) profiles = g_list_store_new (BCAST_TYPE_PROFILE);
  g_autoptr(BcastProfile) profile = bcast_profile_new ("one", BCAST_PROFILE_SERVER);
  g_autoptr(GError) error = NULL;

  g_list_store_append (profiles, profile);
  g_assert_true (keep (store, "one", SECRET, "abc", NULL));
  g_assert_true (move_secrets (store, BCAST_SECRET_PLACE_KEYRING, G_LIST_MODEL (profiles), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_items ("profile", "one"), ==, 1);
  check_kept (store, "one", SECRET, "abc");

  g_assert_true (move_secrets (store, BCAST_SECRET_PLACE_SESSION, G_LIST_MODEL (profiles), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_items ("profile", "one"), ==, 0);
  check_kept (store, "one", SECRET, "abc");
}

/* Nobody is there to type the password: that is told, and is not taken for “nothing kept”. */
static void
test_locked (void)
{
  g_autoptr(BcastSecretStore) store = bcast_secret_store_new (BCAST_SECRET_PLACE_KEYRING, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (keep (store, "one", SECRET, "abc123", NULL));
  lock_all ();

  g_assert_true (probe (store, &error));
  g_assert_no_error (error);

  g_assert_null (look_up (store, "one", SECRET, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "it is locked"));
  g_assert_nonnull (strstr (error->message, "for this session only"));
  g_clear_error (&error);

  g_assert_false (keep (store, "one", SECRET, "def456", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "for this session only"));
  g_assert_null (strstr (error->message, "def456"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  /* The keyring of whoever runs this is not for tests; see with-keyring. */
  if (g_getenv ("BCAST_TEST_KEYRING") == NULL)
    {
      g_print ("1..0 # SKIP run it through with-keyring\n");
      return 0;
    }

  g_test_add_func ("/secret-keyring/probe", test_probe);
  g_test_add_func ("/secret-keyring/round-trip", test_round_trip);
  g_test_add_func ("/secret-keyring/lasts", test_lasts);
  g_test_add_func ("/secret-keyring/move", test_move);
  g_test_add_func ("/secret-keyring/locked", test_locked);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signing.h"

#include <string.h>

#include "bcast-error.h"

#define KEY    "278d425bdf160c739803"
#define SECRET "7ad3773142a6692b25b8"
#define DATA   "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}"

static char *
describe_parts (BcastSigning *signing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < signing->parts->len; i++)
    {
      BcastSigningPart *part = g_ptr_array_index (signing->parts, i);

      g_string_append_printf (text, "%d", part->origin);
    }
  return g_string_free (text, FALSE);
}

static void
test_channel (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSigning) signing = bcast_signing_new_channel (KEY, SECRET, "1234.1234", "presence-foobar", DATA, &error);

  g_assert_no_error (error);

  g_autofree char *parts = describe_parts (signing);

  g_assert_cmpstr (parts, ==, "10203");
  g_assert_cmpstr (signing->string_to_sign, ==, "1234.1234:presence-foobar:" DATA);
  g_assert_cmpstr (signing->digest, ==, "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80");
  g_assert_cmpstr (signing->value, ==, KEY ":31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80");
  g_assert_cmpstr (signing->answer, ==, "{\"auth\":\"" KEY ":31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80\","
                   "\"channel_data\":\"{\\\"user_id\\\":10,\\\"user_info\\\":{\\\"name\\\":\\\"Mr. Channels\\\"}}\"}");
}

static void
test_user (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSigning) signing = bcast_signing_new_user (KEY, SECRET, "1234.1234", "{\"id\":\"12345\"}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (signing->value, ==, KEY ":4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba");
  g_assert_nonnull (strstr (signing->answer, "\"user_data\":"));
}

static void
test_request (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSigning) signing =
    bcast_signing_new_request (KEY, SECRET, "POST", "/apps/3/events", NULL,
                               "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}", 1353088179, &error);

  g_assert_no_error (error);

  g_autofree char *parts = describe_parts (signing);

  g_assert_cmpstr (parts, ==, "5060707070" "8");
  g_assert_cmpstr (signing->digest, ==, "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
  g_assert_true (g_str_has_suffix (signing->value, signing->digest));
  g_assert_null (signing->answer);
}

static void
test_parts_join_to_the_string (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSigning) signing =
    bcast_signing_new_request (KEY, SECRET, "get", "/apps/3/channels", "info=user_count&filter_by_prefix=presence-", NULL, 1700000000, &error);
  g_autoptr(GString) joined = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < signing->parts->len; i++)
    g_string_append (joined, ((BcastSigningPart *) g_ptr_array_index (signing->parts, i))->text);
  g_assert_cmpstr (joined->str, ==, signing->string_to_sign);
  g_assert_cmpstr (signing->digest, ==, "5142c71a4248ef5f3ec45e8793d8997773f1d19ce69ee6f6b1d75131d8aa0a6a");
}

static void
assert_refused (BcastSigning  *signing,
                GError       **error,
                const char    *words)
{
  g_assert_null (signing);
  g_assert_error (*error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_nonnull (strstr ((*error)->message, words));
  g_assert_null (strstr ((*error)->message, SECRET));
  g_clear_error (error);
}

static void
test_refuses (void)
{
  static const struct { const char *key, *secret, *socket_id, *channel, *data, *words; } channels[] = {
    { "", SECRET, "1.2", "private-a", NULL, "key is empty" },
    { KEY, "", "1.2", "private-a", NULL, "secret is empty" },
    { KEY, NULL, "1.2", "private-a", NULL, "secret is empty" },
    { KEY, SECRET, "12", "private-a", NULL, "socket id" },
    { KEY, SECRET, "1.2", "orders", NULL, "public channel" },
    { KEY, SECRET, "1.2", "private-a b", NULL, "space" },
    { KEY, SECRET, "1.2", "presence-a", NULL, "user_id" },
    { KEY, SECRET, "1.2", "presence-a", "{}", "user_id" },
  };
  static const struct { const char *data, *words; } users[] = {
    { "", "no JSON object" }, { "{}", "“id”" }, { "{\"id\":5}", "“id”" }, { "{\"id\":\"\"}", "“id”" },
  };
  static const struct { const char *method, *path, *query, *words; } requests[] = {
    { "", "/apps", NULL, "method" }, { "GE T", "/apps", NULL, "method" }, { "GET", "apps", NULL, "path" },
    { "GET", "/apps?x", NULL, "path" }, { "GET", "/apps", "a=%z", "query" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      GError *error = NULL;

      assert_refused (bcast_signing_new_channel (channels[i].key, channels[i].secret, channels[i].socket_id,
                                                 channels[i].channel, channels[i].data, &error), &error, channels[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      GError *error = NULL;

      assert_refused (bcast_signing_new_user (KEY, SECRET, "1.2", users[i].data, &error), &error, users[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      GError *error = NULL;

      assert_refused (bcast_signing_new_request (KEY, SECRET, requests[i].method, requests[i].path, requests[i].query,
                                                 NULL, 0, &error), &error, requests[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/signing/channel", test_channel);
  g_test_add_func ("/signing/user", test_user);
  g_test_add_func ("/signing/request", test_request);
  g_test_add_func ("/signing/parts-join-to-the-string", test_parts_join_to_the_string);
  g_test_add_func ("/signing/refuses", test_refuses);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-signature.h"

#include <string.h>

#include "bcast-error.h"

#define KEY    "278d425bdf160c739803"
#define SECRET "7ad3773142a6692b25b8"

typedef struct
{
  const char *what;
  const char *key;
  const char *secret;
  const char *socket_id;
  const char *channel; /* NULL for a sign-in */
  const char *data;
  const char *hex;
} Vector;

/* Made with the official Node library and recomputed with plain Node crypto; A3 is the hex that the
 * documentation prints beside another name, A7 and U3 come from the official Python library. */
static const Vector vectors[] = {
  { "A1", KEY, SECRET, "1234.1234", "private-foobar", NULL,
    "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4" },
  { "A2", KEY, SECRET, "1234.1234", "presence-foobar",
    "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Channels\"}}",
    "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80" },
  { "A3", KEY, SECRET, "1234.1234", "presence-foobar",
    "{\"user_id\":10,\"user_info\":{\"name\":\"Mr. Pusher\"}}",
    "afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c" },
  { "A4", KEY, SECRET, "1234.1234", "presence-cafe",
    "{\"user_id\":\"u-é😀\",\"user_info\":{\"name\":\"Zoë \\\"Z\\\" ☃\",\"slash\":\"a/b\"}}",
    "03b181860885a9a17ea24d9020379d44d0196f23cb61ca743f95c0b8a38e8ce1" },
  { "A5", KEY, SECRET, "1234.1234", "presence-cafe",
    "{\"user_id\": \"1\", \"user_info\": {\"name\": \"Zo\\u00eb\"}}",
    "9248258ba0cab3114f447e9d5d5b887d94b9eca7684b600d69f2b757d01a484e" },
  { "A6", KEY, SECRET, "1234.1234", "private-encrypted-orders", NULL,
    "bc32059df4abc5918d2a4ce084b4875fcfbe7ddc8c84eff6dbc5ef52029f2a6b" },
  { "A7", "foo", "bar", "345.23", "private-channel", NULL,
    "89955e77e1b40e33df6d515a5ecbba86a01dc816a5b720da18a06fd26f7d92ff" },
  { "U1", KEY, SECRET, "1234.1234", NULL, "{\"id\":\"12345\"}",
    "4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba" },
  { "U2", KEY, SECRET, "1234.1234", NULL,
    "{\"id\":\"u1\",\"user_info\":{\"name\":\"Jørgen\"},\"watchlist\":[\"u2\",\"u3\"]}",
    "8f1c6a25331260d97b73e97bb4d1dda6167ad88058891d2a31d2753020b086bc" },
  { "U3", "aaaa", "tofu", "1.1", NULL, "{\"id\":\"ą§¶™€łü€ß£\"}",
    "620494cee53d6c568b49598313194088afda37218f0d059af03c0c898ed61ff4" },
};

static char *
dup_string_to_sign (const Vector *vector)
{
  if (vector->channel == NULL)
    return bcast_signature_user_string (vector->socket_id, vector->data);
  return bcast_signature_channel_string (vector->socket_id, vector->channel, vector->data);
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autofree char *string = dup_string_to_sign (vector);
  g_autofree char *auth = bcast_signature_auth (vector->key, vector->secret, string);
  g_autofree char *expected = g_strconcat (vector->key, ":", vector->hex, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (auth, ==, expected);
  g_assert_true (bcast_signature_check_auth (vector->key, vector->secret, string, auth, &error));
  g_assert_no_error (error);
}

static void
test_check_refuses (void)
{
  static const struct { const char *auth, *words; } wrong[] = {
    { NULL, "missing" },
    { "", "missing" },
    { "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4", "no key" },
    { "otherkey:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4", "another app" },
    { KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a5", "Invalid signature" },
    { KEY ":58df8b0c", "Invalid signature" },
    { KEY ":", "Invalid signature" },
    { KEY ":58DF8B0C36D6982B82C3ECF6B4662E34FE8C25BBA48F5369F135BF843651C3A4", "Invalid signature" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_signature_check_auth (KEY, SECRET, "1234.1234:private-foobar",
                                                  wrong[i].auth, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
      g_assert_nonnull (strstr (error->message, wrong[i].words));
      g_assert_null (strstr (error->message, SECRET));
      g_assert_null (strstr (error->message, "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"));
    }
}

static void
test_equal (void)
{
  g_assert_true (bcast_signature_equal ("abc", "abc"));
  g_assert_true (bcast_signature_equal ("", ""));
  g_assert_false (bcast_signature_equal ("abc", "abd"));
  g_assert_false (bcast_signature_equal ("abc", "ab"));
  g_assert_false (bcast_signature_equal (NULL, "ab"));
  g_assert_false (bcast_signature_equal (NULL, NULL));
}

static void
test_webhook (void)
{
  static const struct { const char *secret, *body, *signature; } webhooks[] = {
    { SECRET,
      "{\"time_ms\":1700000000123,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"private-foobar\"},"
      "{\"name\":\"client_event\",\"channel\":\"presence-foobar\",\"event\":\"client-typing\","
      "\"data\":\"{\\\"on\\\":true}\",\"socket_id\":\"1234.1234\",\"user_id\":\"u1\"}]}",
      "df301545f1033586407ffb8a3ed4f4712f66a36cbb9a01a199a3835b596b81f8" },
    { "tofu", "{\"time_ms\":1403175510755,\"events\":[{\"channel\":\"test_channel\",\"name\":\"channel_vacated\"}]}",
      "c17257e92037cd7de407ebc1ed174ceb7b2e518db127f44411b9ffc4f5b28cc5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (webhooks); i++)
    {
      const char *body = webhooks[i].body;
      g_autofree char *signature = bcast_signature_webhook (webhooks[i].secret, body, strlen (body));

      g_assert_cmpstr (signature, ==, webhooks[i].signature);
      g_assert_true (bcast_signature_check_webhook (webhooks[i].secret, body, strlen (body), signature));
      g_assert_false (bcast_signature_check_webhook (webhooks[i].secret, body, strlen (body) - 1, signature));
      g_assert_false (bcast_signature_check_webhook ("other", body, strlen (body), signature));
      g_assert_false (bcast_signature_check_webhook (webhooks[i].secret, body, strlen (body), NULL));
    }
}

static void
test_md5_of_nothing (void)
{
  g_autofree char *md5 = bcast_signature_md5 (NULL, 0);

  g_assert_cmpstr (md5, ==, "d41d8cd98f00b204e9800998ecf8427e");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/signature/vector/", vectors[i].what, NULL);

      g_test_add_data_func (path, &vectors[i], test_vector);
    }
  g_test_add_func ("/signature/check-refuses", test_check_refuses);
  g_test_add_func ("/signature/equal", test_equal);
  g_test_add_func ("/signature/webhook", test_webhook);
  g_test_add_func ("/signature/md5-of-nothing", test_md5_of_nothing);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-secret-box.h"

#include <string.h>

#include "bcast-error.h"

#define MASTER  "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
#define CHANNEL "private-encrypted-orders"
#define PLAIN   "{\"id\":7,\"note\":\"über ☃\"}"
#define SEALED  "{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\"," \
                "\"ciphertext\":\"H9pbW++M1pPfW92+FkElXfUA2YKCQdt6bXBHwblEsbwjsqgP4L7bsgRx2A==\"}"

static GBytes *
derive (const char *master,
        const char *channel)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) key = bcast_secret_box_parse_key (master, &error);

  g_assert_no_error (error);
  return bcast_secret_box_derive_key (key, channel);
}

static GBytes *
counting_nonce (void)
{
  guint8 nonce[24];

  for (guint i = 0; i < sizeof nonce; i++)
    nonce[i] = (guint8) i;
  return g_bytes_new (nonce, sizeof nonce);
}

static void
test_derive (void)
{
  static const struct { const char *master, *channel, *secret; } vectors[] = {
    { MASTER, CHANNEL, "ssB9Jw4XlKNKH112J2oKRhfPWLBMPFcsN1yGpYcjdtE=" },
    { "OHRXNUZRTG5pUTFzQlFGd3J3N3Q2VFZFc0paZDEweVk=", "private-encrypted-channel",
      "VmIsNZtCSteh8kazd2toc+ofhohBtUouQRSDtRvuyVI=" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(GBytes) key = derive (vectors[i].master, vectors[i].channel);
      g_autofree char *text = g_base64_encode (g_bytes_get_data (key, NULL), g_bytes_get_size (key));

      g_assert_cmpstr (text, ==, vectors[i].secret);
    }
}

static void
test_seal (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) key = derive (MASTER, CHANNEL);
  g_autoptr(GBytes) nonce = counting_nonce ();
  g_autofree char *sealed = bcast_secret_box_seal (key, PLAIN, nonce, &error);
  g_autofree char *short_one = bcast_secret_box_seal (key, "\"hi\"", nonce, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sealed, ==, SEALED);
  g_assert_nonnull (strstr (short_one, "eYmkRbnDII/SGp21edL7aKxK2cQ="));
}

static void
test_python_vector (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *master = g_base64_encode ((const guchar *) "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", 32);
  g_autoptr(GBytes) key = derive (master, "pvUPIk0YG6MnxCEMIUUVFrbDmQwbhICXUcy");
  g_autofree char *plain =
    bcast_secret_box_open (key, "{\"nonce\":\"WEFKSTBZNkRQQkhTQUhYVEhWM0EzWk1G\","
                           "\"ciphertext\":\"tsYJa2JgGDOpVIYFe4aNVWAvZlpB7z7CjN9mpIdbATE0Yc4izN8aM8D6VigBxnIQ\"}",
                           &error);

  g_assert_no_error (error);
  g_assert_cmpstr (plain, ==, "kkkT5OOkOkO5kT5TOO5TkOT5TTk5O55T");
}

static void
test_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) key = derive (MASTER, CHANNEL);
  g_autofree char *one = bcast_secret_box_seal (key, PLAIN, NULL, &error);
  g_autofree char *other = bcast_secret_box_seal (key, PLAIN, NULL, &error);
  g_autofree char *plain = bcast_secret_box_open (key, one, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (plain, ==, PLAIN);
  g_assert_cmpstr (one, !=, other); /* a nonce must never be used twice */
}

static void
test_every_changed_bit_fails (void)
{
  g_autoptr(GBytes) key = derive (MASTER, CHANNEL);
  gsize length = 0;
  g_autofree guchar *box = g_base64_decode ("H9pbW++M1pPfW92+FkElXfUA2YKCQdt6bXBHwblEsbwjsqgP4L7bsgRx2A==", &length);

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autoptr(GError) error = NULL;

      box[bit / 8] ^= (guchar) (1 << bit % 8);

      g_autofree char *text = g_base64_encode (box, length);
      g_autofree char *data = g_strdup_printf ("{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\",\"ciphertext\":\"%s\"}", text);

      g_assert_null (bcast_secret_box_open (key, data, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
      box[bit / 8] ^= (guchar) (1 << bit % 8);
    }
}

static void
test_open_refuses (void)
{
  static const struct { const char *data; BcastError code; } wrong[] = {
    { "", BCAST_ERROR_PROTOCOL },
    { "plain", BCAST_ERROR_PROTOCOL },
    { "{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\"}", BCAST_ERROR_PROTOCOL },
    { "{\"nonce\":1,\"ciphertext\":2}", BCAST_ERROR_PROTOCOL },
    /* a nonce of 23 bytes, a box of 15 */
    { "{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRY=\",\"ciphertext\":\"H9pbW++M1pPfW92+FkElXfUA2YKCQdt6bXBHwblEsbwjsqgP4L7bsgRx2A==\"}", BCAST_ERROR_UNAUTHORIZED },
    { "{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\",\"ciphertext\":\"AAECAwQFBgcICQoLDA0O\"}", BCAST_ERROR_UNAUTHORIZED },
    { "{\"nonce\":\"\",\"ciphertext\":\"\"}", BCAST_ERROR_UNAUTHORIZED },
  };
  g_autoptr(GBytes) key = derive (MASTER, CHANNEL);
  g_autoptr(GBytes) other = derive (MASTER, "private-encrypted-other");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (bcast_secret_box_open (key, wrong[i].data, &error));
      g_assert_error (error, BCAST_ERROR, (int) wrong[i].code);
      g_clear_error (&error);
    }

  g_assert_null (bcast_secret_box_open (other, SEALED, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
}

static void
test_key_refuses (void)
{
  static const char * const wrong[] = { "", "short", "0123456789abcdef0123456789abcdef",
                                        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZQ==",
                                        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYw" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bcast_secret_box_parse_key (wrong[i], &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secret-box/derive", test_derive);
  g_test_add_func ("/secret-box/seal", test_seal);
  g_test_add_func ("/secret-box/python-vector", test_python_vector);
  g_test_add_func ("/secret-box/round-trip", test_round_trip);
  g_test_add_func ("/secret-box/every-changed-bit-fails", test_every_changed_bit_fails);
  g_test_add_func ("/secret-box/open-refuses", test_open_refuses);
  g_test_add_func ("/secret-box/key-refuses", test_key_refuses);

  return g_test_run ();
}

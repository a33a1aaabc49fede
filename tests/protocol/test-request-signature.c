/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-request-signature.h"

#include <string.h>

#include "bcast-error.h"

#define KEY    "278d425bdf160c739803"
#define SECRET "7ad3773142a6692b25b8"
#define NOW_S  1700000000

typedef struct
{
  const char *what;
  const char *method;
  const char *path;
  const char *params[5];
  const char *body;
  gint64      now_s;
  const char *body_md5;
  const char *signature;
} Vector;

/* H1 is the example that the documentation publishes, the others were made with the official Node
 * library and a fixed clock. */
static const Vector vectors[] = {
  { "H1", "POST", "/apps/3/events", { NULL }, "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}",
    1353088179, "ec365a775a4cd0599faeb73354201b6f",
    "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c" },
  { "H2", "POST", "/apps/3/events", { NULL },
    "{\"name\":\"greeting\",\"data\":\"{\\\"msg\\\":\\\"héllo ☃ 😀\\\"}\",\"channels\":[\"chat-1\",\"private-chat.2\"],"
    "\"socket_id\":\"1234.5678\",\"info\":\"subscription_count\"}",
    NOW_S, "997b756fe45355a030c90e11e1ab0bcc",
    "10a913d5a00e16d5f2db41dd7086cf5b05bf42c369ca924897f2e6f9e7ac70c5" },
  { "H3", "POST", "/apps/3/batch_events", { NULL },
    "{\"batch\":[{\"channel\":\"a\",\"name\":\"e1\",\"data\":\"{\\\"n\\\":1}\"},{\"channel\":\"presence-b\",\"name\":\"e2\","
    "\"data\":\"plain\",\"socket_id\":\"1.2\",\"info\":\"user_count\"}]}",
    NOW_S, "91ce82357e688975964c637a8b8e4836",
    "a705fd0277264499a1ef4a3cdfa8dda205730c5138365c179f3c67b83f09f930" },
  { "H4", "POST", "/apps/3/users/user-42/terminate_connections", { NULL }, "{}",
    NOW_S, "99914b932bd37a50b983c5e7c90ae93b",
    "240f18cbe271e8dfc8413a3709697fee37b2364c1068b1fc31e89deadbed56c7" },
  { "H5", "GET", "/apps/3/channels", { NULL }, NULL, NOW_S, NULL,
    "4707afdd8f617b6c4cd52e889d9136a131f31f57e26ce815afd04af0b804c7d3" },
  { "H6", "GET", "/apps/3/channels", { "filter_by_prefix", "presence-", "info", "user_count", NULL }, NULL,
    NOW_S, NULL, "5142c71a4248ef5f3ec45e8793d8997773f1d19ce69ee6f6b1d75131d8aa0a6a" },
  { "H7", "GET", "/apps/3/channels/presence-foobar", { "info", "user_count,subscription_count", NULL }, NULL,
    NOW_S, NULL, "117e082c7dff8537497b0f08dd31c0b8ee92e5c3bc2518238afed83c03e6966e" },
  { "H8", "GET", "/apps/3/channels/presence-foobar/users", { NULL }, NULL, NOW_S, NULL,
    "9e7cd451c60103a5a50ac29611500f874871a63a6c627727ac333981759139a1" },
  { "H9", "GET", "/apps/3/channels", { "body_md5", "d41d8cd98f00b204e9800998ecf8427e", NULL }, NULL,
    NOW_S, NULL, "3eb4c48c77d10169b68e017bac77f4257862305d645b1e6b475f8da730c6f6de" },
  { "H10", "GET", "/apps/3/channels", { "filter_by_prefix", "presence-a", "Info", "user_count", NULL }, NULL,
    NOW_S, NULL, "84a47957ca83a86b3a996acc1c112d482f90e72004b04ac6588fff825a34915a" },
};

static gsize
length_of (const char *body)
{
  return body != NULL ? strlen (body) : 0;
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  gsize length = length_of (vector->body);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastRequestSignature) signature =
    bcast_request_signature_new (KEY, SECRET, vector->method, vector->path, vector->params,
                                 vector->body, length, vector->now_s);

  g_assert_cmpstr (signature->body_md5, ==, vector->body_md5);
  g_assert_cmpstr (signature->signature, ==, vector->signature);
  g_assert_true (g_str_has_suffix (signature->query, vector->signature));
  g_assert_null (strstr (signature->query, SECRET));

  g_assert_true (bcast_request_signature_check (KEY, SECRET, vector->method, vector->path, signature->query,
                                                vector->body, length, vector->now_s + 599, &error));
  g_assert_no_error (error);
}

static void
test_string_to_sign (void)
{
  const Vector *vector = &vectors[0];
  g_autoptr(BcastRequestSignature) signature =
    bcast_request_signature_new (KEY, SECRET, "post", vector->path, NULL, vector->body,
                                 strlen (vector->body), vector->now_s);

  g_assert_cmpstr (signature->string_to_sign, ==,
                   "POST\n/apps/3/events\nauth_key=" KEY "&auth_timestamp=1353088179&auth_version=1.0"
                   "&body_md5=ec365a775a4cd0599faeb73354201b6f");
}

static void
test_comma_on_the_wire (void)
{
  static const char * const forms[] = { "user_count,subscription_count", "user_count%2Csubscription_count" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *query =
        g_strdup_printf ("auth_key=" KEY "&auth_timestamp=1700000000&auth_version=1.0&info=%s&auth_signature="
                         "117e082c7dff8537497b0f08dd31c0b8ee92e5c3bc2518238afed83c03e6966e", forms[i]);

      g_assert_true (bcast_request_signature_check (KEY, SECRET, "GET", "/apps/3/channels/presence-foobar",
                                                    query, NULL, 0, NOW_S, &error));
      g_assert_no_error (error);
    }
}

static void
test_values_are_encoded (void)
{
  const char * const params[] = { "filter_by_prefix", "a b&c=d%é", NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastRequestSignature) signature =
    bcast_request_signature_new (KEY, SECRET, "GET", "/apps/3/channels", params, NULL, 0, NOW_S);

  g_assert_nonnull (strstr (signature->string_to_sign, "filter_by_prefix=a b&c=d%é"));
  g_assert_nonnull (strstr (signature->query, "filter_by_prefix=a%20b%26c%3Dd%25%C3%A9"));
  g_assert_true (bcast_request_signature_check (KEY, SECRET, "GET", "/apps/3/channels", signature->query,
                                                NULL, 0, NOW_S, &error));
  g_assert_no_error (error);
}

typedef struct
{
  const char *query;
  const char *body;
  gint64      now_s;
  const char *words;
} Refusal;

#define GOOD "auth_key=" KEY "&auth_timestamp=1700000000&auth_version=1.0"
#define SIGNED "&auth_signature=4707afdd8f617b6c4cd52e889d9136a131f31f57e26ce815afd04af0b804c7d3"

static void
test_check_refuses (void)
{
  static const Refusal refusals[] = {
    { NULL, NULL, NOW_S, "Missing parameter: auth_key" },
    { "auth_key=other&auth_timestamp=1700000000&auth_version=1.0" SIGNED, NULL, NOW_S, "Unknown auth_key" },
    { "auth_key=" KEY "&auth_timestamp=1700000000" SIGNED, NULL, NOW_S, "Version required" },
    { "auth_key=" KEY "&auth_timestamp=1700000000&auth_version=2.0" SIGNED, NULL, NOW_S, "Version not supported" },
    { "auth_key=" KEY "&auth_version=1.0" SIGNED, NULL, NOW_S, "Timestamp required" },
    { "auth_key=" KEY "&auth_timestamp=now&auth_version=1.0" SIGNED, NULL, NOW_S, "Timestamp expired" },
    { "auth_key=" KEY "&auth_timestamp=99999999999999999999&auth_version=1.0" SIGNED, NULL, NOW_S, "Timestamp expired" },
    { GOOD SIGNED, NULL, NOW_S + 600, "not within 600s" },
    { GOOD SIGNED, NULL, NOW_S - 600, "not within 600s" },
    { GOOD SIGNED, "{}", NOW_S, "body_md5 must be signed" },
    { GOOD "&body_md5=d41d8cd98f00b204e9800998ecf8427e" SIGNED, "{}", NOW_S, "Invalid body_md5" },
    { GOOD, NULL, NOW_S, "auth_signature" },
    { GOOD "&auth_signature=4707", NULL, NOW_S, "Invalid signature" },
    { GOOD "&more=1" SIGNED, NULL, NOW_S, "Invalid signature" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const Refusal *refusal = &refusals[i];
      g_autoptr(GError) error = NULL;

      g_assert_false (bcast_request_signature_check (KEY, SECRET, "GET", "/apps/3/channels", refusal->query,
                                                     refusal->body, length_of (refusal->body),
                                                     refusal->now_s, &error));
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNAUTHORIZED);
      g_assert_nonnull (strstr (error->message, refusal->words));
      g_assert_null (strstr (error->message, SECRET));
    }
}

static void
test_reordered_parameters_pass (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (bcast_request_signature_check (KEY, SECRET, "get", "/apps/3/channels",
                                                "auth_signature=4707afdd8f617b6c4cd52e889d9136a131f31f57e26ce815afd04af0b804c7d3"
                                                "&auth_version=1.0&auth_timestamp=1700000000&auth_key=" KEY,
                                                NULL, 0, NOW_S, &error));
  g_assert_no_error (error);
}

static void
test_query (void)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) params = bcast_query_parse ("a=1&&b=x%20y+z&empty=&bare&a=2", &error);
  const char * const *found = (const char * const *) params;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (params), ==, 10);
  g_assert_cmpstr (bcast_query_find (found, "a"), ==, "1");
  g_assert_cmpstr (bcast_query_find (found, "b"), ==, "x y z");
  g_assert_cmpstr (bcast_query_find (found, "empty"), ==, "");
  g_assert_cmpstr (bcast_query_find (found, "bare"), ==, "");
  g_assert_null (bcast_query_find (found, "c"));
}

static void
test_query_refuses (void)
{
  g_autofree char *endless = g_strnfill (400, '&');
  g_autoptr(GString) many = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 65; i++)
    g_string_append_printf (many, "p%u=1&", i);

  g_assert_null (bcast_query_parse ("a=%zz", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bcast_query_parse ("a=%ff", &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bcast_query_parse (many->str, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_clear_error (&error);

  g_auto(GStrv) nothing = bcast_query_parse (endless, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (nothing), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/request-signature/vector/", vectors[i].what, NULL);

      g_test_add_data_func (path, &vectors[i], test_vector);
    }
  g_test_add_func ("/request-signature/string-to-sign", test_string_to_sign);
  g_test_add_func ("/request-signature/comma-on-the-wire", test_comma_on_the_wire);
  g_test_add_func ("/request-signature/values-are-encoded", test_values_are_encoded);
  g_test_add_func ("/request-signature/check-refuses", test_check_refuses);
  g_test_add_func ("/request-signature/reordered-parameters-pass", test_reordered_parameters_pass);
  g_test_add_func ("/request-signature/query", test_query);
  g_test_add_func ("/request-signature/query-refuses", test_query_refuses);

  return g_test_run ();
}

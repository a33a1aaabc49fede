/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorizer-secrets.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-secret-private.h"

#define SECRET "hunter2"

#define ALL "{\"headers\":[[\"X-Tenant\",\"acme \\\"1\\\"\"],[\"X-B\",\"\"]],\"params\":[[\"a[]\",\"é=&\"]]," \
            "\"cookies\":\"session=abc; XSRF-TOKEN=d%3D\",\"bearer\":\"1|tok\"}"

static void
test_round_trip (void)
{
  const char *headers[] = { "X-Tenant", "acme \"1\"", "X-B", "", NULL };
  const char *params[] = { "a[]", "é=&", NULL };
  g_autoptr(BcastAuthorizerSecrets) made =
    bcast_authorizer_secrets_new (headers, params, "session=abc; XSRF-TOKEN=d%3D", "1|tok");
  g_autoptr(BcastAuthorizerSecrets) read = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = bcast_authorizer_secrets_format (made);

  g_assert_cmpstr (json, ==, ALL);
  g_assert_false (bcast_authorizer_secrets_is_empty (made));
  read = bcast_authorizer_secrets_parse (json, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (read->headers, headers);
  g_assert_cmpstrv (read->params, params);
  g_assert_cmpstr (read->cookies, ==, "session=abc; XSRF-TOKEN=d%3D");
  g_assert_cmpstr (read->bearer, ==, "1|tok");
}

static void
test_empty (void)
{
  static const char * const texts[] = {
    "{}", " { \"other\" : [1] } ", "{\"headers\":[],\"params\":[ ],\"cookies\":\"\",\"bearer\":\"\"}",
    "{\"headers\":[[\"a\",\"b\"]],\"headers\":[]}",
  };
  g_autoptr(BcastAuthorizerSecrets) made = bcast_authorizer_secrets_new (NULL, NULL, NULL, NULL);

  g_assert_true (bcast_authorizer_secrets_is_empty (made));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastAuthorizerSecrets) read = bcast_authorizer_secrets_parse (texts[i], &error);

      g_assert_no_error (error);
      g_assert_true (bcast_authorizer_secrets_is_empty (read));
    }
}

static const struct
{
  const char *what, *json, *says;
} bad[] = {
  { "empty", "", "cannot be read" },
  { "no-json", SECRET, "cannot be read" },
  { "array", "[]", "cannot be read" },
  { "cut", "{\"bearer\":\"" SECRET, "cannot be read" },
  { "headers-object", "{\"headers\":{\"a\":\"" SECRET "\"}}", "cannot be read" },
  { "headers-flat", "{\"headers\":[\"a\",\"" SECRET "\"]}", "cannot be read" },
  { "headers-one", "{\"headers\":[[\"" SECRET "\"]]}", "cannot be read" },
  { "headers-three", "{\"headers\":[[\"a\",\"" SECRET "\",\"c\"]]}", "cannot be read" },
  { "headers-none", "{\"headers\":[[]]}", "cannot be read" },
  { "headers-number", "{\"headers\":[[\"a\",1]]}", "cannot be read" },
  { "headers-null", "{\"headers\":[[\"a\",null]]}", "cannot be read" },
  { "headers-deep", "{\"headers\":[[[\"a\",\"" SECRET "\"]]]}", "cannot be read" },
  { "params-text", "{\"params\":\"a=" SECRET "\"}", "cannot be read" },
  { "cookies-list", "{\"cookies\":[\"a=" SECRET "\"]}", "cannot be read" },
  { "bearer-nul", "{\"bearer\":\"" SECRET "\\u0000\"}", "cannot be read" },
  { "header-nul", "{\"headers\":[[\"a\",\"" SECRET "\\u0000\"]]}", "cannot be read" },
  { "header-name", "{\"headers\":[[\"a b\",\"" SECRET "\"]]}", "name of a header" },
  { "header-line", "{\"headers\":[[\"a\",\"" SECRET "\\nb\"]]}", "value of the header a" },
  { "param-line", "{\"params\":[[\"a\",\"" SECRET "\\r\"]]}", "parameter for your app" },
  { "cookies", "{\"cookies\":\"" SECRET "\"}", "cookies are too long" },
  { "bearer", "{\"bearer\":\"Bearer " SECRET "\"}", "bearer token" },
};

static void
test_bad (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GError) error = NULL;

  g_assert_null (bcast_authorizer_secrets_parse (bad[i].json, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  if (strstr (error->message, bad[i].says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, bad[i].says);
  g_assert_null (strstr (error->message, SECRET));
}

static void
test_check (void)
{
  const char *header[] = { "a b", SECRET, NULL };
  const char *param[] = { "", SECRET, NULL };
  struct { const char * const *headers, * const *params; const char *cookies, *bearer, *field; } rows[] = {
    { header, NULL, NULL, NULL, "headers" },
    { NULL, param, NULL, NULL, "params" },
    { NULL, NULL, SECRET, NULL, "cookies" },
    { NULL, NULL, NULL, "a b", "bearer" },
    { NULL, NULL, "", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(BcastAuthorizerSecrets) made =
        bcast_authorizer_secrets_new (rows[i].headers, rows[i].params, rows[i].cookies, rows[i].bearer);
      const char *field = "unset";

      g_assert_cmpint (bcast_authorizer_secrets_check (made, &field, NULL), ==, rows[i].field == NULL);
      g_assert_cmpstr (field, ==, rows[i].field);
    }
}

/* What is too long to be kept is said before it is. */
static void
test_length (void)
{
  g_autofree char *value = g_strnfill (8000, 'x');
  const char *two[] = { "A", value, "B", value, NULL };
  const char *three[] = { "A", value, "B", value, "C", value, NULL };
  g_autoptr(BcastAuthorizerSecrets) fits = bcast_authorizer_secrets_new (two, NULL, NULL, NULL);
  g_autoptr(BcastAuthorizerSecrets) larger = bcast_authorizer_secrets_new (three, NULL, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *json = bcast_authorizer_secrets_format (fits);

  g_assert_true (bcast_authorizer_secrets_check (fits, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (bcast_secret_check (BCAST_SECRET_KIND_AUTHORIZER, json, &error));
  g_assert_false (bcast_authorizer_secrets_check (larger, NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
}

static const struct
{
  const char *lines;
  char        separator;
  const char *pairs[7];
  const char *says; /* instead of the pairs */
  const char *again; /* how it is shown, when that is another */
} texts[] = {
  { "", ':', { NULL }, NULL, NULL },
  { "\n \r\n\t\n", ':', { NULL }, NULL, "" },
  { "X-A: b", ':', { "X-A", "b" }, NULL, NULL },
  { " X-A :b: c \r\nX-B:\n", ':', { "X-A", "b: c", "X-B", "" }, NULL, "X-A: b: c\nX-B: " },
  { "a=b\nc= d=e ", '=', { "a", "b", "c", " d=e " }, NULL, NULL },
  { "a=b\r\n", '=', { "a", "b" }, NULL, "a=b" },
  { "X-A: b\n" SECRET, ':', { NULL }, "Line 2 of the headers", NULL },
  { "a=b\n\n" SECRET "\nc=d", '=', { NULL }, "Line 3 of the parameters", NULL },
};

static void
test_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      char **pairs = bcast_authorizer_pairs_parse (texts[i].lines, texts[i].separator, &error);

      if (texts[i].says != NULL)
        {
          g_assert_null (pairs);
          g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, texts[i].says));
          g_assert_null (strstr (error->message, SECRET));
          continue;
        }

      g_autofree char *shown = bcast_authorizer_pairs_format ((const char * const *) pairs,
                                                              texts[i].separator == ':' ? ": " : "=");

      g_assert_no_error (error);
      g_assert_cmpstrv (pairs, texts[i].pairs);
      g_assert_cmpstr (shown, ==, texts[i].again != NULL ? texts[i].again : texts[i].lines);
      bcast_authorizer_pairs_free (pairs);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/authorizer-secrets/round-trip", test_round_trip);
  g_test_add_func ("/authorizer-secrets/empty", test_empty);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/authorizer-secrets/bad/", bad[i].what, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/authorizer-secrets/check", test_check);
  g_test_add_func ("/authorizer-secrets/length", test_length);
  g_test_add_func ("/authorizer-secrets/pairs", test_pairs);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-http-text.h"

#include <string.h>

#include "bcast-error.h"

#define SECRET "s3cret"

typedef struct
{
  const char *what;
  const char *text;
  const char *part; /* of the sentence; NULL: it is good */
} Row;

static const Row urls[] = {
  { "plain", "http://localhost:8000/broadcasting/auth", NULL },
  { "tls", "HTTPS://app.test/auth?a=b%20c", NULL },
  { "host-alone", "http://app.test", NULL },
  { "ipv6", "http://[::1]:8000/", NULL },
  { "international", "https://bücher.test/auth", NULL },
  { "empty", "", "http:// or https://" },
  { "websocket", "ws://app.test/", "http:// or https://" },
  { "file", "file:///etc/passwd", "http:// or https://" },
  { "no-host", "http://", "has no host" },
  { "port-alone", "http://:80/", "has no host" },
  { "port-too-high", "http://app.test:65536/", "has no host" },
  { "port-zero", "http://app.test:0/", "has no host" },
  { "space", "http://app.test/" SECRET " b", "has no host" },
  { "tab", "http://app.test/\t", "has no host" },
  { "brace", "http://app.test/{channel}", "has no host" },
  { "no-utf-8", "http://app.test/\xff", "has no host" },
  { "bad-percent", "http://app%zz.test/", "has no host" },
  { "password", "http://me:" SECRET "@app.test/", "user name or password" },
  { "user", "http://" SECRET "@app.test/", "user name or password" },
  { "fragment", "http://app.test/#" SECRET, "#" },
};

static const Row cookies[] = {
  { "one", "a=b", NULL },
  { "several", "laravel_session=eyJ%3D; XSRF-TOKEN=a=b ;c=", NULL },
  { "trailing", "a=b; ", NULL },
  { "quotes", "a=\"b c\"", NULL },
  { "name-alone", SECRET, "written as cookies are" },
  { "no-name", "=" SECRET, "written as cookies are" },
  { "header", "Cookie: a=" SECRET, "written as cookies are" },
  { "line", "a=" SECRET "\nb=c", "written as cookies are" },
  { "return", "a=" SECRET "\rb", "written as cookies are" },
  { "no-utf-8", "a=" SECRET "\xff", "written as cookies are" },
};

static const Row tokens[] = {
  { "plain", "1|abcDEF._~+/-=", NULL },
  { "empty", "", "token alone" },
  { "word", "Bearer " SECRET, "token alone" },
  { "line", SECRET "\r\nX: y", "token alone" },
  { "tab", SECRET "\t", "token alone" },
};

static const struct { const char *name; gboolean good; } names[] = {
  { "X-XSRF-TOKEN", TRUE }, { "!#$%&'*+-.^_`|~09azAZ", TRUE }, { "", FALSE }, { "a b", FALSE }, { "a:", FALSE },
  { "a\n", FALSE }, { "ä", FALSE }, { "a,b", FALSE }, { "(a)", FALSE },
};

static const struct { const char *name, *value, *part; } headers[] = {
  { "X-A", "", NULL },
  { "X-A", "über\tall, 1", NULL },
  { "Authorization", "Basic a", NULL },
  { "X A", SECRET, "name of a header" },
  { "", SECRET, "name of a header" },
  { SECRET ":", SECRET, "name of a header" },
  { "hOST", SECRET, "Host cannot be set" },
  { "Transfer-Encoding", "chunked", "Transfer-Encoding cannot be set" },
  { "X-A", SECRET "\n", "value of the header X-A" },
  { "X-A", SECRET "\r", "value of the header X-A" },
  { "X-A", SECRET "\x7f", "value of the header X-A" },
  { "X-A", SECRET "\xc3", "value of the header X-A" },
};

static void
expect (gboolean      good,
        const GError *error,
        const char   *part)
{
  if (part == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (good);
      return;
    }

  g_assert_false (good);
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  if (strstr (error->message, part) == NULL)
    g_error ("Expected “%s” in “%s”", part, error->message);
  g_assert_null (strstr (error->message, SECRET));
}

static void
check_table (const Row  *rows,
             gsize       n_rows,
             gboolean  (*check) (const char  *text,
                                 GError     **error))
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean good = check (rows[i].text, &error);

      g_test_message ("%s", rows[i].what);
      expect (good, error, rows[i].part);
    }
}

static void
test_url (void)
{
  g_autofree char *path = g_strnfill (2000, 'a');
  g_autofree char *url = g_strconcat ("http://app.test/", path, NULL);

  check_table (urls, G_N_ELEMENTS (urls), bcast_http_url_check);
  g_assert_false (bcast_http_url_check (url, NULL));
  url[2000] = '\0';
  g_assert_true (bcast_http_url_check (url, NULL));
}

static void
test_cookies (void)
{
  check_table (cookies, G_N_ELEMENTS (cookies), bcast_http_cookies_check);
}

static void
test_bearer (void)
{
  check_table (tokens, G_N_ELEMENTS (tokens), bcast_http_bearer_check);
}

static void
test_find (void)
{
  static const struct { const char *cookies, *name, *value; } rows[] = {
    { "a=b; c=d", "c", "d" },
    { "a=b;c=d=e ", "c", "d=e" },
    { "ab=1; a=2; a=3", "a", "2" },
    { "a=", "a", "" },
    { "a=b", "b", NULL },
    { "A=b", "a", NULL },
    { "", "a", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = bcast_http_cookies_find (rows[i].cookies, rows[i].name);

      g_assert_cmpstr (value, ==, rows[i].value);
    }
}

static void
test_header (void)
{
  g_autofree char *long_text = g_strnfill (8193, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (bcast_http_name_is_valid (names[i].name), ==, names[i].good);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean good = bcast_http_header_check (headers[i].name, headers[i].value, &error);

      expect (good, error, headers[i].part);
    }

  g_assert_false (bcast_http_name_is_valid (long_text));
  g_assert_false (bcast_http_header_check ("X-A", long_text, NULL));
  long_text[8192] = '\0';
  g_assert_true (bcast_http_header_check ("X-A", long_text, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-text/url", test_url);
  g_test_add_func ("/http-text/cookies", test_cookies);
  g_test_add_func ("/http-text/cookies-find", test_find);
  g_test_add_func ("/http-text/bearer", test_bearer);
  g_test_add_func ("/http-text/header", test_header);

  return g_test_run ();
}

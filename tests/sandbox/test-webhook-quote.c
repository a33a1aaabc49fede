/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-quote-private.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-webhook-refusal-private.h"

static const char * const secrets[] = { "token", "Bearer token", "hunter2é", "abc", NULL };

static const struct { const char *what, *text, *quoted; } rows[] = {
  { "plain", "Signature is wrong.", "Signature is wrong." },
  { "lines", "\n  a\r\n\tb\001c  \n", "a b c" },
  { "invalid", "a\377b", "a\357\277\275b" },
  { "nothing", " \n ", NULL },
  { "empty", "", NULL },
  { "page", " <!DOCTYPE html><html>", NULL },
  { "secret", "got 'Bearer token' and token.", "got '•••' and •••." },
  { "cut off", "your password is hunter2", "your password is" },
  { "cut off in a character", "your password is hunter2\303", "your password is" },
  { "short secret", "abc", "abc" },
};

static void
test_quote (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *quoted = bcast_webhook_quote (rows[i].text, strlen (rows[i].text), secrets);

      g_test_message ("%s", rows[i].what);
      g_assert_cmpstr (quoted, ==, rows[i].quoted);
    }

  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *quoted = bcast_webhook_quote (text, 5000, secrets);

  g_assert_cmpint (g_utf8_strlen (quoted, -1), ==, 201);
  g_assert_true (g_str_has_suffix (quoted, "x…"));
}

static void
test_status (void)
{
  const struct { guint status; const char *advice; } statuses[] = {
    { 500, "from 200 to 299" }, { 302, "Redirects" }, { 401, "X-Pusher-Signature" }, { 404, "path" }, { 419, "CSRF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr(GError) error = bcast_webhook_refusal_new ("http://h/hook?token=abc", statuses[i].status, "oh no");
      g_autofree char *number = g_strdup_printf ("%u", statuses[i].status);

      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "http://h/hook answered"));
      g_assert_nonnull (strstr (error->message, number));
      g_assert_nonnull (strstr (error->message, "“oh no”"));
      g_assert_nonnull (strstr (error->message, statuses[i].advice));
    }
}

static void
test_failed (void)
{
  g_autoptr(GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, "Out of cables.");
  g_autoptr(GError) error = bcast_webhook_refusal_new_failed ("http://h/hook?token=abc", cause);

  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_UNREACHABLE);
  g_assert_cmpstr (error->message, ==, "The request to http://h/hook failed: Out of cables.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook-quote/quote", test_quote);
  g_test_add_func ("/webhook-quote/status", test_status);
  g_test_add_func ("/webhook-quote/failed", test_failed);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-webhook-format-private.h"

#include <string.h>

#include "bcast-json.h"
#include "bcast-signature.h"

static const struct
{
  const char  *what;
  BcastReport  report;
  const char  *event;
} rows[] = {
  { "occupied", { BCAST_REPORT_OCCUPIED, .channel = (char *) "ch" }, "{\"name\":\"channel_occupied\",\"channel\":\"ch\"}" },
  { "vacated", { BCAST_REPORT_VACATED, .channel = (char *) "ch" }, "{\"name\":\"channel_vacated\",\"channel\":\"ch\"}" },
  { "added", { BCAST_REPORT_MEMBER_ADDED, .channel = (char *) "presence-p", .user_id = (char *) "ann \"a\"" },
    "{\"name\":\"member_added\",\"channel\":\"presence-p\",\"user_id\":\"ann \\\"a\\\"\"}" },
  { "removed", { BCAST_REPORT_MEMBER_REMOVED, .channel = (char *) "presence-p", .user_id = (char *) "7" },
    "{\"name\":\"member_removed\",\"channel\":\"presence-p\",\"user_id\":\"7\"}" },
  { "miss", { BCAST_REPORT_CACHE_MISS, .channel = (char *) "cache-c", .socket_id = (char *) "1.2" },
    "{\"name\":\"cache_miss\",\"channel\":\"cache-c\"}" },
  { "count", { BCAST_REPORT_SUBSCRIPTION_COUNT, .channel = (char *) "ch", .code = 12 },
    "{\"name\":\"subscription_count\",\"channel\":\"ch\",\"subscription_count\":12}" },
  { "text", { BCAST_REPORT_CLIENT_EVENT, .channel = (char *) "private-p", .event = (char *) "client-e",
              .data = (char *) "\"h\\u00e9\\n\"", .socket_id = (char *) "1.2" },
    "{\"name\":\"client_event\",\"channel\":\"private-p\",\"event\":\"client-e\",\"data\":\"h\\u00e9\\n\",\"socket_id\":\"1.2\"}" },
  { "object", { BCAST_REPORT_CLIENT_EVENT, .channel = (char *) "private-p", .event = (char *) "client-e",
                .data = (char *) "{\"a\": [1]}", .socket_id = (char *) "1.2" },
    "{\"name\":\"client_event\",\"channel\":\"private-p\",\"event\":\"client-e\",\"data\":\"{\\\"a\\\": [1]}\",\"socket_id\":\"1.2\"}" },
  { "number", { BCAST_REPORT_CLIENT_EVENT, .channel = (char *) "private-p", .event = (char *) "client-e",
                .data = (char *) "12", .socket_id = (char *) "1.2" },
    "{\"name\":\"client_event\",\"channel\":\"private-p\",\"event\":\"client-e\",\"data\":\"12\",\"socket_id\":\"1.2\"}" },
  { "nothing", { BCAST_REPORT_CLIENT_EVENT, .channel = (char *) "private-p", .event = (char *) "client-e",
                 .socket_id = (char *) "1.2" },
    "{\"name\":\"client_event\",\"channel\":\"private-p\",\"event\":\"client-e\",\"data\":\"null\",\"socket_id\":\"1.2\"}" },
};

static void
test_event (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *event = bcast_webhook_format_event (&rows[i].report);

      g_test_message ("%s", rows[i].what);
      g_assert_cmpstr (event, ==, rows[i].event);
      g_assert_true (bcast_json_scan (event, strlen (event), &(BcastJsonSpan) { 0 }, NULL, NULL));
    }
}

/* Key and secret of the Channels documentation; the signature was computed with the official Node library. */
static void
test_vector (void)
{
  const BcastReport occupied = { BCAST_REPORT_OCCUPIED, .channel = (char *) "private-foobar" };
  const BcastReport typing = {
    BCAST_REPORT_CLIENT_EVENT, .channel = (char *) "presence-foobar", .event = (char *) "client-typing",
    .data = (char *) "{\"on\":true}", .socket_id = (char *) "1234.1234", .user_id = (char *) "u1",
  };
  g_autofree char *first = bcast_webhook_format_event (&occupied);
  g_autofree char *second = bcast_webhook_format_event (&typing);
  g_autofree char *events = g_strjoin (",", first, second, NULL);
  g_autofree char *body = bcast_webhook_format_body (G_GINT64_CONSTANT (1700000000123), events);
  g_autofree char *signature = bcast_signature_webhook ("7ad3773142a6692b25b8", body, strlen (body));

  g_assert_cmpstr (body, ==,
                   "{\"time_ms\":1700000000123,\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"private-foobar\"},"
                   "{\"name\":\"client_event\",\"channel\":\"presence-foobar\",\"event\":\"client-typing\","
                   "\"data\":\"{\\\"on\\\":true}\",\"socket_id\":\"1234.1234\",\"user_id\":\"u1\"}]}");
  g_assert_cmpstr (signature, ==, "df301545f1033586407ffb8a3ed4f4712f66a36cbb9a01a199a3835b596b81f8");

  g_autofree char *again = bcast_webhook_format_again (5, body);

  g_assert_true (g_str_has_prefix (again, "{\"time_ms\":5,\"events\":[{\"name\""));
  g_assert_cmpstr (strstr (again, "\"events\""), ==, strstr (body, "\"events\""));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/webhook-format/event", test_event);
  g_test_add_func ("/webhook-format/vector", test_vector);

  return g_test_run ();
}

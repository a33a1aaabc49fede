/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

typedef struct { const char *what, *channel, *alice, *bob; } Form;

static const Form forms[] = {
  { "public", "cache-c", NULL, NULL },
  { "private", "private-cache-c", NULL, NULL },
  { "encrypted", "private-encrypted-cache-c", NULL, NULL },
  { "presence", "presence-cache-c", "{\"user_id\":\"alice\"}", "{\"user_id\":\"bob\"}" },
};

static void
publish (WireFixture *fixture,
         const char  *channel,
         const char  *data)
{
  g_autofree char *body = g_strdup_printf ("{\"name\":\"e\",\"channels\":[\"%s\"],\"data\":\"%s\"}", channel, data);

  wire_publish (fixture->sandbox, body);
}

/* Each of these comes right behind the subscription_succeeded that wire_subscribe() waits for. */
static void
test_form (WireFixture   *fixture,
           gconstpointer  data)
{
  const Form *form = data;
  g_autofree char *miss = g_strdup_printf ("{\"event\":\"pusher:cache_miss\",\"channel\":\"%s\",\"data\":\"{}\"}", form->channel);
  g_autofree char *first = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"%s\",\"data\":\"{\\\"n\\\":1}\"}", form->channel);
  g_autofree char *second = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"%s\",\"data\":\"{\\\"n\\\":2}\"}", form->channel);

  wire_subscribe (fixture->alice, form->channel, form->alice);
  wire_expect (fixture->alice, miss);
  publish (fixture, form->channel, "{\\\"n\\\":1}");
  publish (fixture, form->channel, "{\\\"n\\\":2}");
  wire_expect (fixture->alice, first);
  wire_expect (fixture->alice, second);

  wire_subscribe (fixture->bob, form->channel, form->bob);
  wire_expect (fixture->bob, second);
  wire_expect_nothing (fixture->bob);

  /* To subscribe again is another look. */
  wire_subscribe (fixture->bob, form->channel, form->bob);
  wire_expect (fixture->bob, second);
}

/* @data: a channel on which clients may send */
static void
test_client_event (WireFixture   *fixture,
                   gconstpointer  data)
{
  const Form *form = data;
  g_autoptr(WireClient) late = wire_connect (fixture->sandbox);
  g_autofree char *text = g_strdup_printf ("{\"event\":\"client-x\",\"channel\":\"%s\",\"data\":1}", form->channel);

  wire_subscribe (fixture->alice, form->channel, form->alice);
  wire_expect_match (fixture->alice, "*cache_miss*");
  wire_subscribe (fixture->bob, form->channel, form->alice);
  wire_expect_match (fixture->bob, "*cache_miss*");
  wire_send (fixture->alice, text);
  wire_expect_match (fixture->bob, "*client-x*");

  wire_subscribe (late, form->channel, form->bob);
  wire_expect_match (late, "{\"event\":\"pusher:cache_miss\",*");
}

static void
test_names (WireFixture   *fixture,
            gconstpointer  data)
{
  static const char * const others[] = { "cachec", "my-cache-c", "private-cachec", "private-my-cache-c", "private-encrypted-cachec" };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      publish (fixture, others[i], "1");
      wire_subscribe (fixture->alice, others[i], NULL);
      wire_expect_nothing (fixture->alice);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox/cache/", forms[i].what, NULL);
      g_test_add (path, WireFixture, &forms[i], wire_set_up, test_form, wire_tear_down);
    }
  g_test_add ("/sandbox/cache/client-event/private", WireFixture, &forms[1], wire_set_up, test_client_event, wire_tear_down);
  g_test_add ("/sandbox/cache/client-event/presence", WireFixture, &forms[3], wire_set_up, test_client_event, wire_tear_down);
  g_test_add ("/sandbox/cache/names", WireFixture, NULL, wire_set_up, test_names, wire_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "bcast-error.h"
#include "bcast-fault.h"

/* @back: how it is written again; NULL for as it came */
static const struct
{
  const char *text;
  BcastFault  fault;
  const char *back;
} good[] = {
  { "close=4200", { BCAST_FAULT_CLOSE, 4200 } },
  { "close=1012", { BCAST_FAULT_CLOSE, 1012 } },
  { "reject=4001", { BCAST_FAULT_REJECT, 4001 } },
  { "refuse-handshake", { BCAST_FAULT_REFUSE_HANDSHAKE, 503 }, "refuse-handshake=503" },
  { "refuse-handshake=429", { BCAST_FAULT_REFUSE_HANDSHAKE, 429 } },
  { "no-pong", { BCAST_FAULT_NO_PONG } },
  { "delay=200,jitter=100,app=3,client=alice,for=30s",
    { BCAST_FAULT_DELAY, 200, 100, 30000, (char *) "3", (char *) "alice" } },
  { "delay=60000,jitter=60000", { BCAST_FAULT_DELAY, 60000, 60000 } },
  { "duplicate", { BCAST_FAULT_DUPLICATE, 1 }, "duplicate=1" },
  { "duplicate=10000", { BCAST_FAULT_DUPLICATE, 10000 } },
  { "reorder", { BCAST_FAULT_REORDER, 2 }, "reorder=2" },
  { "reorder=1000", { BCAST_FAULT_REORDER, 1000 } },
  { "drop", { BCAST_FAULT_DROP, 1 }, "drop=1" },
  { "drop=3", { BCAST_FAULT_DROP, 3 } },
  { "api=599", { BCAST_FAULT_API, 599 } },
  { "authorize-delay=15000", { BCAST_FAULT_AUTHORIZE_DELAY, 15000 } },
  { "authorize-refuse", { BCAST_FAULT_AUTHORIZE_REFUSE, 403 }, "authorize-refuse=403" },
  { "error=4301", { BCAST_FAULT_ERROR, 4301 } },
  { "clock=-86400", { BCAST_FAULT_CLOCK, -86400 } },
  { "clock=+700", { BCAST_FAULT_CLOCK, 700 }, "clock=700" },
  { "clock=0", { BCAST_FAULT_CLOCK, 0 } },
  { "no-pong,for=500ms", { BCAST_FAULT_NO_PONG, .duration_ms = 500 } },
  { "no-pong,for=60000ms", { BCAST_FAULT_NO_PONG, .duration_ms = 60000 }, "no-pong,for=1m" },
  { "no-pong,for=5m", { BCAST_FAULT_NO_PONG, .duration_ms = 300000 } },
  { "no-pong,for=90", { BCAST_FAULT_NO_PONG, .duration_ms = 90000 }, "no-pong,for=90s" },
  { "no-pong,for=1440m", { BCAST_FAULT_NO_PONG, .duration_ms = 86400000 } },
  { "no-pong,for=5s,app=x", { BCAST_FAULT_NO_PONG, .duration_ms = 5000, .app_id = (char *) "x" },
    "no-pong,app=x,for=5s" },
  { "no-pong,client=a%2Cb%25", { BCAST_FAULT_NO_PONG, .client = (char *) "a,b%" } },
  { "no-pong,client=a=é", { BCAST_FAULT_NO_PONG, .client = (char *) "a=é" } },
  { "no-pong,client=%c3%a9", { BCAST_FAULT_NO_PONG, .client = (char *) "é" }, "no-pong,client=é" },
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastFault) fault = bcast_fault_parse (good[i].text, &error);

      g_test_message ("%s", good[i].text);
      g_assert_no_error (error);
      g_assert_true (bcast_fault_equal (fault, &good[i].fault));

      g_autoptr(BcastFault) copy = bcast_fault_copy (fault);
      g_autofree char *text = bcast_fault_format (copy);

      g_assert_true (bcast_fault_equal (copy, fault));
      g_assert_cmpstr (text, ==, good[i].back != NULL ? good[i].back : good[i].text);
    }
}

/* @says: what the sentence has at least: the wrong part, and what is allowed */
static const struct
{
  const char *text;
  const char *says;
} bad[] = {
  { "", "*empty*delay=200,for=30s*" },
  { "dleay=200", "There is no fault “dleay”. The faults are: close, reject, refuse-handshake, no-pong, delay, "
                 "duplicate, reorder, drop, api, authorize-delay, authorize-refuse, error, clock." },
  { ",delay=200", "There is no fault “”. *" },
  { "close", "close needs a value. Write close=N, where N is a number from 1000 to 4999." },
  { "close=999", "close has the value “999”. It must be a number from 1000 to 4999." },
  { "close=5000", "close has the value “5000”.*" },
  { "close=1005", "No server may close a WebSocket with 1005. *3000 to 4999*" },
  { "close=1006", "No server may close a WebSocket with 1006. *" },
  { "close=1015", "No server may close a WebSocket with 1015. *" },
  { "close=2999", "No server may close a WebSocket with 2999. *" },
  { "reject=1000", "reject has the value “1000”. It must be a number from 4000 to 4999." },
  { "refuse-handshake=200", "refuse-handshake has the value “200”. It must be a number from 400 to 599." },
  { "no-pong=1", "no-pong takes no value. Leave out “=1”." },
  { "delay=0", "delay has the value “0”. It must be a number from 1 to 60000." },
  { "delay=60001", "delay has the value “60001”.*" },
  { "delay=99999999999999999999", "delay has the value “99999999999999999999”.*" },
  { "delay=-5", "delay has the value “-5”.*" },
  { "delay=", "delay has the value “”.*" },
  { "delay=20=0", "delay has the value “20=0”.*" },
  { "duplicate=0", "duplicate has the value “0”. It must be a number from 1 to 10000." },
  { "reorder=1", "reorder has the value “1”. It must be a number from 2 to 1000." },
  { "drop=10001", "drop has the value “10001”. It must be a number from 1 to 10000." },
  { "api=600", "api has the value “600”. It must be a number from 400 to 599." },
  { "authorize-delay=15001", "authorize-delay has the value “15001”. It must be a number from 1 to 15000." },
  { "authorize-refuse=399", "authorize-refuse has the value “399”.*400 to 599.*" },
  { "error=3999", "error has the value “3999”.*" },
  { "clock=86401", "clock has the value “86401”. It must be a number from -86400 to 86400." },
  { "clock=--1", "clock has the value “--1”.*" },
  { "clock=-86401", "clock has the value “-86401”.*" },
  { "delay=5,jitter", "“jitter” is “”. It must be a number of milliseconds from 1 to 60000." },
  { "delay=5,jitter=x", "“jitter” is “x”.*" },
  { "delay=5,jitter=6", "“jitter” is 6 ms, which is more than the delay of 5 ms.*" },
  { "drop,jitter=5", "“jitter” goes with delay alone. Leave it out for drop." },
  { "drop,speed=5", "“speed” is no part of a fault. *jitter=MS, app=ID, client=ID and for=TIME*" },
  { "drop,", "“” is no part of a fault.*" },
  { "drop,app=1,app=2", "“app” is given twice.*" },
  { "drop,for=1s,for=2s", "“for” is given twice.*" },
  { "drop,app=", "The id behind “app” must be text of 1 to 200 bytes, without control characters." },
  { "drop,client=%1", "“client” is “%1”. In an id write %25 for a percent sign, and %2C for a comma." },
  { "drop,client=%00", "“client” is “%00”.*" },
  { "drop,client=a%0Ab", "The id behind “client” must be text of *" },
  { "drop,client=%FF", "The id behind “client” must be text of *" },
  { "api=500,client=alice", "“client” does not go with api, *name an app." },
  { "reject=4001,client=alice", "“client” does not go with reject, *" },
  { "clock=5,client=alice", "“client” does not go with clock, *" },
  { "drop,for=", "“for” is “”. It must be a time such as 500ms, 30s or 5m, or a number of seconds, and 24 "
                 "hours at most." },
  { "drop,for=0", "“for” is “0”.*" },
  { "drop,for=1h", "“for” is “1h”.*" },
  { "drop,for=s", "“for” is “s”.*" },
  { "drop,for=5M", "“for” is “5M”.*" },
  { "drop,for=1441m", "“for” is “1441m”.*" },
  { "drop,for=86401", "“for” is “86401”.*" },
  { "drop,for=86400001ms", "“for” is “86400001ms”.*" },
  { "drop,for=99999999999999999999m", "“for” is “99999999999999999999m”.*" },
  { "drop\n", "*control characters*" },
  { "drop\xff", "*UTF-8*" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BcastFault) fault = bcast_fault_parse (bad[i].text, &error);

      g_assert_null (fault);
      g_assert_nonnull (error);
      g_assert_true (error->domain == BCAST_ERROR);
      if (!g_pattern_match_simple (bad[i].says, error->message))
        g_assert_cmpstr (error->message, ==, bad[i].says);
    }
}

/* What is shown of a long text is cut between two characters. */
static void
test_long (void)
{
  g_autofree char *much = g_strnfill (1018, 'x');
  g_autofree char *fits = g_strconcat ("drop,a", much, NULL);
  g_autofree char *too_long = g_strconcat ("drop,ab", much, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (bcast_fault_parse (fits, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_assert_cmpuint (strlen (error->message), <, 300);
  g_clear_error (&error);

  g_assert_null (bcast_fault_parse (too_long, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_TOO_LARGE);
  g_clear_error (&error);

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GString) text = g_string_new ("drop,");

      for (guint j = 0; j < i; j++)
        g_string_append_c (text, 'a');
      for (guint j = 0; j < 40; j++)
        g_string_append (text, "é€");
      g_assert_null (bcast_fault_parse (text->str, &error));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_clear_error (&error);
    }
}

/* What a window puts together is held to the same. */
static void
test_check (void)
{
  g_autoptr(BcastFault) fault = bcast_fault_new (BCAST_FAULT_DELAY, 100);
  g_autoptr(GError) error = NULL;

  g_assert_true (bcast_fault_check (fault, NULL));

  fault->jitter_ms = G_MAXUINT;
  g_assert_false (bcast_fault_check (fault, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
  g_clear_error (&error);

  fault->jitter_ms = 0;
  fault->duration_ms = BCAST_FAULT_MAX_DURATION_MS;
  g_assert_true (bcast_fault_check (fault, NULL));
  fault->duration_ms++;
  g_assert_false (bcast_fault_check (fault, &error));
  g_assert_true (g_pattern_match_simple ("*24 hours*", error->message));
  g_clear_error (&error);

  fault->duration_ms = 0;
  fault->value = 0;
  g_assert_false (bcast_fault_check (fault, &error));
  g_assert_cmpstr (error->message, ==, "delay has the value 0. It must be a number from 1 to 60000.");
}

static void
test_names (void)
{
  for (guint i = 0; i < BCAST_N_FAULT_KINDS; i++)
    {
      g_assert_nonnull (bcast_fault_kind_to_string (i));
      g_assert_cmpuint (strlen (bcast_fault_kind_get_title (i)), >, 0);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fault/good", test_good);
  g_test_add_func ("/fault/bad", test_bad);
  g_test_add_func ("/fault/long", test_long);
  g_test_add_func ("/fault/check", test_check);
  g_test_add_func ("/fault/names", test_names);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "workspace-fixture.h"

#include <string.h>

#include "bcast-error.h"
#include "bcast-json.h"
#include "bcast-secret-store.h"

#define OWN_CHANNEL "#server-to-user-alice"

static BcastCast *
parse (const char  *text,
       const char  *secrets,
       char       **left_out)
{
  g_autoptr(GError) error = NULL;
  BcastCast *cast = bcast_cast_parse (text, strlen (text), secrets, NULL, left_out, &error);

  g_assert_no_error (error);
  g_assert_nonnull (cast);
  return cast;
}

static const BcastCastMember *
get_member (BcastCast  *cast,
            guint       position,
            const char *name)
{
  const BcastCastMember *member;

  g_assert_cmpuint (position, <, cast->members->len);
  member = cast->members->pdata[position];
  g_assert_cmpstr (member->options->name, ==, name);
  return member;
}

static void
check_channels (const BcastCastMember *member,
                const char            *expected)
{
  g_autoptr(GString) channels = g_string_new (NULL);

  for (guint i = 0; i < member->channels->len; i++)
    g_string_append_printf (channels, "%s%s", i > 0 ? " " : "", (const char *) member->channels->pdata[i]);
  g_assert_cmpstr (channels->str, ==, expected);
}

/* Carol, with every field set and with secrets of her own. */
static BcastClientOptions *
new_carol (void)
{
  const char * const watchlist[] = { "bob", "dave", NULL };
  const char * const headers[] = { "X-Tenant", "acme-header", NULL };
  const char * const params[] = { "tenant", "acme-param", NULL };
  BcastClientOptions *options = bcast_client_options_new ("Carol “C” \\ ☃");

  options->user_id = g_strdup ("42");
  options->user_info = g_strdup ("{\"name\": \"C\\u0061rol\",\n\"n\":1.0}");
  options->signs_in = TRUE;
  options->watchlist = g_strdupv ((char **) watchlist);
  options->signer = BCAST_CLIENT_SIGNER_ENDPOINT;
  options->headers = g_strdupv ((char **) headers);
  options->params = g_strdupv ((char **) params);
  options->cookies = g_strdup ("session=acme-cookie");
  options->bearer = g_strdup ("acme-token");
  return options;
}

static void
check_is_carol (const BcastClientOptions *options)
{
  g_autoptr(BcastClientOptions) carol = new_carol ();

  g_assert_cmpstr (options->name, ==, carol->name);
  g_assert_cmpstr (options->user_id, ==, carol->user_id);
  g_assert_cmpstr (options->user_info, ==, carol->user_info);
  g_assert_true (options->signs_in);
  g_assert_cmpstrv (options->watchlist, carol->watchlist);
  g_assert_cmpint (options->signer, ==, carol->signer);
  g_assert_cmpstrv (options->headers, carol->headers);
  g_assert_cmpstrv (options->params, carol->params);
  g_assert_cmpstr (options->cookies, ==, carol->cookies);
  g_assert_cmpstr (options->bearer, ==, carol->bearer);
}

static BcastCast *
new_cast (void)
{
  BcastCast *cast = bcast_cast_new_ready ();
  g_autoptr(BcastClientOptions) carol = new_carol ();
  BcastCastMember *member = bcast_cast_add (cast, carol);

  bcast_cast_member_join (member, "private-encrypted-orders");
  bcast_cast_member_join (member, "orders");
  return cast;
}

static void
test_round_trip (void)
{
  g_autoptr(BcastCast) before = new_cast ();
  g_autofree char *text = bcast_cast_format (before);
  char *secrets = bcast_cast_format_secrets (before);
  g_autofree char *left_out = NULL;
  g_autoptr(BcastCast) after = parse (text, secrets, &left_out);
  g_autofree char *again = bcast_cast_format (after);
  char *secrets_again = bcast_cast_format_secrets (after);

  g_assert_null (left_out);
  g_assert_cmpuint (after->members->len, ==, 3);
  check_channels (get_member (after, 0, "Alice"), "releases private-user.1 presence-lobby");
  check_channels (get_member (after, 1, "Bob"), "releases presence-lobby");
  check_channels (after->members->pdata[2], "private-encrypted-orders orders");
  check_is_carol (((BcastCastMember *) after->members->pdata[2])->options);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (secrets_again, ==, secrets);
  bcast_secret_free (secrets);
  bcast_secret_free (secrets_again);
}

static void
test_empty (void)
{
  g_autoptr(BcastCast) nobody = bcast_cast_new ();
  g_autofree char *text = bcast_cast_format (nobody);
  g_autofree char *left_out = NULL;
  g_autoptr(BcastCast) after = parse (text, NULL, &left_out);

  g_assert_cmpuint (after->members->len, ==, 0);
  g_assert_null (left_out);
  g_assert_null (bcast_cast_format_secrets (nobody));
}

/* Nothing of what clients send stands in the text; all of it stands in one line of JSON elsewhere. */
static void
test_secrets_apart (void)
{
  g_autoptr(BcastCast) cast = new_cast ();
  g_autofree char *text = bcast_cast_format (cast);
  char *secrets = bcast_cast_format_secrets (cast);

  g_assert_null (strstr (text, "acme"));
  g_assert_null (strstr (text, "X-Tenant"));
  g_assert_null (strstr (text, "cookie"));
  for (guint i = 0; i < 4; i++)
    {
      static const char * const all[] = { "acme-header", "acme-param", "session=acme-cookie", "acme-token" };

      g_assert_nonnull (strstr (secrets, all[i]));
    }
  g_assert_null (strstr (secrets, "Alice"));
  g_assert_null (strchr (secrets, '\n'));
  g_assert_true (bcast_json_scan (secrets, strlen (secrets), NULL, NULL, NULL));
  bcast_secret_free (secrets);
}

/* Without what it sent a client comes back all the same. It is told once, for what is saved then says that
 * nothing is missing. */
static void
test_secrets_lost (void)
{
  g_autoptr(BcastCast) cast = new_cast ();
  g_autofree char *text = bcast_cast_format (cast);
  g_autofree char *left_out = NULL;
  g_autofree char *left_out_again = NULL;
  g_autoptr(BcastCast) after = parse (text, NULL, &left_out);
  g_autofree char *text_after = bcast_cast_format (after);
  g_autoptr(BcastCast) again = parse (text_after, NULL, &left_out_again);

  g_assert_cmpuint (after->members->len, ==, 3);
  g_assert_null (((BcastCastMember *) after->members->pdata[2])->options->cookies);
  g_assert_nonnull (strstr (left_out, "Carol"));
  g_assert_nonnull (strstr (left_out, "not known any more"));
  g_assert_null (left_out_again);
  g_assert_cmpuint (again->members->len, ==, 3);
}

#define TEXT(clients) "{\"version\":1,\"clients\":[" clients "]}"
#define DAVE          "{\"name\":\"Dave\",\"channels\":[\"a\"]}"

static const struct
{
  const char *name;
  const char *text;
  const char *cast;     /* what is left, as NAME:CHANNELS; %NULL when it is none at all */
  const char *left_out; /* a piece of what is said; %NULL for nothing */
} hostile[] = {
  { "empty", "", NULL, "JSON" },
  { "not-json", "{\"version\":1,", NULL, "JSON" },
  { "not-utf8", "{\"version\":1,\"clients\":[\"\xff\"]}", NULL, "JSON" },
  { "list", "[]", NULL, "JSON" },
  { "no-version", "{\"clients\":[]}", NULL, "no version" },
  { "version-text", "{\"version\":\"1\",\"clients\":[]}", NULL, "no version" },
  { "version-zero", "{\"version\":0,\"clients\":[]}", NULL, "no version" },
  { "version-negative", "{\"version\":-1,\"clients\":[]}", NULL, "no version" },
  { "version-huge", "{\"version\":99999999999999999999,\"clients\":[]}", NULL, "no version" },
  { "newer", "{\"version\":2,\"people\":{}}", NULL, "newer" },
  { "no-clients", "{\"version\":1}", NULL, "no list" },
  { "clients-object", "{\"version\":1,\"clients\":{}}", NULL, "no list" },
  { "nobody", TEXT (""), "", NULL },
  { "unknown-field", "{\"x\":{},\"version\":1,\"clients\":[{\"name\":\"Dave\",\"hat\":[1]}]}", "Dave:", NULL },
  { "client-is-text", TEXT ("\"Dave\"," DAVE), "Dave:a", "Client 1" },
  { "no-name", TEXT ("{}," DAVE), "Dave:a", "no name" },
  { "name-number", TEXT ("{\"name\":1}," DAVE), "Dave:a", "Client 1" },
  { "name-nul", TEXT ("{\"name\":\"A\\u0000B\"}," DAVE), "Dave:a", "Client 1" },
  { "name-surrogate", TEXT ("{\"name\":\"\\ud83d\"}," DAVE), "Dave:a", "Client 1" },
  { "name-control", TEXT ("{\"name\":\"A\\nB\"}," DAVE), "Dave:a", "line break" },
  { "name-delete", TEXT ("{\"name\":\"A\x7f\"}," DAVE), "Dave:a", "line break" },
  { "name-long", TEXT ("{\"name\":\"12345678901234567890123456789012345678901234567890123456789012345\"}," DAVE),
    "Dave:a", "more than 64" },
  { "name-twice", TEXT (DAVE ",{\"name\":\"Dave\",\"channels\":[\"b\"]}"), "Dave:a", "another client" },
  { "clients-twice", "{\"version\":1,\"clients\":[{\"name\":\"Erin\"}],\"clients\":[" DAVE "]}", "Dave:a", NULL },
  { "user-info", TEXT ("{\"name\":\"A\",\"user_info\":\"{\"}," DAVE), "Dave:a", "no JSON" },
  { "sign-in-id", TEXT ("{\"name\":\"A\",\"user_id\":\"a b\",\"signs_in\":true}," DAVE), "Dave:a", "space" },
  { "sign-in-text", TEXT ("{\"name\":\"A\",\"signs_in\":\"yes\"}," DAVE), "Dave:a", "Client 1" },
  { "signer", TEXT ("{\"name\":\"A\",\"signer\":\"nobody\"}," DAVE), "Dave:a", "Client 1" },
  { "watchlist", TEXT ("{\"name\":\"A\",\"watchlist\":[\"a b\"]}," DAVE), "Dave:a", "watchlist" },
  { "watchlist-object", TEXT ("{\"name\":\"A\",\"watchlist\":{}}," DAVE), "Dave:a", "Client 1" },
  { "channels-text", TEXT ("{\"name\":\"A\",\"channels\":\"b\"}," DAVE), "A: Dave:a", "no list" },
  { "channel-number", TEXT ("{\"name\":\"A\",\"channels\":[1,\"b\"]}"), "A:b", "no text" },
  { "channel-empty", TEXT ("{\"name\":\"A\",\"channels\":[\"\",\"b\"]}"), "A:b", "A: " },
  { "channel-space", TEXT ("{\"name\":\"A\",\"channels\":[\"b\",\"a b\",\"c\"]}"), "A:b,c", "A: " },
  { "channel-twice", TEXT ("{\"name\":\"A\",\"channels\":[\"b\",\"c\",\"b\"]}"), "A:b,c", NULL },
  { "channel-own", TEXT ("{\"name\":\"A\",\"channels\":[\"#server-to-user-a\",\"b\"]}"), "A:b", "by signing in" },
};

static char *
describe (BcastCast *cast)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < cast->members->len; i++)
    {
      const BcastCastMember *member = cast->members->pdata[i];

      g_string_append_printf (text, "%s%s:", i > 0 ? " " : "", member->options->name);
      for (guint j = 0; j < member->channels->len; j++)
        g_string_append_printf (text, "%s%s", j > 0 ? "," : "", (const char *) member->channels->pdata[j]);
    }
  return g_string_free (text, FALSE);
}

static void
test_hostile (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(GError) error = NULL;
  g_autofree char *left_out = NULL;
  g_autofree char *found = NULL;
  guint version = 77;
  g_autoptr(BcastCast) cast = bcast_cast_parse (hostile[i].text, strlen (hostile[i].text), NULL, &version, &left_out,
                                                &error);

  if (hostile[i].cast == NULL)
    {
      g_assert_null (cast);
      g_assert_error (error, BCAST_ERROR, BCAST_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, hostile[i].left_out));
      g_assert_null (left_out);
      g_assert_cmpint (version > BCAST_CAST_VERSION, ==, g_str_equal (hostile[i].name, "newer"));
      return;
    }

  g_assert_no_error (error);
  found = describe (cast);
  g_assert_cmpstr (found, ==, hostile[i].cast);
  g_assert_cmpuint (version, ==, 1);
  if (hostile[i].left_out == NULL)
    g_assert_cmpstr (left_out, ==, NULL);
  else
    g_assert_nonnull (strstr (left_out, hostile[i].left_out));
}

/* What is said about secrets repeats none of them. */
static void
test_hostile_secrets (void)
{
  static const struct { const char *secrets, *cookies; gboolean says; } cases[] = {
    { "{\"Dave\":{\"cookies\":\"a=secret-1\"}}", "a=secret-1", FALSE },
    { "{\"D\\u0061ve\":{\"cookies\":\"a=secret-1\"},\"Eve\":{\"cookies\":\"b=secret-1\"}}", "a=secret-1", FALSE },
    { "{\"Dave\":{\"cookies\":\"a=secret-1\"},\"Dave\":{\"cookies\":\"b=secret-1\"}}", "a=secret-1", FALSE },
    { "", NULL, TRUE },
    { "secret-1", NULL, TRUE },
    { "[\"secret-1\"]", NULL, TRUE },
    { "{\"Dave\":\"secret-1\"}", NULL, TRUE },
    { "{\"Dave\":{\"cookies\":[\"secret-1\"]}}", NULL, TRUE },
    { "{\"Dave\":{\"cookies\":\"a=secret-1\\r\\nX: y\"}}", NULL, TRUE },
    { "{\"Dave\":{\"headers\":[[\"secret-1\"]]}}", NULL, TRUE },
    { "{\"Dave\":{\"bearer\":\"secret-1 \\u0000\"}}", NULL, TRUE },
    { "{\"Eve\":{\"cookies\":\"b=secret-1\"}}", NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *left_out = NULL;
      g_autoptr(BcastCast) cast = parse (TEXT ("{\"name\":\"Dave\",\"secrets\":true}"), cases[i].secrets, &left_out);

      g_test_message ("%s", cases[i].secrets);
      g_assert_cmpstr (get_member (cast, 0, "Dave")->options->cookies, ==, cases[i].cookies);
      g_assert_cmpint (left_out != NULL, ==, cases[i].says);
      if (left_out != NULL)
        g_assert_null (strstr (left_out, "secret-1"));
    }
}

/* However much there is, it ends; and what came first is there. */
static void
test_bounded (void)
{
  g_autoptr(BcastCast) cast = bcast_cast_new ();
  g_autofree char *text = NULL;
  g_autofree char *left_out = NULL;
  g_autoptr(BcastCast) after = NULL;
  guint n_channels = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("Client number %u", i);
      g_autoptr(BcastClientOptions) options = bcast_client_options_new (name);
      BcastCastMember *member = bcast_cast_add (cast, options);

      for (guint j = 0; j < 100; j++)
        {
          g_autofree char *channel = g_strdup_printf ("channel-%u", j);

          bcast_cast_member_join (member, channel);
        }
    }
  text = bcast_cast_format (cast);
  after = parse (text, NULL, &left_out);
  for (guint i = 0; i < after->members->len; i++)
    n_channels += ((BcastCastMember *) after->members->pdata[i])->channels->len;
  g_assert_cmpuint (after->members->len, ==, 200);
  g_assert_cmpuint (n_channels, ==, 10000);
  g_assert_nonnull (strstr (left_out, "too many subscriptions"));
  check_channels (after->members->pdata[199], "");
}

static gboolean
has_own_channel (gpointer data)
{
  BcastClientMirror *alice = bcast_workspace_find_client (data, "Alice");

  return bcast_client_mirror_find_subscription (alice, OWN_CHANNEL) != NULL;
}

static gboolean
is_joined (gpointer data)
{
  BcastSubscriptionMirror *subscription =
    bcast_client_mirror_find_subscription (bcast_workspace_find_client (data, "Carol"), "releases");

  return bcast_subscription_mirror_get_state (subscription) == BCAST_SUBSCRIPTION_SUBSCRIBED;
}

/* A workspace gives what its user asked for, but for the channel that comes with a sign-in; and takes it. */
static void
test_workspace (Fixture       *fixture,
                gconstpointer  data)
{
  BcastWorkspace *workspace = fixture->workspace;
  BcastClientMirror *alice = bcast_workspace_find_client (workspace, "Alice");
  g_autoptr(BcastClientOptions) options = bcast_client_options_copy (bcast_client_mirror_get_options (alice));
  g_autoptr(BcastCast) more = bcast_cast_new_ready ();
  g_autoptr(BcastClientOptions) carol = bcast_client_options_new ("Carol");
  g_autoptr(BcastCast) cast = NULL;
  g_autofree char *found = NULL;
  g_autofree char *text = NULL;

  options->signs_in = TRUE;
  g_assert_true (bcast_workspace_change_client (workspace, alice, options, NULL));
  fixture_wait (has_own_channel, workspace);
  bcast_workspace_unsubscribe (workspace, bcast_workspace_find_client (workspace, "Bob"), "presence-lobby");
  bcast_cast_member_join (bcast_cast_add (more, carol), "releases");
  bcast_workspace_add_members (workspace, more); /* Alice and Bob are there already, and stay as they are */
  bcast_workspace_connect (workspace, NULL);
  fixture_wait (is_joined, workspace);

  cast = bcast_workspace_dup_cast (workspace);
  found = describe (cast);
  text = bcast_cast_format (cast);
  g_assert_cmpstr (found, ==, "Alice:releases,private-user.1,presence-lobby Bob:releases Carol:releases");
  g_assert_true (get_member (cast, 0, "Alice")->options->signs_in);
  g_assert_null (strstr (text, "#server-to-user"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cast/round-trip", test_round_trip);
  g_test_add_func ("/cast/empty", test_empty);
  g_test_add_func ("/cast/secrets/apart", test_secrets_apart);
  g_test_add_func ("/cast/secrets/lost", test_secrets_lost);
  g_test_add_func ("/cast/secrets/hostile", test_hostile_secrets);
  g_test_add_func ("/cast/bounded", test_bounded);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strconcat ("/cast/hostile/", hostile[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_hostile);
    }
  g_test_add ("/cast/workspace", Fixture, NULL, fixture_set_up, test_workspace, fixture_tear_down);

  return g_test_run ();
}

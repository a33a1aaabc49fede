/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "peer.h"

#include "bcast-error.h"
#include "bcast-local-authorizer.h"

typedef struct
{
  const char *what;
  const char *key, *secret, *socket_id, *channel, *user_id, *user_info;
  const char *auth, *channel_data, *user_data, *master_key, *shared_secret;
} Signed;

/* The published vectors that this authorizer can be asked for; the others were recomputed with
 * `openssl dgst -sha256 -hmac`. */
static const Signed vectors[] = {
  { "private", PEER_KEY, PEER_SECRET, "1234.1234", "private-foobar", NULL, NULL,
    PEER_KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4", NULL, NULL },
  { "private-as-somebody", PEER_KEY, PEER_SECRET, "1234.1234", "private-foobar", "u1", "{}",
    PEER_KEY ":58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4", NULL, NULL },
  { "other-app", "foo", "bar", "345.23", "private-channel", NULL, NULL,
    "foo:89955e77e1b40e33df6d515a5ecbba86a01dc816a5b720da18a06fd26f7d92ff", NULL, NULL },
  { "encrypted", PEER_KEY, PEER_SECRET, "1234.1234", "private-encrypted-orders", NULL, NULL,
    PEER_KEY ":bc32059df4abc5918d2a4ce084b4875fcfbe7ddc8c84eff6dbc5ef52029f2a6b", NULL, NULL,
    "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "ssB9Jw4XlKNKH112J2oKRhfPWLBMPFcsN1yGpYcjdtE=" },
  { "encrypted-other-key", PEER_KEY, PEER_SECRET, "1234.1234", "private-encrypted-channel", NULL, NULL,
    PEER_KEY ":c0456231eee10602375388f34cc60995755ef37aedede8abe800e3e1bcbf6f38", NULL, NULL,
    PEER_MASTER_KEY, "VmIsNZtCSteh8kazd2toc+ofhohBtUouQRSDtRvuyVI=" },
  { "presence", PEER_KEY, PEER_SECRET, "1234.1234", "presence-cafe", "u-é😀",
    "{\"name\":\"Zoë \\\"Z\\\" ☃\",\"slash\":\"a/b\"}",
    PEER_KEY ":03b181860885a9a17ea24d9020379d44d0196f23cb61ca743f95c0b8a38e8ce1",
    "{\"user_id\":\"u-é😀\",\"user_info\":{\"name\":\"Zoë \\\"Z\\\" ☃\",\"slash\":\"a/b\"}}", NULL },
  { "sign-in", PEER_KEY, PEER_SECRET, "1234.1234", NULL, "12345", NULL,
    PEER_KEY ":4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba",
    NULL, "{\"id\":\"12345\"}" },
  { "sign-in-utf-8", "aaaa", "tofu", "1.1", NULL, "ą§¶™€łü€ß£", NULL,
    "aaaa:620494cee53d6c568b49598313194088afda37218f0d059af03c0c898ed61ff4",
    NULL, "{\"id\":\"ą§¶™€łü€ß£\"}" },
};

typedef struct
{
  const char *what;
  const char *secret, *socket_id, *channel, *user_id, *user_info;
  BcastError  code;
} Refused;

static const Refused refusals[] = {
  { "no-secret", NULL, "1.2", "private-a", NULL, NULL, BCAST_ERROR_UNAUTHORIZED },
  { "no-master-key", "s", "1.2", "private-encrypted-a", NULL, NULL, BCAST_ERROR_UNAUTHORIZED },
  { "no-master-key-cache", "s", "1.2", "private-encrypted-cache-a", NULL, NULL, BCAST_ERROR_UNAUTHORIZED },
  { "empty-secret", "", "1.2", "private-a", NULL, NULL, BCAST_ERROR_UNAUTHORIZED },
  { "nobody", "s", "1.2", "presence-a", NULL, NULL, BCAST_ERROR_INVALID },
  { "empty-user", "s", "1.2", "presence-cache-a", "", NULL, BCAST_ERROR_INVALID },
  { "user-is-no-utf-8", "s", "1.2", "presence-a", "\xff", NULL, BCAST_ERROR_INVALID },
  { "info-is-no-json", "s", "1.2", "presence-a", "u", "{name:1}", BCAST_ERROR_INVALID },
  { "info-breaks-out", "s", "1.2", "presence-a", "u", "1},\"x\":{", BCAST_ERROR_INVALID },
  { "sign-in-nobody", "s", "1.2", NULL, NULL, NULL, BCAST_ERROR_INVALID },
  { "socket-id-is-a-request", "s", "POST\n/apps/3/events\na=", "private-a", NULL, NULL,
    BCAST_ERROR_PROTOCOL },
  { "socket-id-with-channel", "s", "1.2:private-b", "private-a", NULL, NULL, BCAST_ERROR_PROTOCOL },
};

static BcastAuthorizer *
make_authorizer (const char *key,
                 const char *secret,
                 const char *master_key)
{
  g_autoptr(BcastApp) app = bcast_app_new (&(BcastAppOptions) {
    .key = key, .secret = secret, .ws_host = "localhost", .master_key = master_key }, NULL);

  return bcast_local_authorizer_new (app);
}

static void
test_signed (gconstpointer data)
{
  const Signed *vector = data;
  g_autoptr(BcastAuthorizer) authorizer = make_authorizer (vector->key, vector->secret,
                                                                 vector->master_key);
  g_autoptr(BcastAuthorization) authorization = NULL;
  g_autoptr(GError) error = NULL;
  Outcome outcome = { NULL, NULL };

  bcast_authorizer_authorize_async (authorizer, vector->socket_id, vector->channel, vector->user_id,
                                    vector->user_info, NULL, outcome_cb, &outcome);
  g_assert_null (outcome.result);
  WAIT_FOR (outcome.result != NULL);
  authorization = bcast_authorizer_authorize_finish (authorizer, outcome.result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (authorization->auth, ==, vector->auth);
  g_assert_cmpstr (authorization->channel_data, ==, vector->channel_data);
  g_assert_cmpstr (authorization->user_data, ==, vector->user_data);
  g_assert_cmpstr (authorization->shared_secret, ==, vector->shared_secret);
  outcome_clear (&outcome);
  g_assert_finalize_object (g_steal_pointer (&authorizer));
}

static void
test_watchlist (void)
{
  static const char * const user_ids[] = { "bob", "carol \"C\"", NULL };
  g_autoptr(BcastAuthorizer) authorizer = make_authorizer ("k", "s", NULL);
  g_autoptr(BcastAuthorization) authorization = NULL;
  Outcome outcome = { NULL, NULL };

  bcast_local_authorizer_set_watchlist (BCAST_LOCAL_AUTHORIZER (authorizer), user_ids);
  bcast_authorizer_authorize_async (authorizer, "1.2", NULL, "u", "{\"n\":1}", NULL, outcome_cb, &outcome);
  WAIT_FOR (outcome.result != NULL);
  authorization = bcast_authorizer_authorize_finish (authorizer, outcome.result, NULL);
  g_assert_cmpstr (authorization->user_data, ==,
                   "{\"id\":\"u\",\"user_info\":{\"n\":1},\"watchlist\":[\"bob\",\"carol \\\"C\\\"\"]}");
  outcome_clear (&outcome);
}

static void
test_refused (gconstpointer data)
{
  const Refused *row = data;
  g_autoptr(BcastAuthorizer) authorizer = make_authorizer ("k", row->secret, NULL);
  g_autoptr(GError) error = NULL;
  Outcome outcome = { NULL, NULL };

  bcast_authorizer_authorize_async (authorizer, row->socket_id, row->channel, row->user_id, row->user_info,
                                    NULL, outcome_cb, &outcome);
  WAIT_FOR (outcome.result != NULL);
  g_assert_null (bcast_authorizer_authorize_finish (authorizer, outcome.result, &error));
  g_assert_error (error, BCAST_ERROR, (int) row->code);
  outcome_clear (&outcome);
}

static void
test_cancelled (void)
{
  g_autoptr(BcastAuthorizer) authorizer = make_authorizer ("k", "s", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Outcome outcome = { NULL, NULL };

  bcast_authorizer_authorize_async (authorizer, "1.2", "private-a", NULL, NULL, cancellable,
                                    outcome_cb, &outcome);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (outcome.result != NULL);
  g_assert_null (bcast_authorizer_authorize_finish (authorizer, outcome.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  outcome_clear (&outcome);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strconcat ("/local-authorizer/signed/", vectors[i].what, NULL);

      g_test_add_data_func (path, &vectors[i], test_signed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/local-authorizer/refused/", refusals[i].what, NULL);

      g_test_add_data_func (path, &refusals[i], test_refused);
    }
  g_test_add_func ("/local-authorizer/cancelled", test_cancelled);

  g_test_add_func ("/local-authorizer/watchlist", test_watchlist);

  return g_test_run ();
}

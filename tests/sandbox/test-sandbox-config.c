/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-error.h"
#include "bcast-sandbox-config.h"

#include <string.h>

/* A secret of each file, and none in “missing”. */
static char *
load (const char  *file,
      gpointer     user_data,
      GError     **error)
{
  if (strcmp (file, "missing") != 0)
    return g_strconcat ("in ", file, NULL);

  g_set_error_literal (error, BCAST_ERROR, BCAST_ERROR_UNAVAILABLE, "no such file");
  return NULL;
}

static BcastSandboxConfig *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  BcastSandboxConfig *config = bcast_sandbox_config_parse (text, load, NULL, &error);

  g_assert_no_error (error);
  return config;
}

static void
test_full (void)
{
  g_autoptr(BcastSandboxConfig) config =
    parse ("{\"host\": \"0.0.0.0\", \"port\": 7000, \"max_connections\": 50, \"metrics\": true, \"faults\": [\"delay=200,app=1\"], \"apps\": ["
           "  {\"id\": \"1\", \"key\": \"one\", \"secret\": \"s\","
           "   \"master_key\": \"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\","
           "   \"enabled\": false, \"user\": {\"id\": \"alice\", \"info\": {\"name\": \"A\"}},"
           "   \"activity_timeout\": 30, \"max_connections\": 7, \"max_presence_members\": 3,"
           "   \"subscription_counts\": false, \"client_events\": false,"
           "   \"allowed_origins\": [\"https://a.test\", \"http://localhost:3000\"]},"
           "  {\"id\": \"2\", \"key\": \"two\", \"secret_file\": \"two.secret\"}]}");
  const BcastSandboxApp *one = config->apps->pdata[0];
  const BcastSandboxApp *two = config->apps->pdata[1];

  g_assert_cmpstr (config->host, ==, "0.0.0.0");
  g_assert_cmpint (config->port, ==, 7000);
  g_assert_cmpuint (config->max_sockets, ==, 50);
  g_assert_true (config->has_metrics);
  g_assert_cmpuint (config->faults->len, ==, 1);
  g_assert_cmpint (((BcastFault *) config->faults->pdata[0])->value, ==, 200);

  g_assert_cmpstr (one->app_id, ==, "1");
  g_assert_cmpstr (one->key, ==, "one");
  g_assert_cmpstr (one->secret, ==, "s");
  g_assert_nonnull (one->master_key);
  g_assert_false (one->is_enabled);
  g_assert_cmpstr (one->user_id, ==, "alice");
  g_assert_cmpstr (one->user_info, ==, "{\"name\":\"A\"}");
  g_assert_cmpuint (one->options.activity_timeout_s, ==, 30);
  g_assert_cmpuint (one->options.max_sockets, ==, 7);
  g_assert_cmpuint (one->options.max_members, ==, 3);
  g_assert_false (one->options.has_subscription_counts);
  g_assert_false (one->options.has_client_events);
  g_assert_cmpstr (one->allowed_origins[1], ==, "http://localhost:3000");
  g_assert_null (one->allowed_origins[2]);

  g_assert_cmpstr (two->secret, ==, "in two.secret");
  g_assert_true (two->is_enabled);
  g_assert_null (two->allowed_origins);
  g_assert_true (two->options.has_client_events);
}

static void
test_webhooks (void)
{
  g_autoptr(BcastSandboxConfig) config =
    parse ("{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret\":\"s\",\"webhooks\":["
           "{\"url\":\"http://127.0.0.1:8000/hook\"},"
           "{\"url\":\"https://app.test/hook\",\"events\":[\"channel_occupied\",\"member_added\"],"
           "\"channel_prefix\":\"presence-\",\"headers\":{\"X-A\":\"1\"},\"batch\":true}]}]}");
  GPtrArray *webhooks = ((BcastSandboxApp *) config->apps->pdata[0])->webhooks;
  const BcastWebhook *plain = webhooks->pdata[0];
  const BcastWebhook *rich = webhooks->pdata[1];

  g_assert_cmpuint (webhooks->len, ==, 2);
  g_assert_cmpstr (plain->url, ==, "http://127.0.0.1:8000/hook");
  g_assert_cmpuint (plain->kinds, ==, 0);
  g_assert_false (plain->is_batched);
  g_assert_cmpuint (rich->kinds, ==, 1u << BCAST_REPORT_OCCUPIED | 1u << BCAST_REPORT_MEMBER_ADDED);
  g_assert_cmpstr (rich->channel_prefix, ==, "presence-");
  g_assert_cmpstr (rich->headers[0], ==, "X-A");
  g_assert_cmpstr (rich->headers[1], ==, "1");
  g_assert_null (rich->headers[2]);
  g_assert_true (rich->is_batched);
}

static void
test_authorize (void)
{
  g_autoptr(BcastSandboxConfig) config =
    parse ("{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret\":\"s\",\"authorize\":{"
           "\"paths\":[\"/api/auth\"],\"user_header\":\"X-User\",\"user_param\":\"as\",\"refuse_status\":401}}]}");
  const BcastSandboxRoutes *routes = ((BcastSandboxApp *) config->apps->pdata[0])->routes;

  g_assert_true (bcast_sandbox_routes_has_path (routes, "/api/auth"));
  g_assert_false (bcast_sandbox_routes_has_path (routes, "/broadcasting/auth"));
  g_assert_cmpstr (routes->user_header, ==, "X-User");
  g_assert_cmpstr (routes->user_param, ==, "as");
  g_assert_cmpint (routes->refuse_kind, ==, BCAST_REFUSAL_STATUS);
  g_assert_cmpuint (routes->refuse_status, ==, 401);
}

static void
test_least (void)
{
  g_autoptr(BcastSandboxConfig) config = parse ("{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret\":\"s\"}]}");

  g_assert_null (config->host);
  g_assert_cmpint (config->port, ==, -1);
  g_assert_cmpuint (config->max_sockets, ==, 0);
  g_assert_false (config->has_metrics);
  g_assert_cmpuint (config->apps->len, ==, 1);
}

#define APP(members) "{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret\":\"s\"," members "}]}"

static const struct
{
  const char *name;
  const char *text;
  const char *sentence; /* a pattern */
} bad[] = {
  { "empty", "", "The config file is no JSON, at line 1:*" },
  { "no-json", "{\n\"apps\":\n[}", "The config file is no JSON, at line 3:*" },
  { "not-utf8", "{\"a\":\"\xff\"}", "The config file is no UTF-8 text*" },
  { "list", "[]", "“{ }” in the config file must be an object." },
  { "no-apps", "{}", "There is no app to serve.*" },
  { "apps-no-list", "{\"apps\":{}}", "“apps” in the config file must be a list." },
  { "unknown", "{\"prot\":1}", "“prot” in the config file is unknown. There can be: host, port,*" },
  { "unknown-deep", APP ("\"user\":{\"id\":\"a\",\"nfo\":1}"), "“apps?0?.user.nfo” in the config file is unknown.*" },
  { "port", "{\"port\":65536}", "“port” in the config file must be a whole number from 0 to 65535." },
  { "port-overflow", "{\"port\":18446744073709551617}", "“port” in the config file must be a whole number from 0 to 65535." },
  { "port-text", "{\"port\":\"1\"}", "“port” in the config file must be a whole number from 0 to 65535." },
  { "port-fraction", "{\"port\":1.5}", "“port” in the config file must be a whole number from 0 to 65535." },
  { "no-id", "{\"apps\":[{}]}", "“apps?0?” in the config file has no “id”*" },
  { "no-secret", "{\"apps\":[{\"id\":\"1\",\"key\":\"k\"}]}", "“apps?0?” in the config file has no “secret”*" },
  { "two-secrets", APP ("\"secret_file\":\"f\""), "“apps?0?.secret_file” in the config file is one too many: “secret”*" },
  { "missing-file", "{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret_file\":\"missing\"}]}", "no such file" },
  { "enabled", APP ("\"enabled\":1"), "“apps?0?.enabled” in the config file must be true or false." },
  { "origins", APP ("\"allowed_origins\":[1]"), "“apps?0?.allowed_origins” in the config file must be a list of texts*" },
  { "timeout", APP ("\"activity_timeout\":0"), "“apps?0?.activity_timeout” in the config file must be a whole number from 1*" },
  { "user", APP ("\"user\":{}"), "“apps?0?.user” in the config file has no “id”*" },
  { "fault", "{\"faults\":[\"drop=2\",\"drop=x\"],\"apps\":[]}", "faults?1?: *" },
  { "route-path", APP ("\"authorize\":{\"paths\":[\"auth\"]}"), "apps?0?.authorize: *" },
  { "refusal", APP ("\"authorize\":{\"refuse\":\"nicely\"}"), "apps?0?.authorize: *" },
  { "webhook-url", APP ("\"webhooks\":[{}]"), "apps?0?.webhooks?0?: *" },
  { "webhook-event", APP ("\"webhooks\":[{\"url\":\"http://a/\",\"events\":[\"occupied\"]}]"), "apps?0?.webhooks?0?.events: *" },
  { "webhook-header", APP ("\"webhooks\":[{\"url\":\"http://a/\",\"headers\":{\"X-A\":1}}]"),
    "“apps?0?.webhooks?0?.headers.X-A” in the config file must be a text*" },
  { "master-key", APP ("\"master_key\":\"short\""), "*" },
  { "same-id", "{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret\":\"s\"},{\"id\":\"1\",\"key\":\"l\",\"secret\":\"s\"}]}",
    "Two apps have the id “1”.*" },
};

static void
test_bad (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(BcastSandboxConfig) config = bcast_sandbox_config_parse (bad[i].text, load, NULL, &error);

  g_assert_null (config);
  g_assert_nonnull (error);
  if (!g_pattern_match_simple (bad[i].sentence, error->message))
    g_assert_cmpstr (error->message, ==, bad[i].sentence);
}

/* Nobody writes this, and nobody must be able to end the program by it. */
static void
test_deep (void)
{
  g_autofree char *opened = g_strnfill (100000, '[');
  g_autofree char *closed = g_strnfill (100000, ']');
  g_autofree char *text = g_strconcat ("{\"apps\":", opened, closed, "}", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (bcast_sandbox_config_parse (text, load, NULL, &error));
  g_assert_error (error, BCAST_ERROR, BCAST_ERROR_INVALID);
}

/* Quotes and brackets inside texts are no structure. */
static void
test_brackets_in_texts (void)
{
  g_autofree char *brackets = g_strnfill (100, '[');
  g_autofree char *text = g_strdup_printf ("{\"apps\":[{\"id\":\"1\",\"key\":\"k\",\"secret\":\"\\\"%s\\\\\"}]}", brackets);
  g_autoptr(BcastSandboxConfig) config = parse (text);

  g_autofree char *secret = g_strdup_printf ("\"%s\\", brackets);

  g_assert_cmpstr (((BcastSandboxApp *) config->apps->pdata[0])->secret, ==, secret);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sandbox-config/full", test_full);
  g_test_add_func ("/sandbox-config/webhooks", test_webhooks);
  g_test_add_func ("/sandbox-config/authorize", test_authorize);
  g_test_add_func ("/sandbox-config/least", test_least);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/sandbox-config/bad/", bad[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/sandbox-config/deep", test_deep);
  g_test_add_func ("/sandbox-config/brackets-in-texts", test_brackets_in_texts);
  return g_test_run ();
}

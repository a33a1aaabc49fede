/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-guide.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * cli_guide_print:
 * @output: where to write
 * @host: where the sandbox can be reached
 * @port: its port
 * @is_tls: whether it takes TLS connections only
 * @app_id: its app's id
 * @key: its app's key
 *
 * Prints what to enter where so that an app talks to the sandbox. The secret is left to the user: this
 * text is made to be copied and passed on.
 *
 * Source of the settings: pusher-js README, “Configuration”; Masonite's broadcasting driver and its
 * `.env-example`; Laravel's `.env.example` and `config/broadcasting.php`.
 */
void
cli_guide_print (CliOutput  *output,
                 const char *host,
                 guint       port,
                 gboolean    is_tls,
                 const char *app_id,
                 const char *key)
{
  const char *secret = _("(the secret)");
  const char *scheme = is_tls ? "https" : "http";
  /* RFC 3986, 3.2.2: an IPv6 address stands in brackets */
  g_autofree char *authority = strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);

  cli_output_raw (output, _("\nIn a browser or Node, pusher-js:"));
  cli_output_line (output, "  new Pusher(\"%s\", {", key);
  cli_output_line (output, "    cluster: \"mt1\", wsHost: \"%s\", %s: %u, forceTLS: %s,", host,
                   is_tls ? "wssPort" : "wsPort", port, is_tls ? "true" : "false");
  cli_output_line (output, "    enabledTransports: [\"ws\"],");
  cli_output_line (output, "    channelAuthorization: { endpoint: \"%s://%s:%u/broadcasting/authorize\" },",
                   scheme, authority, port);
  cli_output_line (output, "  });");

  cli_output_raw (output, _("\nIn Masonite, config/broadcast.py:"));
  cli_output_line (output, "  \"pusher\": {");
  cli_output_line (output, "      \"driver\": \"pusher\",");
  cli_output_line (output, "      \"client\": env(\"PUSHER_CLIENT\"),");
  cli_output_line (output, "      \"app_id\": env(\"PUSHER_APP_ID\"),");
  cli_output_line (output, "      \"secret\": env(\"PUSHER_SECRET\"),");
  cli_output_line (output, "      \"host\": \"%s\",", host);
  cli_output_line (output, "      \"port\": %u,", port);
  cli_output_line (output, "      \"ssl\": %s,", is_tls ? "True" : "False");
  cli_output_line (output, "  },");
  cli_output_raw (output, _("and .env:"));
  cli_output_line (output, "  PUSHER_CLIENT=%s", key);
  cli_output_line (output, "  PUSHER_APP_ID=%s", app_id);
  cli_output_line (output, "  PUSHER_SECRET=%s", secret);

  cli_output_raw (output, _("\nIn Laravel, .env:"));
  cli_output_line (output, "  BROADCAST_CONNECTION=pusher");
  cli_output_line (output, "  PUSHER_APP_ID=%s", app_id);
  cli_output_line (output, "  PUSHER_APP_KEY=%s", key);
  cli_output_line (output, "  PUSHER_APP_SECRET=%s", secret);
  cli_output_line (output, "  PUSHER_HOST=%s", host);
  cli_output_line (output, "  PUSHER_PORT=%u", port);
  cli_output_line (output, "  PUSHER_SCHEME=%s", scheme);
  cli_output_line (output, "  PUSHER_APP_CLUSTER=mt1");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-connection.h"
#include "cli-input.h"
#include "cli-options.h"

#include "bcast-error.h"
#include "bcast-presence-data.h"
#include "bcast-signing.h"

#include <glib/gi18n.h>

#define UNSET G_MININT64

typedef struct
{
  CliConnection  connection;
  char          *user_id;
  char          *user_info;
  char          *channel_data;
  char          *user_data;
  char          *query;
  char          *body;
  gint64         timestamp_s;
} Options;

/**
 * SignFunc:
 * @options: what was asked for
 * @arguments: the arguments after the kind
 * @error: why it cannot be signed
 *
 * Returns: (transfer full) (nullable): the signature with its steps
 */
typedef BcastSigning *(*SignFunc) (Options             *options,
                                   const char * const  *arguments,
                                   GError             **error);

static void
options_clear (Options *self)
{
  cli_connection_clear (&self->connection);
  g_free (self->user_id);
  g_free (self->user_info);
  g_free (self->channel_data);
  g_free (self->user_data);
  g_free (self->query);
  g_free (self->body);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static BcastSigning *
sign_channel (Options     *options,
              const char  *socket_id,
              const char  *channel,
              const char  *channel_data,
              GError     **error)
{
  return bcast_signing_new_channel (bcast_profile_get_key (options->connection.target),
                                    options->connection.secret, socket_id, channel, channel_data, error);
}

static BcastSigning *
sign_private (Options             *options,
              const char * const  *arguments,
              GError             **error)
{
  return sign_channel (options, arguments[0], arguments[1], NULL, error);
}

static BcastSigning *
sign_presence (Options             *options,
               const char * const  *arguments,
               GError             **error)
{
  g_autofree char *channel_data = NULL;

  if (options->channel_data != NULL)
    {
      channel_data = cli_input_load_data (options->channel_data, error);
    }
  else if (options->user_id != NULL)
    {
      if (options->user_info != NULL && !cli_input_check_json (options->user_info, "--user-info", error))
        return NULL;
      channel_data = bcast_presence_data_format (options->user_id, options->user_info);
    }
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("A presence channel needs a user: --user-id with or without --user-info, "
                     "or the exact --channel-data."));
    }
  if (channel_data == NULL)
    return NULL;
  return sign_channel (options, arguments[0], arguments[1], channel_data, error);
}

static BcastSigning *
sign_user (Options             *options,
           const char * const  *arguments,
           GError             **error)
{
  g_autofree char *user_data = NULL;

  if (options->user_data == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("A sign-in needs --user-data, an object with an id such as {\"id\":\"1\"}."));
      return NULL;
    }
  user_data = cli_input_load_data (options->user_data, error);
  if (user_data == NULL)
    return NULL;
  return bcast_signing_new_user (bcast_profile_get_key (options->connection.target),
                                 options->connection.secret, arguments[0], user_data, error);
}

static BcastSigning *
sign_request (Options             *options,
              const char * const  *arguments,
              GError             **error)
{
  gint64 now_s = options->timestamp_s != UNSET ? options->timestamp_s : g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *body = NULL;

  if (options->body != NULL && (body = cli_input_load_data (options->body, error)) == NULL)
    return NULL;
  return bcast_signing_new_request (bcast_profile_get_key (options->connection.target),
                                    options->connection.secret, arguments[0], arguments[1],
                                    options->query, body, now_s, error);
}

static const struct
{
  const char *kind;
  guint       n_arguments;
  SignFunc    sign;
} kinds[] = {
  { "private",  2, sign_private },
  { "presence", 2, sign_presence },
  { "user",     1, sign_user },
  { "request",  2, sign_request },
};

static const char *
get_origin_nick (BcastSigningOrigin origin)
{
  static const char * const nicks[] = {
    [BCAST_SIGNING_FIXED]        = "fixed",
    [BCAST_SIGNING_SOCKET_ID]    = "socket_id",
    [BCAST_SIGNING_CHANNEL]      = "channel",
    [BCAST_SIGNING_CHANNEL_DATA] = "channel_data",
    [BCAST_SIGNING_USER_DATA]    = "user_data",
    [BCAST_SIGNING_METHOD]       = "method",
    [BCAST_SIGNING_PATH]         = "path",
    [BCAST_SIGNING_PARAMETER]    = "parameter",
    [BCAST_SIGNING_BODY_MD5]     = "body_md5",
    [BCAST_SIGNING_BODY]         = "body",
  };

  return origin < G_N_ELEMENTS (nicks) ? nicks[origin] : "fixed";
}

static void
print_json (CliOutput    *output,
            BcastSigning *signing)
{
  g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < signing->parts->len; i++)
    {
      const BcastSigningPart *part = g_ptr_array_index (signing->parts, i);

      json_builder_begin_object (builder);
      cli_json_add_string (builder, "from", get_origin_nick (part->origin));
      cli_json_add_string (builder, "text", part->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cli_json_add_string (builder, "string_to_sign", signing->string_to_sign);
  cli_json_add_string (builder, "digest", signing->digest);
  cli_json_add_string (builder, "value", signing->value);
  cli_json_add_string (builder, "answer", signing->answer);
  cli_output_end_json (output, builder);
}

static void
print_text (CliOutput    *output,
            BcastSigning *signing)
{
  cli_output_line (output, _("1. The parts, in order:"));
  for (guint i = 0; i < signing->parts->len; i++)
    {
      const BcastSigningPart *part = g_ptr_array_index (signing->parts, i);

      cli_output_line (output, "   %-13s%s", get_origin_nick (part->origin), part->text);
    }
  cli_output_line (output, _("2. Joined, the string to sign (\\n is one line feed):"));
  cli_output_line (output, "   %s", signing->string_to_sign);
  cli_output_line (output, _("3. HMAC-SHA256 of it with the secret, in hex:"));
  cli_output_line (output, "   %s", signing->digest);
  cli_output_line (output, signing->answer != NULL ? _("4. With the key before it:")
                                                   : _("4. The signed query:"));
  cli_output_line (output, "   %s", signing->value);
  if (signing->answer != NULL)
    {
      cli_output_line (output, _("5. What an authorize route answers:"));
      cli_output_line (output, "   %s", signing->answer);
    }
}

static CliExit
sign (CliOutput           *output,
      Options             *options,
      SignFunc             func,
      const char * const  *arguments)
{
  g_autoptr(CliSession) session = cli_session_new (output);
  g_autoptr(BcastSigning) signing = NULL;
  g_autoptr(GError) error = NULL;

  if (!cli_connection_resolve (&options->connection, session, &error)
      || !cli_connection_check_secret (&options->connection, &error)
      || (signing = func (options, arguments, &error)) == NULL)
    return cli_session_fail (session, error);

  if (output->json)
    print_json (output, signing);
  else
    print_text (output, signing);
  return CLI_EXIT_OK;
}

static GOptionContext *
new_context (CliOutput *output,
             Options   *options)
{
  const GOptionEntry entries[] = {
    { "user-id", 0, 0, G_OPTION_ARG_STRING, &options->user_id,
      N_("presence: the user's id"), N_("ID") },
    { "user-info", 0, 0, G_OPTION_ARG_STRING, &options->user_info,
      N_("presence: what others may know of the user"), N_("JSON") },
    { "channel-data", 0, 0, G_OPTION_ARG_STRING, &options->channel_data,
      N_("presence: the exact bytes instead of the two above"), N_("JSON|@FILE|-") },
    { "user-data", 0, 0, G_OPTION_ARG_STRING, &options->user_data,
      N_("user: the exact bytes, an object with an id"), N_("JSON|@FILE|-") },
    { "query", 0, 0, G_OPTION_ARG_STRING, &options->query,
      N_("request: parameters, as in a=1&b=2"), N_("QUERY") },
    { "body", 0, 0, G_OPTION_ARG_STRING, &options->body,
      N_("request: the exact body"), N_("BODY|@FILE|-") },
    { "timestamp", 0, 0, G_OPTION_ARG_INT64, &options->timestamp_s,
      N_("request: seconds since 1970 (default: now)"), N_("S") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write JSON"), NULL },
    { NULL },
  };
  GOptionContext *context;

  context = cli_options_new ("sign", _("private|presence|user|request ARGUMENT…"),
                             _("Computes a signature and shows every step that leads to it."),
                             _("Kinds:\n"
                               "  private  SOCKET_ID CHANNEL   subscription to a private channel\n"
                               "  presence SOCKET_ID CHANNEL   subscription to a presence channel\n"
                               "  user     SOCKET_ID           sign-in of a user\n"
                               "  request  METHOD PATH         request of the HTTP API\n\n"
                               "Examples:\n"
                               "  broadcastctl sign private 1234.1234 private-news\n"
                               "  broadcastctl sign request POST /apps/1/events --body @body.json"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_connection_add_options (&options->connection, context);
  return context;
}

/**
 * cmd_sign_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl sign`
 *
 * Returns: the exit code
 */
CliExit
cmd_sign_run (CliOutput   *output,
              char      ***argv)
{
  g_auto(Options) options = { .timestamp_s = UNSET };
  g_autoptr(GOptionContext) context = NULL;
  const char * const *arguments;

  cli_connection_init (&options.connection);
  options.connection.nothing_yet = N_("There is no app to sign for yet. Tell its key with --key and its secret "
                                      "with --secret-file, or name its --profile.");
  context = new_context (output, &options);
  if (!cli_options_parse (context, argv, 2, 3, output))
    return CLI_EXIT_USAGE;

  if (options.timestamp_s != UNSET && options.timestamp_s <= 0)
    return cli_options_fail_usage (output, _("--timestamp counts the seconds since 1970 and must be greater "
                                             "than 0. Without it, it is now."));

  arguments = (const char * const *) *argv + 1;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (!g_str_equal (arguments[0], kinds[i].kind))
        continue;
      if (g_strv_length ((char **) arguments) - 1 != kinds[i].n_arguments)
        return cli_options_fail_usage (output, _("“%s” takes another number of arguments."), arguments[0]);
      return sign (output, &options, kinds[i].sign, arguments + 1);
    }
  return cli_options_fail_usage (output, _("“%s” cannot be signed: say private, presence, user or request."),
                                 arguments[0]);
}

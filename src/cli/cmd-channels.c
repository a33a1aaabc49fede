/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-command.h"
#include "cli-options.h"
#include "cli-query.h"

#include <glib/gi18n.h>

typedef struct
{
  CliConnection  connection;
  char          *prefix;
  char          *info;
} Options;

static void
options_clear (Options *self)
{
  cli_connection_clear (&self->connection);
  g_free (self->prefix);
  g_free (self->info);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
print_one (CliOutput  *output,
           const char *channel,
           JsonObject *attributes)
{
  if (output->json)
    {
      g_autoptr(JsonBuilder) builder = cli_output_begin_json ();

      cli_json_add_string (builder, "channel", channel);
      cli_json_add_members (builder, attributes);
      cli_output_end_json (output, builder);
    }
  else
    {
      g_autofree char *text = cli_json_format_members (attributes);

      cli_output_line (output, *text == '\0' ? "%s%s" : "%s  %s", channel, text);
    }
}

static gboolean
print_channel (CliOutput      *output,
               const CliQuery *query,
               JsonObject     *answer)
{
  JsonNode *occupied = cli_json_find (answer, "occupied", JSON_NODE_VALUE);

  if (occupied == NULL || json_node_get_value_type (occupied) != G_TYPE_BOOLEAN)
    return FALSE;
  print_one (output, query->channel, answer);
  return TRUE;
}

/* What has no members may come as an empty array: servers in PHP cannot tell it from an empty object. */
static gboolean
is_object (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node)
         || (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0);
}

static gboolean
is_list (JsonNode *channels)
{
  JsonObjectIter iter;
  JsonNode *node;

  if (!is_object (channels))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (channels))
    return TRUE;
  json_object_iter_init (&iter, json_node_get_object (channels));
  while (json_object_iter_next (&iter, NULL, &node))
    {
      if (!is_object (node))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_channels (CliOutput      *output,
                const CliQuery *query,
                JsonObject     *answer)
{
  JsonNode *channels = json_object_get_member (answer, "channels");
  g_autoptr(JsonObject) nothing = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (channels == NULL || !is_list (channels))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (channels))
    return TRUE;
  json_object_iter_init_ordered (&iter, json_node_get_object (channels));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    print_one (output, name, JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : nothing);
  return TRUE;
}

static GOptionContext *
new_context (CliOutput *output,
             Options   *options)
{
  const GOptionEntry entries[] = {
    { "prefix", 0, 0, G_OPTION_ARG_STRING, &options->prefix,
      N_("Only channels whose names begin so"), N_("PREFIX") },
    { "info", 0, 0, G_OPTION_ARG_STRING, &options->info,
      N_("Ask for attributes: user_count (with --prefix presence-); of one CHANNEL also subscription_count, cache"), N_("ATTRIBUTES") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &output->json, N_("Write JSON, one channel a line"), NULL },
    { NULL },
  };
  GOptionContext *context;

  context = cli_options_new ("channels", _("[CHANNEL]"),
                             _("Lists the channels that somebody is subscribed to, or tells about one."),
                             _("Examples:\n"
                               "  broadcastctl channels\n"
                               "  broadcastctl channels --prefix presence- --info user_count --json"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  cli_connection_add_options (&options->connection, context);
  return context;
}

/**
 * cmd_channels_run:
 * @output: where to write
 * @argv: (inout): the command line
 *
 * `broadcastctl channels`
 *
 * Returns: the exit code
 */
CliExit
cmd_channels_run (CliOutput   *output,
                  char      ***argv)
{
  g_auto(Options) options = { 0 };
  g_autoptr(GOptionContext) context = NULL;
  CliQuery query = { 0 };

  cli_connection_init (&options.connection);
  context = new_context (output, &options);
  if (!cli_options_parse (context, argv, 0, 1, output))
    return CLI_EXIT_USAGE;

  query.channel = (*argv)[1];
  query.prefix = options.prefix;
  query.info = options.info;
  if (query.channel != NULL && query.prefix != NULL)
    return cli_options_fail_usage (output, _("--prefix is for the list of channels, not for one of them."));
  return cli_query_run (output, &options.connection, &query,
                        query.channel != NULL ? print_channel : print_channels);
}

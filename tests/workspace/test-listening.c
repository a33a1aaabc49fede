/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-listening-private.h"

#include <string.h>

typedef struct
{
  const char         *what;
  const char         *channel;
  const char         *name;
  BcastListeningSide  side;
  const char         *library;
  const char         *codes; /* all of this library on this side, with a line of dashes between them */
} Row;

#define RECEIVER BCAST_LISTENING_RECEIVER
#define SENDER   BCAST_LISTENING_SENDER
#define LOG      "(data) => console.log(data)"

/* Names as pusher-js, Echo, Laravel and Masonite make them; see the sources of the modules. */
static const Row rows[] = {
  { "pusher-js-public", "orders", "order.shipped", RECEIVER, "pusher-js",
    "pusher.subscribe(\"orders\")\n  .bind(\"order.shipped\",\n    " LOG ");" },
  { "pusher-js-private", "private-orders", "App\\Events\\OrderShipped", RECEIVER, "pusher-js",
    "pusher.subscribe(\"private-orders\")\n  .bind(\"App\\\\Events\\\\OrderShipped\",\n    " LOG ");" },
  { "pusher-js-user", "#server-to-user-42", "note", RECEIVER, "pusher-js",
    "pusher.signin();\npusher.user.bind(\"note\",\n  " LOG ");" },
  { "pusher-js-member-added", "presence-lobby", "pusher_internal:member_added", RECEIVER, "pusher-js",
    "pusher.subscribe(\"presence-lobby\")\n  .bind(\"pusher:member_added\",\n    (member) => console.log(member));" },
  { "pusher-js-cache-miss", "cache-news", "pusher:cache_miss", RECEIVER, "pusher-js",
    "pusher.subscribe(\"cache-news\")\n  .bind(\"pusher:cache_miss\",\n    " LOG ");" },
  { "pusher-js-count", "news", "pusher_internal:subscription_count", RECEIVER, "pusher-js",
    "pusher.subscribe(\"news\")\n  .bind(\"pusher:subscription_count\",\n    " LOG ");" },
  { "pusher-js-hidden", "news", "pusher_internal:secret", RECEIVER, "pusher-js", "" },
  { "pusher-js-client", "private-chat", "client-typing", RECEIVER, "pusher-js",
    "pusher.subscribe(\"private-chat\")\n  .bind(\"client-typing\",\n    " LOG ");" },
  { "pusher-js-client-presence", "presence-chat", "client-typing", RECEIVER, "pusher-js",
    "pusher.subscribe(\"presence-chat\")\n"
    "  .bind(\"client-typing\",\n    (data, metadata) => console.log(metadata.user_id, data));" },
  { "pusher-js-client-send", "presence-chat", "client-typing", SENDER, "pusher-js",
    "pusher.channel(\"presence-chat\")\n  .trigger(\"client-typing\", data);" },
  { "pusher-js-client-public", "chat", "client-typing", SENDER, "pusher-js", "" },
  { "pusher-js-error", NULL, "pusher:error", RECEIVER, "pusher-js",
    "pusher.connection.bind(\"error\",\n  (error) => console.log(error));" },
  { "pusher-js-connection", NULL, "pusher:signin_success", RECEIVER, "pusher-js",
    "pusher.bind(\"pusher:signin_success\",\n  " LOG ");" },

  { "echo-public", "orders", "order.shipped", RECEIVER, "Laravel Echo",
    "Echo.channel(\"orders\")\n  .listen(\".order.shipped\",\n    " LOG ");" },
  { "echo-private-default-namespace", "private-orders", "App\\Events\\OrderShipped", RECEIVER, "Laravel Echo",
    "Echo.private(\"orders\")\n  .listen(\".App\\\\Events\\\\OrderShipped\",\n    " LOG ");\n--\n"
    "Echo.private(\"orders\")\n  .listen(\"OrderShipped\",\n    " LOG ");" },
  { "echo-below-default-namespace", "presence-x", "App\\Events\\Orders\\Shipped", RECEIVER, "Laravel Echo",
    "Echo.join(\"x\")\n  .listen(\".App\\\\Events\\\\Orders\\\\Shipped\",\n    " LOG ");\n--\n"
    "Echo.join(\"x\")\n  .listen(\"Orders.Shipped\",\n    " LOG ");" },
  /* Echo would make a backslash of the dot. */
  { "echo-dot-in-class", "x", "App\\Events\\a.b", RECEIVER, "Laravel Echo",
    "Echo.channel(\"x\")\n  .listen(\"\\\\App\\\\Events\\\\a.b\",\n    " LOG ");" },
  { "echo-namespace-only", "x", "App\\Events\\", RECEIVER, "Laravel Echo",
    "Echo.channel(\"x\")\n  .listen(\"\\\\App\\\\Events\\\\\",\n    " LOG ");" },
  { "echo-other-namespace", "x", "Shop\\OrderShipped", RECEIVER, "Laravel Echo",
    "Echo.channel(\"x\")\n  .listen(\"\\\\Shop\\\\OrderShipped\",\n    " LOG ");" },
  { "echo-bare-class", "x", "OrderShipped", RECEIVER, "Laravel Echo",
    "Echo.channel(\"x\")\n  .listen(\".OrderShipped\",\n    " LOG ");" },
  /* Echo takes off one dot, so that two are needed for one on the wire. */
  { "echo-leading-dot", "x", ".OrderShipped", RECEIVER, "Laravel Echo",
    "Echo.channel(\"x\")\n  .listen(\"..OrderShipped\",\n    " LOG ");" },
  { "echo-encrypted", "private-encrypted-pay", "paid", RECEIVER, "Laravel Echo",
    "Echo.encryptedPrivate(\"pay\")\n  .listen(\".paid\",\n    " LOG ");" },
  { "echo-encrypted-cache", "private-encrypted-cache-pay", "paid", RECEIVER, "Laravel Echo",
    "Echo.encryptedPrivate(\"cache-pay\")\n  .listen(\".paid\",\n    " LOG ");" },
  { "echo-private-cache", "private-cache-x", "e", RECEIVER, "Laravel Echo",
    "Echo.private(\"cache-x\")\n  .listen(\".e\",\n    " LOG ");" },
  { "echo-presence-cache", "presence-cache-x", "e", RECEIVER, "Laravel Echo",
    "Echo.join(\"cache-x\")\n  .listen(\".e\",\n    " LOG ");" },
  { "echo-cache", "cache-x", "e", RECEIVER, "Laravel Echo",
    "Echo.channel(\"cache-x\")\n  .listen(\".e\",\n    " LOG ");" },
  { "echo-twice-private", "private-private-x", "e", RECEIVER, "Laravel Echo",
    "Echo.private(\"private-x\")\n  .listen(\".e\",\n    " LOG ");" },
  { "echo-user", "#server-to-user-42", "note", RECEIVER, "Laravel Echo",
    "Echo.connector.signin();\nEcho.connector.pusher.user.bind(\"note\",\n  " LOG ");" },
  { "echo-whisper", "presence-chat", "client-typing", RECEIVER, "Laravel Echo",
    "Echo.join(\"chat\")\n  .listenForWhisper(\"typing\",\n    " LOG ");" },
  { "echo-whisper-send", "private-chat", "client-typing", SENDER, "Laravel Echo",
    "Echo.private(\"chat\")\n  .whisper(\"typing\", data);" },
  { "echo-client-on-encrypted", "private-encrypted-chat", "client-typing", RECEIVER, "Laravel Echo",
    "Echo.encryptedPrivate(\"chat\")\n  .listen(\".client-typing\",\n    " LOG ");" },
  { "echo-client-on-public", "chat", "client-typing", RECEIVER, "Laravel Echo",
    "Echo.channel(\"chat\")\n  .listen(\".client-typing\",\n    " LOG ");" },
  { "echo-here", "presence-lobby", "pusher_internal:subscription_succeeded", RECEIVER, "Laravel Echo",
    "Echo.join(\"lobby\")\n  .here((members) => console.log(members));" },
  { "echo-subscribed", "lobby", "pusher_internal:subscription_succeeded", RECEIVER, "Laravel Echo",
    "Echo.channel(\"lobby\")\n  .subscribed(() => console.log(\"subscribed\"));" },
  { "echo-joining", "presence-lobby", "pusher:member_added", RECEIVER, "Laravel Echo",
    "Echo.join(\"lobby\")\n  .joining((member) => console.log(member));" },
  { "echo-leaving", "presence-lobby", "pusher_internal:member_removed", RECEIVER, "Laravel Echo",
    "Echo.join(\"lobby\")\n  .leaving((member) => console.log(member));" },
  { "echo-error", "private-x", "pusher:subscription_error", RECEIVER, "Laravel Echo",
    "Echo.private(\"x\")\n  .error((error) => console.log(error));" },
  { "echo-cache-miss", "private-cache-x", "pusher:cache_miss", RECEIVER, "Laravel Echo",
    "Echo.private(\"cache-x\")\n  .on(\"pusher:cache_miss\",\n    " LOG ");" },
  { "echo-notification", "private-App.Models.User.1", BCAST_LISTENING_NOTIFICATION, RECEIVER, "Laravel Echo",
    "Echo.private(\"App.Models.User.1\")\n  .notification(\n    (notification) => console.log(notification));\n--\n"
    "Echo.private(\"App.Models.User.1\")\n"
    "  .listen(\"\\\\Illuminate\\\\Notifications\\\\Events\\\\BroadcastNotificationCreated\",\n    " LOG ");" },
  { "echo-connection", NULL, "pusher:error", RECEIVER, "Laravel Echo", "" },

  { "laravel-class", "private-orders", "App\\Events\\OrderShipped", SENDER, "Laravel",
    "namespace App\\Events;\n\nclass OrderShipped implements ShouldBroadcast\n{\n"
    "    public function broadcastOn()\n    {\n        return new PrivateChannel('orders');\n    }\n}" },
  { "laravel-name", "presence-lobby", "order.shipped", SENDER, "Laravel",
    "public function broadcastOn()\n{\n    return new PresenceChannel('lobby');\n}\n\n"
    "public function broadcastAs()\n{\n    return 'order.shipped';\n}" },
  { "laravel-reserved-word", "x", "App\\Events\\Echo", SENDER, "Laravel",
    "public function broadcastOn()\n{\n    return new Channel('x');\n}\n\n"
    "public function broadcastAs()\n{\n    return 'App\\\\Events\\\\Echo';\n}" },
  { "laravel-encrypted", "private-encrypted-cache-x", "A\\B", SENDER, "Laravel",
    "namespace A;\n\nclass B implements ShouldBroadcast\n{\n"
    "    public function broadcastOn()\n    {\n        return new EncryptedPrivateChannel('cache-x');\n    }\n}" },
  { "laravel-no-class", "x", "App\\\\Events", SENDER, "Laravel",
    "public function broadcastOn()\n{\n    return new Channel('x');\n}\n\n"
    "public function broadcastAs()\n{\n    return 'App\\\\\\\\Events';\n}" },
  { "laravel-notification", "private-u.1", BCAST_LISTENING_NOTIFICATION, SENDER, "Laravel",
    "public function via($notifiable)\n{\n    return ['broadcast'];\n}" },
  { "laravel-client", "private-x", "client-typing", SENDER, "Laravel", "" },
  { "laravel-own", "private-x", "pusher:cache_miss", SENDER, "Laravel", "" },

  { "masonite-class", "private-orders", "OrderShipped", SENDER, "Masonite",
    "class OrderShipped(CanBroadcast):\n    def broadcast_on(self):\n        return PrivateChannel(\"orders\")\n"
    "\nbroadcast.channel(OrderShipped())\n--\n"
    "broadcast.channel(\"private-orders\", \"OrderShipped\", data)" },
  { "masonite-name", "presence-lobby", "order.shipped", SENDER, "Masonite",
    "broadcast.channel(\"presence-lobby\", \"order.shipped\", data)" },
  { "masonite-namespace", "x", "App\\Events\\OrderShipped", SENDER, "Masonite",
    "broadcast.channel(\"x\", \"App\\\\Events\\\\OrderShipped\", data)" },
  { "masonite-keyword", "x", "None", SENDER, "Masonite", "broadcast.channel(\"x\", \"None\", data)" },
  /* Masonite does not add the prefix a second time. */
  { "masonite-twice-private", "private-private-x", "Paid", SENDER, "Masonite",
    "class Paid(CanBroadcast):\n    def broadcast_on(self):\n"
    "        return PrivateChannel(\"private-private-x\")\n\nbroadcast.channel(Paid())\n--\n"
    "broadcast.channel(\"private-private-x\", \"Paid\", data)" },
  { "masonite-encrypted", "private-encrypted-x", "Paid", SENDER, "Masonite",
    "broadcast.channel(\"private-encrypted-x\", \"Paid\", data)" },
};

static void
test_list (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(GPtrArray) list = bcast_listening_list (row->channel, row->name);
  g_autoptr(GString) codes = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    {
      const BcastListening *entry = list->pdata[i];

      if (entry->side == row->side && strcmp (entry->library, row->library) == 0)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? "\n--\n" : "", entry->code);
    }
  g_assert_cmpstr (codes->str, ==, row->codes);
}

/* What may not match is marked, and says on what it hangs. */
static void
test_exact (void)
{
  g_autoptr(GPtrArray) list = bcast_listening_list ("private-orders", "App\\Events\\OrderShipped");
  guint n_inexact = 0;

  for (guint i = 0; i < list->len; i++)
    {
      const BcastListening *entry = list->pdata[i];

      if (entry->exact)
        continue;
      n_inexact++;
      g_assert_cmpstr (entry->library, ==, "Laravel Echo");
      g_assert_nonnull (strstr (entry->note, "App.Events"));
    }
  g_assert_cmpuint (n_inexact, ==, 1);
}

/* Receivers come first, and nothing here needs names to be reasonable. */
static void
test_any_name (void)
{
  const char * const names[] = { "", "\xff\xfe", "client-", "pusher:", "pusher_internal:", "\\", ".", "a\nb", NULL };
  const char * const channels[] = { NULL, "", "private-", "#server-to-user-", "presence-\xc3", "a\"b" };

  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (channels); j++)
      {
        g_autoptr(GPtrArray) list = bcast_listening_list (channels[j], names[i]);

        for (guint k = 0; k < list->len; k++)
          {
            const BcastListening *entry = list->pdata[k];

            g_assert_true (g_utf8_validate (entry->code, -1, NULL));
            g_assert_null (strstr (entry->code, "a\nb"));
          }
      }
}

typedef struct
{
  const char *what;
  const char *text;
  const char *javascript;
  const char *php;
  const char *python;
} Quoted;

static const Quoted quoted[] = {
  { "plain", "order.shipped", "\"order.shipped\"", "'order.shipped'", "\"order.shipped\"" },
  { "empty", "", "\"\"", "''", "\"\"" },
  { "quotes", "a\"b'c", "\"a\\\"b'c\"", "'a\"b\\'c'", "\"a\\\"b'c\"" },
  { "backslash", "A\\B\\", "\"A\\\\B\\\\\"", "'A\\\\B\\\\'", "\"A\\\\B\\\\\"" },
  { "dollar", "$a", "\"$a\"", "'$a'", "\"$a\"" },
  { "line-feed", "a\n$b", "\"a\\u000a$b\"", "\"a\\u{a}\\$b\"", "\"a\\x0a$b\"" },
  { "delete", "\x7f", "\"\\u007f\"", "\"\\u{7f}\"", "\"\\x7f\"" },
  { "letters", "Zoë ☃ 😀", "\"Zoë ☃ 😀\"", "'Zoë ☃ 😀'", "\"Zoë ☃ 😀\"" },
  { "no-break-space", "a\xc2\xa0" "b", "\"a\\u00a0b\"", "\"a\\u{a0}b\"", "\"a\\xa0b\"" },
  { "right-to-left", "\xe2\x80\xae", "\"\\u202e\"", "\"\\u{202e}\"", "\"\\u202e\"" },
  { "line-separator", "\xe2\x80\xa8", "\"\\u2028\"", "\"\\u{2028}\"", "\"\\u2028\"" },
  { "tag", "\xf3\xa0\x80\x81", "\"\\u{e0001}\"", "\"\\u{e0001}\"", "\"\\U000e0001\"" },
};

static void
test_quote (gconstpointer data)
{
  const Quoted *row = data;
  g_autofree char *javascript = bcast_listening_quote_javascript (row->text);
  g_autofree char *php = bcast_listening_quote_php (row->text);
  g_autofree char *python = bcast_listening_quote_python (row->text);

  g_assert_cmpstr (javascript, ==, row->javascript);
  g_assert_cmpstr (php, ==, row->php);
  g_assert_cmpstr (python, ==, row->python);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/listening/list/", rows[i].what, NULL);

      g_test_add_data_func (path, &rows[i], test_list);
    }
  for (guint i = 0; i < G_N_ELEMENTS (quoted); i++)
    {
      g_autofree char *path = g_strconcat ("/listening/quote/", quoted[i].what, NULL);

      g_test_add_data_func (path, &quoted[i], test_quote);
    }
  g_test_add_func ("/listening/exact", test_exact);
  g_test_add_func ("/listening/any-name", test_any_name);

  return g_test_run ();
}

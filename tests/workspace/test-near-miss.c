/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-near-miss-private.h"

#include <string.h>

#define NONE -1

typedef struct
{
  const char *what;
  const char *channel;
  const char *subscribed;
  int         kind;
} ChannelRow;

static const ChannelRow channels[] = {
  { "exact", "private-orders", "private-orders", NONE },
  { "other", "orders", "invoices", NONE },
  { "prefix-missing-private", "private-orders", "orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-missing-presence", "presence-orders", "orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-missing-encrypted", "private-encrypted-orders", "orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-missing-cache", "cache-orders", "orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-missing-private-cache", "private-cache-orders", "orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-too-much", "orders", "private-orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-other", "private-orders", "presence-orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-without-cache", "private-cache-orders", "private-orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-without-encrypted", "private-encrypted-orders", "private-orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-half", "private-encrypted-orders", "encrypted-orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-half-cache", "presence-cache-orders", "cache-orders", BCAST_NEAR_MISS_PREFIX },
  { "prefix-only", "private-", "presence-", NONE },
  { "twice", "private-private-orders", "private-orders", BCAST_NEAR_MISS_TWICE },
  { "twice-bare", "private-private-orders", "orders", BCAST_NEAR_MISS_TWICE },
  { "twice-subscribed", "presence-room", "presence-presence-room", BCAST_NEAR_MISS_TWICE },
  { "twice-mixed", "private-presence-room", "presence-room", BCAST_NEAR_MISS_TWICE },
  { "case", "private-Orders", "private-orders", BCAST_NEAR_MISS_CASE },
  { "case-of-prefix", "Private-orders", "private-orders", BCAST_NEAR_MISS_CASE },
  { "case-non-ascii", "ZOË", "zoë", BCAST_NEAR_MISS_CASE },
  { "case-of-user", "#server-to-user-Alice", "#server-to-user-alice", BCAST_NEAR_MISS_CASE },
  { "blank", "orders ", "orders", BCAST_NEAR_MISS_EDGE },
  { "blank-wide", "\xe3\x80\x80orders", "orders", BCAST_NEAR_MISS_EDGE },
  { "slash", "/orders", "orders", BCAST_NEAR_MISS_EDGE },
  { "slash-subscribed", "orders", "orders/", BCAST_NEAR_MISS_EDGE },
  { "dot-at-end", "private-orders.", "private-orders", BCAST_NEAR_MISS_EDGE },
  { "dot-in-front", ".orders", "orders", BCAST_NEAR_MISS_EDGE },
  { "edges-only", "..", "//", NONE },
  { "prefix-and-case", "Orders", "private-orders", BCAST_NEAR_MISS_MIXED },
  { "blank-and-case", " Private-Orders", "private-orders", BCAST_NEAR_MISS_MIXED },
  { "prefix-and-slash", "/orders", "private-orders", BCAST_NEAR_MISS_MIXED },
  { "typo-missing", "private-order", "private-orders", BCAST_NEAR_MISS_TYPO },
  { "typo-more", "private-orderrs", "private-orders", BCAST_NEAR_MISS_TYPO },
  { "typo-other", "private-ordets", "private-orders", BCAST_NEAR_MISS_TYPO },
  { "typo-swapped", "private-oredrs", "private-orders", BCAST_NEAR_MISS_TYPO },
  { "typo-first", "private-prders", "private-orders", BCAST_NEAR_MISS_TYPO },
  { "typo-of-dash", "private_orders", "private-orders", BCAST_NEAR_MISS_TYPO },
  { "typo-no-dash", "privateorders", "private-orders", BCAST_NEAR_MISS_TYPO },
  { "typo-separator", "orders.new", "orders-new", BCAST_NEAR_MISS_TYPO },
  { "two-edits", "private-ordrz", "private-orders", NONE },
  { "swapped-far", "sorder", "orders", NONE },
  { "typo-short", "room", "roam", NONE },
  { "typo-short-behind-prefix", "private-chat", "private-that", NONE },
  { "number", "private-user.1", "private-user.2", NONE },
  { "number-longer", "private-user.1", "private-user.12", NONE },
  { "number-at-end", "orders", "orders2", NONE },
  { "id", "job-a8f3", "job-b8f3", NONE },
  { "letter", "room-a", "room-b", NONE },
  { "language", "news-en", "news-es", NONE },
  { "user", "#server-to-user-alice", "#server-to-user-alive", NONE },
  { "user-is-no-prefix", "#server-to-user-alice", "private-alice", NONE },
  { "user-is-no-prefix-loose", "#server-to-user-Alice", "alice", NONE },
  { "empty", "", "orders", NONE },
  { "empty-subscribed", "orders", "", NONE },
};

static void
test_channel (gconstpointer data)
{
  const ChannelRow *row = data;
  BcastNearMissSubscription subscription = { "Alice", row->subscribed };
  g_autoptr(GPtrArray) list = bcast_near_miss_find (row->channel, "name", &subscription, 1, NULL);

  if (row->kind == NONE)
    {
      g_assert_cmpuint (list->len, ==, 0);
      return;
    }

  g_assert_cmpuint (list->len, ==, 1);

  const BcastNearMiss *miss = list->pdata[0];
  g_autofree char *channel = bcast_near_miss_dup_shown (row->channel);

  g_assert_cmpint (miss->kind, ==, row->kind);
  g_assert_true (miss->is_channel);
  g_assert_nonnull (strstr (miss->text, channel));
  g_assert_nonnull (strstr (miss->text, row->subscribed));
  g_assert_nonnull (strstr (miss->text, "Alice"));
}

typedef struct
{
  const char *what;
  const char *name;
  const char *seen; /* or NULL */
  int         kind;
  const char *meant; /* also in the text, or NULL */
} EventRow;

static const EventRow events[] = {
  { "plain", "order.shipped", NULL, NONE, NULL },
  { "class", "OrderShipped", NULL, NONE, NULL },
  { "namespaced", "App\\Events\\OrderShipped", NULL, NONE, NULL },
  { "client", "client-typing", NULL, NONE, NULL },
  { "about-a-client", "client.created", NULL, NONE, NULL },
  { "clients", "clients-listed", NULL, NONE, NULL },
  { "reserved", "pusher:cache_miss ", NULL, NONE, NULL },
  { "empty", "", NULL, NONE, NULL },
  { "dots-only", "...", NULL, NONE, NULL },
  { "dot-in-front", ".OrderShipped", NULL, BCAST_NEAR_MISS_DOT, "“OrderShipped”" },
  { "backslash-in-front", "\\App\\Events\\X", NULL, BCAST_NEAR_MISS_DOT, "“App\\Events\\X”" },
  { "dot-at-end", "OrderShipped.", NULL, BCAST_NEAR_MISS_EDGE, "“OrderShipped”" },
  { "blank-at-end", "OrderShipped ", NULL, BCAST_NEAR_MISS_EDGE, "“OrderShipped”" },
  { "line-feed-at-end", "OrderShipped\n", NULL, BCAST_NEAR_MISS_EDGE, "“OrderShipped\\u000a”" },
  { "dots", "App.Events.OrderShipped", NULL, BCAST_NEAR_MISS_NAMESPACE, "“App\\Events\\OrderShipped”" },
  { "dot-and-dots", ".App.Events.X", NULL, BCAST_NEAR_MISS_DOT, "“App\\Events\\X”" },
  { "backslashes", "App\\\\Events\\\\X", NULL, BCAST_NEAR_MISS_NAMESPACE, "“App\\Events\\X”" },
  { "client-twice", "client-client-typing", NULL, BCAST_NEAR_MISS_CLIENT, "“client-typing”" },
  { "client-case", "Client-typing", NULL, BCAST_NEAR_MISS_CLIENT, "“client-typing”" },

  { "same", "OrderShipped", "OrderShipped", NONE, NULL },
  { "unlike", "OrderShipped", "OrderPaid", NONE, NULL },
  { "one-letter", "OrderShipped", "OrdersShipped", NONE, NULL },
  { "case", "ordershipped", "OrderShipped", BCAST_NEAR_MISS_CASE, "“OrderShipped”" },
  { "namespace-too-much", "App\\Events\\OrderShipped", "OrderShipped", BCAST_NEAR_MISS_NAMESPACE, "“OrderShipped”" },
  { "namespace-too-little", "OrderShipped", "Shop\\OrderShipped", BCAST_NEAR_MISS_NAMESPACE, "“Shop\\OrderShipped”" },
  { "namespace-partly", "Events\\X", "App\\Events\\X", BCAST_NEAR_MISS_NAMESPACE, "“App\\Events\\X”" },
  { "namespace-seen-with-dots", "X", "App.Events.X", BCAST_NEAR_MISS_NAMESPACE, "“App.Events.X”" },
  { "two-namespaces", "Orders\\Created", "Users\\Created", NONE, NULL },
  { "no-namespace", "shipped", "order.shipped", NONE, NULL },
  { "part-of-class", "Shipped", "App\\Events\\OrderShipped", NONE, NULL },
  { "seen-dot", "OrderShipped", ".OrderShipped", BCAST_NEAR_MISS_DOT, "“.OrderShipped”" },
  { "client-missing", "typing", "client-typing", BCAST_NEAR_MISS_CLIENT, "“client-typing”" },
  { "client-too-much", "client-typing", "typing", BCAST_NEAR_MISS_CLIENT, "“typing”" },
  { "seen-reserved", "cache_miss", "pusher:cache_miss", NONE, NULL },
};

static void
test_event (gconstpointer data)
{
  const EventRow *row = data;
  const char * const seen[] = { row->seen, NULL };
  g_autoptr(GPtrArray) list = bcast_near_miss_find ("orders", row->name, NULL, 0, seen);

  if (row->kind == NONE)
    {
      g_assert_cmpuint (list->len, ==, 0);
      return;
    }

  g_assert_cmpuint (list->len, ==, 1);

  const BcastNearMiss *miss = list->pdata[0];
  g_autofree char *name = bcast_near_miss_dup_shown (row->name);

  g_assert_cmpint (miss->kind, ==, row->kind);
  g_assert_false (miss->is_channel);
  g_assert_nonnull (strstr (miss->text, name));
  g_assert_nonnull (strstr (miss->text, row->meant));
}

static void
test_words (void)
{
  const BcastNearMissSubscription subscriptions[] = {
    { "Alice", "orders" }, { "Bob", "orders" }, { "Carol", "orders" }, { "Dan", "orders" }, { "Eve", "orders" },
    { "Alice", "presence-lobby" },
  };
  g_autoptr(GPtrArray) one = bcast_near_miss_find ("private-orders", "x", subscriptions, 1, NULL);
  g_autoptr(GPtrArray) many = bcast_near_miss_find ("private-orders", "x", subscriptions,
                                                    G_N_ELEMENTS (subscriptions), NULL);

  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (((BcastNearMiss *) one->pdata[0])->text, ==,
                   "The event went to “private-orders”, but Alice is subscribed to “orders”. "
                   "The subscription lacks the prefix: subscribe to “private-orders”, or send to “orders”.");
  g_assert_cmpuint (many->len, ==, 1);
  g_assert_cmpstr (((BcastNearMiss *) many->pdata[0])->text, ==,
                   "The event went to “private-orders”, but Alice, Bob, Carol and 2 more are subscribed to “orders”. "
                   "The subscription lacks the prefix: subscribe to “private-orders”, or send to “orders”.");
}

/* One that hears it is enough, whatever the others are subscribed to. */
static void
test_somebody_hears_it (void)
{
  const BcastNearMissSubscription subscriptions[] = {
    { "Alice", "orders" }, { "Bob", "private-order" }, { "Carol", "private-orders" },
  };
  g_autoptr(GPtrArray) list = bcast_near_miss_find ("private-orders", "x", subscriptions, 3, NULL);

  g_assert_cmpuint (list->len, ==, 0);
}

/* A second prefix is odd by itself, unless somebody means it. */
static void
test_second_prefix (void)
{
  const BcastNearMissSubscription subscription = { "Alice", "private-private-orders" };
  g_autoptr(GPtrArray) list = bcast_near_miss_find ("private-private-orders", "x", NULL, 0, NULL);
  g_autoptr(GPtrArray) meant = bcast_near_miss_find ("private-private-orders", "x", &subscription, 1, NULL);
  g_autoptr(GPtrArray) user = bcast_near_miss_find ("#server-to-user-private-x", "x", NULL, 0, NULL);

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (((BcastNearMiss *) list->pdata[0])->kind, ==, BCAST_NEAR_MISS_TWICE);
  g_assert_nonnull (strstr (((BcastNearMiss *) list->pdata[0])->text, "“private-orders”"));
  g_assert_cmpuint (meant->len, ==, 0);
  g_assert_cmpuint (user->len, ==, 0);
}

/* Channel and name each have their say; the channel comes first. */
static void
test_both (void)
{
  const BcastNearMissSubscription subscription = { "Alice", "orders" };
  const char * const seen[] = { "Paid", "App\\Events\\Shipped", "shipped", NULL };
  g_autoptr(GPtrArray) list = bcast_near_miss_find ("private-orders", "Shipped", &subscription, 1, seen);

  g_assert_cmpuint (list->len, ==, 3);
  g_assert_true (((BcastNearMiss *) list->pdata[0])->is_channel);
  g_assert_cmpint (((BcastNearMiss *) list->pdata[1])->kind, ==, BCAST_NEAR_MISS_NAMESPACE);
  g_assert_cmpint (((BcastNearMiss *) list->pdata[2])->kind, ==, BCAST_NEAR_MISS_CASE);
}

/* Names come from the other end: too long ones and broken ones are passed over, and the list stays short. */
static void
test_bounds (void)
{
  g_autofree char *long_name = g_strnfill (100000, 'x');
  g_autofree char *long_other = g_strconcat ("private-", long_name, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  BcastNearMissSubscription subscriptions[1000];
  const char * const seen[] = { long_name, "\xff", "NAME", "Name", "nAME", "nAmE", "naMe", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (subscriptions); i++)
    {
      g_autofree char *edge = g_strnfill (i % 300, '.');

      g_ptr_array_add (names, i == 0 ? g_strdup (long_other) : i == 1 ? g_strdup ("\xff\xfe")
                              : g_strconcat ("orders", edge, i < 300 ? "" : i < 600 ? "/" : " ", NULL));
      subscriptions[i] = (BcastNearMissSubscription) { "\xff", names->pdata[i] };
    }

  g_autoptr(GPtrArray) none = bcast_near_miss_find (long_name, long_name, subscriptions, 1000, seen);
  g_autoptr(GPtrArray) broken = bcast_near_miss_find ("\xfe", "\xfe", subscriptions, 1000, seen);
  g_autoptr(GPtrArray) few = bcast_near_miss_find ("private-orders", "name", subscriptions, 1000, seen);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (broken->len, ==, 0);
  g_assert_cmpuint (few->len, ==, 5 + 3);
  for (guint i = 0; i < few->len; i++)
    g_assert_true (g_utf8_validate (((BcastNearMiss *) few->pdata[i])->text, -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autofree char *path = g_strconcat ("/near-miss/channel/", channels[i].what, NULL);

      g_test_add_data_func (path, &channels[i], test_channel);
    }
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *path = g_strconcat ("/near-miss/event/", events[i].what, NULL);

      g_test_add_data_func (path, &events[i], test_event);
    }
  g_test_add_func ("/near-miss/words", test_words);
  g_test_add_func ("/near-miss/somebody-hears-it", test_somebody_hears_it);
  g_test_add_func ("/near-miss/second-prefix", test_second_prefix);
  g_test_add_func ("/near-miss/both", test_both);
  g_test_add_func ("/near-miss/bounds", test_bounds);

  return g_test_run ();
}

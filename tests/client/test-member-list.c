/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-member-list.h"

/* What the list announced last, and how often. */
typedef struct
{
  guint n;
  guint position;
  guint removed;
  guint added;
} Announced;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Announced  *announced)
{
  *announced = (Announced) { announced->n + 1, position, removed, added };
}

static void
assert_announced (Announced *announced,
                  guint      n,
                  guint      position,
                  guint      removed,
                  guint      added)
{
  g_assert_cmpuint (announced->n, ==, n);
  g_assert_cmpuint (announced->position, ==, position);
  g_assert_cmpuint (announced->removed, ==, removed);
  g_assert_cmpuint (announced->added, ==, added);
}

static void
assert_ids (BcastMemberList *list,
            const char      *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(BcastMember) member = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", bcast_member_get_user_id (member));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_put_and_remove (void)
{
  g_autoptr(BcastMemberList) list = bcast_member_list_new ();
  Announced announced = { 0 };

  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == BCAST_TYPE_MEMBER);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &announced);

  bcast_member_list_put (list, "a", NULL);
  bcast_member_list_put (list, "b", "{\"name\":\"Bob\"}");
  bcast_member_list_put (list, "c", NULL);
  assert_announced (&announced, 3, 2, 0, 1);
  assert_ids (list, "a b c");

  bcast_member_list_put (list, "b", "{\"name\":\"Bert\"}");
  assert_announced (&announced, 4, 1, 1, 1);
  assert_ids (list, "a b c");
  g_assert_cmpstr (bcast_member_get_user_info (bcast_member_list_find (list, "b")), ==, "{\"name\":\"Bert\"}");

  g_assert_true (bcast_member_list_remove (list, "a"));
  assert_announced (&announced, 5, 0, 1, 0);
  g_assert_false (bcast_member_list_remove (list, "a"));
  g_assert_cmpuint (announced.n, ==, 5);
  assert_ids (list, "b c");
  g_assert_null (bcast_member_list_find (list, "a"));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 2));
}

static void
test_replace (void)
{
  g_autoptr(BcastMemberList) list = bcast_member_list_new ();
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  Announced announced = { 0 };

  bcast_member_list_put (list, "old", NULL);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &announced);

  g_ptr_array_add (members, bcast_member_new ("x", "1"));
  g_ptr_array_add (members, bcast_member_new ("y", NULL));
  g_ptr_array_add (members, bcast_member_new ("x", "2"));
  bcast_member_list_replace (list, members);
  assert_announced (&announced, 1, 0, 1, 2);
  assert_ids (list, "x y");
  g_assert_cmpstr (bcast_member_get_user_info (bcast_member_list_find (list, "x")), ==, "2");

  bcast_member_list_clear (list);
  assert_announced (&announced, 2, 0, 2, 0);
  g_assert_null (bcast_member_list_find (list, "x"));
  bcast_member_list_clear (list);
  g_assert_cmpuint (announced.n, ==, 2);
}

/* Few users of whom very much is said. */
static void
test_large (void)
{
  g_autoptr(BcastMemberList) list = bcast_member_list_new ();
  g_autofree char *info = g_strnfill (1000000, '1');

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      bcast_member_list_put (list, id, info);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 33);
  bcast_member_list_put (list, "40", info);
  g_assert_null (bcast_member_list_find (list, "40"));

  /* Who goes, or has less to be said of, makes room. */
  bcast_member_list_put (list, "0", "1");
  bcast_member_list_put (list, "41", info);
  g_assert_nonnull (bcast_member_list_find (list, "41"));
  g_assert_true (bcast_member_list_remove (list, "1"));
  bcast_member_list_put (list, "42", info);
  g_assert_nonnull (bcast_member_list_find (list, "42"));
  bcast_member_list_clear (list);
  bcast_member_list_put (list, "43", info);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
}

static void
test_many (void)
{
  BcastMemberList *list = bcast_member_list_new ();

  for (guint i = 0; i < 100100; i++)
    {
      char id[16];

      g_snprintf (id, sizeof id, "%u", i);
      bcast_member_list_put (list, id, NULL);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 100000);
  g_assert_nonnull (bcast_member_list_find (list, "99999"));
  g_assert_null (bcast_member_list_find (list, "100000"));
  g_assert_finalize_object (list);
}

static const struct { const char *user_info, *name; } names[] = {
  { NULL, "u1" },
  { "", "u1" },
  { "{\"name\":\"Zo\\u00eb\"}", "Zoë" },
  { "{\"name\":\"\"}", "u1" },
  { "{\"name\":7}", "u1" },
  { "{\"Name\":\"Z\"}", "u1" },
  { "[\"name\"]", "u1" },
  { "{\"name\":\"Z\"", "u1" },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(BcastMember) member = bcast_member_new ("u1", names[i].user_info);
      g_autofree char *name = NULL;
      g_autofree char *info = NULL;
      g_autofree char *id = NULL;

      g_object_get (member, "name", &name, "user-info", &info, "user-id", &id, NULL);
      g_assert_cmpstr (name, ==, names[i].name);
      g_assert_cmpstr (info, ==, names[i].user_info);
      g_assert_cmpstr (id, ==, "u1");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/member-list/put-and-remove", test_put_and_remove);
  g_test_add_func ("/member-list/replace", test_replace);
  g_test_add_func ("/member-list/many", test_many);
  g_test_add_func ("/member-list/large", test_large);
  g_test_add_func ("/member-list/names", test_names);

  return g_test_run ();
}

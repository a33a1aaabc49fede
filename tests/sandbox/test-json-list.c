/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-json-list-private.h"

#include <string.h>

typedef struct { const char *what, *list, *elements; } List;

/* Each element as `type:text`, with a bar between. */
static const List lists[] = {
  { "empty", "[]", "" },
  { "space", "[ \n]", "" },
  { "one", "[1]", "3:1" },
  { "kinds", "[{\"a\":1},[2],\"t\",-1e3,true,false,null]", "0:{\"a\":1}|1:[2]|2:\"t\"|3:-1e3|4:true|5:false|6:null" },
  { "spaced", "[ 1 ,\t{ } ,\r\n\"x\" ]", "3:1|0:{ }|2:\"x\"" },
  { "brackets-in-strings", "[\"],[\",{\"}\":\"]\"},\"\\\"]\"]", "2:\"],[\"|0:{\"}\":\"]\"}|2:\"\\\"]\"" },
  { "nested", "[[[],[\",\"]],{\"a\":[{}]}]", "1:[[],[\",\"]]|0:{\"a\":[{}]}" },
};

static void
test_list (gconstpointer data)
{
  const List *list = data;
  g_autoptr(GString) seen = g_string_new (NULL);
  BcastJsonSpan span, element;
  const char *at = NULL;

  g_assert_true (bcast_json_scan (list->list, strlen (list->list), &span, NULL, NULL));
  while (bcast_json_list_next (&span, &at, &element))
    g_string_append_printf (seen, "%s%d:%.*s", seen->len > 0 ? "|" : "", element.type,
                            (int) element.length, element.start);
  g_assert_cmpstr (seen->str, ==, list->elements);
  g_assert_false (bcast_json_list_next (&span, &at, &element));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *path = g_strconcat ("/json-list/", lists[i].what, NULL);
      g_test_add_data_func (path, &lists[i], test_list);
    }

  return g_test_run ();
}

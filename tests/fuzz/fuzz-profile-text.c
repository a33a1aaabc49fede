/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The key file of profiles, after whatever happened to the disk. */

#include "fuzz.h"

#include "bcast-profile-text-private.h"

static GListModel *
make_model (GPtrArray *profiles)
{
  GListStore *model = g_list_store_new (BCAST_TYPE_PROFILE);

  g_list_store_splice (model, 0, 0, profiles->pdata, profiles->len);
  return G_LIST_MODEL (model);
}

/* GKeyFile moves comments about when they are read for the first time, but a file that is saved again
 * and again must not grow. */
static void
check_settles (GListModel *model,
               GKeyFile   *key_file)
{
  gsize length;
  g_autofree char *second = bcast_profile_text_format (model, key_file, &length);
  g_autoptr(BcastProfileText) text = bcast_profile_text_parse (second, length);
  g_autofree char *third = bcast_profile_text_format (model, text->key_file, &length);

  g_assert_cmpstr (text->problem, ==, NULL);
  g_assert_cmpstr (third, ==, second);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(BcastProfileText) text = bcast_profile_text_parse ((const char *) data, size);
  g_autoptr(GListModel) model = make_model (text->profiles);
  g_autofree char *formatted = NULL;
  g_autoptr(BcastProfileText) again = NULL;
  gsize length;

  if (text->problem != NULL)
    g_assert_true (g_utf8_validate (text->problem, -1, NULL));

  /* What was understood is written so that it is understood again. */
  formatted = bcast_profile_text_format (model, text->key_file, &length);
  again = bcast_profile_text_parse (formatted, length);
  g_assert_cmpstr (again->problem, ==, NULL);
  g_assert_cmpuint (again->format, ==, BCAST_PROFILE_TEXT_FORMAT);
  g_assert_cmpuint (again->profiles->len, ==, text->profiles->len);
  for (guint i = 0; i < text->profiles->len; i++)
    {
      g_assert_cmpstr (bcast_profile_get_id (again->profiles->pdata[i]), ==,
                       bcast_profile_get_id (text->profiles->pdata[i]));
      g_assert_true (bcast_profile_equal (again->profiles->pdata[i], text->profiles->pdata[i]));
    }

  check_settles (model, again->key_file);
  return 0;
}

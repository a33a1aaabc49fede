/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether one channel name was meant to be another. */

#include "bcast-near-miss-private.h"

#include <string.h>

#include "bcast-channel-name.h"

#define MIN_TYPO_LENGTH 5 /* of the name behind the prefix: short names differ by one letter on purpose */
#define MAX_CODE_LENGTH  2
#define EDGES           "/."

/* The name behind all of its prefixes; how many they are. Never empty unless @name is. */
static const char *
skip_prefixes (const char *name,
               guint      *n_prefixes)
{
  *n_prefixes = 0;
  for (;;)
    {
      const char *rest = bcast_channel_name_skip_prefix (name);

      if (rest == name || *rest == '\0')
        return name;
      name = rest;
      (*n_prefixes)++;
    }
}

static gboolean
is_user_channel (const char *name)
{
  return bcast_channel_name_find_type (name) == BCAST_CHANNEL_SERVER_TO_USER;
}

/* Such as encrypted-x for private-encrypted-x: what is left of a prefix is none itself. */
static gboolean
is_with_prefix (const char *longer,
                const char *shorter)
{
  gsize length = strlen (longer);
  gsize rest = strlen (shorter);

  if (rest == 0 || rest >= length || strcmp (longer + length - rest, shorter) != 0)
    return FALSE;
  for (guint type = BCAST_CHANNEL_SERVER_TO_USER + 1; type < BCAST_CHANNEL_PUBLIC; type++)
    {
      const char *prefix = bcast_channel_type_get_prefix (type);

      if (strlen (prefix) == length - rest && g_str_has_prefix (longer, prefix))
        return TRUE;
    }
  return FALSE;
}

static gboolean
compare_prefixes (const char        *one,
                  const char        *other,
                  BcastNearMissKind *kind)
{
  guint n_of_one;
  guint n_of_other;

  if (is_user_channel (one) || is_user_channel (other))
    return FALSE;

  *kind = BCAST_NEAR_MISS_PREFIX;
  if (strcmp (skip_prefixes (one, &n_of_one), skip_prefixes (other, &n_of_other)) != 0)
    return is_with_prefix (one, other) || is_with_prefix (other, one);
  if (n_of_one > 1 || n_of_other > 1)
    *kind = BCAST_NEAR_MISS_TWICE;
  return TRUE;
}

static char *
dup_loose (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autofree char *trimmed = bcast_near_miss_dup_trimmed (folded, EDGES, EDGES);
  guint n_prefixes;

  return g_strdup (is_user_channel (trimmed) ? trimmed : skip_prefixes (trimmed, &n_prefixes));
}

/* Whether the run of letters and digits around @at is a number, an id, or as short as a code of a language:
 * those differ on purpose. */
static gboolean
is_counted (const char *name,
            gsize       at)
{
  gsize start = at;
  gsize end = at;
  gboolean has_digit = FALSE;

  while (start > 0 && g_ascii_isalnum (name[start - 1]))
    start--;
  while (g_ascii_isalnum (name[end]))
    end++;
  for (gsize i = start; i < end; i++)
    has_digit = has_digit || g_ascii_isdigit (name[i]);
  return has_digit || (end > at && end - start <= MAX_CODE_LENGTH);
}

/* One character more, less or other, or two neighbours swapped. */
static gboolean
is_one_edit (const char *one,
             const char *other,
             gsize      *at)
{
  gsize i = 0;

  while (one[i] != '\0' && one[i] == other[i])
    i++;
  *at = i;
  if (one[i] == '\0' && other[i] == '\0')
    return FALSE;
  if (one[i] != '\0' && other[i] != '\0' && strcmp (one + i + 1, other + i + 1) == 0)
    return TRUE;
  if (one[i] != '\0' && strcmp (one + i + 1, other + i) == 0)
    return TRUE;
  if (other[i] != '\0' && strcmp (one + i, other + i + 1) == 0)
    return TRUE;
  return one[i] != '\0' && one[i + 1] != '\0' && one[i] == other[i + 1] && one[i + 1] == other[i]
         && strcmp (one + i + 2, other + i + 2) == 0;
}

static gboolean
is_typo (const char *one,
         const char *other)
{
  gsize at;

  return !is_user_channel (one) && !is_user_channel (other)
         && strlen (bcast_channel_name_skip_prefix (one)) >= MIN_TYPO_LENGTH
         && strlen (bcast_channel_name_skip_prefix (other)) >= MIN_TYPO_LENGTH
         && is_one_edit (one, other, &at)
         && !is_counted (one, at) && !is_counted (other, at);
}

/*
 * bcast_near_miss_compare_channels:
 * @one: a channel name, in UTF-8
 * @other: another
 * @kind: (out): how they differ
 *
 * Returns: whether they differ, but so little that the one may have been meant to be the other
 */
gboolean
bcast_near_miss_compare_channels (const char        *one,
                                  const char        *other,
                                  BcastNearMissKind *kind)
{
  if (strcmp (one, other) == 0)
    return FALSE;

  g_autofree char *trimmed_one = bcast_near_miss_dup_trimmed (one, EDGES, EDGES);
  g_autofree char *trimmed_other = bcast_near_miss_dup_trimmed (other, EDGES, EDGES);

  if (*trimmed_one == '\0' || *trimmed_other == '\0')
    return FALSE;
  if (strcmp (trimmed_one, trimmed_other) == 0)
    {
      *kind = BCAST_NEAR_MISS_EDGE;
      return TRUE;
    }
  if (compare_prefixes (one, other, kind))
    return TRUE;

  g_autofree char *folded_one = g_utf8_casefold (one, -1);
  g_autofree char *folded_other = g_utf8_casefold (other, -1);
  g_autofree char *loose_one = dup_loose (one);
  g_autofree char *loose_other = dup_loose (other);

  if (strcmp (folded_one, folded_other) == 0)
    *kind = BCAST_NEAR_MISS_CASE;
  else if (strcmp (loose_one, loose_other) == 0)
    *kind = BCAST_NEAR_MISS_MIXED;
  else if (is_typo (one, other))
    *kind = BCAST_NEAR_MISS_TYPO;
  else
    return FALSE;
  return TRUE;
}

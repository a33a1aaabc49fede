/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What any server may answer to a request for a WebSocket. */

#include "fuzz.h"

#include <string.h>

#include "bcast-upgrade-private.h"

#define KEY "dGhlIHNhbXBsZSBub25jZQ==" /* RFC 6455, section 1.3: the corpus has the answer to it */

static void
check_answer (BcastUpgradeResult        result,
              const BcastUpgradeAnswer *answer,
              size_t                    size)
{
  g_assert_cmpuint (answer->head_bytes, <=, MIN (size, BCAST_UPGRADE_MAX_HEAD_BYTES));
  if (result == BCAST_UPGRADE_OPEN)
    {
      g_assert_cmpuint (answer->status, ==, 101);
      g_assert_cmpuint (answer->head_bytes, >, 0);
      g_assert_nonnull (answer->headers);
    }
  if (result == BCAST_UPGRADE_REFUSED)
    g_assert_true (answer->status >= 100 && answer->status < 1000);
}

static BcastUpgradeResult
parse (const uint8_t *data,
       size_t         size)
{
  g_auto(BcastUpgradeAnswer) answer = { 0, };
  BcastUpgradeResult result = bcast_upgrade_parse ((const char *) data, size, KEY, &answer);

  check_answer (result, &answer, size);
  return result;
}

/* The first pieces that say anything say the same as the whole. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  BcastUpgradeResult whole = parse (data, size);
  BcastUpgradeResult by_piece = BCAST_UPGRADE_NEEDS_MORE;

  for (size_t length = 0; length <= size && by_piece == BCAST_UPGRADE_NEEDS_MORE; length++)
    by_piece = parse (data, length);
  g_assert_cmpint (by_piece, ==, whole);
  return 0;
}

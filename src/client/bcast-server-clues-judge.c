/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the clues come to. */

#include "bcast-server-clues-private.h"

#define LEAST_LEAD 2 /* of a likely kind over the next one */

#define PUSHER  (1 << BCAST_SERVER_PUSHER)
#define SOKETI  (1 << BCAST_SERVER_SOKETI)
#define REVERB  (1 << BCAST_SERVER_REVERB)
#define SOCKUDO (1 << BCAST_SERVER_SOCKUDO)
#define LARAVEL (1 << BCAST_SERVER_LARAVEL_WEBSOCKETS)
#define POXA    (1 << BCAST_SERVER_POXA)

/* Who does so. The sandbox always says what it is, and so needs no other clue. */
static const guint kinds_of[BCAST_N_CLUES] = {
  [BCAST_CLUE_SAYS_BROADCAST]           = 1 << BCAST_SERVER_SANDBOX,
  [BCAST_CLUE_SAYS_REVERB]              = REVERB,
  [BCAST_CLUE_HOST_OF_PUSHER]           = PUSHER,
  [BCAST_CLUE_HEALTH_OF_SOCKUDO]        = SOCKUDO,
  [BCAST_CLUE_HEALTH_OF_REVERB]         = REVERB,
  [BCAST_CLUE_HEALTH_OF_LARAVEL]        = LARAVEL,
  [BCAST_CLUE_RUNS_ON_UWEBSOCKETS]      = SOKETI,
  [BCAST_CLUE_NAMES_SOCKUDO]            = SOCKUDO,
  [BCAST_CLUE_ROOT_IS_OK]               = SOKETI,
  [BCAST_CLUE_COUNTS_CONNECTIONS]       = REVERB,
  [BCAST_CLUE_CHANNELS_ARE_OCCUPIED]    = SOKETI,
  [BCAST_CLUE_ACCEPTS_WITH_OK]          = SOKETI | SOCKUDO,
  [BCAST_CLUE_ACCEPTS_WITH_EMPTY]       = PUSHER | REVERB | LARAVEL | POXA,
  [BCAST_CLUE_NO_BATCH]                 = LARAVEL | POXA,
  [BCAST_CLUE_ERROR_WITH_STATUS]        = SOCKUDO,
  [BCAST_CLUE_ERROR_WITH_NUMBER]        = SOKETI,
  [BCAST_CLUE_ERROR_ALONE]              = LARAVEL,
  [BCAST_CLUE_ERROR_OF_VALIDATOR]       = REVERB,
  [BCAST_CLUE_WORDS_OF_REVERB]          = REVERB,
  [BCAST_CLUE_WORDS_OF_PUSHER]          = PUSHER,
  [BCAST_CLUE_TIMEOUT_30]               = SOKETI | REVERB | LARAVEL,
  [BCAST_CLUE_TIMEOUT_120]              = PUSHER | SOCKUDO | POXA,
  [BCAST_CLUE_LARGE_SOCKET_ID]          = PUSHER | SOKETI | SOCKUDO | POXA,
  [BCAST_CLUE_HUGE_SOCKET_ID]           = PUSHER | SOCKUDO,
  [BCAST_CLUE_ERROR_AS_STRING]          = REVERB,
  [BCAST_CLUE_ERROR_AS_OBJECT]          = PUSHER | SOKETI | SOCKUDO | LARAVEL | POXA,
  [BCAST_CLUE_ERROR_WITH_CHANNEL]       = SOKETI,
  [BCAST_CLUE_SUBSCRIPTION_ERROR_TYPED] = SOKETI,
  [BCAST_CLUE_SUBSCRIPTION_ERROR_EMPTY] = POXA,
  [BCAST_CLUE_SUCCEEDED_WITHOUT_DATA]   = SOKETI | LARAVEL,
  [BCAST_CLUE_SUCCEEDED_WITH_OBJECT]    = POXA,
  [BCAST_CLUE_SUCCEEDED_WITH_STRING]    = PUSHER | REVERB | SOCKUDO,
  [BCAST_CLUE_CACHE_MISS_WITHOUT_DATA]  = SOKETI | REVERB,
  [BCAST_CLUE_CACHE_MISS_WITH_DATA]     = PUSHER | SOCKUDO,
  [BCAST_CLUE_PONG_WITHOUT_DATA]        = REVERB | SOCKUDO | LARAVEL,
  [BCAST_CLUE_PONG_WITH_DATA]           = PUSHER | SOKETI | POXA,
  [BCAST_CLUE_SIGNED_IN]                = PUSHER | SOKETI | SOCKUDO,
  [BCAST_CLUE_COUNT_EVENT]              = PUSHER,
};

G_STATIC_ASSERT (BCAST_N_CLUES <= 64);

static gboolean
has (const BcastServerClues *self,
     guint                   clue)
{
  return (self->seen >> clue & 1) != 0;
}

/* The fewer servers do something, the more it says. */
static int
get_weight (guint clue)
{
  switch (__builtin_popcount (kinds_of[clue]))
    {
    case 1:
      return 4;
    case 2:
      return 2;
    default:
      return 1;
    }
}

static int
get_score (const BcastServerClues *self,
           guint                   kind)
{
  int score = 0;

  for (guint clue = BCAST_N_CERTAIN_CLUES; clue < BCAST_N_CLUES; clue++)
    if (has (self, clue))
      score += (kinds_of[clue] >> kind & 1) != 0 ? get_weight (clue) : -get_weight (clue);
  return score;
}

static BcastServerKind
find_certain (const BcastServerClues *self)
{
  for (guint clue = 0; clue < BCAST_N_CERTAIN_CLUES; clue++)
    if (has (self, clue))
      return (BcastServerKind) g_bit_nth_lsf (kinds_of[clue], -1);
  return BCAST_SERVER_UNKNOWN;
}

/* Hosted Pusher takes part, but never wins by what it does: what does as the documentation says may be any
 * faithful server. It is known by its host. */
static BcastServerKind
find_likely (const BcastServerClues *self)
{
  BcastServerKind best = BCAST_SERVER_UNKNOWN;
  int best_score = 0;
  int next_score = G_MININT;

  for (guint kind = BCAST_SERVER_PUSHER; kind < BCAST_N_SERVERS; kind++)
    {
      int score = get_score (self, kind);

      if (best == BCAST_SERVER_UNKNOWN || score > best_score)
        {
          next_score = best != BCAST_SERVER_UNKNOWN ? best_score : next_score;
          best_score = score;
          best = (BcastServerKind) kind;
        }
      else
        next_score = MAX (next_score, score);
    }
  if (best == BCAST_SERVER_PUSHER || best_score <= 0 || best_score - next_score < LEAST_LEAD)
    return BCAST_SERVER_UNKNOWN;
  return best;
}

/**
 * bcast_server_clues_get_kind:
 * @self: clues
 * @certainty: (out) (optional): how sure that is
 *
 * Tells which server the clues point to. Clues that contradict one another are weighed: a proxy may change
 * what a server says.
 * Source: what each server was seen to do differs as the table says; soketi 5d18878, Reverb dca414f, Sockudo
 * 7040dc0 in its Pusher mode, laravel-websockets 2e4b2f3, Poxa.
 *
 * Returns: the kind, %BCAST_SERVER_UNKNOWN when none stands out
 */
BcastServerKind
bcast_server_clues_get_kind (const BcastServerClues *self,
                             BcastServerCertainty   *certainty)
{
  g_return_val_if_fail (self != NULL, BCAST_SERVER_UNKNOWN);

  BcastServerCertainty sure = BCAST_SERVER_IS_CERTAIN;
  BcastServerKind kind = find_certain (self);

  if (kind == BCAST_SERVER_UNKNOWN)
    {
      kind = find_likely (self);
      sure = kind != BCAST_SERVER_UNKNOWN ? BCAST_SERVER_IS_LIKELY : BCAST_SERVER_IS_UNKNOWN;
    }
  if (certainty != NULL)
    *certainty = sure;
  return kind;
}

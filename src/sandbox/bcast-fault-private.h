/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-fault.h"

G_BEGIN_DECLS

#define BCAST_FAULT_MAX_NAME_BYTES 200 /* of an app id, a socket id, or a user who signs in */

/**
 * BcastFaultValue:
 * @BCAST_FAULT_VALUE_NONE: there is none
 * @BCAST_FAULT_VALUE_CHOICE: may be left out
 * @BCAST_FAULT_VALUE_DUTY: must be given
 */
typedef enum
{
  BCAST_FAULT_VALUE_NONE,
  BCAST_FAULT_VALUE_CHOICE,
  BCAST_FAULT_VALUE_DUTY,
} BcastFaultValue;

/**
 * BcastFaultTraits:
 * @name: how it is called in the text form
 * @title: what it does, for people; to be translated
 * @has_value: whether it has a value
 * @least: the smallest value that is allowed
 * @most: the largest value that is allowed
 * @fallback: the value when none is given
 * @has_client: whether it can be had by one client alone
 *
 * What there is to know of a kind of fault.
 */
typedef struct
{
  const char      *name;
  const char      *title;
  BcastFaultValue  has_value;
  int              least;
  int              most;
  int              fallback;
  gboolean         has_client;
} BcastFaultTraits;

const BcastFaultTraits *bcast_fault_kind_get_traits (BcastFaultKind  kind);
gboolean                bcast_fault_is_text         (const char     *text);

G_END_DECLS

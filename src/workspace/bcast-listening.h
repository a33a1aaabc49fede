/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BcastListeningSide:
 * @BCAST_LISTENING_RECEIVER: code that gets the event
 * @BCAST_LISTENING_SENDER: code that sends it under this name
 *
 * Which end of an event a piece of code stands at.
 */
typedef enum
{
  BCAST_LISTENING_RECEIVER,
  BCAST_LISTENING_SENDER,
} BcastListeningSide;

/**
 * BcastListening:
 * @side: which end the code stands at
 * @library: whose code it is, for people
 * @code: lines of code
 * @note: (nullable): a sentence on what to mind, translated
 * @exact: whether @code names the event of the wire whatever the library's settings are, and works
 *
 * How one library has to be told the name of an event.
 */
typedef struct
{
  BcastListeningSide  side;
  char               *library;
  char               *code;
  char               *note;
  gboolean            exact;
} BcastListening;

GPtrArray *bcast_listening_list (const char     *channel,
                                 const char     *name) G_GNUC_WARN_UNUSED_RESULT;
void       bcast_listening_free (BcastListening *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastListening, bcast_listening_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _BcastHeldAnswers BcastHeldAnswers;

BcastHeldAnswers *bcast_held_answers_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_held_answers_free    (BcastHeldAnswers  *self);

void              bcast_held_answers_hold    (BcastHeldAnswers  *self,
                                              SoupServerMessage *message,
                                              guint64            serial,
                                              guint              delay_ms);
void              bcast_held_answers_release (BcastHeldAnswers  *self,
                                              guint64            serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BcastHeldAnswers, bcast_held_answers_free)

G_END_DECLS

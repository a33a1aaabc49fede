/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BcastNoticeLevel:
 * @BCAST_NOTICE_INFO: good to know
 * @BCAST_NOTICE_WARNING: it works, but not as it should
 * @BCAST_NOTICE_ERROR: something does not work
 *
 * How much a notice matters.
 */
typedef enum
{
  BCAST_NOTICE_INFO,
  BCAST_NOTICE_WARNING,
  BCAST_NOTICE_ERROR,
} BcastNoticeLevel;

#define BCAST_TYPE_NOTICE (bcast_notice_get_type ())

/* Property with notification: "retry-us" (int64, see bcast_notice_set_retry_us()). */
G_DECLARE_FINAL_TYPE (BcastNotice, bcast_notice, BCAST, NOTICE, GObject)

BcastNotice      *bcast_notice_new           (const char        *id,
                                              BcastNoticeLevel   level,
                                              const char        *text) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_notice_add_choice    (BcastNotice       *self,
                                              const char        *label,
                                              const char        *detailed_action);
void              bcast_notice_set_lasting   (BcastNotice       *self,
                                              gboolean           lasting);
void              bcast_notice_set_retry_us  (BcastNotice       *self,
                                              gint64             retry_us);

const char       *bcast_notice_get_id        (BcastNotice       *self);
BcastNoticeLevel  bcast_notice_get_level     (BcastNotice       *self);
const char       *bcast_notice_get_text      (BcastNotice       *self);
gboolean          bcast_notice_get_lasting   (BcastNotice       *self);
gint64            bcast_notice_get_retry_us  (BcastNotice       *self);
guint             bcast_notice_get_n_choices (BcastNotice       *self);
const char       *bcast_notice_get_choice    (BcastNotice       *self,
                                              guint              index,
                                              const char       **detailed_action);

void              bcast_notices_put          (GListStore        *notices,
                                              BcastNotice       *notice);
BcastNotice      *bcast_notices_find         (GListStore        *notices,
                                              const char        *id);
void              bcast_notices_withdraw     (GListStore        *notices,
                                              const char        *id);

G_END_DECLS

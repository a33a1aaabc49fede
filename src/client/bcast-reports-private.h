/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many different sentences are said within the time in which none is said twice. */
#define BCAST_REPORTS_MOST 20

typedef struct _BcastReports BcastReports;

/**
 * BcastReportsAnswer:
 * @BCAST_REPORTS_SAY: say it
 * @BCAST_REPORTS_SAY_LAST: say instead that there is too much to say
 * @BCAST_REPORTS_PASS_OVER: say nothing
 *
 * What to do with a report.
 */
typedef enum
{
  BCAST_REPORTS_SAY,
  BCAST_REPORTS_SAY_LAST,
  BCAST_REPORTS_PASS_OVER,
} BcastReportsAnswer;

BcastReports       *bcast_reports_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void                bcast_reports_free  (BcastReports *self);
void                bcast_reports_reset (BcastReports *self);
BcastReportsAnswer  bcast_reports_add   (BcastReports *self,
                                         const char   *sentence,
                                         gint64        now_us);

G_END_DECLS

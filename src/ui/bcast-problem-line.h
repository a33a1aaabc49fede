/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BCAST_TYPE_PROBLEM_LINE (bcast_problem_line_get_type ())

G_DECLARE_FINAL_TYPE (BcastProblemLine, bcast_problem_line, BCAST, PROBLEM_LINE, AdwBin)

void        bcast_problem_line_show        (BcastProblemLine *self,
                                            const char       *id,
                                            const char       *text,
                                            const char       *button,
                                            const char       *detailed_action);
void        bcast_problem_line_set_stacked (BcastProblemLine *self,
                                            gboolean          stacked);
void        bcast_problem_line_hide        (BcastProblemLine *self);
const char *bcast_problem_line_get_id      (BcastProblemLine *self);

G_END_DECLS

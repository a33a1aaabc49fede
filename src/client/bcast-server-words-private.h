/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bcast_server_words_clean (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *bcast_server_words_find  (const char *body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

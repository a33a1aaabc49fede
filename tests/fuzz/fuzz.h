/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What libFuzzer calls, and fuzz-replay.c where there is no libFuzzer. */
int  LLVMFuzzerTestOneInput  (const uint8_t  *data,
                              size_t          size);

/* Errors are shown to people and sent as JSON: they must be text, and be there. */
void fuzz_check_error        (const GError   *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BCAST_TYPE_TLS_OUTPUT (bcast_tls_output_get_type ())

G_DECLARE_FINAL_TYPE (BcastTlsOutput, bcast_tls_output, BCAST, TLS_OUTPUT, GFilterOutputStream)

GOutputStream *bcast_tls_output_new        (GOutputStream  *base) G_GNUC_WARN_UNUSED_RESULT;
gboolean       bcast_tls_output_is_blocked (BcastTlsOutput *self);

G_END_DECLS

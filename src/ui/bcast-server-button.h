/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "bcast-server-kind.h"

G_BEGIN_DECLS

#define BCAST_TYPE_SERVER_BUTTON (bcast_server_button_get_type ())

G_DECLARE_FINAL_TYPE (BcastServerButton, bcast_server_button, BCAST, SERVER_BUTTON, AdwBin)

void bcast_server_button_set_kind (BcastServerButton *self,
                                   BcastServerKind    kind);

G_END_DECLS

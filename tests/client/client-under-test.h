/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-client.h"
#include "bcast-error.h"
#include "peer.h"

G_BEGIN_DECLS

BcastClient *new_client           (Peer          *peer);
void         connect_client       (BcastClient   *client);
void         expect_connect_error (BcastClient   *client,
                                   BcastError     code,
                                   const char    *part);
void         subscribe_client     (BcastClient   *client,
                                   const char    *channel);
void         end_client           (BcastClient   *client);

void         log_states           (BcastClient   *client,
                                   GString       *log);

G_END_DECLS

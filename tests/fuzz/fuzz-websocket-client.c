/* SPDX-License-Identifier: GPL-3.0-or-later */

#define FUZZ_AS_CLIENT

#include "fuzz-websocket.c"

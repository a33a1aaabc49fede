/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-signing.h"

G_BEGIN_DECLS

/**
 * BcastSigningKind:
 *
 * What is signed. The order is that of the switcher on the Signatures page.
 */
typedef enum
{
  BCAST_SIGNING_PRIVATE,
  BCAST_SIGNING_PRESENCE,
  BCAST_SIGNING_USER,
  BCAST_SIGNING_REQUEST,
} BcastSigningKind;

/**
 * BcastSigningField:
 *
 * What a signature is made from; each kind needs some of them.
 */
typedef enum
{
  BCAST_SIGNING_FIELD_KEY,
  BCAST_SIGNING_FIELD_SECRET,
  BCAST_SIGNING_FIELD_SOCKET,
  BCAST_SIGNING_FIELD_CHANNEL,
  BCAST_SIGNING_FIELD_CHANNEL_DATA,
  BCAST_SIGNING_FIELD_USER_DATA,
  BCAST_SIGNING_FIELD_METHOD,
  BCAST_SIGNING_FIELD_PATH,
  BCAST_SIGNING_FIELD_QUERY,
  BCAST_SIGNING_FIELD_BODY,
  BCAST_SIGNING_FIELD_TIMESTAMP,
  BCAST_SIGNING_N_FIELDS,
} BcastSigningField;

/**
 * BcastSigningInput:
 * @kind: what is signed
 * @texts: what was entered, each as text and never %NULL
 *
 * What is to be signed, as a person has entered it.
 */
typedef struct
{
  BcastSigningKind  kind;
  char             *texts[BCAST_SIGNING_N_FIELDS];
} BcastSigningInput;

void          bcast_signing_input_clear      (BcastSigningInput        *self);
BcastSigning *bcast_signing_input_sign       (const BcastSigningInput  *self,
                                              BcastSigningField        *faulty,
                                              GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      bcast_signing_kind_needs       (BcastSigningKind          kind,
                                              BcastSigningField         field);
gboolean      bcast_signing_timestamp_parse  (const char               *text,
                                              gint64                   *timestamp_s,
                                              GError                  **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BcastSigningInput, bcast_signing_input_clear)

G_END_DECLS

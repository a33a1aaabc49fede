/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-authorize-faults-private.h"

#include "bcast-held-answers-private.h"
#include "bcast-sandbox-http-private.h"

/* Who asks is known by the socket, and by whom the answer would be for. */
static const BcastActiveFault *
find (BcastHub                     *hub,
      BcastFaultKind                kind,
      const BcastAuthorizeQuestion *question)
{
  BcastFaults *faults = bcast_hub_list_faults (hub);
  const char *app_id = bcast_app_get_app_id (bcast_hub_get_app (hub));
  BcastPeer *peer = question->socket_id != NULL ? bcast_hub_find_peer (hub, question->socket_id) : NULL;

  return faults != NULL ? bcast_faults_find_user (faults, kind, app_id, peer, question->user_id) : NULL;
}

/**
 * bcast_authorize_faults_refuse:
 * @hub: the app
 * @question: what is asked
 * @message: the request
 *
 * Returns: whether @message was refused, because a fault says so
 */
gboolean
bcast_authorize_faults_refuse (BcastHub                     *hub,
                               const BcastAuthorizeQuestion *question,
                               SoupServerMessage            *message)
{
  g_return_val_if_fail (BCAST_IS_HUB (hub) && question != NULL && SOUP_IS_SERVER_MESSAGE (message), FALSE);

  const BcastActiveFault *active = find (hub, BCAST_FAULT_AUTHORIZE_REFUSE, question);

  if (active != NULL)
    bcast_sandbox_http_refuse_on_purpose (message, active->fault->value);
  return active != NULL;
}

/**
 * bcast_authorize_faults_delay:
 * @hub: the app
 * @question: what is asked
 * @message: the request, which has its answer
 *
 * Keeps the answer back, if a fault says so.
 */
void
bcast_authorize_faults_delay (BcastHub                     *hub,
                              const BcastAuthorizeQuestion *question,
                              SoupServerMessage            *message)
{
  g_return_if_fail (BCAST_IS_HUB (hub) && question != NULL && SOUP_IS_SERVER_MESSAGE (message));

  const BcastActiveFault *active = find (hub, BCAST_FAULT_AUTHORIZE_DELAY, question);

  if (active != NULL)
    bcast_held_answers_hold (bcast_faults_get_held_answers (bcast_hub_list_faults (hub)), message,
                             active->serial, active->fault->value);
}

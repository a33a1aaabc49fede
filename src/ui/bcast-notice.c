/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-notice.h"

typedef struct
{
  char *label;
  char *detailed_action;
} Choice;

/**
 * BcastNotice:
 *
 * A sentence that stays on screen until its cause is gone or it is dismissed, with what can be done
 * about it.
 */
struct _BcastNotice
{
  GObject           parent_instance;

  char             *id;
  char             *text;
  BcastNoticeLevel  level;
  gboolean          lasting;
  gint64            retry_us; /* monotonic; 0 for none */
  GArray           *choices; /* of Choice */
};

enum
{
  PROP_0,
  PROP_RETRY_US,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BcastNotice, bcast_notice, G_TYPE_OBJECT)

static void
choice_clear (gpointer data)
{
  Choice *choice = data;

  g_free (choice->label);
  g_free (choice->detailed_action);
}

static void
bcast_notice_finalize (GObject *object)
{
  BcastNotice *self = BCAST_NOTICE (object);

  g_free (self->id);
  g_free (self->text);
  g_array_unref (self->choices);

  G_OBJECT_CLASS (bcast_notice_parent_class)->finalize (object);
}

static void
bcast_notice_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (prop_id == PROP_RETRY_US)
    g_value_set_int64 (value, BCAST_NOTICE (object)->retry_us);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bcast_notice_class_init (BcastNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = bcast_notice_finalize;
  object_class->get_property = bcast_notice_get_property;

  properties[PROP_RETRY_US] =
    g_param_spec_int64 ("retry-us", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bcast_notice_init (BcastNotice *self)
{
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_array_set_clear_func (self->choices, choice_clear);
}

static gboolean
find (GListStore *notices,
      const char *id,
      guint      *position)
{
  guint n_notices = g_list_model_get_n_items (G_LIST_MODEL (notices));

  for (guint i = 0; i < n_notices; i++)
    {
      g_autoptr(BcastNotice) notice = g_list_model_get_item (G_LIST_MODEL (notices), i);

      if (g_str_equal (notice->id, id))
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * bcast_notice_new:
 * @id: what it is about; a later notice with the same id takes its place
 * @level: how much it matters
 * @text: a sentence: what happened, why, what to do
 *
 * Returns: (transfer full): a new notice that can be dismissed
 */
BcastNotice *
bcast_notice_new (const char       *id,
                  BcastNoticeLevel  level,
                  const char       *text)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  BcastNotice *self = g_object_new (BCAST_TYPE_NOTICE, NULL);

  self->id = g_strdup (id);
  self->level = level;
  self->text = g_strdup (text);
  return self;
}

/**
 * bcast_notice_add_choice:
 * @self: a notice that is not shown yet
 * @label: what the button says, translated
 * @detailed_action: the action it activates, such as `app.reopen`
 *
 * Adds a button.
 */
void
bcast_notice_add_choice (BcastNotice *self,
                         const char  *label,
                         const char  *detailed_action)
{
  g_return_if_fail (BCAST_IS_NOTICE (self));

  Choice choice = { g_strdup (label), g_strdup (detailed_action) };

  g_array_append_val (self->choices, choice);
}

/**
 * bcast_notice_set_lasting:
 * @self: a notice that is not shown yet
 * @lasting: whether it stays until its cause is gone, and cannot be dismissed
 */
void
bcast_notice_set_lasting (BcastNotice *self,
                          gboolean     lasting)
{
  g_return_if_fail (BCAST_IS_NOTICE (self));

  self->lasting = lasting;
}

/**
 * bcast_notice_set_retry_us:
 * @self: a notice
 * @retry_us: the monotonic time at which what it tells of is tried again, 0 when it is not
 *
 * Tells when the program tries again by itself.
 */
void
bcast_notice_set_retry_us (BcastNotice *self,
                           gint64       retry_us)
{
  g_return_if_fail (BCAST_IS_NOTICE (self));

  if (self->retry_us == retry_us)
    return;
  self->retry_us = retry_us;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_US]);
}

/**
 * bcast_notice_get_retry_us:
 * @self: a notice
 *
 * Returns: the monotonic time of the next attempt, 0 for none
 */
gint64
bcast_notice_get_retry_us (BcastNotice *self)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (self), 0);

  return self->retry_us;
}

/**
 * bcast_notice_get_id:
 * @self: a notice
 *
 * Returns: what it is about
 */
const char *
bcast_notice_get_id (BcastNotice *self)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (self), NULL);

  return self->id;
}

/**
 * bcast_notice_get_level:
 * @self: a notice
 *
 * Returns: how much it matters
 */
BcastNoticeLevel
bcast_notice_get_level (BcastNotice *self)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (self), BCAST_NOTICE_INFO);

  return self->level;
}

/**
 * bcast_notice_get_text:
 * @self: a notice
 *
 * Returns: its sentence
 */
const char *
bcast_notice_get_text (BcastNotice *self)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (self), NULL);

  return self->text;
}

/**
 * bcast_notice_get_lasting:
 * @self: a notice
 *
 * Returns: whether it cannot be dismissed
 */
gboolean
bcast_notice_get_lasting (BcastNotice *self)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (self), FALSE);

  return self->lasting;
}

/**
 * bcast_notice_get_n_choices:
 * @self: a notice
 *
 * Returns: how many buttons it has
 */
guint
bcast_notice_get_n_choices (BcastNotice *self)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (self), 0);

  return self->choices->len;
}

/**
 * bcast_notice_get_choice:
 * @self: a notice
 * @index: which button, from 0
 * @detailed_action: (out): the action it activates
 *
 * Returns: what the button says
 */
const char *
bcast_notice_get_choice (BcastNotice  *self,
                         guint         index,
                         const char  **detailed_action)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (self), NULL);
  g_return_val_if_fail (index < self->choices->len, NULL);

  Choice *choice = &g_array_index (self->choices, Choice, index);

  *detailed_action = choice->detailed_action;
  return choice->label;
}

/**
 * bcast_notices_put:
 * @notices: a list of notices
 * @notice: (transfer full): what to tell
 *
 * Adds @notice, in the place of one with the same id.
 */
void
bcast_notices_put (GListStore  *notices,
                   BcastNotice *notice)
{
  g_return_if_fail (G_IS_LIST_STORE (notices));
  g_return_if_fail (BCAST_IS_NOTICE (notice));

  g_autoptr(BcastNotice) owned = notice;
  guint position;

  if (find (notices, notice->id, &position))
    g_list_store_splice (notices, position, 1, (gpointer *) &owned, 1);
  else
    g_list_store_append (notices, owned);
}

/**
 * bcast_notices_find:
 * @notices: a list of notices
 * @id: what it is about
 *
 * Returns: (transfer none) (nullable): the notice about @id
 */
BcastNotice *
bcast_notices_find (GListStore *notices,
                    const char *id)
{
  g_return_val_if_fail (G_IS_LIST_STORE (notices), NULL);

  g_autoptr(BcastNotice) notice = NULL;
  guint position;

  if (find (notices, id, &position))
    notice = g_list_model_get_item (G_LIST_MODEL (notices), position);
  return notice; /* the list holds it */
}

/**
 * bcast_notices_withdraw:
 * @notices: a list of notices
 * @id: what is over
 *
 * Takes the notice about @id away, if there is one.
 */
void
bcast_notices_withdraw (GListStore *notices,
                        const char *id)
{
  g_return_if_fail (G_IS_LIST_STORE (notices));

  guint position;

  if (find (notices, id, &position))
    g_list_store_remove (notices, position);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bcast-banner.h"

#include "bcast-retry-line.h"

#define SIDE_ROOM 100 /* for the icon, the button that dismisses, and margins */

/**
 * BcastBanner:
 *
 * Shows one notice across the window: icon, sentence, what can be done, and a way to close it.
 */
struct _BcastBanner
{
  GtkWidget       parent_instance;

  GtkRevealer    *revealer;
  GtkBox         *box;
  GtkImage       *icon;
  GtkBox         *content;
  GtkLabel       *label;
  GtkBox         *choices;
  BcastRetryLine *retry;
  GtkWidget      *close_button;

  BcastNotice    *notice;
};

enum
{
  DISMISSED,
  GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BcastBanner, bcast_banner, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon_name;
  const char *css_class;
} levels[] = {
  [BCAST_NOTICE_INFO] = { "dialog-information-symbolic", "info" },
  [BCAST_NOTICE_WARNING] = { "dialog-warning-symbolic", "warning" },
  [BCAST_NOTICE_ERROR] = { "dialog-error-symbolic", "error" },
};

static void
dismiss_cb (BcastBanner *self)
{
  g_signal_emit (self, signals[DISMISSED], 0);
}

static void
child_revealed_cb (BcastBanner *self)
{
  if (!gtk_revealer_get_child_revealed (self->revealer) && !gtk_revealer_get_reveal_child (self->revealer))
    g_signal_emit (self, signals[GONE], 0);
}

static void
show_retry (BcastBanner *self)
{
  gint64 retry_us = bcast_notice_get_retry_us (self->notice);

  bcast_retry_line_set_retry_us (self->retry, retry_us);
  gtk_widget_set_visible (GTK_WIDGET (self->choices),
                          retry_us > 0 || bcast_notice_get_n_choices (self->notice) > 0);
}

static void
fill (BcastBanner *self)
{
  BcastNoticeLevel level = bcast_notice_get_level (self->notice);

  gtk_image_set_from_icon_name (self->icon, levels[level].icon_name);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), levels[level].css_class);
  gtk_label_set_text (self->label, bcast_notice_get_text (self->notice));
  gtk_widget_set_visible (self->close_button, !bcast_notice_get_lasting (self->notice));
  g_signal_connect_object (self->notice, "notify::retry-us", G_CALLBACK (show_retry), self, G_CONNECT_SWAPPED);
  show_retry (self);

  for (guint i = 0; i < bcast_notice_get_n_choices (self->notice); i++)
    {
      const char *detailed_action;
      GtkWidget *button = gtk_button_new_with_label (bcast_notice_get_choice (self->notice, i, &detailed_action));

      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), detailed_action);
      gtk_box_append (self->choices, button);
    }
}

static void
bcast_banner_dispose (GObject *object)
{
  BcastBanner *self = BCAST_BANNER (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->notice);

  G_OBJECT_CLASS (bcast_banner_parent_class)->dispose (object);
}

static void
bcast_banner_class_init (BcastBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bcast_banner_dispose;

  signals[DISMISSED] = g_signal_new ("dismissed", BCAST_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GONE] = g_signal_new ("gone", BCAST_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BCAST_TYPE_RETRY_LINE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "bcast-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, box);
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, label);
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, content);
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, choices);
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, retry);
  gtk_widget_class_bind_template_child (widget_class, BcastBanner, close_button);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
  gtk_widget_class_bind_template_callback (widget_class, child_revealed_cb);
}

static void
bcast_banner_init (BcastBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bcast_retry_line_set_action (self->retry, "win.retry", NULL);
}

/**
 * bcast_banner_new:
 * @notice: what to show
 *
 * Returns: (transfer none): a new banner, hidden until bcast_banner_show()
 */
GtkWidget *
bcast_banner_new (BcastNotice *notice)
{
  g_return_val_if_fail (BCAST_IS_NOTICE (notice), NULL);

  BcastBanner *self = g_object_new (BCAST_TYPE_BANNER, NULL);

  self->notice = g_object_ref (notice);
  fill (self);
  return GTK_WIDGET (self);
}

/**
 * bcast_banner_get_notice:
 * @self: a banner
 *
 * Returns: (transfer none): what it shows
 */
BcastNotice *
bcast_banner_get_notice (BcastBanner *self)
{
  g_return_val_if_fail (BCAST_IS_BANNER (self), NULL);

  return self->notice;
}

/**
 * bcast_banner_show:
 * @self: a banner
 *
 * Slides it in.
 */
void
bcast_banner_show (BcastBanner *self)
{
  g_return_if_fail (BCAST_IS_BANNER (self));

  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/**
 * bcast_banner_hide:
 * @self: a banner
 *
 * Slides it out; "gone" follows.
 */
void
bcast_banner_hide (BcastBanner *self)
{
  g_return_if_fail (BCAST_IS_BANNER (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (!gtk_revealer_get_child_revealed (self->revealer))
    g_signal_emit (self, signals[GONE], 0);
}

static gboolean
choices_fit (BcastBanner *self,
             int          width)
{
  int needed = SIDE_ROOM;

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->choices));
       button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      int natural;

      gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
      needed += natural + gtk_box_get_spacing (self->choices);
    }
  return needed <= width;
}

/**
 * bcast_banner_set_width:
 * @self: a banner
 * @width: the width of the window in pixels
 * @narrow: whether its buttons go below the sentence instead of beside it; below one another where even
 *   that is too wide
 */
void
bcast_banner_set_width (BcastBanner *self,
                        int          width,
                        gboolean     narrow)
{
  g_return_if_fail (BCAST_IS_BANNER (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->content),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (GTK_WIDGET (self->choices), narrow ? GTK_ALIGN_START : GTK_ALIGN_END);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->choices),
                                  narrow && !choices_fit (self, width) ? GTK_ORIENTATION_VERTICAL
                                                                       : GTK_ORIENTATION_HORIZONTAL);
}

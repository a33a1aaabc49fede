/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bcast-field.h"
#include "bcast-profile.h"

G_BEGIN_DECLS

#define BCAST_TYPE_PROFILE_FORM (bcast_profile_form_get_type ())

G_DECLARE_FINAL_TYPE (BcastProfileForm, bcast_profile_form, BCAST, PROFILE_FORM, GObject)

BcastProfileForm *bcast_profile_form_new        (BcastProfile     *draft) G_GNUC_WARN_UNUSED_RESULT;
void              bcast_profile_form_add_text   (BcastProfileForm *self,
                                                 const char       *property,
                                                 BcastField       *field);
void              bcast_profile_form_add_number (BcastProfileForm *self,
                                                 const char       *property,
                                                 BcastField       *field);
void              bcast_profile_form_add_switch (BcastProfileForm *self,
                                                 const char       *property,
                                                 GtkSwitch        *widget);
void              bcast_profile_form_go_to      (BcastField       *field);
gboolean          bcast_profile_form_submit     (BcastProfileForm *self);

G_END_DECLS

/* The partners of the inspector: who gets the article, and where it stands with each. Signal
 * "chosen" () when the person changes the choice; it is remembered for the next article. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

#define RP_TYPE_PARTNERS_GROUP (rp_partners_group_get_type ())
G_DECLARE_FINAL_TYPE (RpPartnersGroup, rp_partners_group, RP, PARTNERS_GROUP, AdwPreferencesGroup)

/* Follows the model of RpPartner. */
void rp_partners_group_set_partners (RpPartnersGroup *self, GListModel *partners);
/* `verdicts` of RpVerdictFor, NULL = not known yet; `deliveries` of RpDelivery, newest first;
 * `shown` as rp_history_show_finish gives it. The last two may be NULL. */
void rp_partners_group_show (RpPartnersGroup *self,
                             gboolean licensed,
                             GPtrArray *verdicts,
                             GPtrArray *deliveries,
                             JsonObject *shown);
/* How far large uploads have come. */
void rp_partners_group_show_uploads (RpPartnersGroup *self, RpWorkspace *workspace);
/* Ticked by the person and allowed; ticked by the person. Give. */
GStrv rp_partners_group_dup_chosen (RpPartnersGroup *self);
GStrv rp_partners_group_dup_wanted (RpPartnersGroup *self);
guint rp_partners_group_get_n_allowed (RpPartnersGroup *self);
void rp_partners_group_leave_out (RpPartnersGroup *self, GPtrArray *partners);

G_END_DECLS

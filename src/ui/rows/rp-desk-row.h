/* One line of the sidebar: a place on the desk or a partner. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-partner.h"

G_BEGIN_DECLS

#define RP_TYPE_DESK_ROW (rp_desk_row_get_type ())
G_DECLARE_FINAL_TYPE (RpDeskRow, rp_desk_row, RP, DESK_ROW, GtkListBoxRow)

/* `key` says which line it is: a state, or what its owner likes. */
GtkWidget *rp_desk_row_new (const char *key, const char *icon, const char *title);
/* Follows the partner's name and state. */
GtkWidget *rp_desk_row_new_for_partner (RpPartner *partner);
const char *rp_desk_row_get_key (RpDeskRow *self);   /* lends */
const char *rp_desk_row_get_title (RpDeskRow *self); /* lends */
void rp_desk_row_set_title (RpDeskRow *self, const char *title);
void rp_desk_row_add_suffix (RpDeskRow *self, GtkWidget *widget); /* after the number */
void rp_desk_row_set_count (RpDeskRow *self, guint count, gboolean urgent);
void rp_desk_row_set_note (RpDeskRow *self, const char *note); /* NULL = none */

G_END_DECLS

/* A row of a form for one setting of a partner's kind: text, address, secret, choice, switch, or
 * text of several lines. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-dispatch.h"

G_BEGIN_DECLS

/* `value` NULL = not set; a secret that is kept already is never shown. `learned` is what a test of
 * the connection has learned, NULL = nothing: its lists are offered. */
GtkWidget *rp_setting_row_new (const RpPartnerSetting *setting,
                               const char *value,
                               gboolean kept,
                               JsonObject *learned);
const RpPartnerSetting *rp_setting_row_get_setting (GtkWidget *row); /* lends */
char *rp_setting_row_dup_value (GtkWidget *row);                     /* gives; NULL = empty */

gboolean rp_setting_row_is_empty (GtkWidget *row);
/* A button at the end of an entry. */
void rp_setting_row_add_link (GtkWidget *row, GtkWidget *button);

G_END_DECLS

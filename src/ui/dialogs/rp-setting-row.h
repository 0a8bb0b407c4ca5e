/* A row of a form for one setting of a partner's kind: text, address, secret or choice. Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-dispatch.h"

G_BEGIN_DECLS

/* `value` NULL = not set; a secret that is kept already is never shown. */
GtkWidget *rp_setting_row_new (const RpPartnerSetting *setting, const char *value, gboolean kept);
const RpPartnerSetting *rp_setting_row_get_setting (GtkWidget *row); /* lends */
char *rp_setting_row_dup_value (GtkWidget *row);                     /* gives; NULL = empty */

G_END_DECLS

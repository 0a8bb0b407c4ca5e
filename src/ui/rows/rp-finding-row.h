/* One row of the checks: sign, sentence, and the ways on. Signals: "fix" (), "leave-out" (). Main
 * thread. */
#pragma once

#include <adwaita.h>

#include "rp-concern.h"

G_BEGIN_DECLS

#define RP_TYPE_FINDING_ROW (rp_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (RpFindingRow, rp_finding_row, RP, FINDING_ROW, GtkListBoxRow)

/* `may_fix` = the person may do what mends it. */
GtkWidget *rp_finding_row_new (const RpConcern *concern, gboolean may_fix);

G_END_DECLS

/* One thing that happened to an article, on the line of its history. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-history.h"

G_BEGIN_DECLS

#define RP_TYPE_HISTORY_ROW (rp_history_row_get_type ())
G_DECLARE_FINAL_TYPE (RpHistoryRow, rp_history_row, RP, HISTORY_ROW, GtkBox)

GtkWidget *rp_history_row_new (RpHistoryItem *item, gboolean is_last);

G_END_DECLS

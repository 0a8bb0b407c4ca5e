/* Runs deeds on many articles: shows how far it has come and lets it be stopped when it takes a
 * while, then says what was done with a way back, and what could not be done and why. Main thread.
 *
 * Signal "done" (int deed) when one has ended. */
#pragma once

#include <adwaita.h>

#include "rp-bulk.h"

G_BEGIN_DECLS

#define RP_TYPE_BULK_BAR (rp_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (RpBulkBar, rp_bulk_bar, RP, BULK_BAR, AdwBin)

void rp_bulk_bar_run (RpBulkBar *self, RpBulk *bulk); /* takes it */

G_END_DECLS

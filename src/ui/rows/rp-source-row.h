/* One source: what it is called, where it is, when it was last read, and what is wrong with it. Its
 * menu uses the actions "sources.…" with the source's id. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-licence-book.h"
#include "rp-subscription.h"

G_BEGIN_DECLS

#define RP_TYPE_SOURCE_ROW (rp_source_row_get_type ())
G_DECLARE_FINAL_TYPE (RpSourceRow, rp_source_row, RP, SOURCE_ROW, GtkListBoxRow)

GtkWidget *rp_source_row_new (RpLicenceBook *book);
/* The source as it is now: changes in place. */
void rp_source_row_show (RpSourceRow *self, RpSubscription *source, gboolean visiting);
RpSubscription *rp_source_row_get_source (RpSourceRow *self); /* lends, NULL before the first */

G_END_DECLS

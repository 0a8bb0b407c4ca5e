/* The licences of the book to choose from: agreements first, then public licences, with a search.
 * Signals: "selected" () another one is selected, or none; "activated" () the selected one was
 * pressed twice or confirmed with Return. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-licence-book.h"

G_BEGIN_DECLS

#define RP_TYPE_LICENCE_LIST (rp_licence_list_get_type ())
G_DECLARE_FINAL_TYPE (RpLicenceList, rp_licence_list, RP, LICENCE_LIST, AdwBin)

/* Follows the book from then on. */
void rp_licence_list_set_book (RpLicenceList *self, RpLicenceBook *book);
RpLicence *rp_licence_list_get_selected (RpLicenceList *self); /* lends, NULL = none */
/* NULL = the first. */
void rp_licence_list_select (RpLicenceList *self, const char *licence_id);
void rp_licence_list_focus_search (RpLicenceList *self);

G_END_DECLS

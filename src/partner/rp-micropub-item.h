/* Micropub properties (all values are arrays) to the ninjs item that the pages show. Pure. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *rp_micropub_build_item (JsonObject *properties); /* gives */
/* The first value of a property as text; NULL when there is none. Lends. */
const char *rp_micropub_get_first (JsonObject *properties, const char *name);
/* "replace", "add" and "delete" of an update, in place. */
void rp_micropub_update (JsonObject *properties, JsonObject *request);
/* A form body as properties: "category[]" and repeated names are lists; "h" and "access_token" are
 * left out. Gives. */
JsonObject *rp_micropub_properties_from_form (const char *form);

G_END_DECLS

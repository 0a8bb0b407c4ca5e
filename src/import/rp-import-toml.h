/* TOML as far as the head of an article needs it: tables, arrays of tables, dotted keys, strings of
 * all four kinds, arrays, inline tables. Numbers, dates and booleans stay the text they were
 * written as. What cannot be read is passed over by the line. Any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* `out_broken` (optional) tells whether a line was passed over. Gives, never NULL. */
JsonObject *rp_toml_read (const char *text, gboolean *out_broken);

G_END_DECLS

/* Reading JSON that strangers wrote, and writing our own. Any thread, no state.
 * A member of the wrong type reads as absent; nothing here ever warns or asserts on input. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Parses UTF-8 text; depth and size are bounded. Gives; NULL with RP_ERROR_UNREADABLE. */
JsonNode *rp_json_parse (GBytes *bytes, GError **error);
JsonNode *rp_json_parse_text (const char *text, GError **error);
/* The root as an object, or an error that names `what` ("The partner's answer"). Gives. */
JsonObject *rp_json_parse_object (GBytes *bytes, const char *what, GError **error);

/* Lend; NULL (0, FALSE) when absent, null or of another type. A number reads as string when asked
 * so. */
JsonNode *rp_json_get (JsonObject *object, const char *name);
const char *rp_json_get_string (JsonObject *object, const char *name);
char *rp_json_dup_text (JsonObject *object, const char *name); /* strings and numbers, gives */
gint64 rp_json_get_int (JsonObject *object, const char *name, gint64 fallback);
double rp_json_get_double (JsonObject *object, const char *name, double fallback);
gboolean rp_json_get_boolean (JsonObject *object, const char *name, gboolean fallback);
JsonObject *rp_json_get_object (JsonObject *object, const char *name);
JsonArray *rp_json_get_array (JsonObject *object, const char *name);
gboolean rp_json_has (JsonObject *object, const char *name); /* present and not null */
/* An array's strings, or a single string as a list of one; NULL when absent. Gives. */
GStrv rp_json_dup_strv (JsonObject *object, const char *name);

/* Sets only what is there: NULL and empty values are left out. */
void rp_json_set_string (JsonObject *object, const char *name, const char *value);
void rp_json_set_strv (JsonObject *object, const char *name, const char *const *values);

char *rp_json_object_to_text (JsonObject *object, gboolean pretty); /* gives */
GBytes *rp_json_object_to_bytes (JsonObject *object);               /* gives */
JsonObject *rp_json_object_copy (JsonObject *object);               /* deep, gives */

G_END_DECLS

/* The data before a Markdown text: YAML between lines of ---, TOML between lines of +++, or a JSON
 * object. All three become one JSON object whose plain values are strings. Any thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-import-statement.h"

G_BEGIN_DECLS

/* Where the text goes on behind it; NULL when there is no front matter. Lends. */
const char *rp_front_matter_find_end (const char *text);
/* NULL when there is none. What is not well-formed is read line by line, and the article takes the
 * remark front_matter.broken. Gives. */
JsonObject *rp_front_matter_read (const char *text, RpArticle *article);

/* The article's fields from named values, of front matter or of a document's own properties, by the
 * names in use. Pictures and links are resolved against `base_url` (may be NULL); `evidence` says
 * where it was read. */
void rp_front_fields_apply (JsonObject *data,
                            const char *base_url,
                            const char *evidence,
                            RpArticle *article,
                            RpRightsScan *scan);

G_END_DECLS

/* Answers of the sample partner, and what its handlers share of a request. Main thread. */
#pragma once

#include "rp-site.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

void
rp_site_answer_text (SoupServerMessage *message, guint status, const char *type, const char *text);
/* Takes the object. */
void rp_site_answer_json (SoupServerMessage *message, guint status, JsonObject *take_object);
/* {"error", "error_description"} */
void rp_site_answer_error (SoupServerMessage *message,
                           guint status,
                           const char *code,
                           const char *words);
void rp_site_answer_created (SoupServerMessage *message, guint status, const char *url);
/* An html page, with headers that keep a stranger's markup inert. */
void rp_site_answer_html (SoupServerMessage *message, guint status, const char *html);

GBytes *rp_site_get_body (SoupServerMessage *message); /* gives */
gboolean rp_site_is_method (SoupServerMessage *message, const char *method);
/* Compares in a time that does not tell how much is equal. */
gboolean rp_site_is_same_secret (const char *a, const char *b);

/* One part of a multipart form: its bytes (gives), file name and type (gives, may be NULL). */
GBytes *rp_site_find_part (SoupServerMessage *message, const char *name, char **out_type);

G_END_DECLS

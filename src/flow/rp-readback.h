/* What is left of a rendition on the partner's page: credit, prescribed lines, links, canonical
 * address, pictures, counter. Pure; any thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-article.h"
#include "rp-licence.h"

G_BEGIN_DECLS

typedef enum {
  RP_READBACK_CREDIT,
  RP_READBACK_LINES,   /* sentences that the licence prescribes, the note of changes */
  RP_READBACK_LINK,    /* to the original */
  RP_READBACK_LICENCE, /* the licence's link */
  RP_READBACK_CANONICAL,
  RP_READBACK_IMAGES,
  RP_READBACK_COUNTER,
  RP_READBACK_TEXT, /* the article itself */
  RP_N_READBACKS,
} RpReadbackItem;

typedef enum {
  RP_READBACK_NOT_SENT,
  RP_READBACK_THERE,
  RP_READBACK_MISSING, /* the partner's system has dropped it */
  RP_READBACK_BROKEN,  /* missing, and the licence demands it */
} RpReadbackState;

typedef struct {
  RpReadbackState states[RP_N_READBACKS];
  guint images_sent, images_found;
} RpReadback;

/* `sent` is the "html" rendition as it left; `page` the public page, or the item's HTML as the
 * partner's system gives it back; `canonical` what else is known to name the original (NULL =
 * nothing). `terms` NULL = nothing is demanded. */
void rp_readback_compare (const char *sent,
                          RpArticle *article,
                          const RpTerms *terms,
                          GBytes *page,
                          const char *canonical,
                          RpReadback *out);
/* Something that was sent is not there. */
gboolean rp_readback_is_worn (const RpReadback *readback);
gboolean rp_readback_is_broken (const RpReadback *readback);
const char *rp_readback_get_name (RpReadbackItem item); /* "licence_link", as cli.md names it */
/* What is missing, and what can be done about it at a partner of this kind; whole sentences. Give.
 */
char *rp_readback_dup_words (RpReadbackItem item, const char *partner_name);
char *rp_readback_dup_remedy (RpReadbackItem item, const char *connector);
/* {"credit": true, …, "stripped": ["credit", …]}; what was not sent is null. Gives. */
JsonObject *rp_readback_to_json (const RpReadback *readback);
/* Back from there. */
void rp_readback_read_json (JsonObject *object, RpReadback *out);

G_END_DECLS

/* What the sample partner has: articles and pictures, in memory and in a folder, so that a restart
 * shows the same. Every change is on disk before it is answered for. Main thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RP_SITE_LIVE "live"
#define RP_SITE_DRAFT "draft"
#define RP_SITE_GONE "gone"

typedef struct {
  char *id;               /* in /articles/ID */
  char *guid;             /* of the sender */
  char *version;          /* of the sender */
  char *status;           /* RP_SITE_… */
  gint64 received;        /* microseconds UTC */
  gint64 updated;         /* microseconds UTC */
  JsonObject *item;       /* owned, ninjs */
  JsonObject *properties; /* owned, what Micropub set; NULL for a pushed item */
} RpSiteItem;

typedef struct _RpSite RpSite;

/* Secrets that are NULL are taken from the folder, or made and kept there. Gives. */
RpSite *rp_site_open (const char *directory, const char *secret, const char *token, GError **error);
void rp_site_free (RpSite *site);

const char *rp_site_get_secret (RpSite *site);
const char *rp_site_get_token (RpSite *site);
const char *rp_site_get_url (RpSite *site); /* without a slash at its end */
void rp_site_set_url (RpSite *site, const char *url);

GPtrArray *rp_site_get_items (RpSite *site);             /* of RpSiteItem, newest first; lends */
RpSiteItem *rp_site_find (RpSite *site, const char *id); /* lends, NULL = none */
RpSiteItem *rp_site_find_guid (RpSite *site, const char *guid);    /* lends, NULL = none */
RpSiteItem *rp_site_find_url (RpSite *site, const char *url);      /* lends, NULL = none */
char *rp_site_dup_item_url (RpSite *site, const RpSiteItem *item); /* gives */

/* Makes the item if the guid is new. Both objects are kept (referenced). FALSE: nothing was
 * changed. */
gboolean rp_site_put (RpSite *site,
                      const char *guid,
                      const char *version,
                      const char *status,
                      JsonObject *item,
                      JsonObject *properties,
                      GError **error);

gboolean rp_site_is_media_id (const char *id);
gboolean rp_site_has_media (RpSite *site, const char *id);
gboolean
rp_site_put_media (RpSite *site, const char *id, const char *type, GBytes *bytes, GError **error);
/* The picture and its type (gives both), or NULL. */
GBytes *rp_site_load_media (RpSite *site, const char *id, char **out_type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpSite, rp_site_free)

G_END_DECLS

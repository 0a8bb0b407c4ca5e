/* The sources table, and which articles each source has brought. */
#pragma once

#include "rp-store.h"
#include "rp-subscription.h"

G_BEGIN_DECLS

/* RP_ERROR_CONFLICT when there is one with that address. */
gboolean rp_store_add_source (RpStore *store, RpSubscription *source, GError **error);
/* The same, and RP_ERROR_NOT_FOUND when it was removed in the meantime. */
gboolean rp_store_update_source (RpStore *store, RpSubscription *source, GError **error);
/* What it brought stays in the library. */
gboolean rp_store_remove_source (RpStore *store, const char *id, GError **error);
/* NULL without error when there is none. Gives. */
RpSubscription *rp_store_get_source (RpStore *store, const char *id, GError **error);
GPtrArray *
rp_store_list_sources (RpStore *store, GError **error); /* of RpSubscription, by title; gives */
/* Those that are to be read now, longest due first. Gives. */
GPtrArray *rp_store_list_due_sources (RpStore *store, gint64 now, GError **error);
/* A due source is taken by one program: *out_claimed FALSE = another was first. It is due again at
 * `until`, should the program end meanwhile. */
gboolean rp_store_claim_source (RpStore *store,
                                const char *id,
                                gint64 now,
                                gint64 until,
                                gboolean *out_claimed,
                                GError **error);

/* An article as the source lists it. */
typedef struct {
  char *article_id; /* owned */
  guint position;   /* in the source when it was last seen there */
  gint64 published; /* of the article */
  gint64 seen;
  gint64 gone; /* since when it is missing; 0 = it is there */
} RpSourceItem;

/* By position; articles in the trash are left out. Gives. */
GPtrArray *rp_store_list_source_items (RpStore *store, const char *source_id, GError **error);
/* Seen now at that position: it is not gone (any more). */
gboolean rp_store_note_source_item (RpStore *store,
                                    const char *source_id,
                                    const char *article_id,
                                    guint position,
                                    gint64 now,
                                    GError **error);
gboolean rp_store_lose_source_item (RpStore *store,
                                    const char *source_id,
                                    const char *article_id,
                                    gint64 now,
                                    GError **error);
/* No longer watched: it has left the source as old items do. */
gboolean rp_store_forget_source_item (RpStore *store,
                                      const char *source_id,
                                      const char *article_id,
                                      GError **error);

G_END_DECLS

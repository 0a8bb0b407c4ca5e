/* The history of an article in words: what was done, when, by which delivery. */
#pragma once

#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  gint64 at;
  char *kind;  /* imported, edited, licence, approved, queued, delivered, failed, withdrawn … */
  char *words; /* a whole sentence */
  char *delivery_id; /* NULL = none */
  char *url;         /* NULL = none */
} RpEvent;

void rp_event_free (RpEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpEvent, rp_event_free)

gboolean rp_store_add_event (RpStore *store,
                             const char *article_id,
                             const char *kind,
                             const char *words,
                             const char *delivery_id,
                             const char *url,
                             gint64 now,
                             GError **error);
GPtrArray *rp_store_list_events (RpStore *store,
                                 const char *article_id,
                                 GError **error); /* newest first; gives */

G_END_DECLS

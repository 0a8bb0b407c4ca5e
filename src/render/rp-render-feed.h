/* Articles as entries of a feed: RSS, Atom, JSON Feed. A rendition is a feed with one entry; a
 * connector that keeps a feed on a server renders several jobs into one. Private to render/ and to
 * who keeps a feed. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

/* Borrowed; NULL = not known. */
typedef struct {
  const char *title;
  const char *home_url;
  const char *feed_url;
  const char *language;
  gint64 updated;
} RpRenderFeed;

GBytes *rp_render_feed_rss (const RpRenderFeed *feed, const RpRenderJob *jobs, guint n_jobs);
GBytes *rp_render_feed_atom (const RpRenderFeed *feed, const RpRenderJob *jobs, guint n_jobs);
GBytes *rp_render_feed_json (const RpRenderFeed *feed, const RpRenderJob *jobs, guint n_jobs);

/* The head of a feed with this article alone: it borrows from the job; `out_title` is owned by the
 * caller and holds the title, as `out_language` does the language. */
RpRenderFeed rp_render_feed_of (const RpRenderJob *job, char **out_title, char **out_language);

G_END_DECLS

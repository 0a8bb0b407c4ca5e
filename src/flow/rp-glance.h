/* A glance at what a source sent, before it is imported: what it is, what it is called, and how
 * often it wants to be read. Any thread; only flow includes this. */
#pragma once

#include "rp-importer.h"

G_BEGIN_DECLS

typedef struct {
  const char *format; /* id of the importer; NULL = nothing that can be imported */
  char *problem;      /* owned: why not; NULL = it can */
  char *title;        /* owned, NULL = none */
  char *site_url;     /* owned: the page that belongs to the feed; NULL = unknown */
  gint64 interval;    /* the feed asks to be read no more often; 0 = it does not say */
  gboolean empty;     /* a feed without items */
  GPtrArray *feeds;   /* owned, of char *: those that a web page declares, best first */
  guint wanted;       /* how many of them are not about comments */
} RpGlance;

RpGlance *rp_glance_new (const RpSource *source); /* gives */
void rp_glance_free (RpGlance *glance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpGlance, rp_glance_free)

gboolean rp_glance_is_feed (const RpGlance *glance);
gboolean rp_glance_is_page (const RpGlance *glance);

G_END_DECLS

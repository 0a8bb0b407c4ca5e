/* A renderer: an article and the duties of its licence in, bytes for a partner out. Pure; any
 * thread. Add one: a file rp-renderer-NAME.c that ends on a descriptor rp_renderer_NAME, and the
 * word NAME in meson.build. */
#pragma once

#include "rp-article.h"
#include "rp-delivery.h"
#include "rp-licence.h"
#include "rp-partner.h"

G_BEGIN_DECLS

/* What to render. Borrowed. */
typedef struct {
  RpArticle *article;
  RpLicence *licence;      /* NULL = unknown (only for previews; dispatch never sends that) */
  RpPartner *partner;      /* NULL = nobody in particular */
  const char *marker;      /* our own mark that the rendition must carry, NULL for none */
  const char *version;     /* of the rendition, "1" and up; NULL = "1" */
  RpDeliveryAction action; /* withdraw: status canceled where the form can say so */
  const char *const
    *media_urls; /* addresses at the partner, by sha256: "sha256", "url", …, NULL; may be NULL */
  const char *changes; /* a sentence that says what was changed (rp_edits_dup_note); NULL = none */
  gint64 now;
  RpArticle *original; /* as it was imported; NULL = not known: tells what the editor changed */
} RpRenderJob;

typedef struct {
  const char *id;                                             /* "html" */
  const char *title;                                          /* N_("Web page") */
  const char *media_type;                                     /* "text/html" */
  GBytes *(*render) (const RpRenderJob *job, GError **error); /* gives */
} RpRenderer;

extern const RpRenderer *const rp_renderers[]; /* NULL-terminated, made by meson.build */

const RpRenderer *
rp_renderer_find (const char *id, GError **error); /* lends; RP_ERROR_UNSUPPORTED */

G_END_DECLS

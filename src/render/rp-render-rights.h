/* What a rendition says of its rights, settled once for every form: the licence of the book first,
 * then what the source stated. Private to render/. */
#pragma once

#include "rp-renderer.h"

G_BEGIN_DECLS

/* Strings owned, NULL = nothing to say. */
typedef struct {
  char *url;  /* of the licence, http(s) only */
  char *name; /* of the licence */
  char *spdx;
  char *licensor;
  char *holder;
  char *notice;
  char *year; /* of the notice, or of the publication */
  char *usage_terms;
  char *terms_url;    /* where the terms stand in full */
  char *acquire_page; /* where a licence can be had */
  char *credit;
  char *original_url;
  char *embargo; /* RFC 3339, UTC */
  char *expires; /* RFC 3339, UTC: the first of the ends that are stated */
  gboolean tdm_reserved;
  char *tdm_policy; /* an address */
} RpRenderRights;

RpRenderRights *rp_render_rights_new (const RpRenderJob *job); /* gives */
void rp_render_rights_free (RpRenderRights *rights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpRenderRights, rp_render_rights_free)

/* The licence as it holds for this one article: with its parties, its end, and what it reserves
 * worked in. The job must have a licence. Gives. */
RpLicence *rp_render_narrow_licence (const RpRenderJob *job, const RpRenderRights *rights);
/* The licence as an expression that programs read (ODRL), with what the article itself reserves
 * worked in. Gives; NULL without a licence. */
char *rp_render_dup_policy (const RpRenderJob *job, const RpRenderRights *rights);
#define RP_RENDER_POLICY_LANGUAGE "http://www.w3.org/ns/odrl/2/"

/* The earliest moment at which a copy has to be gone, RFC 3339 in UTC. Gives; NULL when it may
 * stay. */
char *rp_render_dup_end (const RpRenderJob *job);
/* The id that a form needs: our marker, else the source's id when it is an address, else ours, else
 * a fingerprint of the words. Gives; always a URI. */
char *rp_render_dup_uri (const RpRenderJob *job);
/* "1" and up. */
const char *rp_render_get_version (const RpRenderJob *job);
/* The article's language as BCP 47 writes it; NULL when it is none. Gives. */
char *rp_render_dup_language (const RpRenderJob *job);
/* RFC 3339 in UTC of an article's time. Gives; NULL when it is none. */
char *rp_render_dup_time (const RpRenderJob *job, RpArticleField field);
/* Absolute, of any scheme. */
gboolean rp_render_is_uri (const char *text);

G_END_DECLS

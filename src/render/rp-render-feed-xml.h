/* What RSS and Atom say by the same modules: Dublin Core terms, Creative Commons, Media RSS, RSL.
 * Private to render/. */
#pragma once

#include "rp-render-rights.h"
#include "rp-render-xml.h"

G_BEGIN_DECLS

typedef struct {
  xmlNs *atom; /* in Atom the default one */
  xmlNs *dc;
  xmlNs *terms;
  xmlNs *cc;
  xmlNs *cc_rss;
  xmlNs *media;
  xmlNs *rsl;
  xmlNs *content;
} RpRenderModules;

/* Declares them at the root; `atom` is left alone when it is set already. */
void rp_render_modules_declare (RpRenderModules *modules, xmlNode *root);
/* Holder, terms, window, licence in the modules' words, and the RSL that governs machines. */
void rp_render_modules_add_rights (const RpRenderModules *modules,
                                   xmlNode *entry,
                                   const RpRenderJob *job,
                                   const RpRenderRights *rights);
void rp_render_modules_add_pictures (const RpRenderModules *modules,
                                     xmlNode *entry,
                                     const RpRenderJob *job);

G_END_DECLS

#include "rp-render-feed-xml.h"

#include "rp-licence-form.h"
#include "rp-licence-rsl.h"
#include "rp-render-body.h"
#include "rp-text.h"

#include <string.h>

void
rp_render_modules_declare (RpRenderModules *modules, xmlNode *root)
{
  const struct {
    xmlNs **slot;
    const char *prefix;
    const char *ns;
  } all[] = {
    {&modules->atom, "atom", "http://www.w3.org/2005/Atom"},
    {&modules->dc, "dc", "http://purl.org/dc/elements/1.1/"},
    {&modules->terms, "dcterms", "http://purl.org/dc/terms/"},
    {&modules->cc, "cc", "http://creativecommons.org/ns#"},
    {&modules->cc_rss, "creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"},
    {&modules->media, "media", "http://search.yahoo.com/mrss/"},
    {&modules->rsl, "rsl", "https://rslstandard.org/rsl"},
    {&modules->content, "content", "http://purl.org/rss/1.0/modules/content/"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (*all[i].slot == NULL)
      *all[i].slot = rp_render_xml_declare (root, all[i].ns, all[i].prefix);
}

/* DCMI Period. */
static void
add_window (const RpRenderModules *modules, xmlNode *entry, const RpRenderRights *rights)
{
  g_autoptr (GString) period = g_string_new (NULL);

  if (rights->embargo != NULL)
    g_string_append_printf (period, "start=%s; ", rights->embargo);
  if (rights->expires != NULL)
    g_string_append_printf (period, "end=%s; ", rights->expires);
  if (period->len == 0)
    return;
  g_string_append (period, "scheme=W3C-DTF;");
  rp_render_xml_put_ns (entry, modules->terms, "valid", period->str);
}

/* The feed's namespace for RSL is declared once, at its root. */
static void
add_rsl (const RpRenderModules *modules,
         xmlNode *entry,
         const RpRenderJob *job,
         const RpRenderRights *rights)
{
  g_autoptr (RpLicence) narrowed =
    job->licence != NULL ? rp_render_narrow_licence (job, rights) : NULL;
  const char *url = rights->original_url;
  g_autofree char *text = narrowed != NULL ? rp_licence_to_rsl (narrowed, url) : NULL;
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new_static (text, strlen (text)) : NULL;
  g_autoptr (xmlDoc) doc = bytes != NULL ? rp_xml_parse (bytes, FALSE, NULL, NULL) : NULL;
  xmlNode *content =
    doc != NULL ? rp_xml_child (xmlDocGetRootElement (doc), NULL, "content") : NULL;
  xmlNode *copy = content != NULL ? xmlDocCopyNode (content, entry->doc, 1) : NULL;

  if (copy == NULL)
    return;
  for (xmlNode *node = copy; node != NULL; node = rp_xml_follow (node, copy, TRUE))
    if (node->type == XML_ELEMENT_NODE) {
      xmlSetNs (node, modules->rsl);
      g_clear_pointer (&node->nsDef, xmlFreeNsList);
    }
  xmlAddChild (entry, copy);
}

void
rp_render_modules_add_rights (const RpRenderModules *modules,
                              xmlNode *entry,
                              const RpRenderJob *job,
                              const RpRenderRights *rights)
{
  RpCreativeCommons cc;
  xmlNode *link;

  rp_render_xml_put_ns (entry, modules->terms, "rightsHolder", rights->holder);
  rp_render_xml_put_ns (entry, modules->terms, "accessRights", rights->usage_terms);
  rp_render_xml_put_ns (entry, modules->terms, "available", rights->embargo);
  add_window (modules, entry, rights);
  if (rights->url != NULL) {
    link = rp_render_xml_add_ns (entry, modules->atom, "link", NULL);
    rp_render_xml_set (link, "rel", "license");
    rp_render_xml_set (link, "href", rights->url);
    if (rp_creative_commons_read (rights->url, &cc))
      rp_render_xml_add_ns (entry, modules->cc_rss, "license", rights->url);
  }
  rp_render_xml_put_ns (entry, modules->cc, "attributionName", rights->licensor);
  rp_render_xml_put_ns (entry, modules->cc, "attributionURL", rights->original_url);
  add_rsl (modules, entry, job, rights);
}

static void
add_picture (const RpRenderModules *modules, xmlNode *entry, RpMedia *media, const char *url)
{
  xmlNode *node = rp_render_xml_add_ns (entry, modules->media, "content", NULL);
  const char *licence = rp_media_get (media, RP_MEDIA_LICENCE_URL);
  xmlNode *child;

  rp_render_xml_set (node, "url", url);
  rp_render_xml_set (node, "medium", "image");
  rp_render_xml_set (node, "type", rp_media_get (media, RP_MEDIA_MIME_TYPE));
  child = rp_render_xml_put_ns (node, modules->media, "description",
                                rp_media_get (media, RP_MEDIA_CAPTION));
  if (child != NULL)
    rp_render_xml_set (child, "type", "plain");
  child =
    rp_render_xml_put_ns (node, modules->media, "credit", rp_media_get (media, RP_MEDIA_CREDIT));
  if (child != NULL)
    rp_render_xml_set (child, "role", "photographer");
  rp_render_xml_put_ns (node, modules->media, "copyright",
                        rp_media_get (media, RP_MEDIA_COPYRIGHT));
  if (!rp_text_is_web_url (licence))
    return;
  child = rp_render_xml_add_ns (node, modules->media, "license", licence);
  rp_render_xml_set (child, "type", "text/html");
  rp_render_xml_set (child, "href", licence);
}

void
rp_render_modules_add_pictures (const RpRenderModules *modules,
                                xmlNode *entry,
                                const RpRenderJob *job)
{
  GPtrArray *media = rp_article_get_media (job->article);

  for (guint i = 0; i < media->len; i++) {
    const char *url = rp_render_get_media_url (job, media->pdata[i]);

    if (rp_text_is_web_url (url))
      add_picture (modules, entry, media->pdata[i], url);
  }
}

#include "rp-import-g2.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-regex.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-text.h"

/* An expression that stands as elements: as it was written. Gives. */
static char *
dup_markup (xmlNode *parent)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();

  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    if (node->type == XML_ELEMENT_NODE) {
      xmlReconciliateNs (node->doc, node);
      xmlNodeDump (buffer, node->doc, node, 0, 0);
    }
  }
  return g_strdup ((const char *) xmlBufferContent (buffer));
}

static void
read_expressions (xmlNode *info, RpWireRights *rights)
{
  xmlNode *xml = rp_wire_child (info, "rightsExpressionXML");
  xmlNode *data = rp_wire_child (info, "rightsExpressionData");
  g_autofree char *markup = xml != NULL ? dup_markup (xml) : NULL;
  g_autofree char *text = data != NULL ? rp_xml_dup_text (data) : NULL;
  g_autofree char *plain = xml != NULL ? rp_xml_dup_text (xml) : NULL;

  rp_wire_rights_set_policy (rights, markup);
  rp_wire_rights_set_policy (rights, text);
  rp_wire_rights_set_policy (rights, plain);
}

/* The address of the licence, of a policy, or of a reservation against text and data mining. */
static void
read_links (xmlNode *info, RpWireRights *rights)
{
  static RpRegex mining = RP_REGEX ("tdm|data-?mining");
  static RpRegex policy = RP_REGEX ("polic|rights|licen[cs]e");
  static RpRegex licence = RP_REGEX ("licen[cs]e");

  for (xmlNode *node = rp_wire_find (info, NULL, "link"); node != NULL;
       node = rp_wire_find (info, node, "link")) {
    g_autofree char *rel = rp_wire_dup_attribute (node, "rel");
    g_autofree char *href = rp_wire_dup_attribute (node, "href");
    g_autofree char *code = rp_wire_dup_attribute (node, "residref");

    if (rel == NULL)
      continue;
    if (rp_regex_test (&mining, rel) && strstr (rel, "polic") == NULL)
      rp_wire_rights_set_tdm (rights, code != NULL ? code : "reserved");
    if (rp_regex_test (&licence, rel))
      rp_wire_rights_take (&rights->licence, g_strdup (href));
    if (rp_regex_test (&mining, rel) || rp_regex_test (&policy, rel))
      rp_wire_rights_set_policy (rights, href);
  }
}

static void
read_mining (xmlNode *info, RpWireRights *rights)
{
  static const char *const names[] = {"uri", "qcode", "literal"};
  xmlNode *node = rp_wire_child (info, "dataMining");
  g_autofree char *text = node != NULL ? rp_xml_dup_text (node) : NULL;

  for (gsize i = 0; node != NULL && i < G_N_ELEMENTS (names); i++) {
    g_autofree char *value = rp_wire_dup_attribute (node, names[i]);

    rp_wire_rights_set_tdm (rights, value);
  }
  rp_wire_rights_set_tdm (rights, text);
  if (text != NULL)
    rp_wire_rights_add_terms (rights, NULL, text);
}

/* The terms in every language that they are given in: none may be lost. */
static void
read_terms (xmlNode *info, RpWireRights *rights)
{
  g_autofree char *preferred = rp_g2_dup_text (info, "usageTerms", NULL);

  rp_wire_rights_add_terms (rights, NULL, preferred);
  for (xmlNode *node = rp_wire_child (info, "usageTerms"); node != NULL;
       node = rp_wire_next (node, "usageTerms")) {
    g_autofree char *text = rp_xml_dup_text (node);
    g_autofree char *href = rp_wire_dup_attribute (node, "href");

    rp_wire_rights_add_terms (rights, NULL, text);
    rp_wire_rights_add_terms (rights, _ ("Terms: %s"), href);
    rp_wire_rights_take (&rights->address, g_steal_pointer (&href));
  }
}

/* Of a part only (a picture in the item, say): not the text's. */
static gboolean
is_of_part (xmlNode *info)
{
  g_autofree char *scope = rp_wire_dup_attribute (info, "scope");
  g_autofree char *parts = rp_wire_dup_attribute (info, "idrefs");

  return parts != NULL || (scope != NULL && strstr (scope, "metadata") != NULL);
}

void
rp_g2_read_rights (xmlNode *item, RpArticle *article, RpRightsScan *scan)
{
  g_auto (RpWireRights) rights = {.evidence = "newsml-g2 rightsInfo"};

  for (xmlNode *info = rp_wire_child (item, "rightsInfo"); info != NULL;
       info = rp_wire_next (info, "rightsInfo")) {
    xmlNode *notice = rp_wire_child (info, "copyrightNotice");

    if (is_of_part (info))
      continue;
    rp_wire_rights_take (&rights.notice, rp_g2_dup_text (info, "copyrightNotice", NULL));
    rp_wire_rights_take (&rights.holder, rp_g2_dup_name (rp_wire_child (info, "copyrightHolder")));
    rp_wire_rights_take (&rights.address, rp_wire_dup_attribute (notice, "href"));
    read_terms (info, &rights);
    read_expressions (info, &rights);
    read_links (info, &rights);
    read_mining (info, &rights);
  }
  rp_wire_rights_apply (&rights, article, scan);
}

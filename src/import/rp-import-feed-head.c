#include "rp-import-feed-head.h"

#include "rp-import-feed-element.h"
#include "rp-import-fields.h"

void
rp_feed_head_read (RpFeedHead *head, xmlNode *node)
{
  rp_feed_mend_name (node);
  if (rp_xml_is (node, NULL, "title") && rp_feed_is_own (node))
    rp_fields_take (&head->title, rp_feed_dup_plain (node));
  else if (rp_feed_is_link_to (node, "license"))
    rp_fields_take (&head->licence, rp_xml_dup_attribute (node, "href"));
  else if (rp_feed_is_link_to (node, "alternate"))
    rp_fields_take (&head->link, rp_xml_dup_attribute (node, "href"));
  else if (rp_xml_is (node, NULL, "link") && rp_feed_is_own (node) && !rp_feed_is_atom (node))
    rp_fields_take (&head->link, rp_xml_dup_text (node));
  else if (rp_xml_is (node, NULL, "language"))
    rp_fields_take (&head->language, rp_xml_dup_text (node));
  else if (rp_xml_is (node, NULL, "copyright") || rp_xml_is (node, NULL, "rights"))
    rp_fields_take (&head->copyright, rp_feed_dup_plain (node));
  else if (rp_feed_is_licence (node))
    rp_fields_take (&head->licence, rp_feed_dup_licence (node));
  else if (rp_xml_is (node, NULL, "author") && rp_feed_is_atom (node))
    rp_fields_take (&head->author, rp_xml_dup_child_text (node, NULL, "name"));
  else if (rp_xml_is (node, NULL, "managingEditor"))
    rp_fields_take (&head->author, rp_xml_dup_text (node));
}

void
rp_feed_head_clear (RpFeedHead *head)
{
  g_free (head->title);
  g_free (head->link);
  g_free (head->language);
  g_free (head->copyright);
  g_free (head->licence);
  g_free (head->author);
  g_free (head->base_url);
}

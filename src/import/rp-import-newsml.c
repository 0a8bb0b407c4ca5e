#include "rp-import-newsml.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-fields.h"
#include "rp-import-newscodes.h"
#include "rp-import-nitf.h"
#include "rp-import-party.h"
#include "rp-import-regex.h"
#include "rp-import-wire-body.h"
#include "rp-import-wire-xml.h"
#include "rp-import-wire.h"
#include "rp-text.h"

typedef struct {
  xmlNode *item;
  xmlNode *text;      /* the ContentItem of the story; NULL = none */
  xmlNode *component; /* the innermost that speaks for the story; NULL = none at all */
  const RpSource *source;
  RpArticle *article;
} Item;

/* What is said for the story: by its own component or one around it. */

static xmlNode *
find_up (const Item *self, const char *path)
{
  for (xmlNode *node = self->component; node != NULL;
       node = rp_wire_ancestor (node, "NewsComponent")) {
    xmlNode *found = rp_wire_at (node, path);
    g_autofree char *said = rp_newsml_dup_formal (found);

    if (said != NULL)
      return found;
  }
  return NULL;
}

/* By the same, else by any component. Gives. */
static char *
dup_line (const Item *self, const char *name)
{
  g_autofree char *path = g_strconcat ("NewsLines/", name, NULL);
  xmlNode *line = find_up (self, path);

  if (line == NULL)
    line = rp_wire_find (self->item, NULL, name);
  return line != NULL ? rp_xml_dup_text (line) : NULL;
}

static void
fill_line (const Item *self, RpArticleField field, const char *name)
{
  g_autofree char *text = dup_line (self, name);

  rp_wire_fill (self->article, field, text);
}

static void
fill_formal (const Item *self, RpArticleField field, const char *path)
{
  g_autofree char *formal = rp_newsml_dup_formal (find_up (self, path));

  rp_wire_fill (self->article, field, formal);
}

/* Names and dates */

static void
read_id (const Item *self)
{
  xmlNode *id = rp_wire_at (self->item, "Identification/NewsIdentifier");
  g_autofree char *public_id = rp_wire_dup_at (id, "PublicIdentifier");
  g_autofree char *provider = rp_wire_dup_at (id, "ProviderId");
  g_autofree char *date = rp_wire_dup_at (id, "DateId");
  g_autofree char *own = rp_wire_dup_at (id, "NewsItemId");
  g_autofree char *revision = rp_wire_dup_at (id, "RevisionId");
  g_autofree char *joined = own != NULL ? g_strjoin (":", provider != NULL ? provider : "",
                                                     date != NULL ? date : "", own, NULL)
                                        : NULL;

  rp_article_fill (self->article, RP_ARTICLE_GUID, public_id);
  if (joined != NULL)
    rp_article_fill (self->article, RP_ARTICLE_GUID, joined + strspn (joined, ":"));
  rp_article_fill (self->article, RP_ARTICLE_VERSION, revision);
}

/* "Embargoed, usable from …": the change that is announced. */
static void
read_change (const Item *self, xmlNode *management)
{
  xmlNode *change = rp_wire_child (management, "StatusWillChange");
  g_autofree char *future = rp_newsml_dup_formal (rp_wire_child (change, "FutureStatus"));
  g_autofree char *when = rp_wire_dup_at (change, "DateAndTime");
  g_autofree char *status = rp_newsml_dup_formal (rp_wire_child (management, "Status"));
  gboolean held = status != NULL && g_ascii_strcasecmp (status, "usable") != 0;

  if (future == NULL || when == NULL)
    return;
  if (g_ascii_strcasecmp (future, "usable") == 0 && held) {
    rp_wire_set_time (self->article, RP_ARTICLE_EMBARGOED_UNTIL, when);
    rp_article_set (self->article, RP_ARTICLE_PUBSTATUS, "usable");
  } else if (!held) {
    rp_wire_set_time (self->article, RP_ARTICLE_EXPIRES, when);
  }
}

static void
read_management (const Item *self)
{
  xmlNode *management = rp_wire_child (self->item, "NewsManagement");
  g_autofree char *created = rp_wire_dup_at (management, "FirstCreated");
  g_autofree char *revised = rp_wire_dup_at (management, "ThisRevisionCreated");
  g_autofree char *status = rp_newsml_dup_formal (rp_wire_child (management, "Status"));
  g_autofree char *urgency = rp_newsml_dup_formal (rp_wire_child (management, "Urgency"));
  xmlNode *envelope = rp_wire_child (self->item->parent, "NewsEnvelope");
  g_autofree char *priority = rp_newsml_dup_formal (rp_wire_child (envelope, "Priority"));
  g_autofree char *sent = rp_wire_dup_at (envelope, "DateAndTime");

  rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, created);
  rp_wire_set_time (self->article, RP_ARTICLE_UPDATED, revised);
  rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, revised);
  rp_wire_set_time (self->article, RP_ARTICLE_PUBLISHED, sent);
  rp_fields_set_pubstatus (self->article, status);
  rp_fields_set_urgency (self->article, urgency);
  if (rp_article_get (self->article, RP_ARTICLE_URGENCY) == NULL)
    rp_fields_set_urgency (self->article, priority);
  read_change (self, management);
}

static void
read_language (const Item *self)
{
  static const char *const path = "DescriptiveMetadata/Language";
  g_autofree char *declared = rp_newsml_dup_formal (find_up (self, path));

  rp_fields_set_language (self->article, declared);
  for (xmlNode *node = self->component != NULL ? self->component : self->item;
       node != NULL && node->type == XML_ELEMENT_NODE; node = node->parent) {
    g_autofree char *language = rp_wire_dup_attribute (node, "lang");

    rp_fields_set_language (self->article, language);
  }
}

/* Heads */

static void
read_label (const Item *self)
{
  g_autofree char *label = rp_wire_dup_at (self->item, "Identification/NameLabel");

  fill_line (self, RP_ARTICLE_SLUGLINE, "SlugLine");
  rp_wire_fill (self->article, RP_ARTICLE_SLUGLINE, label);
}

static void
read_heads (const Item *self)
{
  static const struct {
    RpArticleField field;
    const char *line;
    const char *role;
  } heads[] = {{RP_ARTICLE_HEADLINE, "HeadLine", "headline"},
               {RP_ARTICLE_SUBHEADLINE, "SubHeadLine", "subheadline"},
               {RP_ARTICLE_DATELINE, "DateLine", "dateline"},
               {RP_ARTICLE_SUMMARY, "Abstract", "abstract"}};

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *words = rp_newsml_dup_by_role (self->item, heads[i].role);

    fill_line (self, heads[i].field, heads[i].line);
    rp_wire_fill (self->article, heads[i].field, words);
  }
}

/* The lines without an element of their own: advice for the desk, a summary. */
static void
read_other_lines (const Item *self)
{
  static RpRegex advice = RP_REGEX ("advis|note|instruct|embargo|correct|guidance|restrict");
  static RpRegex summary = RP_REGEX ("summary|abstract|synopsis|standfirst");

  for (xmlNode *node = rp_wire_find (self->item, NULL, "NewsLine"); node != NULL;
       node = rp_wire_find (self->item, node, "NewsLine")) {
    g_autofree char *type = rp_newsml_dup_formal (rp_wire_child (node, "NewsLineType"));
    g_autofree char *text = rp_wire_dup_at (node, "NewsLineText");

    if (type != NULL && rp_regex_test (&advice, type))
      rp_wire_add_note (self->article, text);
    else if (type != NULL && rp_regex_test (&summary, type))
      rp_wire_fill (self->article, RP_ARTICLE_SUMMARY, text);
  }
  for (xmlNode *node = rp_wire_find (self->item, NULL, "SpecialInstructions"); node != NULL;
       node = rp_wire_find (self->item, node, "SpecialInstructions")) {
    g_autofree char *text = rp_newsml_dup_formal (node);

    rp_wire_add_note (self->article, text);
  }
}

/* "Ada Field with Bo Reed in Holm": people only, without where they are. */
static void
read_creator (const Item *self)
{
  static RpRegex place = RP_REGEX ("\\s+in\\s+\\p{Lu}[^,;]*$");
  const char *provider = rp_article_get (self->article, RP_ARTICLE_PROVIDER);
  g_autofree char *creator =
    rp_newsml_dup_formal (find_up (self, "AdministrativeMetadata/Creator/Party"));
  g_autofree char *people = NULL;

  if (creator == NULL || strchr (creator, ' ') == NULL || rp_party_is_agency (creator) ||
      (provider != NULL && rp_text_same (creator, provider)))
    return;
  people = g_regex_replace_literal (rp_regex_get (&place), creator, -1, 0, "", 0, NULL);
  rp_fields_add_byline (self->article, people);
}

static void
read_people (const Item *self)
{
  g_autofree char *byline = rp_newsml_dup_formal (find_up (self, "NewsLines/ByLine"));
  g_autofree char *provider =
    rp_wire_dup_at (self->item, "Identification/NewsIdentifier/ProviderId");

  fill_formal (self, RP_ARTICLE_PROVIDER, "AdministrativeMetadata/Provider/Party");
  fill_formal (self, RP_ARTICLE_PROVIDER, "AdministrativeMetadata/Source/Party");
  rp_wire_fill (self->article, RP_ARTICLE_PROVIDER, provider);
  rp_fields_add_byline (self->article, byline);
  if (rp_article_get_authors (self->article)->len == 0)
    read_creator (self);
}

/* Words */

static void
read_subjects (const Item *self, xmlNode *metadata)
{
  for (xmlNode *group = rp_wire_child (metadata, "SubjectCode"); group != NULL;
       group = rp_wire_next (group, "SubjectCode")) {
    g_autofree char *own = rp_wire_dup_attribute (group, "FormalName");

    rp_newscodes_add (self->article, own, NULL, NULL);
    for (xmlNode *node = xmlFirstElementChild (group); node != NULL;
         node = xmlNextElementSibling (node)) {
      g_autofree char *code = rp_wire_dup_attribute (node, "FormalName");
      g_autofree char *name = rp_xml_dup_text (node);

      rp_newscodes_add (self->article, code, name, NULL);
    }
  }
  for (xmlNode *node = rp_wire_child (metadata, "Genre"); node != NULL;
       node = rp_wire_next (node, "Genre")) {
    g_autofree char *genre = rp_newsml_dup_formal (node);
    g_autofree char *code = genre != NULL ? g_strconcat ("genre:", genre, NULL) : NULL;

    rp_newscodes_add (self->article, code, NULL, NULL);
  }
}

static void
read_properties (const Item *self, xmlNode *metadata)
{
  for (xmlNode *node = rp_wire_child (metadata, "Property"); node != NULL;
       node = rp_wire_next (node, "Property")) {
    g_autofree char *name = rp_wire_dup_attribute (node, "FormalName");
    g_autofree char *value = rp_wire_dup_attribute (node, "Value");
    g_autofree char *role = rp_wire_dup_attribute (node, "Role");

    if (name != NULL && role == NULL && g_ascii_strncasecmp (name, "keyword", 7) == 0)
      rp_wire_add_keywords (self->article, value);
  }
}

static void
read_words (const Item *self)
{
  for (xmlNode *node = self->component; node != NULL;
       node = rp_wire_ancestor (node, "NewsComponent")) {
    xmlNode *metadata = rp_wire_child (node, "DescriptiveMetadata");
    xmlNode *lines = rp_wire_child (node, "NewsLines");

    read_subjects (self, metadata);
    read_properties (self, metadata);
    for (xmlNode *line = rp_wire_child (lines, "KeywordLine"); line != NULL;
         line = rp_wire_next (line, "KeywordLine")) {
      g_autofree char *words = rp_xml_dup_text (line);

      rp_wire_add_keywords (self->article, words);
    }
  }
}

/* Rights */

static void
read_usage (const Item *self, xmlNode *usage, RpWireRights *rights)
{
  g_autofree char *type = rp_newsml_dup_formal (rp_wire_child (usage, "UsageType"));
  g_autofree char *geography = rp_newsml_dup_formal (rp_wire_child (usage, "Geography"));
  g_autofree char *limits = rp_newsml_dup_formal (rp_wire_child (usage, "Limitations"));
  g_autofree char *start = rp_wire_dup_at (usage, "StartDate");
  g_autofree char *end = rp_wire_dup_at (usage, "EndDate");

  rp_wire_rights_take (&rights->licensor,
                       rp_newsml_dup_formal (rp_wire_child (usage, "RightsHolder")));
  rp_wire_rights_add_terms (rights, NULL, type);
  rp_wire_rights_add_terms (rights, _ ("Territory: %s."), geography);
  rp_wire_rights_add_terms (rights, NULL, limits);
  rp_wire_rights_set_window (rights, self->article, start, end);
}

static void
read_copyright (const Item *self, RpWireRights *rights)
{
  xmlNode *copyright = find_up (self, "RightsMetadata/Copyright");
  g_autofree char *date = rp_wire_dup_at (copyright, "CopyrightDate");
  xmlNode *line = find_up (self, "NewsLines/CopyrightLine");
  xmlNode *credit = find_up (self, "NewsLines/CreditLine");
  xmlNode *rights_line = find_up (self, "NewsLines/RightsLine");
  g_autofree char *words = rights_line != NULL ? rp_xml_dup_text (rights_line) : NULL;

  rp_wire_rights_take (&rights->holder,
                       rp_newsml_dup_formal (rp_wire_child (copyright, "CopyrightHolder")));
  if (line != NULL)
    rp_wire_rights_take (&rights->notice, rp_xml_dup_text (line));
  if (credit != NULL)
    rp_wire_rights_take (&rights->credit, rp_xml_dup_text (credit));
  if (rights->holder != NULL)
    rp_wire_rights_take (&rights->notice,
                         g_strdup_printf ("© %s%s%s", date != NULL ? date : "",
                                          date != NULL ? " " : "", rights->holder));
  rp_wire_rights_add_terms (rights, NULL, words);
}

static void
read_rights (const Item *self, RpRightsScan *scan)
{
  g_auto (RpWireRights) rights = {.evidence = "newsml"};

  read_copyright (self, &rights);
  for (xmlNode *node = self->component; node != NULL;
       node = rp_wire_ancestor (node, "NewsComponent")) {
    xmlNode *metadata = rp_wire_child (node, "RightsMetadata");

    for (xmlNode *usage = rp_wire_child (metadata, "UsageRights"); usage != NULL;
         usage = rp_wire_next (usage, "UsageRights"))
      read_usage (self, usage, &rights);
  }
  rp_wire_rights_apply (&rights, self->article, scan);
}

/* Body */

static void
read_body (const Item *self, RpRightsScan *scan)
{
  xmlNode *data = rp_wire_find (self->text, NULL, "DataContent");
  xmlNode *nitf = rp_wire_find (data, NULL, "nitf");

  if (nitf != NULL)
    rp_nitf_read (nitf, self->source, self->article, scan);
  else if (data != NULL)
    rp_nitf_read_body (data, self->source, self->article, scan);
}

void
rp_newsml_read_item (xmlNode *item, const RpSource *source, RpArticle *article, RpRightsScan *scan)
{
  Item self = {.item = item, .source = source, .article = article};

  self.text = rp_newsml_find_text (item);
  self.component = self.text != NULL ? rp_wire_ancestor (self.text, "NewsComponent")
                                     : rp_wire_find (item, NULL, "NewsComponent");
  read_id (&self);
  read_management (&self);
  read_language (&self);
  read_label (&self);
  read_heads (&self);
  read_other_lines (&self);
  read_people (&self);
  read_words (&self);
  read_rights (&self, scan);
  read_body (&self, scan);
  rp_newsml_read_pictures (item, source, article);
}

#include "rp-import-statement.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-clutter.h"
#include "rp-import-found.h"
#include "rp-import-party.h"
#include "rp-import-regex.h"
#include "rp-licence-form.h"
#include "rp-text.h"

#define EVIDENCE_CHARS 90
#define EDGE_BLOCKS 4 /* at the head and the end of a text each block is read */
#define PROSE_LENGTH 350

struct _RpRightsScan {
  RpScanHints hints;
  GPtrArray *found;  /* owned, of RpFound */
  char *site_footer; /* owned */
};

RpRightsScan *
rp_rights_scan_new (const RpScanHints *hints)
{
  RpRightsScan *self = g_new0 (RpRightsScan, 1);

  if (hints != NULL)
    self->hints = *hints;
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_found_free);
  return self;
}

void
rp_rights_scan_set_hints (RpRightsScan *self, const char *host, const char *site_name)
{
  self->hints.host = host;
  self->hints.site_name = site_name;
}

void
rp_rights_scan_free (RpRightsScan *self)
{
  g_ptr_array_unref (self->found);
  g_free (self->site_footer);
  g_free (self);
}

/* Whose notice is it */

static gboolean
is_of_site (const RpRightsScan *self, const RpFound *found)
{
  const char *holder = found->fields[RP_STATEMENT_RIGHTS_HOLDER];
  const char *licensor = found->fields[RP_STATEMENT_LICENSOR];
  const char *party = licensor != NULL ? licensor : holder;

  if (party == NULL)
    return FALSE;
  return (self->hints.host != NULL && rp_party_same (party, self->hints.host)) ||
         (self->hints.site_name != NULL && rp_party_same (party, self->hints.site_name));
}

static gboolean
speaks_of_site (const char *text)
{
  static RpRegex site =
    RP_REGEX ("\\b(?:this|our) (?:web ?site|site|blog|page'?s|theme)\\b|\\b(?:comments|icons|site "
              "content|content on|material on) \\b.{0,30}(?:this|our|the) (?:site|web ?site)|"
              "website (?:content|is)|all (?:site )?content (?:is|©)|except where (?:otherwise "
              ")?noted, content");
  static RpRegex text_itself = RP_REGEX ("\\bthis (?:article|story|post|text|piece|work)\\b");

  return rp_regex_test (&site, text) && !rp_regex_test (&text_itself, text);
}

static gboolean
is_foot (const RpRightsScan *self, const RpBlock *block, const RpFound *found, gboolean after_end)
{
  gboolean names = found->fields[RP_STATEMENT_LICENSOR] != NULL && !is_of_site (self, found);
  gboolean grants = found->kind == RP_RIGHTS_LICENSED || found->kind == RP_RIGHTS_PERMISSION ||
                    found->kind == RP_RIGHTS_ORIGINAL || found->kind == RP_RIGHTS_AGENCY;

  if (speaks_of_site (block->text))
    return TRUE;
  if (found->kind == RP_RIGHTS_IMAGE || found->kind == RP_RIGHTS_EMBARGO)
    return block->zone == RP_ZONE_OUTSIDE || after_end;
  if (block->zone == RP_ZONE_OUTSIDE || after_end)
    return !(grants && names) || rp_clutter_is_site_footer (block->text);
  if (found->kind == RP_RIGHTS_RESERVED)
    return rp_clutter_is_site_footer (block->text) || is_of_site (self, found);
  return FALSE;
}

static gboolean
can_join (const RpFound *a, const RpFound *b)
{
  return a->kind <= RP_RIGHTS_ORIGINAL && b->kind <= RP_RIGHTS_ORIGINAL;
}

/* Lines of one statement that stand below each other are one statement. */
static gboolean
join_previous (RpRightsScan *self, RpFound *found, guint index)
{
  RpFound *last =
    self->found->len > 0 ? g_ptr_array_index (self->found, self->found->len - 1) : NULL;
  char *joined;

  if (last == NULL || last->declared || last->block + 1 != index || !can_join (last, found))
    return FALSE;
  joined = g_strconcat (last->fields[RP_STATEMENT_STATEMENT], "\n",
                        found->fields[RP_STATEMENT_STATEMENT], NULL);
  g_free (last->fields[RP_STATEMENT_STATEMENT]);
  last->fields[RP_STATEMENT_STATEMENT] = joined;
  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    rp_found_set (last, i, found->fields[i]);
  last->kind = MIN (last->kind, found->kind);
  last->reserved |= found->reserved;
  last->block = index;
  rp_found_free (found);

  return TRUE;
}

/* A hard-wrapped statement goes on with a line that begins in lower case. */
static gboolean
continues (RpRightsScan *self, RpBlock *block, guint index)
{
  RpFound *last =
    self->found->len > 0 ? g_ptr_array_index (self->found, self->found->len - 1) : NULL;
  g_autofree char *text = g_strstrip (g_strdup (block->text));
  char *joined;

  if (last == NULL || last->declared || last->block + 1 != index || block->zone != RP_ZONE_BODY ||
      !g_unichar_islower (g_utf8_get_char (text)) || strlen (text) > 160 ||
      g_str_has_suffix (last->fields[RP_STATEMENT_STATEMENT], "."))
    return FALSE;
  joined = g_strconcat (last->fields[RP_STATEMENT_STATEMENT], "\n", text, NULL);
  g_free (last->fields[RP_STATEMENT_STATEMENT]);
  last->fields[RP_STATEMENT_STATEMENT] = joined;
  last->reserved |= rp_rights_is_reserved (text);
  last->block = index;
  block->leaves = TRUE;

  return TRUE;
}

static void
reject_foot (RpRightsScan *self, RpBlock *block)
{
  block->leaves = TRUE;
  block->is_foot = TRUE;
  if (self->site_footer == NULL)
    self->site_footer = rp_text_collapse (block->text);
}

static void
scan_block (RpRightsScan *self, RpBlock *block, guint index, gboolean after_end)
{
  RpFound *found = rp_found_read_block (block);

  if (found == NULL) {
    if (!continues (self, block, index) && rp_clutter_is_site_footer (block->text))
      reject_foot (self, block);
    return;
  }
  if (is_foot (self, block, found, after_end)) {
    if (found->kind != RP_RIGHTS_IMAGE && found->kind != RP_RIGHTS_EMBARGO)
      reject_foot (self, block);
    else
      block->leaves = FALSE;
    rp_found_free (found);
    return;
  }
  found->block = index;
  if (!join_previous (self, found, index))
    g_ptr_array_add (self->found, found);
}

/* A long paragraph in the middle of the text is prose: statements stand at its head or its end. */
static gboolean
is_middle_prose (const GPtrArray *blocks, guint index)
{
  const RpBlock *block = g_ptr_array_index (blocks, index);
  guint later = MIN (index + EDGE_BLOCKS, blocks->len - 1);
  const RpBlock *after = g_ptr_array_index (blocks, later);

  return index >= EDGE_BLOCKS && later == index + EDGE_BLOCKS && after->zone == RP_ZONE_BODY &&
         after->data != NULL && block->zone == RP_ZONE_BODY && strlen (block->text) > PROSE_LENGTH;
}

void
rp_rights_scan_blocks (RpRightsScan *self, GPtrArray *blocks)
{
  gboolean after_end = FALSE;

  for (guint i = 0; i < blocks->len; i++) {
    RpBlock *block = g_ptr_array_index (blocks, i);

    if (i > 0 && block->zone == RP_ZONE_BODY && rp_clutter_is_end (block->text))
      after_end = TRUE;
    if (!is_middle_prose (blocks, i))
      scan_block (self, block, i, after_end);
  }
}

/* Markup */

static RpRightsKind
judge_licence_value (const char *licence)
{
  g_autoptr (RpCc) cc = rp_cc_from_url (licence);
  RpRightsKind kind;

  if (cc != NULL)
    return cc->public_domain ? RP_RIGHTS_PUBLIC_DOMAIN : RP_RIGHTS_CREATIVE_COMMONS;
  if (rp_text_is_web_url (licence))
    return RP_RIGHTS_LICENSED;
  kind = rp_rights_words_judge (licence);
  return kind == RP_RIGHTS_NONE && rp_cc_is_mentioned (licence) ? RP_RIGHTS_CREATIVE_COMMONS : kind;
}

static void
add_markup (RpRightsScan *self,
            const RpMarkupRights *rights,
            RpRightsKind kind,
            const char *statement,
            const char *what)
{
  RpFound *found = g_new0 (RpFound, 1);
  g_autoptr (RpCc) cc = statement != NULL ? rp_cc_from_url (statement) : NULL;
  g_autofree char *shown = statement != NULL ? rp_text_shorten (statement, EVIDENCE_CHARS) : NULL;

  if (cc == NULL && statement != NULL)
    cc = rp_cc_from_text (statement);
  found->kind = kind;
  found->declared = TRUE;
  found->block = G_MAXUINT - 1;
  rp_found_set (found, RP_STATEMENT_STATEMENT, statement);
  rp_found_take_cc (found, cc);
  if (cc == NULL && statement != NULL && rp_text_is_web_url (statement) &&
      kind != RP_RIGHTS_ORIGINAL)
    rp_found_set (found, RP_STATEMENT_URL, statement);
  if (cc == NULL)
    rp_found_set (found, RP_STATEMENT_URL, rights->acquire_page);
  found->reserved = statement != NULL && rp_rights_is_reserved (statement);
  rp_found_set (found, RP_STATEMENT_RIGHTS_HOLDER, rights->holder);
  rp_found_set (found, RP_STATEMENT_COPYRIGHT_NOTICE, rights->notice);
  rp_found_set (found, RP_STATEMENT_USAGE_TERMS, rights->usage_terms);
  rp_found_set (found, RP_STATEMENT_CREDIT_LINE, rights->credit);
  if (kind == RP_RIGHTS_LICENSED)
    rp_found_set (found, RP_STATEMENT_LICENSOR, rights->holder);
  found->evidence = g_strdup_printf ("%s %s%s%s", rights->evidence, what, shown != NULL ? ": " : "",
                                     shown != NULL ? shown : "");
  g_ptr_array_add (self->found, found);
}

/* A notice in markup: the words decide the kind; a bare "© 2026 Holder" is a reservation. */
static void
scan_notice (RpRightsScan *self, const RpMarkupRights *rights)
{
  RpRightsKind kind = rp_rights_words_judge (rights->notice);
  g_autofree char *holder = rp_party_find_copyright (rights->notice);
  RpMarkupRights filled = *rights;

  if (filled.holder == NULL)
    filled.holder = holder;
  if (kind == RP_RIGHTS_NONE && rp_cc_is_mentioned (rights->notice))
    kind = RP_RIGHTS_CREATIVE_COMMONS;
  add_markup (self, &filled, kind, rights->notice, "copyright notice");
}

void
rp_rights_scan_markup (RpRightsScan *self, const RpMarkupRights *rights)
{
  if (rights->of_picture) {
    if (rights->notice != NULL || rights->credit != NULL || rights->licence != NULL) {
      guint index = self->found->len;
      RpFound *found;

      add_markup (self, rights, RP_RIGHTS_IMAGE,
                  rights->notice != NULL ? rights->notice : rights->credit, "picture");
      found = g_ptr_array_index (self->found, index);
      rp_found_set (found, RP_STATEMENT_URL, rights->licence);
    }
    return;
  }
  if (rights->licence != NULL)
    add_markup (self, rights, judge_licence_value (rights->licence), rights->licence, "license");
  if (rights->notice != NULL)
    scan_notice (self, rights);
  if (rights->policy != NULL)
    add_markup (self, rights, RP_RIGHTS_USAGE, rights->policy, "policy");
  if (rights->usage_terms != NULL && rights->licence == NULL && rights->notice == NULL)
    add_markup (self, rights, rp_rights_words_judge (rights->usage_terms), rights->usage_terms,
                "usage terms");
  if (rights->original_url != NULL) {
    guint index = self->found->len;

    add_markup (self, rights, RP_RIGHTS_ORIGINAL, rights->original_url, "canonical");
    rp_found_set (g_ptr_array_index (self->found, index), RP_STATEMENT_ORIGINAL_URL,
                  rights->original_url);
  }
  if (rights->holder != NULL && rights->licence == NULL && rights->notice == NULL)
    add_markup (self, rights, RP_RIGHTS_NONE, NULL, "copyright holder");
}

/* Result */

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const RpFound *left = *(RpFound *const *) a;
  const RpFound *right = *(RpFound *const *) b;

  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  return (int) left->declared - (int) right->declared;
}

static gboolean
differs (const RpFound *words, const RpFound *markup)
{
  const char *a = words->fields[RP_STATEMENT_SPDX];
  const char *b = markup->fields[RP_STATEMENT_SPDX];

  if (words->kind >= RP_RIGHTS_ORIGINAL || markup->kind >= RP_RIGHTS_ORIGINAL)
    return FALSE;
  if (a != NULL && b != NULL)
    return strcmp (a, b) != 0;
  return (a != NULL) != (b != NULL) && words->kind != markup->kind;
}

static void
warn_conflict (RpRightsScan *self, RpArticle *article)
{
  for (guint i = 0; i < self->found->len; i++) {
    const RpFound *words = g_ptr_array_index (self->found, i);

    for (guint k = 0; k < self->found->len && !words->declared; k++) {
      const RpFound *markup = g_ptr_array_index (self->found, k);

      if (markup->declared && differs (words, markup)) {
        rp_article_add_warning (article, "licence.conflict",
                                _ ("The words say “%s”, but the markup of the source says “%s”."),
                                words->fields[RP_STATEMENT_STATEMENT],
                                markup->fields[RP_STATEMENT_STATEMENT]);
        return;
      }
    }
  }
}

/* What a lesser statement may add: never a licence, never a party to another's grant. */
static gboolean
may_add (const RpFound *found, const RpFound *best, RpStatementField field)
{
  if (found == best)
    return TRUE;
  if (found->kind == RP_RIGHTS_IMAGE)
    return FALSE;
  switch (field) {
  case RP_STATEMENT_URL:
  case RP_STATEMENT_SPDX:
  case RP_STATEMENT_LICENSOR:
    return found->declared && best->declared && found->kind != RP_RIGHTS_USAGE;
  case RP_STATEMENT_STATEMENT:
    return FALSE;
  default:
    return TRUE;
  }
}

static void
apply (RpStatement *statement, const RpFound *found, const RpFound *best)
{
  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++) {
    if (found->fields[i] != NULL && may_add (found, best, i))
      rp_statement_fill (statement, i, found->fields[i]);
  }
  if (found->reserved && (found == best || found->kind != RP_RIGHTS_IMAGE))
    rp_statement_set_reserved (statement, TRUE);
  rp_statement_add_evidence (statement, found->evidence);
}

/* A licence with an address is more than the notice beside it. */
static void
raise_kind (RpStatement *statement)
{
  const char *kind = rp_statement_get (statement, RP_STATEMENT_KIND);
  const char *url = rp_statement_get (statement, RP_STATEMENT_URL);

  if (kind == NULL || strcmp (kind, rp_rights_kind_name (RP_RIGHTS_RESERVED)) == 0)
    rp_statement_set (statement, RP_STATEMENT_KIND,
                      rp_rights_kind_name (judge_licence_value (url)));
}

/* Public licences that are not of Creative Commons, by their addresses. */
static void
name_public_licence (RpStatement *statement)
{
  static const struct {
    const char *part;
    const char *spdx;
  } known[] = {
    {"nationalarchives.gov.uk/doc/open-government-licence/version/1", "OGL-UK-1.0"},
    {"nationalarchives.gov.uk/doc/open-government-licence/version/2", "OGL-UK-2.0"},
    {"nationalarchives.gov.uk/doc/open-government-licence/version/3", "OGL-UK-3.0"},
    {"opendatacommons.org/licenses/by/1", "ODC-By-1.0"},
    {"opendatacommons.org/licenses/by/summary", "ODC-By-1.0"},
    {"opendatacommons.org/licenses/pddl", "PDDL-1.0"},
    {"gnu.org/licenses/fdl-1.3", "GFDL-1.3"},
    {"gnu.org/licenses/fdl-1.2", "GFDL-1.2"},
  };
  const char *url = rp_statement_get (statement, RP_STATEMENT_URL);

  for (gsize i = 0; url != NULL && i < G_N_ELEMENTS (known); i++) {
    if (strstr (url, known[i].part) != NULL)
      rp_statement_fill (statement, RP_STATEMENT_SPDX, known[i].spdx);
  }
}

/* A policy in full (ODRL, RSL, TDMRep) says more than most forms have members for. */
static void
apply_policy (RpStatement *statement)
{
  static const struct {
    RpStatementField field;
    const char *member;
  } rows[] = {
    {RP_STATEMENT_URL, "url"},
    {RP_STATEMENT_SPDX, "spdx"},
    {RP_STATEMENT_LICENSOR, "licensor"},
    {RP_STATEMENT_RIGHTS_HOLDER, "rights_holder"},
    {RP_STATEMENT_COPYRIGHT_NOTICE, "copyright_notice"},
    {RP_STATEMENT_CREDIT_LINE, "credit_text"},
    {RP_STATEMENT_EXPIRES, "expires"},
  };
  const char *policy = rp_statement_get (statement, RP_STATEMENT_POLICY);
  g_autoptr (RpLicence) licence =
    policy != NULL && strpbrk (policy, "{<") != NULL ? rp_licence_form_read (policy, NULL) : NULL;

  if (licence == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    rp_statement_fill (statement, rows[i].field, rp_licence_get (licence, rows[i].member));
  if (rp_statement_get (statement, RP_STATEMENT_URL) != NULL &&
      rp_licence_get_terms (licence)->permission == RP_PERMISSION_YES)
    raise_kind (statement);
  if (rp_licence_get_terms (licence)->tdm_reserved)
    rp_statement_fill (statement, RP_STATEMENT_TDM, "reserved");
}

void
rp_rights_scan_finish (RpRightsScan *self, RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  const RpFound *best;

  warn_conflict (self, article);
  g_ptr_array_sort (self->found, compare_found);
  best = self->found->len > 0 ? g_ptr_array_index (self->found, 0) : NULL;
  if (best != NULL && best->kind != RP_RIGHTS_NONE) {
    rp_statement_set (statement, RP_STATEMENT_KIND, rp_rights_kind_name (best->kind));
    rp_statement_fill (statement, RP_STATEMENT_CONFIDENCE, best->declared ? "declared" : "parsed");
  }
  for (guint i = 0; i < self->found->len; i++)
    apply (statement, g_ptr_array_index (self->found, i), best);
  apply_policy (statement);
  name_public_licence (statement);
  if (rp_statement_get (statement, RP_STATEMENT_KIND) == NULL)
    rp_statement_set (statement, RP_STATEMENT_STATEMENT, NULL);
  if (self->site_footer != NULL)
    rp_statement_fill (statement, RP_STATEMENT_SITE_FOOTER, self->site_footer);
  if (rp_statement_get (statement, RP_STATEMENT_ORIGINAL_URL) != NULL) {
    rp_article_fill (article, RP_ARTICLE_CANONICAL_URL,
                     rp_statement_get (statement, RP_STATEMENT_ORIGINAL_URL));
    rp_article_fill (article, RP_ARTICLE_PROVIDER,
                     rp_statement_get (statement, RP_STATEMENT_LICENSOR));
  }
  rp_article_fill (article, RP_ARTICLE_EMBARGOED_UNTIL,
                   rp_statement_get (statement, RP_STATEMENT_EMBARGOED_UNTIL));
}

#include "rp-import-statement.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-import-cc.h"
#include "rp-import-clutter.h"
#include "rp-import-moment.h"
#include "rp-import-party.h"
#include "rp-import-regex.h"
#include "rp-import-rights-words.h"
#include "rp-text.h"

#define WHOLE_BLOCK_LIMIT 700
#define LONG_BLOCK_LIMIT 20000
#define PROSE_LEAD 90
#define EVIDENCE_CHARS 90

/* One statement, from words or from markup. */
typedef struct {
  RpRightsKind kind;
  char *fields[RP_STATEMENT_N_FIELDS]; /* owned */
  gboolean reserved;
  gboolean declared; /* by markup */
  char *evidence;    /* owned */
  guint block;       /* its last block's index */
} Found;

struct _RpRightsScan {
  RpScanHints hints;
  GPtrArray *found;  /* owned, of Found */
  char *site_footer; /* owned */
};

static void
found_free (gpointer data)
{
  Found *found = data;

  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    g_free (found->fields[i]);
  g_free (found->evidence);
  g_free (found);
}

static void
found_set (Found *found, RpStatementField field, const char *value)
{
  if (found->fields[field] == NULL && value != NULL && *value != '\0')
    found->fields[field] = g_strdup (value);
}

static void
found_take (Found *found, RpStatementField field, char *value)
{
  found_set (found, field, value);
  g_free (value);
}

RpBlock *
rp_block_new (const char *text, RpZone zone)
{
  RpBlock *block = g_new0 (RpBlock, 1);

  block->text = g_strdup (text);
  block->zone = zone;
  return block;
}

static void
link_free (gpointer data)
{
  RpBlockLink *link = data;

  g_free (link->anchor);
  g_free (link->url);
  g_free (link->rel);
  g_free (link);
}

void
rp_block_add_link (RpBlock *block, const char *anchor, const char *url, const char *rel)
{
  RpBlockLink *link = g_new0 (RpBlockLink, 1);

  if (block->links == NULL)
    block->links = g_ptr_array_new_with_free_func (link_free);
  link->anchor = g_strdup (anchor);
  link->url = g_strdup (url);
  link->rel = g_strdup (rel);
  g_ptr_array_add (block->links, link);
}

void
rp_block_free (RpBlock *block)
{
  g_free (block->text);
  g_clear_pointer (&block->links, g_ptr_array_unref);
  g_free (block->attribution_name);
  g_free (block->attribution_url);
  g_free (block);
}

RpRightsScan *
rp_rights_scan_new (const RpScanHints *hints)
{
  RpRightsScan *self = g_new0 (RpRightsScan, 1);

  if (hints != NULL)
    self->hints = *hints;
  self->found = g_ptr_array_new_with_free_func (found_free);
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

/* Words */

static void
take_cc (Found *found, RpCc *cc)
{
  if (cc == NULL)
    return;
  found_set (found, RP_STATEMENT_URL, cc->url);
  found_set (found, RP_STATEMENT_SPDX, cc->spdx);
  if (cc->public_domain && found->kind == RP_RIGHTS_CREATIVE_COMMONS)
    found->kind = RP_RIGHTS_PUBLIC_DOMAIN;
}

static gboolean
has_rel (const RpBlockLink *link, const char *word)
{
  g_auto (GStrv) words = link->rel != NULL ? g_strsplit (link->rel, " ", -1) : NULL;

  return words != NULL && g_strv_contains ((const char *const *) words, word);
}

static gsize
path_length (const char *url)
{
  const char *host = strstr (url, "://");
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;

  return path != NULL ? strlen (path) - 1 : 0;
}

/* The link that leads to the first publication: the deepest one that is no licence. */
static const char *
pick_original (const RpBlock *block)
{
  const char *best = NULL;

  for (guint i = 0; block->links != NULL && i < block->links->len; i++) {
    const RpBlockLink *link = g_ptr_array_index (block->links, i);
    g_autoptr (RpCc) cc = rp_cc_from_url (link->url);

    if (cc != NULL || has_rel (link, "license") || path_length (link->url) < 2)
      continue;
    if (best == NULL || path_length (link->url) > path_length (best))
      best = link->url;
  }
  return best;
}

static void
read_links (Found *found, const RpBlock *block)
{
  for (guint i = 0; block->links != NULL && i < block->links->len; i++) {
    const RpBlockLink *link = g_ptr_array_index (block->links, i);
    g_autoptr (RpCc) cc = rp_cc_from_url (link->url);

    take_cc (found, cc);
    if (cc == NULL && has_rel (link, "license"))
      found_set (found, RP_STATEMENT_URL, link->url);
  }
}

static void
read_original (Found *found, const RpBlock *block, const char *text)
{
  static RpRegex address = RP_REGEX ("(https?://[^\\s<>\"）)，。]+[^\\s<>\"）)，。.,;])");

  found_set (found, RP_STATEMENT_ORIGINAL_URL, block->attribution_url);
  if (!rp_rights_names_origin (text))
    return;
  found_set (found, RP_STATEMENT_ORIGINAL_URL, pick_original (block));
  if (block->links == NULL) {
    g_autofree char *url = rp_regex_dup_group (&address, text, 1);
    g_autoptr (RpCc) cc = rp_cc_from_url (url);

    if (cc == NULL && url != NULL && path_length (url) > 0)
      found_set (found, RP_STATEMENT_ORIGINAL_URL, url);
  }
}

static void
read_parties (Found *found, const RpBlock *block, const char *text)
{
  gboolean grants = found->kind <= RP_RIGHTS_PERMISSION || found->kind == RP_RIGHTS_ORIGINAL;

  found_set (found, RP_STATEMENT_LICENSOR, block->attribution_name);
  found_set (found, RP_STATEMENT_CREDIT_LINE, block->attribution_name);
  if (found->kind <= RP_RIGHTS_AGENCY)
    found_take (found, RP_STATEMENT_LICENSOR, rp_rights_find_grantor (text));
  if (grants)
    found_take (found, RP_STATEMENT_LICENSOR, rp_rights_find_origin (text));
  if (found->kind <= RP_RIGHTS_RESERVED) {
    found_take (found, RP_STATEMENT_RIGHTS_HOLDER, rp_party_find_parent (text));
    found_take (found, RP_STATEMENT_RIGHTS_HOLDER, rp_party_find_copyright (text));
  }
  if (found->kind == RP_RIGHTS_CREATIVE_COMMONS)
    found_set (found, RP_STATEMENT_LICENSOR, found->fields[RP_STATEMENT_RIGHTS_HOLDER]);
  if (found->kind == RP_RIGHTS_LICENSED && found->reserved)
    found_set (found, RP_STATEMENT_RIGHTS_HOLDER, found->fields[RP_STATEMENT_LICENSOR]);
}

static void
read_times (Found *found, const char *text)
{
  static RpRegex until =
    RP_REGEX ("\\b(?:no use after|(?:for )?use[d]? until|not to be used after|expires?(?: "
              "on)?|valid until|until|bis zum|jusqu['’]au|hasta el)\\s+(.{6,60})");
  g_autofree char *limit = NULL;

  if (rp_rights_is_embargo (text)) {
    found_take (found, RP_STATEMENT_EMBARGOED_UNTIL, rp_moment_find_instant (text));
    return;
  }
  limit = rp_regex_dup_group (&until, text, 1);
  if (limit != NULL)
    found_take (found, RP_STATEMENT_EXPIRES, rp_moment_find_date (limit));
  if (found->kind == RP_RIGHTS_USAGE)
    found_take (found, RP_STATEMENT_EXPIRES, rp_moment_find_duration (text));
}

static void
read_credit (Found *found, const char *text)
{
  g_autofree char *credit = rp_rights_find_credit (text);
  char *comma;

  if (credit == NULL)
    return;
  comma = strstr (credit, ", CC ");
  if (comma != NULL)
    *comma = '\0';
  found_set (found, RP_STATEMENT_CREDIT_LINE, credit);
}

static Found *
read_words (RpRightsKind kind, const RpBlock *block, const char *statement)
{
  Found *found = g_new0 (Found, 1);
  g_autofree char *flat = rp_text_collapse (statement);
  g_autofree char *shown = rp_text_shorten (flat, EVIDENCE_CHARS);

  found->kind = kind;
  found_set (found, RP_STATEMENT_STATEMENT, statement);
  found->reserved = rp_rights_is_reserved (flat);
  if (kind <= RP_RIGHTS_PUBLIC_DOMAIN || kind == RP_RIGHTS_IMAGE) {
    g_autoptr (RpCc) cc = NULL;

    read_links (found, block);
    cc = rp_cc_from_text (flat);
    take_cc (found, cc);
  }
  read_parties (found, block, flat);
  read_original (found, block, flat);
  read_times (found, flat);
  read_credit (found, flat);
  if (kind == RP_RIGHTS_USAGE)
    found_set (found, RP_STATEMENT_USAGE_TERMS, flat);
  if (kind == RP_RIGHTS_AGENCY || kind == RP_RIGHTS_RESERVED)
    found_set (found, RP_STATEMENT_COPYRIGHT_NOTICE, flat);
  found->evidence = g_strdup_printf ("text: %s", shown);

  return found;
}

/* Where the first sentence begins that speaks of rights; what is before it is prose when it is
 * long. */
static const char *
find_statement_start (const char *text)
{
  static RpRegex stop = RP_REGEX ("[.!?”\"]\\s+(?=\\S)|[。！？]|\\n+");
  g_autoptr (GMatchInfo) match = NULL;
  const char *from = text;

  g_regex_match (rp_regex_get (&stop), text, 0, &match);
  while (TRUE) {
    gboolean more = g_match_info_matches (match);
    int at = 0;
    int end = (int) strlen (text);
    g_autofree char *sentence = NULL;

    if (more)
      g_match_info_fetch_pos (match, 0, &at, &end);
    sentence = g_strndup (from, (gsize) (text + end - from));
    if (rp_rights_may_speak (sentence) && rp_rights_judge (g_strstrip (sentence)) != RP_RIGHTS_NONE)
      return from;
    if (!more)
      return NULL;
    from = text + end;
    g_match_info_next (match, NULL);
  }
}

/* The last sentences of a long paragraph, where a closing statement would stand. */
static const char *
find_tail (const char *text)
{
  gsize length = strlen (text);
  const char *tail = length > WHOLE_BLOCK_LIMIT ? text + length - WHOLE_BLOCK_LIMIT : text;

  while (tail > text && ((guchar) *tail & 0xC0) == 0x80)
    tail--;
  if (tail > text) {
    const char *stop = strstr (tail, ". ");

    tail = stop != NULL ? stop + 2 : tail;
  }
  return tail;
}

static Found *
read_caption (RpBlock *block)
{
  static RpRegex whole = RP_REGEX (
    "((?:\\(|\\[)?\\b(?:photos?|images?|pictures?|foto(?:graf[íi]a)?|bild|crédits? "
    "?photos?|(?:photo|image|picture) credits?|fot|фото|图片来源|圖片來源|图源|写真|画像|사진)"
    "(?:\\s*(?:credit|by|courtesy(?: of)?))?\\s*(?:[:：=.]|(?<=by)|(?<=of))\\s*\\S.{1,160})$");
  g_autofree char *text = rp_text_collapse (block->text);
  g_autofree char *statement = rp_regex_dup_group (&whole, text, 1);

  return statement != NULL ? read_words (RP_RIGHTS_IMAGE, block, statement) : NULL;
}

/* A licence link on its own, or a badge, in a block that says nothing in words. */
static Found *
read_badge (RpBlock *block)
{
  for (guint i = 0; block->links != NULL && i < block->links->len; i++) {
    const RpBlockLink *link = g_ptr_array_index (block->links, i);
    g_autoptr (RpCc) cc = rp_cc_from_url (link->url);

    if (cc != NULL && (has_rel (link, "license") || has_rel (link, "item-license"))) {
      g_autofree char *text = rp_text_clean (block->text);
      gboolean is_short = text != NULL && strlen (text) < 200;
      Found *found = read_words (RP_RIGHTS_CREATIVE_COMMONS, block, is_short ? text : link->url);

      block->leaves = is_short;
      return found;
    }
  }
  return NULL;
}

static Found *
read_block (RpBlock *block)
{
  g_autofree char *text = g_strstrip (g_strdup (block->text));
  const char *tail = find_tail (text);
  const char *start;
  g_autofree char *flat = NULL;
  RpRightsKind kind;

  if (block->zone == RP_ZONE_CAPTION)
    return read_caption (block);
  if (strlen (text) > LONG_BLOCK_LIMIT)
    return NULL;
  if (!rp_rights_may_speak (tail))
    return read_badge (block);
  flat = rp_text_collapse (tail);
  kind = rp_rights_judge (flat);
  start = kind != RP_RIGHTS_NONE || tail != text || strlen (text) > 200
            ? find_statement_start (tail)
            : NULL;
  if (kind == RP_RIGHTS_NONE && start == NULL)
    return read_badge (block);
  if (start != NULL && (tail != text || start - text > PROSE_LEAD)) {
    g_autofree char *part = rp_text_collapse (start);

    kind = rp_rights_judge (part);
    return kind < RP_RIGHTS_USAGE ? read_words (kind, block, start) : NULL;
  }
  if (kind == RP_RIGHTS_NONE)
    return NULL;
  block->leaves = TRUE;

  return read_words (kind, block, text);
}

/* Whose notice is it */

static gboolean
is_of_site (const RpRightsScan *self, const Found *found)
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
is_foot (const RpRightsScan *self, const RpBlock *block, const Found *found, gboolean after_end)
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
can_join (const Found *a, const Found *b)
{
  return a->kind <= RP_RIGHTS_ORIGINAL && b->kind <= RP_RIGHTS_ORIGINAL;
}

/* Lines of one statement that stand below each other are one statement. */
static gboolean
join_previous (RpRightsScan *self, Found *found, guint index)
{
  Found *last = self->found->len > 0 ? g_ptr_array_index (self->found, self->found->len - 1) : NULL;
  char *joined;

  if (last == NULL || last->declared || last->block + 1 != index || !can_join (last, found))
    return FALSE;
  joined = g_strconcat (last->fields[RP_STATEMENT_STATEMENT], "\n",
                        found->fields[RP_STATEMENT_STATEMENT], NULL);
  g_free (last->fields[RP_STATEMENT_STATEMENT]);
  last->fields[RP_STATEMENT_STATEMENT] = joined;
  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    found_set (last, i, found->fields[i]);
  last->kind = MIN (last->kind, found->kind);
  last->reserved |= found->reserved;
  last->block = index;
  found_free (found);

  return TRUE;
}

/* A hard-wrapped statement goes on with a line that begins in lower case. */
static gboolean
continues (RpRightsScan *self, RpBlock *block, guint index)
{
  Found *last = self->found->len > 0 ? g_ptr_array_index (self->found, self->found->len - 1) : NULL;
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
  Found *found = read_block (block);

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
    found_free (found);
    return;
  }
  found->block = index;
  if (!join_previous (self, found, index))
    g_ptr_array_add (self->found, found);
}

void
rp_rights_scan_blocks (RpRightsScan *self, GPtrArray *blocks)
{
  gboolean after_end = FALSE;

  for (guint i = 0; i < blocks->len; i++) {
    RpBlock *block = g_ptr_array_index (blocks, i);

    if (i > 0 && block->zone == RP_ZONE_BODY && rp_clutter_judge (block->text) == RP_CLUTTER_END)
      after_end = TRUE;
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
  kind = rp_rights_judge (licence);
  return kind == RP_RIGHTS_NONE && rp_cc_is_mentioned (licence) ? RP_RIGHTS_CREATIVE_COMMONS : kind;
}

static void
add_markup (RpRightsScan *self,
            const RpMarkupRights *rights,
            RpRightsKind kind,
            const char *statement,
            const char *what)
{
  Found *found = g_new0 (Found, 1);
  g_autoptr (RpCc) cc = statement != NULL ? rp_cc_from_url (statement) : NULL;
  g_autofree char *shown = statement != NULL ? rp_text_shorten (statement, EVIDENCE_CHARS) : NULL;

  if (cc == NULL && statement != NULL)
    cc = rp_cc_from_text (statement);
  found->kind = kind;
  found->declared = TRUE;
  found->block = G_MAXUINT - 1;
  found_set (found, RP_STATEMENT_STATEMENT, statement);
  take_cc (found, cc);
  if (cc == NULL && statement != NULL && rp_text_is_web_url (statement) &&
      kind != RP_RIGHTS_ORIGINAL)
    found_set (found, RP_STATEMENT_URL, statement);
  if (cc == NULL)
    found_set (found, RP_STATEMENT_URL, rights->acquire_page);
  found->reserved = statement != NULL && rp_rights_is_reserved (statement);
  found_set (found, RP_STATEMENT_RIGHTS_HOLDER, rights->holder);
  found_set (found, RP_STATEMENT_COPYRIGHT_NOTICE, rights->notice);
  found_set (found, RP_STATEMENT_USAGE_TERMS, rights->usage_terms);
  found_set (found, RP_STATEMENT_CREDIT_LINE, rights->credit);
  if (kind == RP_RIGHTS_LICENSED)
    found_set (found, RP_STATEMENT_LICENSOR, rights->holder);
  found->evidence = g_strdup_printf ("%s %s%s%s", rights->evidence, what, shown != NULL ? ": " : "",
                                     shown != NULL ? shown : "");
  g_ptr_array_add (self->found, found);
}

/* A notice in markup: the words decide the kind; a bare "© 2026 Holder" is a reservation. */
static void
scan_notice (RpRightsScan *self, const RpMarkupRights *rights)
{
  RpRightsKind kind = rp_rights_judge (rights->notice);
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
      Found *found;

      add_markup (self, rights, RP_RIGHTS_IMAGE,
                  rights->notice != NULL ? rights->notice : rights->credit, "picture");
      found = g_ptr_array_index (self->found, index);
      found_set (found, RP_STATEMENT_URL, rights->licence);
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
    add_markup (self, rights, rp_rights_judge (rights->usage_terms), rights->usage_terms,
                "usage terms");
  if (rights->original_url != NULL) {
    guint index = self->found->len;

    add_markup (self, rights, RP_RIGHTS_ORIGINAL, rights->original_url, "canonical");
    found_set (g_ptr_array_index (self->found, index), RP_STATEMENT_ORIGINAL_URL,
               rights->original_url);
  }
  if (rights->holder != NULL && rights->licence == NULL && rights->notice == NULL)
    add_markup (self, rights, RP_RIGHTS_NONE, NULL, "copyright holder");
}

/* Result */

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *left = *(Found *const *) a;
  const Found *right = *(Found *const *) b;

  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  return (int) left->declared - (int) right->declared;
}

static gboolean
differs (const Found *words, const Found *markup)
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
    const Found *words = g_ptr_array_index (self->found, i);

    for (guint k = 0; k < self->found->len && !words->declared; k++) {
      const Found *markup = g_ptr_array_index (self->found, k);

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
may_add (const Found *found, const Found *best, RpStatementField field)
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
apply (RpStatement *statement, const Found *found, const Found *best)
{
  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++) {
    if (found->fields[i] != NULL && may_add (found, best, i))
      rp_statement_fill (statement, i, found->fields[i]);
  }
  if (found->reserved && (found == best || found->kind != RP_RIGHTS_IMAGE))
    rp_statement_set_reserved (statement, TRUE);
  rp_statement_add_evidence (statement, found->evidence);
}

void
rp_rights_scan_finish (RpRightsScan *self, RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);
  const Found *best;

  warn_conflict (self, article);
  g_ptr_array_sort (self->found, compare_found);
  best = self->found->len > 0 ? g_ptr_array_index (self->found, 0) : NULL;
  if (best != NULL && best->kind != RP_RIGHTS_NONE) {
    rp_statement_set (statement, RP_STATEMENT_KIND, rp_rights_kind_name (best->kind));
    rp_statement_fill (statement, RP_STATEMENT_CONFIDENCE, best->declared ? "declared" : "parsed");
  }
  for (guint i = 0; i < self->found->len; i++)
    apply (statement, g_ptr_array_index (self->found, i), best);
  if (rp_statement_get (statement, RP_STATEMENT_KIND) == NULL)
    rp_statement_set (statement, RP_STATEMENT_STATEMENT, NULL);
  if (self->site_footer != NULL)
    rp_statement_fill (statement, RP_STATEMENT_SITE_FOOTER, self->site_footer);
  rp_article_fill (article, RP_ARTICLE_EMBARGOED_UNTIL,
                   rp_statement_get (statement, RP_STATEMENT_EMBARGOED_UNTIL));
}

#include "rp-import-found.h"

#include <string.h>

#include "rp-import-moment.h"
#include "rp-import-party.h"
#include "rp-import-regex.h"
#include "rp-text.h"

#define PROSE_LENGTH 500 /* bytes; a longer block is prose that may end on a statement */
#define WHOLE_BLOCK_LIMIT 700
#define LONG_BLOCK_LIMIT 20000
#define PROSE_LEAD 90
#define EVIDENCE_CHARS 90

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

void
rp_found_free (RpFound *found)
{
  for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
    g_free (found->fields[i]);
  g_free (found->evidence);
  g_free (found);
}

void
rp_found_set (RpFound *found, RpStatementField field, const char *value)
{
  if (found->fields[field] == NULL && value != NULL && *value != '\0')
    found->fields[field] = g_strdup (value);
}

void
rp_found_take (RpFound *found, RpStatementField field, char *value)
{
  rp_found_set (found, field, value);
  g_free (value);
}

void
rp_found_take_cc (RpFound *found, const RpCc *cc)
{
  if (cc == NULL)
    return;
  rp_found_set (found, RP_STATEMENT_URL, cc->url);
  rp_found_set (found, RP_STATEMENT_SPDX, cc->spdx);
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
read_links (RpFound *found, const RpBlock *block)
{
  for (guint i = 0; block->links != NULL && i < block->links->len; i++) {
    const RpBlockLink *link = g_ptr_array_index (block->links, i);
    g_autoptr (RpCc) cc = rp_cc_from_url (link->url);

    rp_found_take_cc (found, cc);
    if (cc == NULL && has_rel (link, "license"))
      rp_found_set (found, RP_STATEMENT_URL, link->url);
  }
}

static void
read_original (RpFound *found, const RpBlock *block, const char *text)
{
  static RpRegex address = RP_REGEX ("(https?://[^\\s<>\"）)，。]+[^\\s<>\"）)，。.,;])");

  rp_found_set (found, RP_STATEMENT_ORIGINAL_URL, block->attribution_url);
  if (found->kind == RP_RIGHTS_IMAGE || !rp_rights_names_origin (text))
    return;
  rp_found_set (found, RP_STATEMENT_ORIGINAL_URL, pick_original (block));
  if (block->links == NULL) {
    g_autofree char *url = rp_regex_dup_group (&address, text, 1);
    g_autoptr (RpCc) cc = rp_cc_from_url (url);

    if (cc == NULL && url != NULL && path_length (url) > 0)
      rp_found_set (found, RP_STATEMENT_ORIGINAL_URL, url);
  }
}

static void
read_parties (RpFound *found, const RpBlock *block, const char *text)
{
  gboolean grants = found->kind <= RP_RIGHTS_PERMISSION || found->kind == RP_RIGHTS_ORIGINAL;

  rp_found_set (found, RP_STATEMENT_LICENSOR, block->attribution_name);
  rp_found_set (found, RP_STATEMENT_CREDIT_LINE, block->attribution_name);
  if (found->kind <= RP_RIGHTS_AGENCY)
    rp_found_take (found, RP_STATEMENT_LICENSOR, rp_rights_find_grantor (text));
  if (grants)
    rp_found_take (found, RP_STATEMENT_LICENSOR, rp_rights_find_origin (text));
  if (found->kind <= RP_RIGHTS_RESERVED) {
    rp_found_take (found, RP_STATEMENT_RIGHTS_HOLDER, rp_party_find_parent (text));
    rp_found_take (found, RP_STATEMENT_RIGHTS_HOLDER, rp_party_find_copyright (text));
  }
  if (found->kind == RP_RIGHTS_CREATIVE_COMMONS)
    rp_found_set (found, RP_STATEMENT_LICENSOR, found->fields[RP_STATEMENT_RIGHTS_HOLDER]);
  if (found->kind == RP_RIGHTS_LICENSED && found->reserved)
    rp_found_set (found, RP_STATEMENT_RIGHTS_HOLDER, found->fields[RP_STATEMENT_LICENSOR]);
}

static void
read_times (RpFound *found, const char *text)
{
  static RpRegex until =
    RP_REGEX ("\\b(?:no use after|(?:for )?use[d]? until|not to be used after|expires?(?: "
              "on)?|valid until|until|bis zum|jusqu['’]au|hasta el)\\s+(.{6,60})");
  g_autofree char *limit = NULL;

  if (rp_rights_is_embargo (text)) {
    rp_found_take (found, RP_STATEMENT_EMBARGOED_UNTIL, rp_moment_find_instant (text));
    return;
  }
  limit = rp_regex_dup_group (&until, text, 1);
  if (limit != NULL)
    rp_found_take (found, RP_STATEMENT_EXPIRES, rp_moment_find_date (limit));
  if (found->kind == RP_RIGHTS_USAGE)
    rp_found_take (found, RP_STATEMENT_EXPIRES, rp_moment_find_duration (text));
}

static void
read_credit (RpFound *found, const char *text)
{
  g_autofree char *credit = rp_rights_find_credit (text);
  char *comma;

  if (credit == NULL)
    return;
  comma = strstr (credit, ", CC ");
  if (comma != NULL)
    *comma = '\0';
  rp_found_set (found, RP_STATEMENT_CREDIT_LINE, credit);
}

static RpFound *
read_words (RpRightsKind kind, const RpBlock *block, const char *statement)
{
  RpFound *found = g_new0 (RpFound, 1);
  g_autofree char *flat = rp_text_collapse (statement);
  g_autofree char *shown = rp_text_shorten (flat, EVIDENCE_CHARS);

  found->kind = kind;
  rp_found_set (found, RP_STATEMENT_STATEMENT, statement);
  found->reserved = rp_rights_is_reserved (flat);
  if (kind <= RP_RIGHTS_PUBLIC_DOMAIN || kind == RP_RIGHTS_IMAGE) {
    g_autoptr (RpCc) cc = NULL;

    read_links (found, block);
    cc = rp_cc_from_text (flat);
    rp_found_take_cc (found, cc);
  }
  read_parties (found, block, flat);
  read_original (found, block, flat);
  read_times (found, flat);
  read_credit (found, flat);
  if (kind == RP_RIGHTS_USAGE)
    rp_found_set (found, RP_STATEMENT_USAGE_TERMS, flat);
  if (kind == RP_RIGHTS_AGENCY || kind == RP_RIGHTS_RESERVED)
    rp_found_set (found, RP_STATEMENT_COPYRIGHT_NOTICE, flat);
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
    if (rp_rights_may_speak (sentence) &&
        rp_rights_words_judge (g_strstrip (sentence)) != RP_RIGHTS_NONE)
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

static RpFound *
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
static RpFound *
read_badge (RpBlock *block)
{
  for (guint i = 0; block->links != NULL && i < block->links->len; i++) {
    const RpBlockLink *link = g_ptr_array_index (block->links, i);
    g_autoptr (RpCc) cc = rp_cc_from_url (link->url);

    if (cc != NULL && (has_rel (link, "license") || has_rel (link, "item-license"))) {
      g_autofree char *text = rp_text_clean (block->text);
      gboolean is_short = text != NULL && strlen (text) < 200;
      RpFound *found = read_words (RP_RIGHTS_CREATIVE_COMMONS, block, is_short ? text : link->url);

      block->leaves = is_short;
      return found;
    }
  }
  return NULL;
}

RpFound *
rp_found_read_block (RpBlock *block)
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
  if (strlen (flat) > PROSE_LENGTH && find_statement_start (tail) == NULL)
    return read_badge (block);
  kind = rp_rights_words_judge (flat);
  start = kind != RP_RIGHTS_NONE || tail != text || strlen (text) > 200
            ? find_statement_start (tail)
            : NULL;
  if (kind == RP_RIGHTS_NONE && start == NULL)
    return read_badge (block);
  if (start != NULL && (tail != text || start - text > PROSE_LEAD)) {
    g_autofree char *part = rp_text_collapse (start);

    kind = rp_rights_words_judge (part);
    return kind < RP_RIGHTS_USAGE ? read_words (kind, block, start) : NULL;
  }
  if (kind == RP_RIGHTS_NONE)
    return NULL;
  block->leaves = TRUE;

  return read_words (kind, block, text);
}

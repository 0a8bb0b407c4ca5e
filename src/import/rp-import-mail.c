#include "rp-import-mail.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-html.h"
#include "rp-import-document.h"
#include "rp-import-fields.h"
#include "rp-import-lift.h"
#include "rp-import-mail-text.h"
#include "rp-import-mime.h"
#include "rp-import-moment.h"
#include "rp-import-picture.h"
#include "rp-import-regex.h"
#include "rp-import-rights-words.h"
#include "rp-text.h"

#define COVER_WORDS 150  /* a longer text is an article itself, whatever is attached */
#define SUBJECT_CHARS 80 /* of the subject as first line of a plain text */

extern const RpImporter rp_importer_text;

typedef struct {
  const RpSource *source; /* lent */
  RpImportSink *sink;     /* lent */
  RpMime *mime;           /* owned */
  RpForwarded forwarded;
  char *note;                /* owned: what stood above a forwarded mail */
  RpArticle *article;        /* owned: the mail itself */
  RpImportList *attachments; /* owned: articles that came with it */
} Mail;

/* The text */

static RpArticle *
read_html (Mail *self, const char *headline)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (self->mime->html, strlen (self->mime->html));
  g_autoptr (xmlDoc) doc = rp_html_parse (bytes, "utf-8", NULL);
  g_autoptr (RpRightsScan) scan = rp_rights_scan_new (NULL);
  RpArticle *article = rp_article_new ();
  xmlNode *body = doc != NULL ? rp_html_get_body (doc) : NULL;
  g_autofree char *html = NULL;

  rp_article_set (article, RP_ARTICLE_HEADLINE, headline);
  if (body == NULL)
    return article;
  rp_mail_text_strip_tree (body, &self->forwarded, &self->note);
  html = rp_html_serialise (body);
  rp_document_set_body (article, scan, html, NULL);
  rp_rights_scan_finish (scan, article);
  return article;
}

/* Plain text is read as any other, with the subject above it as its headline. */
static RpArticle *
read_text (Mail *self, const char *headline)
{
  g_autofree char *text = rp_mail_text_strip (self->mime->text, &self->forwarded, &self->note);
  g_autofree char *forwarded = rp_mail_text_dup_headline (self->forwarded.subject);
  const char *title = forwarded != NULL ? forwarded : headline;
  g_autofree char *first = title != NULL ? rp_text_shorten (title, SUBJECT_CHARS) : NULL;
  g_autofree char *whole = g_strconcat (first != NULL ? first : "", "\n\n", text, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (whole, strlen (whole));
  g_autoptr (RpSource) source = rp_source_new (bytes, self->source->name);
  g_autoptr (RpImportList) list = rp_import_list_new ();

  if (rp_text_is_empty (text) || !rp_importer_text.parse (source, &list->sink, NULL) ||
      list->articles->len == 0) {
    RpArticle *empty = rp_article_new ();

    rp_article_set (empty, RP_ARTICLE_HEADLINE, headline);
    return empty;
  }
  if (first != NULL && g_str_has_suffix (first, "…"))
    rp_article_set (g_ptr_array_index (list->articles, 0), RP_ARTICLE_HEADLINE, title);
  return g_object_ref (g_ptr_array_index (list->articles, 0));
}

static gboolean
has_words (const char *html)
{
  return rp_html_count_words (html) > 0;
}

/* Below "ENDS" stand notes to editors and whom to call: no text, but worth keeping. */
static void
split_notes (RpArticle *article)
{
  const char *html = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autoptr (xmlDoc) doc = html != NULL ? rp_html_parse_fragment (html) : NULL;
  xmlNode *body = doc != NULL ? rp_html_get_body (doc) : NULL;
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autofree char *kept = NULL;
  gboolean after = FALSE;
  xmlNode *node = body != NULL ? body->children : NULL;

  while (node != NULL) {
    xmlNode *next = node->next;
    g_autofree char *text = rp_xml_dup_text (node);

    after |= text != NULL && node->prev != NULL && rp_mail_text_is_end (text);
    if (after) {
      if (text != NULL && !(rp_mail_text_is_end (text) && rp_text_count_words (text) <= 3))
        g_string_append_printf (notes, "%s%s", notes->len > 0 ? "\n" : "", text);
      xmlUnlinkNode (node);
      xmlFreeNode (node);
    }
    node = next;
  }
  if (!after)
    return;
  kept = rp_html_serialise (body);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, kept);
  rp_article_fill (article, RP_ARTICLE_ED_NOTE, notes->str);
}

/* Headers */

/* "Hartley, Zoë (Press Office)" is Zoë Hartley. Gives. */
static char *
dup_person (const char *name)
{
  static RpRegex turned = RP_REGEX ("^([\\p{L}'’-]+), ((?:[\\p{L}'’.-]+ ?){1,3})$");
  static RpRegex extra = RP_REGEX ("\\s*(?:\\([^)]*\\)|\\bvia\\b.*|[|/–—].*|\\s-\\s.*)$");
  g_autofree char *bare =
    name != NULL ? g_regex_replace_literal (rp_regex_get (&extra), name, -1, 0, "", 0, NULL) : NULL;
  g_autofree char *last = bare != NULL ? rp_regex_dup_group (&turned, bare, 1) : NULL;
  g_autofree char *first = bare != NULL ? rp_regex_dup_group (&turned, bare, 2) : NULL;

  if (last != NULL && first != NULL)
    return g_strdup_printf ("%s %s", g_strstrip (first), last);
  return rp_text_clean (bare);
}

static const char *
find_domain (const char *address)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  return at != NULL && at[1] != '\0' ? at + 1 : NULL;
}

static gboolean
is_own_link (const char *url, const char *domain)
{
  static RpRegex other =
    RP_REGEX ("unsubscribe|preferences|optout|opt-out|abmelden|désinscri|privacy|/track|/click|"
              "\\.(?:png|jpe?g|gif|pdf|zip|docx?)$");
  g_autofree char *host = rp_text_host (url);
  const char *path = host != NULL ? strstr (url + 8, "/") : NULL;
  gboolean own =
    host != NULL &&
    (strcmp (host, domain) == 0 ||
     (g_str_has_suffix (host, domain) && host[strlen (host) - strlen (domain) - 1] == '.') ||
     (g_str_has_suffix (domain, host) && domain[strlen (domain) - strlen (host) - 1] == '.'));

  return own && path != NULL && strlen (path) > 1 && !rp_regex_test (&other, url);
}

/* The first link to the sender's own site is most often the release on the web. */
static void
find_canonical (RpArticle *article, const char *domain)
{
  const char *html = rp_article_get (article, RP_ARTICLE_BODY_HTML);
  g_autoptr (xmlDoc) doc = html != NULL && domain != NULL ? rp_html_parse_fragment (html) : NULL;
  xmlNode *body = doc != NULL ? rp_html_get_body (doc) : NULL;

  for (xmlNode *node = body; node != NULL; node = rp_xml_follow (node, body, TRUE)) {
    const char *href = rp_xml_is (node, NULL, "a") ? rp_xml_peek_attribute (node, "href") : NULL;

    if (href != NULL && rp_text_is_web_url (href) && is_own_link (href, domain)) {
      rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, href);
      return;
    }
  }
}

static void
set_embargo (RpArticle *article, const char *subject)
{
  RpStatement *statement = rp_article_get_statement (article);
  g_autofree char *instant = NULL;

  if (subject == NULL || !(rp_rights_is_embargo (subject) || strstr (subject, "EMBARGO") != NULL))
    return;
  instant = rp_moment_find_instant (subject);
  if (instant != NULL && rp_article_fill (article, RP_ARTICLE_EMBARGOED_UNTIL, instant)) {
    rp_statement_fill (statement, RP_STATEMENT_EMBARGOED_UNTIL, instant);
    rp_statement_fill (statement, RP_STATEMENT_KIND, "embargo");
    rp_statement_fill (statement, RP_STATEMENT_STATEMENT, subject);
    rp_statement_fill (statement, RP_STATEMENT_CONFIDENCE, "parsed");
    rp_statement_add_evidence (statement, "mail subject");
  }
  if (rp_article_get (article, RP_ARTICLE_EMBARGOED_UNTIL) == NULL)
    rp_article_add_warning (article, "embargo.unclear",
                            _ ("The subject speaks of an embargo, but states no day with time and "
                               "zone. Ask the sender."));
}

static void
set_words (RpArticle *article, const char *keywords)
{
  g_auto (GStrv) words = keywords != NULL ? g_strsplit_set (keywords, ",;", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    rp_article_add_tag (article, words[i]);
}

/* What the mail's header says of any article in it; a forwarded mail's own header comes first. */
static void
apply_headers (Mail *self, RpArticle *article)
{
  char *const *headers = self->mime->headers;
  const RpForwarded *forwarded = &self->forwarded;
  gboolean is_forward = forwarded->from != NULL || forwarded->address != NULL;
  const char *address = is_forward ? forwarded->address : headers[RP_MIME_ADDRESS];
  g_autofree char *person = dup_person (is_forward ? forwarded->from : headers[RP_MIME_FROM]);

  rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, is_forward ? forwarded->date : NULL);
  rp_fields_set_time (article, RP_ARTICLE_PUBLISHED, headers[RP_MIME_DATE]);
  if (rp_article_get_authors (article)->len == 0)
    rp_fields_add_author (article, person, NULL, address);
  rp_fields_set_language (article, headers[RP_MIME_LANGUAGE]);
  set_words (article, headers[RP_MIME_KEYWORDS]);
  if (rp_text_is_web_url (headers[RP_MIME_ARCHIVED_AT]))
    rp_article_fill (article, RP_ARTICLE_CANONICAL_URL, headers[RP_MIME_ARCHIVED_AT]);
  find_canonical (article, find_domain (address));
  rp_article_fill (article, RP_ARTICLE_PROVIDER, find_domain (address));
  set_embargo (article, headers[RP_MIME_SUBJECT]);
}

/* When it was sent is more exact than a day in the text. */
static void
set_sent (Mail *self)
{
  g_autofree char *stated = g_strdup (rp_article_get (self->article, RP_ARTICLE_PUBLISHED));

  rp_article_set (self->article, RP_ARTICLE_PUBLISHED, NULL);
  rp_fields_set_time (self->article, RP_ARTICLE_PUBLISHED, self->forwarded.date);
  rp_fields_set_time (self->article, RP_ARTICLE_PUBLISHED, self->mime->headers[RP_MIME_DATE]);
  rp_article_fill (self->article, RP_ARTICLE_PUBLISHED, stated);
}

static void
read_own (Mail *self)
{
  const char *subject = self->mime->headers[RP_MIME_SUBJECT];
  g_autofree char *headline = rp_mail_text_dup_headline (subject);
  g_autofree char *forwarded = NULL;

  self->article =
    has_words (self->mime->html) ? read_html (self, headline) : read_text (self, headline);
  forwarded = rp_mail_text_dup_headline (self->forwarded.subject);
  if (forwarded != NULL)
    rp_article_set (self->article, RP_ARTICLE_HEADLINE, forwarded);
  split_notes (self->article);
  set_sent (self);
  rp_article_fill (self->article, RP_ARTICLE_GUID, self->mime->headers[RP_MIME_MESSAGE_ID]);
  apply_headers (self, self->article);
  if (self->note != NULL)
    rp_article_fill (self->article, RP_ARTICLE_ED_NOTE, g_strstrip (self->note));
  rp_fields_derive_headline (self->article);
}

/* Pictures */

static gboolean
is_picture (const RpMimePart *part)
{
  return g_str_has_prefix (part->type, "image/") || rp_picture_sniff (part->bytes) != NULL;
}

static GBytes *
find_picture (const char *url, char **out_name, gpointer user_data)
{
  Mail *self = user_data;
  g_autofree char *id =
    g_str_has_prefix (url, "cid:") ? g_uri_unescape_string (url + 4, NULL) : NULL;

  for (guint i = 0; id != NULL && i < self->mime->parts->len; i++) {
    RpMimePart *part = g_ptr_array_index (self->mime->parts, i);

    if (is_picture (part) &&
        (g_strcmp0 (part->content_id, id) == 0 || g_strcmp0 (part->name, id) == 0)) {
      *out_name = g_strdup (part->name);
      return g_bytes_ref (part->bytes);
    }
  }
  return NULL;
}

static gboolean
is_shown (RpArticle *article, const RpMimePart *part)
{
  GPtrArray *all = rp_article_get_media (article);

  for (guint i = 0; i < all->len; i++) {
    if (rp_media_get_bytes (g_ptr_array_index (all, i)) == part->bytes)
      return TRUE;
  }
  return FALSE;
}

/* Pictures beside the text. A logo that a mail program put into a signature has gone with it. */
static void
add_pictures (Mail *self, RpArticle *article)
{
  rp_document_attach_pictures (article, find_picture, self);
  for (guint i = 0; i < self->mime->parts->len; i++) {
    RpMimePart *part = g_ptr_array_index (self->mime->parts, i);
    gboolean of_signature =
      !part->attached && part->content_id != NULL && *self->mime->html != '\0';
    g_autofree char *name = NULL;

    if (!is_picture (part) || of_signature || is_shown (article, part))
      continue;
    name =
      part->name != NULL ? g_path_get_basename (part->name) : g_strdup_printf ("picture-%u", i + 1);
    rp_document_add_picture (article, name, part->bytes);
  }
}

/* Attachments */

/* Cards, appointments, signatures: nobody means them as articles. */
static gboolean
is_of_the_mail (const RpMimePart *part)
{
  static const char *const types[] = {
    "text/x-vcard",        "text/vcard",      "text/calendar",
    "application/ics",     "text/css",        "text/rfc822-headers",
    "application/ms-tnef", "text/x-amp-html", NULL};

  return g_strv_contains (types, part->type) || g_str_has_prefix (part->type, "message/delivery") ||
         is_picture (part);
}

static void
remark (Mail *self, const char *code, const char *words)
{
  if (self->sink->remark != NULL)
    self->sink->remark (self->sink, code, words);
}

static void
import_part (Mail *self, const RpMimePart *part)
{
  g_autoptr (RpSource) source = rp_source_new (part->bytes, part->name);
  g_autoptr (GError) error = NULL;
  const char *name = part->name != NULL ? part->name : _ ("Attached mail");
  g_autofree char *words = NULL;

  g_free (source->name);
  source->name = self->source->name != NULL ? g_strconcat (self->source->name, "/", name, NULL)
                                            : g_strdup (name);
  source->declared_type =
    strcmp (part->type, "application/octet-stream") != 0 ? g_strdup (part->type) : NULL;
  source->declared_charset = g_strdup (part->charset);
  source->base_url = rp_document_dup_cid (name);
  source->depth = self->source->depth + 1;
  source->allowance = self->source->allowance;
  if (rp_import (source, &self->attachments->sink, &error))
    return;
  /* Translators: an attachment's file name, then why it was left out */
  words = g_strdup_printf (_ ("“%s” was left out: %s"), name, error->message);
  remark (self, "mail.attachment", words);
}

static void
import_parts (Mail *self)
{
  self->attachments = rp_import_list_new ();
  for (guint i = 0; i < self->mime->parts->len; i++) {
    const RpMimePart *part = g_ptr_array_index (self->mime->parts, i);

    if (!is_of_the_mail (part))
      import_part (self, part);
  }
}

/* The day when the sender made the file is worth less than the day of the mail. */
static void
drop_file_date (RpArticle *article)
{
  GPtrArray *warnings = rp_article_get_warnings (article);

  for (guint i = 0; i < warnings->len; i++) {
    if (g_str_has_prefix (g_ptr_array_index (warnings, i), "date.of_file:")) {
      g_ptr_array_remove_index (warnings, i);
      rp_article_set (article, RP_ARTICLE_PUBLISHED, NULL);
      return;
    }
  }
}

/* An embargo or a licence in the covering note holds for what it covers. */
static void
cover (Mail *self, RpArticle *article)
{
  RpStatement *said = rp_article_get_statement (self->article);
  RpStatement *statement = rp_article_get_statement (article);
  const char *embargo = rp_article_get (self->article, RP_ARTICLE_EMBARGOED_UNTIL);
  const char *note = rp_article_get_body_text (self->article);

  drop_file_date (article);
  if (rp_statement_get (statement, RP_STATEMENT_KIND) == NULL &&
      rp_statement_get (said, RP_STATEMENT_KIND) != NULL) {
    for (guint i = 0; i < RP_STATEMENT_N_FIELDS; i++)
      rp_statement_fill (statement, i, rp_statement_get (said, i));
    rp_statement_add_evidence (statement, "covering mail");
  }
  rp_statement_fill (statement, RP_STATEMENT_EMBARGOED_UNTIL, embargo);
  rp_article_fill (article, RP_ARTICLE_EMBARGOED_UNTIL, embargo);
  rp_article_fill (article, RP_ARTICLE_ED_NOTE, note);
  if (self->attachments->articles->len == 1) {
    rp_article_fill (article, RP_ARTICLE_GUID, self->mime->headers[RP_MIME_MESSAGE_ID]);
    add_pictures (self, article);
  }
  apply_headers (self, article);
}

/* The same text again, as a document. */
static gboolean
is_repeated (Mail *self, RpArticle *article)
{
  g_autofree char *own = rp_text_collapse (rp_article_get_body_text (self->article));
  g_autofree char *other = rp_text_collapse (rp_article_get_body_text (article));
  g_autofree char *start =
    other != NULL ? g_utf8_substring (other, 0, MIN (60, g_utf8_strlen (other, -1))) : NULL;

  return rp_text_same (rp_article_get (self->article, RP_ARTICLE_HEADLINE),
                       rp_article_get (article, RP_ARTICLE_HEADLINE)) ||
         (own != NULL && start != NULL && *start != '\0' && strstr (own, start) != NULL);
}

static gboolean
give (Mail *self, RpArticle *article)
{
  return self->sink->article (self->sink, article);
}

/* Which of the mail and its attachments are articles. FALSE when the sink wants no more. */
static gboolean
give_all (Mail *self)
{
  const char *body = rp_article_get (self->article, RP_ARTICLE_BODY_HTML);
  guint words = rp_html_count_words (body);
  GPtrArray *attached = self->attachments->articles;
  gboolean is_cover = attached->len > 0 && words < COVER_WORDS;

  if (!is_cover) {
    add_pictures (self, self->article);
    if (!give (self, self->article))
      return FALSE;
  }
  for (guint i = 0; i < attached->len; i++) {
    RpArticle *article = g_ptr_array_index (attached, i);

    if (is_cover)
      cover (self, article);
    else if (is_repeated (self, article))
      continue;
    if (!give (self, article))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_empty (Mail *self)
{
  gboolean pictures = FALSE;

  for (guint i = 0; i < self->mime->parts->len; i++)
    pictures |= is_picture (g_ptr_array_index (self->mime->parts, i));
  return rp_article_get (self->article, RP_ARTICLE_BODY_HTML) == NULL && !pictures &&
         self->attachments->articles->len == 0 &&
         rp_statement_is_empty (rp_article_get_statement (self->article));
}

static gboolean
import (Mail *self, gboolean *out_enough, GError **error)
{
  gboolean more;

  if (self->mime->locked) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_CREDENTIALS,
                         _ ("This mail is encrypted. Open it in your mail program, copy its text "
                            "and paste that instead."));
    return FALSE;
  }
  read_own (self);
  import_parts (self);
  for (guint i = 0; i < self->attachments->remarks->len; i++)
    remark (self, "mail.attachment", g_ptr_array_index (self->attachments->remarks, i));
  if (self->mime->cut)
    remark (self, "mail.cut",
            _ ("The mail has more parts than a mail of people has; the rest was left out."));
  if (is_empty (self)) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("There is no text in this mail, and no document that can be read."));
    return FALSE;
  }
  more = give_all (self);
  if (out_enough != NULL)
    *out_enough = !more;
  return TRUE;
}

gboolean
rp_mail_import (const RpSource *source,
                GBytes *message,
                RpImportSink *sink,
                gboolean *out_enough,
                GError **error)
{
  Mail self = {.source = source, .sink = sink};
  gboolean done;

  if (source->depth > RP_SOURCE_DEPTH_LIMIT) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_TOO_LARGE,
                         _ ("The mail lies too deep within archives and other mails. Save it as a "
                            "file of its own and import that."));
    return FALSE;
  }
  self.mime = rp_mime_read (message, error);
  done = self.mime != NULL && import (&self, out_enough, error);
  rp_forwarded_clear (&self.forwarded);
  g_clear_pointer (&self.mime, rp_mime_free);
  g_clear_pointer (&self.note, g_free);
  g_clear_object (&self.article);
  g_clear_pointer (&self.attachments, rp_import_list_free);

  return done;
}

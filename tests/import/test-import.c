/* What is no article, and what is hostile: each a clear result. */
#include <string.h>

#include "rp-error.h"
#include "rp-import-cc.h"
#include "rp-import-moment.h"
#include "rp-import-rights-words.h"
#include "rp-importer.h"

static RpImportList *
import (const char *data, gsize size, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (RpSource) source = rp_source_new (bytes, name);
  RpImportList *list = rp_import_list_new ();

  rp_import (source, &list->sink, error);
  return list;
}

static const struct {
  const char *name;
  const char *data;
  gsize size;
  int code;
} refused[] = {
  {"empty", "", 0, RP_ERROR_UNSUPPORTED},
  {"rich-text", "{\\rtf1\\ansi A text.}", 21, RP_ERROR_UNSUPPORTED},
  {"pdf", "%PDF-1.7 stream", 15, RP_ERROR_UNSUPPORTED},
  {"program",
   "\x7F"
   "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0\1\0\0\0",
   24, RP_ERROR_UNSUPPORTED},
  {"blank", " \n\t\n \n", 6, RP_ERROR_UNREADABLE},
  {"feed-without-items", "<rss version='2.0'><channel><title>Nothing</title></channel></rss>", 66,
   RP_ERROR_UNREADABLE},
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpImportList) list =
    import (refused[i].data, refused[i].size, refused[i].name, &error);

  g_assert_error (error, RP_ERROR, refused[i].code);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_cmpuint (list->articles->len, ==, 0);
}

static const struct {
  const char *name;
  const char *data;
  const char *headline; /* NULL = not asked */
  const char *body_part;
  const char *warning; /* prefix, NULL = none asked */
} survived[] = {
  {"text-without-headline",
   "The lamps along the quay at Westmark went dark on Friday evening and stayed so until the crew "
   "had found the cable. Nobody was hurt.",
   NULL, "Westmark", "headline.derived"},
  {"latin-1",
   "Der sch\xF6ne K\xE4se von Oberhag\n\nEr kostet \x80 5 und reift in der alten M\xFChle.",
   "Der schöne Käse von Oberhag", "€ 5", NULL},
  {"utf-8-declared-otherwise",
   "<html><head><meta charset=\"iso-8859-1\"></head><body><h1>Gr\xC3\xBC\xC3\x9F Gott, "
   "Kleinstett</h1><p>Die Br\xC3\xBC"
   "cke ist offen, sagt die Gemeinde am Morgen.</p>",
   "Grüß Gott, Kleinstett", "Brücke", NULL},
  {"external-entity",
   "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>Lock &x; "
   "opens</title><description>&x; dry</description></item></channel></rss>",
   "Lock opens", "dry", NULL},
  {"entity-bomb",
   "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
   "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]><rss><channel><item><title>Boom &c; "
   "&a;</title><description>quiet</description></item></channel></rss>",
   "Boom ha", "quiet", NULL},
  {"broken-html",
   "<h1>Bell tower of Arnhold<p>The bell <b>rang <i>twice</b> before noon.</i><div><p>Nobody knew "
   "who pulled the rope that day.",
   NULL, "twice", NULL},
  {"broken-feed",
   "<rss><channel><item><title>First</title><description>Whole "
   "item</description></item><item><title>Second",
   "First", "Whole item", NULL},
};

static gboolean
has_warning (RpArticle *article, const char *prefix)
{
  GPtrArray *warnings = rp_article_get_warnings (article);

  for (guint i = 0; i < warnings->len; i++) {
    if (g_str_has_prefix (g_ptr_array_index (warnings, i), prefix))
      return TRUE;
  }
  return FALSE;
}

static void
test_survived (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpImportList) list =
    import (survived[i].data, strlen (survived[i].data), survived[i].name, &error);
  RpArticle *article;

  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, >=, 1);
  article = g_ptr_array_index (list->articles, 0);
  if (survived[i].headline != NULL)
    g_assert_cmpstr (rp_article_get (article, RP_ARTICLE_HEADLINE), ==, survived[i].headline);
  g_assert_nonnull (strstr (rp_article_get (article, RP_ARTICLE_BODY_HTML), survived[i].body_part));
  if (survived[i].warning != NULL)
    g_assert_true (has_warning (article, survived[i].warning));
}

static void
test_large_text (void)
{
  g_autoptr (GString) text = g_string_new ("A very long evening in Dunmere\n\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (RpImportList) list = NULL;
  const char *scale =
    g_getenv ("REPRINT_TEST_SCALE"); /* smaller where the build is slow on purpose */
  gsize size = 50 * 1024 * 1024 / MAX (scale != NULL ? g_ascii_strtoull (scale, NULL, 10) : 1, 1);

  while (text->len < size)
    g_string_append (text, "The clock struck again, and the council of Dunmere was still reading "
                           "its minutes aloud.\n\n");
  list = import (text->str, text->len, "long.txt", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->articles->len, ==, 1);
  g_assert_cmpstr (rp_article_get (g_ptr_array_index (list->articles, 0), RP_ARTICLE_HEADLINE), ==,
                   "A very long evening in Dunmere");
}

/* The receiver stops after two items of a feed that has many; nothing after them is read. */
static gboolean
take_two (RpImportSink *sink, RpArticle *article)
{
  guint *count = sink->user_data;

  return ++*count < 2;
}

static void
test_stop (void)
{
  guint count = 0;
  RpImportSink sink = {.article = take_two, .user_data = &count};
  g_autoptr (GString) feed = g_string_new ("<rss><channel>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RpSource) source = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (
      feed, "<item><title>Item %d</title><description>Text</description></item>", i);
  g_string_append (feed, "</channel></rss>");
  bytes = g_bytes_new (feed->str, feed->len);
  source = rp_source_new (bytes, "many.xml");
  g_assert_true (rp_import (source, &sink, &error));
  g_assert_cmpuint (count, ==, 2);
}

static void
test_conflict (void)
{
  const char *page =
    "<html><head><link rel=\"license\" "
    "href=\"https://creativecommons.org/licenses/by/4.0/\"></head><body><article><h1>Two licences "
    "for one song</h1>"
    "<p>The choir of Lower Brae recorded it in the barn, because the church had no roof that "
    "winter, and nobody minded the owls.</p>"
    "<p>This article is licensed under a CC BY-NC-ND 4.0 license.</p></article></body></html>";
  g_autoptr (GError) error = NULL;
  g_autoptr (RpImportList) list = import (page, strlen (page), "two.html", &error);
  RpArticle *article = g_ptr_array_index (list->articles, 0);

  g_assert_no_error (error);
  g_assert_true (has_warning (article, "licence.conflict"));
  g_assert_cmpuint (rp_statement_get_evidence (rp_article_get_statement (article))->len, >=, 2);
}

static const struct {
  const char *input;
  const char *url;
  const char *spdx;
} licences[] = {
  {"http://creativecommons.org/licenses/by/4.0/deed.de",
   "https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"},
  {"https://www.creativecommons.org/licenses/by-sa/3.0/de/",
   "https://creativecommons.org/licenses/by-sa/3.0/de/", "CC-BY-SA-3.0-DE"},
  {"//creativecommons.org/licenses/by-nc-nd/4.0/legalcode",
   "https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0"},
  {"https://creativecommons.org/publicdomain/zero/1.0/?ref=chooser-v1",
   "https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"},
  {"https://creativecommons.org/publicdomain/mark/1.0/",
   "https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"},
  {"https://example.org/licenses/by/4.0/", NULL, NULL},
  {"https://creativecommons.org/licenses/by/4./0", NULL, NULL},
  {"https://creativecommons.org/about/", NULL, NULL},
};

static void
test_licences (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (licences); i++) {
    g_autoptr (RpCc) cc = rp_cc_from_url (licences[i].input);

    g_assert_cmpstr (cc != NULL ? cc->url : NULL, ==, licences[i].url);
    g_assert_cmpstr (cc != NULL ? cc->spdx : NULL, ==, licences[i].spdx);
  }
}

static const struct {
  const char *words;
  const char *spdx;
} spoken[] = {
  {"released under CC BY 4.0", "CC-BY-4.0"},
  {"Creative Commons Attribution-ShareAlike 3.0 Austria", "CC-BY-SA-3.0-AT"},
  {"Creative Commons Namensnennung - Nicht kommerziell - Keine Bearbeitungen 4.0 International",
   "CC-BY-NC-ND-4.0"},
  {"a Creative Commons license", NULL},
  {"CC0", "CC0-1.0"},
};

static void
test_spoken (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spoken); i++) {
    g_autoptr (RpCc) cc = rp_cc_from_text (spoken[i].words);

    g_assert_cmpstr (cc != NULL ? cc->spdx : NULL, ==, spoken[i].spdx);
  }
}

static const struct {
  const char *line;
  const char *kind;
} judged[] = {
  {"Published under license from Fernhill Weekly.", "licensed"},
  {"Reprinted with permission from the Oakmoor Gazette.", "permission"},
  {"Mit freundlicher Genehmigung der Tannberger Post.", "permission"},
  {"This story was first published by Marlpit News.", "original-link"},
  {"© 2026 Isla Brandt. All rights reserved.", "all-rights-reserved"},
  {"EMBARGOED UNTIL 10:00 GMT Friday 6 March 2026", "embargo"},
  {"Embargo: none - for immediate release", "none"},
  {"The trade embargo will last until 3 May 2026.", "none"},
  {"The engine was built in Corvale under licence from its designers.", "none"},
  {"She said the song had been licensed under Creative Commons long ago.", "none"},
  {"Photo: Nils Aren / Skyfold Pictures", "image-credit"},
  {"NO ARCHIVES. NO SALES.", "usage-restriction"},
};

static void
test_judged (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (judged); i++) {
    g_test_message ("%s", judged[i].line);
    g_assert_cmpstr (rp_rights_kind_name (rp_rights_words_judge (judged[i].line)), ==,
                     judged[i].kind);
  }
}

static const struct {
  const char *text;
  const char *instant;
} moments[] = {
  {"06:00 GMT Wednesday 4 February 2026", "2026-02-04T06:00:00Z"},
  {"9.30am BST on 11 June 2026", "2026-06-11T09:30:00+01:00"},
  {"Donnerstag, 12. Februar 2026, 10.00 Uhr MEZ", "2026-02-12T10:00:00+01:00"},
  {"8am on Thursday 27th August", NULL},
  {"10:00 on 4 March 2026", NULL},
};

static void
test_moments (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++) {
    g_autofree char *instant = rp_moment_find_instant (moments[i].text);

    g_assert_cmpstr (instant, ==, moments[i].instant);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree char *path = g_strdup_printf ("/import/refused/%s", refused[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (survived); i++) {
    g_autofree char *path = g_strdup_printf ("/import/survived/%s", survived[i].name);

    g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_survived);
  }
  g_test_add_func ("/import/text/large", test_large_text);
  g_test_add_func ("/import/feed/stop", test_stop);
  g_test_add_func ("/import/licence/conflict", test_conflict);
  g_test_add_func ("/import/licence/address", test_licences);
  g_test_add_func ("/import/licence/words", test_spoken);
  g_test_add_func ("/import/rights/judged", test_judged);
  g_test_add_func ("/import/moment/instant", test_moments);

  return g_test_run ();
}

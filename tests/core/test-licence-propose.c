#include "rp-json.h"
#include "rp-licence-book.h"

#include <string.h>

static const char *const agreements[] = {
  "{\"id\":\"quay\",\"name\":\"Quay deal\",\"permission\":\"yes\",\"match\":[\"licensor:Quay "
  "Media\"]}",
  "{\"id\":\"host\",\"name\":\"Host deal\",\"permission\":\"yes\",\"match\":[\"lamps.example\"]}",
  "{\"id\":\"page\",\"name\":\"Page deal\",\"permission\":\"yes\","
  "\"match\":[\"https://shared.example/desk/\"]}",
  "{\"id\":\"feed\",\"name\":\"Feed deal\",\"permission\":\"yes\","
  "\"match\":[\"feed:https://feeds.example/news.xml\"]}",
  "{\"id\":\"wire\",\"name\":\"Wire deal\",\"permission\":\"yes\",\"match\":[\"provider:Reed "
  "Wire\"]}",
  "{\"id\":\"word\",\"name\":\"Word deal\",\"permission\":\"yes\",\"match\":[\"word:harbour "
  "POOL\"]}",
  "{\"id\":\"pool\",\"name\":\"Pool deal\",\"permission\":\"ask\",\"match\":[\"word:the ferry "
  "pool\"]}",
  "{\"id\":\"holder\",\"name\":\"Holder deal\",\"permission\":\"yes\",\"match\":[\"holder:Reed "
  "Ltd\"]}",
};

static RpLicenceBook *
new_book (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "licences", NULL);
  g_autoptr (GError) error = NULL;
  RpLicenceBook *book = rp_licence_book_new ();

  rp_licence_book_load_folder (book, folder, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (agreements); i++) {
    g_autoptr (JsonNode) node = rp_json_parse_text (agreements[i], &error);
    g_autoptr (RpLicence) licence = rp_licence_new_from_json (json_node_get_object (node), &error);

    g_assert_no_error (error);
    rp_licence_book_add (book, licence);
  }

  return book;
}

static const struct {
  const char *name;
  const char *kind;
  const char *statement;
  const char *url;
  const char *spdx;
  const char *licensor;
  const char *holder;
  const char *page;
  const char *source;
  const char *provider;
  gboolean reserved;
  const char *source_confidence;
  const char *licence;
  const char *confidence;
  const char *others; /* ids, joined by spaces */
} cases[] = {
  {"nothing", .licence = NULL, .others = ""},
  {"cc-link", "creative-commons", "CC BY", "http://creativecommons.org/licenses/by/4.0/deed.de",
   .source_confidence = "declared", .licence = "cc-by-4.0", .confidence = "declared", .others = ""},
  {"cc-words-exact", "creative-commons", "CC BY-ND 4.0", .spdx = "CC-BY-ND-4.0",
   .source_confidence = "parsed", .licence = "cc-by-nd-4.0", .confidence = "parsed", .others = ""},
  {"cc-letters-only", "creative-commons", "Published under CC BY-SA.",
   .source_confidence = "parsed", .licence = "cc-by-sa-4.0", .confidence = "guessed", .others = ""},
  {"cc-name-only", "creative-commons", "under a Creative Commons licence",
   .source_confidence = "parsed", .licence = "cc-by-nc-nd-4.0", .confidence = "guessed",
   .others = ""},
  {"cc-long-words", "creative-commons", "Attribution-NonCommercial", .licence = "cc-by-nc-4.0",
   .confidence = "guessed", .others = ""},
  {"public-domain-words", "public-domain", "in the public domain",
   .licence = "public-domain-mark-1.0", .confidence = "guessed", .others = ""},
  {"reserved", "all-rights-reserved", "All rights reserved", .reserved = TRUE,
   .source_confidence = "parsed", .licence = "all-rights-reserved", .confidence = "parsed",
   .others = ""},
  {"licensor-without-agreement", "licensed", "Published under licence from Nobody",
   .licensor = "Nobody", .reserved = TRUE, .licence = NULL, .others = ""},
  {"agreement-outranks-reserved", "licensed", "Published under licence", .licensor = "quay  MEDIA",
   .reserved = TRUE, .source_confidence = "parsed", .licence = "quay", .confidence = "parsed",
   .others = ""},
  {"agreement-by-holder", "licensed", "x", .holder = "Reed Ltd", .source_confidence = "declared",
   .licence = "holder", .confidence = "declared", .others = ""},
  {"agreement-by-host", .page = "https://www.lamps.example/a", .licence = "host",
   .confidence = "declared", .others = ""},
  {"agreement-by-subdomain", .page = "https://news.lamps.example/a", .licence = "host",
   .confidence = "declared", .others = ""},
  {"host-that-only-ends-alike", .page = "https://notlamps.example/a", .licence = NULL,
   .others = ""},
  {"agreement-by-page", .page = "http://shared.example/desk/7", .licence = "page",
   .confidence = "declared", .others = ""},
  {"page-elsewhere-on-that-host", .page = "http://shared.example/other/7", .licence = NULL,
   .others = ""},
  {"rule-of-a-person", .page = "https://ruled.example/x", .licence = "quay",
   .confidence = "declared", .others = ""},
  {"agreement-by-feed", .source = "http://www.feeds.example/news.xml", .licence = "feed",
   .confidence = "declared", .others = ""},
  {"another-feed-of-that-site", .source = "https://feeds.example/news.xml?all", .licence = NULL,
   .others = ""},
  {"agreement-by-provider", .provider = "REED  wire", .licence = "wire", .confidence = "declared",
   .others = ""},
  {"agreement-by-words", "licensed", "For members of the Harbour\nPool, only.", .licence = "word",
   .confidence = "declared", .source_confidence = "declared", .others = ""},
  {"words-within-words", "licensed", "The harbour pools are closed.", .licence = NULL,
   .others = ""},
  {"whole-words-after-others", "licensed", "Old harbour pools and the harbour pool.",
   .licence = "word", .confidence = "declared", .others = ""},
  {"two-agreements-by-words", "licensed", "Harbour Pool and the Ferry Pool share this.",
   .licence = "word", .confidence = "declared", .others = "pool"},
  {"agreement-and-cc-disagree", "creative-commons", "CC BY",
   "https://creativecommons.org/licenses/by/4.0/", .page = "https://lamps.example/a",
   .source_confidence = "declared", .licence = "host", .confidence = "declared",
   .others = "cc-by-4.0"},
  {"link-and-words-disagree", "creative-commons", "CC BY-NC",
   "https://creativecommons.org/licenses/by/4.0/", "CC-BY-NC-4.0", .reserved = TRUE,
   .source_confidence = "declared", .licence = "cc-by-4.0", .confidence = "declared",
   .others = "all-rights-reserved cc-by-nc-4.0"},
};

static RpArticle *
article_for (guint i)
{
  RpArticle *article = rp_article_new ();
  RpStatement *statement = rp_article_get_statement (article);

  rp_statement_set (statement, RP_STATEMENT_KIND, cases[i].kind);
  rp_statement_set (statement, RP_STATEMENT_STATEMENT, cases[i].statement);
  rp_statement_set (statement, RP_STATEMENT_URL, cases[i].url);
  rp_statement_set (statement, RP_STATEMENT_SPDX, cases[i].spdx);
  rp_statement_set (statement, RP_STATEMENT_LICENSOR, cases[i].licensor);
  rp_statement_set (statement, RP_STATEMENT_RIGHTS_HOLDER, cases[i].holder);
  rp_statement_set (statement, RP_STATEMENT_CONFIDENCE, cases[i].source_confidence);
  rp_statement_set_reserved (statement, cases[i].reserved);
  rp_article_set (article, RP_ARTICLE_CANONICAL_URL, cases[i].page);
  rp_article_set (article, RP_ARTICLE_SOURCE_URL, cases[i].source);
  rp_article_set (article, RP_ARTICLE_PROVIDER, cases[i].provider);

  return article;
}

static char *
join_ids (GPtrArray *licences)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < licences->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", rp_licence_get_id (licences->pdata[i]));

  return g_string_free (ids, FALSE);
}

static void
test_propose (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RpLicenceBook) book = new_book ();
  g_autoptr (RpArticle) article = article_for (i);
  g_autoptr (RpProposal) proposal = NULL;
  g_autofree char *others = NULL;

  rp_licence_book_add_rule (book, "ruled.example", "quay");
  proposal = rp_licence_book_propose (book, article);
  others = join_ids (proposal->others);
  g_assert_cmpstr (proposal->licence != NULL ? rp_licence_get_id (proposal->licence) : NULL, ==,
                   cases[i].licence);
  g_assert_cmpstr (proposal->confidence, ==, cases[i].confidence);
  g_assert_cmpstr (others, ==, cases[i].others);
  g_assert_nonnull (proposal->reason);
}

static void
test_order (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();
  gboolean seen_builtin = FALSE;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (book));

  g_assert_cmpuint (n, >, 30);
  for (guint i = 0; i < n; i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (G_LIST_MODEL (book), i);

    g_assert_false (seen_builtin && !rp_licence_is_builtin (licence));
    seen_builtin = seen_builtin || rp_licence_is_builtin (licence);
  }
  g_assert_true (rp_licence_book_remove (book, "QUAY"));
  g_assert_false (rp_licence_book_remove (book, "quay"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (book)), ==, n - 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/core/licence-book/propose/%s", cases[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_propose);
  }
  g_test_add_func ("/core/licence-book/order", test_order);

  return g_test_run ();
}

#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-book.h"
#include "rp-time.h"

#include <string.h>

static RpLicenceBook *
new_book (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "data", "licences", NULL);
  g_autoptr (GError) error = NULL;
  RpLicenceBook *book = rp_licence_book_new ();

  rp_licence_book_load_folder (book, folder, &error);
  g_assert_no_error (error);

  return book;
}

static RpLicence *
licence_from_text (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rp_json_parse_text (json, &error);
  RpLicence *licence;

  g_assert_no_error (error);
  licence = rp_licence_new_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);

  return licence;
}

static RpArticle *
sample_article (const char *language)
{
  RpArticle *article = rp_article_new ();

  rp_article_set (article, RP_ARTICLE_HEADLINE, "Tide & time");
  rp_article_set (article, RP_ARTICLE_SITE_NAME, "Mill Gazette");
  rp_article_set (article, RP_ARTICLE_CANONICAL_URL, "https://gazette.example/tide?a=1&b=2");
  rp_article_set (article, RP_ARTICLE_PUBLISHED, "2026-03-01T10:00:00Z");
  rp_article_set (article, RP_ARTICLE_LANGUAGE, language);
  rp_article_add_author (article, "Ada Reeve", NULL, NULL);

  return article;
}

static void
test_urls (void)
{
  static const struct {
    const char *url;
    const char *id;
  } cases[] = {
    {"https://creativecommons.org/licenses/by/4.0/", "cc-by-4.0"},
    {"http://www.creativecommons.org/licenses/by/4.0", "cc-by-4.0"},
    {"//creativecommons.org/licenses/by-nc-nd/4.0/deed.fr", "cc-by-nc-nd-4.0"},
    {"https://creativecommons.org/licenses/by-sa/3.0/legalcode", "cc-by-sa-3.0"},
    {"https://creativecommons.org/licenses/by-nd/4.0/?ref=chooser-v1", "cc-by-nd-4.0"},
    {"https://creativecommons.org/licenses/by-sa/3.0/de/deed.en", "cc-by-sa-3.0-de"},
    {"https://creativecommons.org/licenses/by/3.0/fr/", "cc-by-3.0-fr"},
    {"https://creativecommons.org/licenses/by-nd-nc/1.0/", "cc-by-nc-nd-1.0"},
    {"https://creativecommons.org/publicdomain/zero/1.0/deed.es", "cc0-1.0"},
    {"http://creativecommons.org/publicdomain/mark/1.0/", "public-domain-mark-1.0"},
    {"https://opendatacommons.org/licenses/pddl/", "pddl-1.0"},
    {"http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "ogl-uk-3.0"},
    {"https://creativecommons.org/licenses/by/9.0/", NULL},
    {"https://creativecommons.org/", NULL},
    {"https://example.com/terms", NULL},
    {"", NULL},
    {NULL, NULL},
  };
  g_autoptr (RpLicenceBook) book = new_book ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    RpLicence *licence = rp_licence_book_lookup_url (book, cases[i].url);

    g_test_message ("%s", cases[i].url);
    g_assert_cmpstr (licence != NULL ? rp_licence_get_id (licence) : NULL, ==, cases[i].id);
  }
}

static void
test_lookup (void)
{
  static const struct {
    const char *key;
    const char *id;
    const char *spdx;
  } cases[] = {
    {"CC-BY-4.0", "cc-by-4.0", "CC-BY-4.0"},
    {"cc by-sa 4.0", "cc-by-sa-4.0", "CC-BY-SA-4.0"},
    {"CC-BY-SA-3.0-DE", "cc-by-sa-3.0-de", "CC-BY-SA-3.0-DE"},
    {"CC-BY-SA-3.0-FR", "cc-by-sa-3.0-fr", "CC-BY-SA-3.0"},
    {"CC-BY-SA-2.1-JP", "cc-by-sa-2.1-jp", "CC-BY-SA-2.1-JP"},
    {"All rights reserved", "all-rights-reserved", NULL},
    {"CC-BY-7.0", NULL, NULL},
    {"nothing", NULL, NULL},
  };
  g_autoptr (RpLicenceBook) book = new_book ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    RpLicence *licence = rp_licence_book_lookup (book, cases[i].key);

    g_test_message ("%s", cases[i].key);
    g_assert_cmpstr (licence != NULL ? rp_licence_get_id (licence) : NULL, ==, cases[i].id);
    g_assert_cmpstr (licence != NULL ? rp_licence_get_spdx (licence) : NULL, ==, cases[i].spdx);
  }
}

static void
test_creative_commons (void)
{
  static const struct {
    const char *text;
    gboolean found;
    gboolean by, nc, nd, sa;
    int version;
    const char *jurisdiction;
  } cases[] = {
    {"CC-BY-4.0", TRUE, TRUE, FALSE, FALSE, FALSE, 40, ""},
    {"CC-BY-NC-SA-3.0-IGO", TRUE, TRUE, TRUE, FALSE, TRUE, 30, "IGO"},
    {"https://creativecommons.org/licenses/by-nc-nd/2.5/au/deed.en", TRUE, TRUE, TRUE, TRUE, FALSE,
     25, "AU"},
    {"CC0-1.0", TRUE, FALSE, FALSE, FALSE, FALSE, 10, ""},
    {"CC-PDM-1.0", TRUE, FALSE, FALSE, FALSE, FALSE, 10, ""},
    {"MIT", FALSE, FALSE, FALSE, FALSE, FALSE, 0, ""},
    {NULL, FALSE, FALSE, FALSE, FALSE, FALSE, 0, ""},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    RpCreativeCommons kind;

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (rp_creative_commons_read (cases[i].text, &kind), ==, cases[i].found);
    g_assert_cmpint (kind.attribution, ==, cases[i].by);
    g_assert_cmpint (kind.non_commercial, ==, cases[i].nc);
    g_assert_cmpint (kind.no_derivatives, ==, cases[i].nd);
    g_assert_cmpint (kind.share_alike, ==, cases[i].sa);
    g_assert_cmpint (kind.version, ==, cases[i].version);
    g_assert_cmpstr (kind.jurisdiction, ==, cases[i].jurisdiction);
  }
}

static void
test_credit (void)
{
  static const struct {
    const char *licence;
    const char *language;
    const char *credit;
  } cases[] = {
    {"cc-by-4.0", "en",
     "“Tide & time” by Ada Reeve was first published by Mill Gazette and is republished under CC "
     "BY 4.0."},
    {"cc-by-nd-3.0", "de-AT",
     "„Tide & time“ von Ada Reeve erschien zuerst bei Mill Gazette und steht unter der Lizenz CC "
     "BY-ND 3.0."},
    {"cc-by-4.0", "fr",
     "« Tide & time », par Ada Reeve, a d’abord été publié par Mill Gazette et est repris sous "
     "licence CC BY 4.0."},
    {"cc-by-4.0", "es",
     "«Tide & time», de Ada Reeve, se publicó primero en Mill Gazette y se reproduce con licencia "
     "CC BY 4.0."},
    {"cc-by-4.0", "xx",
     "“Tide & time” by Ada Reeve was first published by Mill Gazette and is republished under CC "
     "BY 4.0."},
    {"cc0-1.0", "en", "“Tide & time” by Ada Reeve was first published by Mill Gazette (CC0 1.0)."},
  };
  g_autoptr (RpLicenceBook) book = new_book ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RpArticle) article = sample_article (cases[i].language);
    g_autofree char *credit =
      rp_licence_build_credit (rp_licence_book_lookup (book, cases[i].licence), article);

    g_assert_cmpstr (credit, ==, cases[i].credit);
  }
}

static void
test_credit_html (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();
  g_autoptr (RpArticle) article = sample_article ("en");
  g_autofree char *html = NULL;

  rp_article_set (article, RP_ARTICLE_HEADLINE, "<script>alert(1)</script>");
  html = rp_licence_build_credit_html (rp_licence_book_lookup (book, "cc-by-4.0"), article);
  g_assert_cmpstr (
    html, ==,
    "“&lt;script&gt;alert(1)&lt;/script&gt;” by Ada Reeve was first published by "
    "<a href=\"https://gazette.example/tide?a=1&amp;b=2\" rel=\"noopener\">Mill Gazette</a> "
    "and is republished under <a href=\"https://creativecommons.org/licenses/by/4.0/\" "
    "rel=\"license noopener\">CC BY 4.0</a>.");
}

/* Words that are not known take their part of the sentence with them. */
static void
test_credit_gaps (void)
{
  static const struct {
    const char *text;
    const char *filled;
  } cases[] = {
    {"From {source}[, a {holder} publication].", "From Harbour Press."},
    {"[By {author}: ]{source}", "Harbour Press"},
    {"{nonsense} and { stays", "{nonsense} and { stays"},
    {"{source} [open", "Harbour Press [open"},
    {"plain", "plain"},
  };
  g_autoptr (RpLicence) licence =
    licence_from_text ("{\"id\":\"a\",\"licensor\":\"Harbour Press\"}");
  g_autoptr (RpArticle) article = rp_article_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *filled = rp_licence_fill (licence, article, cases[i].text);

    g_assert_cmpstr (filled, ==, cases[i].filled);
  }
}

static void
test_draft (void)
{
  g_autoptr (RpArticle) article = sample_article ("en");
  RpStatement *statement = rp_article_get_statement (article);
  g_autoptr (JsonObject) profile = NULL;
  g_autoptr (RpLicence) licence = NULL;
  g_autoptr (RpLicenceBook) book = new_book ();
  g_autoptr (RpProposal) proposal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *credit = NULL;

  rp_statement_set (statement, RP_STATEMENT_KIND, "licensed");
  rp_statement_set (statement, RP_STATEMENT_LICENSOR, "HarbourNews.example");
  rp_statement_set (statement, RP_STATEMENT_RIGHTS_HOLDER, "Quayside Media Ltd");
  rp_statement_set (statement, RP_STATEMENT_CONFIDENCE, "parsed");
  rp_statement_set_reserved (statement, TRUE);
  profile = rp_licence_draft_for (article);
  licence = rp_licence_new_from_json (profile, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (rp_licence_get_id (licence), ==, "harbournews-example-agreement");
  g_assert_cmpint (rp_licence_get_terms (licence)->permission, ==, RP_PERMISSION_YES);
  credit = rp_licence_build_credit (licence, article);
  g_assert_cmpstr (
    credit, ==,
    "Published under licence from HarbourNews.example, a Quayside Media Ltd publication. "
    "All rights reserved.");

  rp_licence_book_add (book, licence);
  proposal = rp_licence_book_propose (book, article);
  g_assert_true (proposal->licence == licence);
  g_assert_cmpstr (proposal->confidence, ==, "parsed");
  g_assert_cmpuint (proposal->others->len, ==, 0);
}

static void
test_refused (void)
{
  static const struct {
    const char *json;
    const char *named;
  } cases[] = {
    {"{\"name\":\"No id\"}", "id"},
    {"{\"id\":\"a\",\"max_words\":\"many\"}", "max_words"},
    {"{\"id\":\"a\",\"channels\":{}}", "channels"},
    {"{\"id\":\"a\",\"permission\":\"sure\"}", "permission"},
    {"{\"id\":\"a\",\"commercial\":\"maybe\"}", "commercial"},
    {"{\"id\":\"a\",\"expires\":\"soon\"}", "expires"},
    {"{\"id\":\"a\",\"territory\":[\"GB\"]}", "territory"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) node = rp_json_parse_text (cases[i].json, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (rp_licence_new_from_json (json_node_get_object (node), &error));
    g_assert_error (error, RP_ERROR, RP_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, cases[i].named));
  }
}

static void
test_describe (void)
{
  static const struct {
    const char *json;
    const char *words;
  } cases[] = {
    {"{\"id\":\"a\",\"permission\":\"no\"}", "May not be published: all rights are reserved."},
    {"{\"id\":\"a\"}", "It is not known whether this may be published."},
    {"{\"id\":\"a\",\"permission\":\"yes\",\"derivatives\":[],\"expires\":\"2027-03-03T12:00:00Z\","
     "\"link_original\":\"required\"}",
     "May be published unchanged until 3 March 2027. Credit line and link back required."},
    {"{\"id\":\"a\",\"permission\":\"ask\",\"licensor\":\"Quay\",\"channels\":[\"web\","
     "\"newsletter\"],"
     "\"derivatives\":[\"headline\",\"style\"],\"paywall\":\"forbidden\"}",
     "Quay has to agree before each use. May be published on the web and in newsletters. Only "
     "these may "
     "be changed: the headline and house style. Credit line required. Not behind a paywall."},
    {"{\"id\":\"a\",\"spdx\":\"CC-BY-NC-4.0\"}",
     "May be published. It may be changed, shortened and translated. Credit line and link back "
     "required. "
     "Not for commercial use."},
    {"{\"id\":\"a\",\"spdx\":\"CC0-1.0\"}",
     "May be published. It may be changed, shortened and translated. No credit is demanded."},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RpLicence) licence = licence_from_text (cases[i].json);
    g_autofree char *words = rp_licence_describe (licence, NULL);

    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

static void
assert_list (char **given, const char *expected)
{
  g_autofree char *text = g_strjoinv ("; ", given);

  g_assert_cmpstr (text, ==, expected);
  g_strfreev (given);
}

static void
test_lists (void)
{
  g_autoptr (RpLicence) licence =
    licence_from_text ("{\"id\":\"a\",\"permission\":\"yes\",\"derivatives\":[\"headline\"],"
                       "\"canonical\":\"required\","
                       "\"paywall\":\"forbidden\",\"images\":\"same\",\"archive_days\":1,"
                       "\"takedown\":{\"must_honour_kill\":true,\"hours\":24}}");

  assert_list (
    rp_licence_list_may (licence),
    "Publish it everywhere; Change the headline; Use the pictures that belong to the article");
  assert_list (rp_licence_list_must (licence),
               "Show the credit line; Link back to the original, and name it as canonical; "
               "Take it down after 1 day; Take the article down within 24 hours after a recall");
  assert_list (
    rp_licence_list_may_not (licence),
    "Put it behind a paywall; Edit for house style; Shorten it; Translate it; Rewrite it");
}

/* What a person types follows the article, where the licence leaves the wording open. */
static void
test_own_credit (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();
  RpLicence *open = rp_licence_book_lookup (book, "cc-by-4.0");
  g_autoptr (RpLicence) deal = licence_from_text (
    "{\"id\":\"deal\",\"permission\":\"yes\",\"credit_template\":\"From {source}\"}");
  g_autoptr (RpArticle) article = sample_article ("en");
  g_autofree char *text = rp_licence_dup_credit_template (
    open, article,
    "“Tide & time” comes from Mill Gazette and was written by Ada Reeve (CC BY 4.0).");
  g_autofree char *empty = rp_licence_dup_credit_template (open, article, "  ");
  g_autofree char *credit = NULL;
  g_autofree char *html = NULL;
  g_autofree char *fixed = NULL;

  g_assert_cmpstr (text, ==,
                   "“{title}” comes from {source} and was written by {author} ({licence}).");
  g_assert_null (empty);
  rp_article_set (article, RP_ARTICLE_CREDIT_TEMPLATE, text);
  rp_article_set (article, RP_ARTICLE_HEADLINE, "Time & tide");
  credit = rp_licence_build_credit (open, article);
  g_assert_cmpstr (
    credit, ==, "“Time & tide” comes from Mill Gazette and was written by Ada Reeve (CC BY 4.0).");
  html = rp_licence_build_credit_html (open, article);
  g_assert_nonnull (strstr (html, "rel=\"license noopener\">CC BY 4.0</a>"));
  g_assert_false (rp_licence_lets_edit_credit (deal));
  fixed = rp_licence_build_credit (deal, article);
  g_assert_cmpstr (fixed, ==, "From Mill Gazette");
}

static void
test_describe_for (void)
{
  static const struct {
    const char *terms;
    const char *words;
  } rows[] = {
    {"\"derivatives\":[],\"expires\":\"2027-03-03T12:00:00Z\",\"credit_position\":\"top\","
     "\"link_original\":\"required\",\"images\":\"separate\"",
     "Herald may publish it unchanged until 3 March 2027. The credit line stands at the top and "
     "links to "
     "the original. Pictures are not included, unless they have a licence of their own."},
    {"\"archive_days\":1,\"max_words\":100", "Herald may publish it. The credit line stands at the "
                                             "end. At most 100 words. The copy may stay for 1 "
                                             "day."},
    {"\"images\":\"only-credited-to:Quay\",\"attribution\":{\"required\":false}",
     "Herald may publish it. No credit is demanded. Pictures are included when they are credited "
     "to "
     "Quay."},
  };
  g_autoptr (RpPartner) partner = rp_partner_new ("herald", "Herald", "html");
  g_autoptr (RpArticle) article = sample_article ("en");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *json =
      g_strdup_printf ("{\"id\":\"x\",\"permission\":\"yes\",%s}", rows[i].terms);
    g_autoptr (RpLicence) licence = licence_from_text (json);
    g_autofree char *words = rp_licence_describe_for (licence, article, partner);

    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/licence/urls", test_urls);
  g_test_add_func ("/core/licence/lookup", test_lookup);
  g_test_add_func ("/core/licence/creative-commons", test_creative_commons);
  g_test_add_func ("/core/licence/credit", test_credit);
  g_test_add_func ("/core/licence/credit-html", test_credit_html);
  g_test_add_func ("/core/licence/credit-gaps", test_credit_gaps);
  g_test_add_func ("/core/licence/draft", test_draft);
  g_test_add_func ("/core/licence/refused", test_refused);
  g_test_add_func ("/core/licence/describe", test_describe);
  g_test_add_func ("/core/licence/lists", test_lists);
  g_test_add_func ("/core/licence/own-credit", test_own_credit);
  g_test_add_func ("/core/licence/describe-for", test_describe_for);

  return g_test_run ();
}

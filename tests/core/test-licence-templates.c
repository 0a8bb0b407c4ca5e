/* The book's contents: every file loads, public licences are found by all their spellings, and the
 * rules of outlets are proposed for what comes from there, to be confirmed. */
#include "rp-json.h"
#include "rp-licence-book.h"

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

static const struct {
  const char *asked;
  const char *id; /* NULL = nothing may be found */
} spellings[] = {
  {"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/1", "ogl-uk-1.0"},
  {"http://nationalarchives.gov.uk/doc/open-government-licence/version/2/", "ogl-uk-2.0"},
  {"http://www.nationalarchives.gov.uk/doc/open-government-licence/", "ogl-uk-3.0"},
  {"https://open.canada.ca/fr/licence-du-gouvernement-ouvert-canada", "ogl-canada-2.0"},
  {"https://opendatacommons.org/licenses/odbl/summary/", "odbl-1.0"},
  {"http://opendatacommons.org/licenses/by/1.0/", "odc-by-1.0"},
  {"http://www.opendatacommons.org/licenses/pddl/1.0/", "pddl-1.0"},
  {"https://www.gnu.org/licenses/old-licenses/fdl-1.1.html", "gfdl-1.1"},
  {"https://www.gnu.org/licenses/fdl-1.3-standalone.html", "gfdl-1.3"},
  {"https://spdx.org/licenses/GFDL-1.3-only.html", "gfdl-1.3-only"},
  {"https://spdx.org/licenses/CC-BY-SA-3.0-DE.json", "cc-by-sa-3.0-de"},
  {"https://spdx.org/licenses/CC-BY-4.0", "cc-by-4.0"},
  {"https://spdx.org/licenses/MIT.html", NULL},
  {"https://creativecommons.org/licenses/by/3.0/igo/", "cc-by-3.0-igo"},
  {"https://creativecommons.org/licenses/by-nc-nd/3.0/us/deed.en", "cc-by-nc-nd-3.0-us"},
  {"https://github.com/etalab/licence-ouverte/blob/master/LO.md", "etalab-2.0"},
  {"http://www.govdata.de/dl-de/by-2-0", "dl-de-by-2.0"},
  {"https://www.govdata.de/dl-de/zero-2-0/", "dl-de-zero-2.0"},
};

static void
test_addresses (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++) {
    RpLicence *found = rp_licence_book_lookup_url (book, spellings[i].asked);

    g_test_message ("%s", spellings[i].asked);
    g_assert_cmpstr (found != NULL ? rp_licence_get_id (found) : NULL, ==, spellings[i].id);
  }
}

static const struct {
  const char *spdx;
  gboolean share_alike;
  gboolean owes_credit;
  gboolean link_required;
} public_terms[] = {
  {"CC0-1.0", FALSE, FALSE, FALSE},        {"PDDL-1.0", FALSE, FALSE, FALSE},
  {"CC-BY-4.0", FALSE, TRUE, TRUE},        {"CC-BY-SA-3.0", TRUE, TRUE, TRUE},
  {"OGL-UK-1.0", FALSE, TRUE, FALSE},      {"OGL-UK-2.0", FALSE, TRUE, FALSE},
  {"OGL-UK-3.0", FALSE, TRUE, FALSE},      {"OGL-Canada-2.0", FALSE, TRUE, FALSE},
  {"ODC-By-1.0", FALSE, TRUE, FALSE},      {"ODbL-1.0", TRUE, TRUE, FALSE},
  {"GFDL-1.1-only", TRUE, TRUE, FALSE},    {"GFDL-1.1-or-later", TRUE, TRUE, FALSE},
  {"GFDL-1.2-only", TRUE, TRUE, FALSE},    {"GFDL-1.2-or-later", TRUE, TRUE, FALSE},
  {"GFDL-1.3-only", TRUE, TRUE, FALSE},    {"GFDL-1.3-or-later", TRUE, TRUE, FALSE},
  {"etalab-2.0", FALSE, TRUE, FALSE},      {"DL-DE-BY-2.0", FALSE, TRUE, TRUE},
  {"DL-DE-ZERO-2.0", FALSE, FALSE, FALSE},
};

static void
test_public (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();

  for (guint i = 0; i < G_N_ELEMENTS (public_terms); i++) {
    RpLicence *licence = rp_licence_book_lookup (book, public_terms[i].spdx);
    const RpTerms *terms;

    g_test_message ("%s", public_terms[i].spdx);
    g_assert_nonnull (licence);
    g_assert_cmpstr (rp_licence_get_spdx (licence), ==, public_terms[i].spdx);
    g_assert_nonnull (rp_licence_get_url (licence));
    terms = rp_licence_get_terms (licence);
    g_assert_false (terms->is_template);
    g_assert_cmpint (terms->permission, ==, RP_PERMISSION_YES);
    g_assert_cmpint (terms->changes, ==, RP_CHANGE_ALL);
    g_assert_false (terms->commercial_denied);
    g_assert_cmpint (terms->share_alike, ==, public_terms[i].share_alike);
    g_assert_cmpint (!terms->is_public_domain && !terms->attribution_waived, ==,
                     public_terms[i].owes_credit);
    g_assert_cmpint (terms->link_required, ==, public_terms[i].link_required);
  }
}

typedef enum {
  NOT_SOLD = 1 << 0,
  NC = 1 << 1,
  LINKS = 1 << 2,
  COUNTER = 1 << 3,
  TOP = 1 << 4,
  LINE = 1 << 5,
  FREE_PAGES = 1 << 6,
  ACCREDITED = 1 << 7,
  RECALLS = 1 << 8,
  CANONICAL = 1 << 9,
  NO_AI = 1 << 10,
  HOME = 1 << 11,
  ASK = 1 << 12,
} Fact;

#define H RP_CHANGE_HEADLINE
#define S RP_CHANGE_STYLE
#define C RP_CHANGE_SHORTEN
#define T RP_CHANGE_TRANSLATE

static const struct {
  const char *id;
  const char *spdx; /* NULL = terms of its own */
  const char *page;
  RpChange changes;
  const char *images;
  guint facts;
  int max_age_days, archive_days, max_words, max_paragraphs; /* 0 = no limit */
} outlets[] = {
  {"propublica", "CC-BY-NC-ND-3.0", "https://www.propublica.org/article/x", S, "separate",
   NOT_SOLD | LINKS | COUNTER, 0, 0, 0, 0},
  {"the-conversation", "CC-BY-ND-4.0", "https://theconversation.com/x-1", S, "separate",
   NOT_SOLD | COUNTER | HOME, 0, 0, 0, 0},
  {"global-voices", "CC-BY-3.0", "https://fr.globalvoices.org/x", RP_CHANGE_ALL, "separate",
   TOP | LINE, 0, 0, 0, 0},
  {"kff", "CC-BY-NC-ND-4.0", "https://kffhealthnews.org/news/x", C, NULL, NC | FREE_PAGES, 0, 0, 0,
   0},
  {"the-19th", "CC-BY-NC-ND-4.0", "https://19thnews.org/x", 0, NULL, NC | COUNTER | LINKS, 0, 0, 0,
   0},
  {"undark", NULL, "https://undark.org/x", H | S | T, "separate", TOP, 90, 0, 0, 0},
  {"city-desk-abq", NULL, "https://citydesk.org/x", RP_CHANGE_ALL, "only-credited-to",
   LINE | NOT_SOLD, 90, 90, 0, 0},
  {"floodlight", "CC-BY-NC-ND-4.0", "https://floodlightnews.org/x", H | S, "separate",
   NC | LINE | TOP, 0, 0, 0, 0},
  {"inn-on-the-ground", "CC-BY-NC-ND-4.0", "https://inn.org/x", H | S, "separate", NC | LINE | TOP,
   0, 0, 0, 0},
  {"north-dakota-news-cooperative", NULL, "https://www.newscoopnd.org/x", H | S | C,
   "only-credited-to", TOP, 0, 0, 0, 0},
  {"newswell", NULL, "https://asunewswell.org/x", 0, "only-credited-to", 0, 0, 0, 0, 0},
  {"albany-proper", "CC-BY-NC-ND-4.0", "https://albanyproper.com/x", S, NULL,
   NC | ASK | FREE_PAGES | RECALLS | LINKS, 0, 0, 0, 0},
  {"montana-free-press", "CC-BY-NC-ND-3.0", "https://montanafreepress.org/x", 0, "separate",
   NC | ACCREDITED, 0, 0, 0, 0},
  {"publicsource-online", NULL, "https://www.publicsource.org/x", C, NULL, 0, 0, 0, 0, 3},
  {"groundup", "CC-BY-ND-4.0", "https://groundup.org.za/article/x", S, "same", 0, 0, 0, 0, 0},
  {"critical-blast", NULL, "http://www.criticalblast.com/x", C, NULL, 0, 0, 0, 100, 0},
  {"covering-climate-now", NULL, "https://coveringclimatenow.org/x", H | S, "separate", LINE, 0, 0,
   0, 0},
  {"cop30-pool", NULL, "https://latamintersectpr.com/x", H | S | C | T, NULL, CANONICAL | LINE, 0,
   0, 0, 0},
  {"ap", NULL, "https://apnews.com/article/x", RP_CHANGE_ALL, "separate", ASK | RECALLS, 0, 30, 0,
   0},
  {"aap", NULL, "https://www.aap.com.au/news/x", 0, NULL, ASK, 0, 0, 0, 0},
  {"guardian-open-platform", NULL, "https://www.theguardian.com/x", 0, NULL, ASK | NO_AI, 0, 1, 0,
   0},
  {"grist", NULL, "https://grist.org/x", 0, "excluded", COUNTER, 0, 0, 0, 0},
  {"inside-climate-news", NULL, "https://insideclimatenews.org/news/x", 0, "excluded", 0, 0, 0, 0,
   0},
  {"states-newsroom", "CC-BY-NC-ND-4.0", "https://statesnewsroom.com/x", S | C, "excluded", NC, 0,
   0, 0, 0},
};

static guint
read_facts (const RpTerms *terms)
{
  return (terms->direct_sale_denied ? NOT_SOLD : 0) | (terms->commercial_denied ? NC : 0) |
         (terms->preserve_links ? LINKS : 0) | (terms->tracking_required ? COUNTER : 0) |
         (g_strcmp0 (terms->credit_position, "top") == 0 ? TOP : 0) |
         (terms->mandatory_lines != NULL ? LINE : 0) | (terms->paywall_forbidden ? FREE_PAGES : 0) |
         (terms->requires_accreditation ? ACCREDITED : 0) |
         (terms->must_honour_kill ? RECALLS : 0) | (terms->canonical_required ? CANONICAL : 0) |
         (terms->ai_training_denied ? NO_AI : 0) | (terms->link_home_suffices ? HOME : 0) |
         (terms->permission == RP_PERMISSION_ASK ? ASK : 0);
}

static gint64
or_none (int number)
{
  return number > 0 ? number : -1;
}

static RpProposal *
propose_for (RpLicenceBook *book, const char *page, const char *stated)
{
  g_autoptr (RpArticle) article = rp_article_new ();
  RpStatement *statement = rp_article_get_statement (article);

  rp_article_set (article, RP_ARTICLE_CANONICAL_URL, page);
  if (stated != NULL) {
    rp_statement_set (statement, RP_STATEMENT_KIND, "creative-commons");
    rp_statement_set (statement, RP_STATEMENT_SPDX, stated);
    rp_statement_set (statement, RP_STATEMENT_CONFIDENCE, "declared");
  }

  return rp_licence_book_propose (book, article);
}

static void
check_lists (RpLicence *licence)
{
  g_auto (GStrv) may = rp_licence_list_may (licence);
  g_auto (GStrv) must = rp_licence_list_must (licence);
  g_auto (GStrv) may_not = rp_licence_list_may_not (licence);

  g_assert_cmpuint (g_strv_length (may), >, 0);
  g_assert_cmpuint (g_strv_length (must), >, 0);
  g_assert_cmpuint (g_strv_length (may_not), >, 0);
}

static void
test_outlet (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RpLicenceBook) book = new_book ();
  g_autoptr (RpProposal) proposal = propose_for (book, outlets[i].page, outlets[i].spdx);
  g_autofree char *id = g_strconcat ("outlet-", outlets[i].id, NULL);
  const RpTerms *terms;

  g_assert_nonnull (proposal->licence);
  g_assert_cmpstr (rp_licence_get_id (proposal->licence), ==, id);
  g_assert_cmpstr (proposal->confidence, ==, "guessed");
  g_assert_cmpuint (proposal->others->len, ==, 0);
  terms = rp_licence_get_terms (proposal->licence);
  g_assert_true (terms->is_template);
  g_assert_cmpstr (terms->spdx, ==, outlets[i].spdx);
  g_assert_cmpint (terms->changes, ==, outlets[i].changes);
  g_assert_cmpstr (terms->images, ==, outlets[i].images);
  g_assert_cmphex (read_facts (terms), ==, outlets[i].facts);
  g_assert_cmpint (terms->max_age_days, ==, or_none (outlets[i].max_age_days));
  g_assert_cmpint (terms->archive_days, ==, or_none (outlets[i].archive_days));
  g_assert_cmpint (terms->max_words, ==, or_none (outlets[i].max_words));
  g_assert_cmpint (terms->max_paragraphs, ==, or_none (outlets[i].max_paragraphs));
  check_lists (proposal->licence);
}

/* Each template is in the table, except the one for print, which shares a domain. */
static void
test_complete (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();
  guint n_templates = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (book)); i++) {
    g_autoptr (RpLicence) licence = g_list_model_get_item (G_LIST_MODEL (book), i);
    const RpTerms *terms = rp_licence_get_terms (licence);
    g_auto (GStrv) patterns = rp_json_dup_strv (rp_licence_get_profile (licence), "match");

    n_templates += terms->is_template;
    if (!terms->is_template)
      continue;
    g_test_message ("%s", terms->id);
    g_assert_nonnull (patterns);
    g_assert_nonnull (terms->licensor);
    g_assert_nonnull (rp_licence_get (licence, "read"));
    g_assert_nonnull (rp_licence_get (licence, "notes"));
    for (guint k = 0; patterns[k] != NULL; k++) {
      g_autofree char *page = g_strdup_printf ("https://news.%s/a", patterns[k]);
      g_autoptr (RpProposal) proposal = propose_for (book, page, NULL);

      g_assert_nonnull (proposal->licence);
      g_assert_cmpstr (rp_licence_get (proposal->licence, "licensor"), ==, terms->licensor);
    }
  }
  g_assert_cmpuint (n_templates, ==, G_N_ELEMENTS (outlets) + 1);
}

static void
test_reason (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();
  g_autoptr (RpProposal) read = propose_for (book, "https://kff.org/x", NULL);
  g_autoptr (RpProposal) unread = propose_for (book, "https://grist.org/x", NULL);

  g_assert_cmpstr (read->reason, ==,
                   "“KFF Health News republication rules” is a template. Confirm it with the "
                   "source page (https://www.kff.org/permissions-citations-reprints/, read on "
                   "2026-11-22).");
  g_assert_cmpstr (unread->reason, ==,
                   "“Grist republication rules” is a template. Confirm it with the rules that its "
                   "page states.");
}

/* An agreement outranks a template, and another licence on the page disputes it. */
static void
test_rank (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();
  g_autoptr (JsonObject) profile = json_object_new ();
  g_autoptr (RpLicence) agreement = NULL;
  g_autoptr (RpProposal) disputed = propose_for (book, "https://kff.org/x", "CC-BY-4.0");
  g_autoptr (RpProposal) agreed = NULL;

  g_assert_cmpstr (rp_licence_get_id (disputed->licence), ==, "outlet-kff");
  g_assert_cmpuint (disputed->others->len, ==, 1);
  json_object_set_string_member (profile, "id", "deal");
  json_object_set_string_member (profile, "name", "Deal");
  json_object_set_string_member (profile, "permission", "yes");
  json_object_set_string_member (profile, "match", "kff.org");
  agreement = rp_licence_new_from_json (profile, NULL);
  rp_licence_book_add (book, agreement);
  agreed = propose_for (book, "https://kff.org/x", NULL);
  g_assert_cmpstr (rp_licence_get_id (agreed->licence), ==, "deal");
  g_assert_cmpuint (agreed->others->len, ==, 0);
}

static void
test_credit (void)
{
  g_autoptr (RpLicenceBook) book = new_book ();
  RpLicence *licence = rp_licence_book_lookup (book, "outlet-montana-free-press");
  g_autoptr (RpArticle) article = rp_article_new ();
  g_autofree char *credit = NULL;

  rp_article_set (article, RP_ARTICLE_HEADLINE, "Tide");
  rp_article_add_author (article, "Ada Reeve", NULL, NULL);
  rp_article_set (article, RP_ARTICLE_CANONICAL_URL, "https://montanafreepress.org/tide");
  credit = rp_licence_build_credit_html (licence, article);
  g_assert_nonnull (strstr (credit, "Montana Free Press</a>"));
  g_assert_nonnull (strstr (credit,
                            "href=\"https://creativecommons.org/licenses/by-nc-nd/3.0/us/\" "
                            "rel=\"license noopener\">CC BY-NC-ND 3.0</a>"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (outlets); i++) {
    g_autofree char *path = g_strdup_printf ("/core/licence-templates/%s", outlets[i].id);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_outlet);
  }
  g_test_add_func ("/core/licence-templates/addresses", test_addresses);
  g_test_add_func ("/core/licence-templates/public", test_public);
  g_test_add_func ("/core/licence-templates/complete", test_complete);
  g_test_add_func ("/core/licence-templates/reason", test_reason);
  g_test_add_func ("/core/licence-templates/rank", test_rank);
  g_test_add_func ("/core/licence-templates/credit", test_credit);

  return g_test_run ();
}

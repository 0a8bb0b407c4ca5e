/* A case that works its plan out by itself: edits from two articles, duties from a rendition. */
#include "rp-json.h"
#include "rp-rights.h"
#include "rp-time.h"

#include <string.h>

#define BODY                                                                                       \
  "<p>The lamps along the quay were lit again on Monday, after a winter in which nobody had paid " \
  "for the "                                                                                       \
  "oil.</p><p>The harbour master said that <a href=\"https://quay.example/oil\">the new "          \
  "supply</a> would "                                                                              \
  "last until the autumn, and that the town would look for a cheaper way to light the steps.</p>"

static RpArticle *
article_with (const char *headline, const char *body)
{
  RpArticle *article = rp_article_new ();

  rp_article_set (article, RP_ARTICLE_HEADLINE, headline);
  rp_article_set (article, RP_ARTICLE_BODY_HTML, body);
  rp_article_set (article, RP_ARTICLE_LANGUAGE, "en");
  rp_article_set (article, RP_ARTICLE_SITE_NAME, "Quay News");
  rp_article_set (article, RP_ARTICLE_CANONICAL_URL, "https://quay.example/lamps");
  rp_article_add_author (article, "Ada Reeve", NULL, NULL);

  return article;
}

static void
test_edits (void)
{
  static const struct {
    const char *name;
    const char *body;
    const char *headline;
    const char *language;
    RpBodyEdit expected;
    gboolean headline_changed;
  } cases[] = {
    {"same", BODY, "Lamps", "en", RP_BODY_NONE, FALSE},
    {"markup-only",
     "<div><p>The lamps along the quay were <em>lit</em> again on Monday, after a winter in which "
     "nobody had "
     "paid for the oil.</p></div><p>The harbour master said that the new supply would last until "
     "the "
     "autumn, and that the town would look for a cheaper way to light the steps.</p>",
     "Lamps ", "en", RP_BODY_NONE, FALSE},
    {"a-word",
     "<p>The lamps along the quay were lit again on Tuesday, after a winter in which nobody had "
     "paid for the "
     "oil.</p><p>The harbour master said that the new supply would last until the autumn, and that "
     "the town "
     "would look for a cheaper way to light the steps.</p>",
     "Light", "en", RP_BODY_STYLE, TRUE},
    {"half-of-it",
     "<p>The lamps along the quay were lit again on Monday, after a winter in which nobody had "
     "paid for the "
     "oil.</p>",
     "Lamps", "en", RP_BODY_SHORTENED, FALSE},
    {"other-words", "<p>Somebody else wrote a text about quite another thing altogether.</p>",
     "Lamps", "en", RP_BODY_REWRITTEN, FALSE},
    {"more-words",
     BODY "<p>And our own reporter adds a long paragraph of her own about the price of oil.</p>",
     "Lamps", "en", RP_BODY_REWRITTEN, FALSE},
    {"other-language", "<p>Die Lampen am Kai brennen wieder.</p>", "Lampen", "de-AT",
     RP_BODY_TRANSLATED, TRUE},
    {"emptied", NULL, "Lamps", "en", RP_BODY_SHORTENED, FALSE},
  };
  g_autoptr (RpArticle) original = article_with ("Lamps", BODY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RpArticle) article = article_with (cases[i].headline, cases[i].body);
    RpEdits edits;

    rp_article_set (article, RP_ARTICLE_LANGUAGE, cases[i].language);
    edits = rp_edits_between (original, article);
    g_test_message ("%s", cases[i].name);
    g_assert_cmpint (edits.body, ==, cases[i].expected);
    g_assert_cmpint (edits.headline_changed, ==, cases[i].headline_changed);
  }
}

static void
test_edits_without_original (void)
{
  g_autoptr (RpArticle) article = article_with ("Lamps", "<p>one two three</p><p>four</p>");
  RpEdits edits = rp_edits_between (NULL, article);

  g_assert_cmpint (edits.body, ==, RP_BODY_ABSENT);
  g_assert_false (edits.headline_known);
  g_assert_cmpint (edits.words, ==, 4);
  g_assert_cmpint (edits.paragraphs, ==, 2);
}

/* A long text, changed in its middle, must not take a quadratic eternity. */
static void
test_edits_long (void)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autoptr (RpArticle) one = NULL;
  g_autoptr (RpArticle) two = NULL;
  RpEdits edits;

  for (guint i = 0; i < 60000; i++) {
    g_string_append_printf (before, "word%u ", i % 977);
    g_string_append_printf (after, "word%u ", (i * 7 + 3) % 977);
  }
  one = article_with ("Lamps", before->str);
  two = article_with ("Lamps", after->str);
  edits = rp_edits_between (one, two);
  g_assert_cmpint (edits.words, ==, 60000);
  g_assert_cmpint (edits.body, !=, RP_BODY_NONE);
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

#define CC_BY                                                                                      \
  "{\"id\":\"cc-by-4.0\",\"spdx\":\"CC-BY-4.0\",\"url\":\"https://creativecommons.org/licenses/"   \
  "by/4.0/\"}"
#define GOOD_CREDIT                                                                                \
  "<p class=\"reprint-credit\">By Ada Reeve, <a href=\"http://www.quay.example/lamps/\">Quay "     \
  "News</a>, "                                                                                     \
  "<a rel=\"license noopener\" href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY "       \
  "4.0</a></p>"

static void
test_output (void)
{
  static const struct {
    const char *name;
    const char *licence;
    const char *html;
    const char *findings;
  } cases[] = {
    {"complete", CC_BY, "<!-- reprint:m --><article>" BODY GOOD_CREDIT "</article>", ""},
    {"bare", CC_BY, "<article>" BODY "</article>", "A401 A402 A403 A404"},
    {"author-only-in-the-text", CC_BY,
     "<p>Ada Reeve of Quay News</p>" BODY
     "<p class=\"reprint-credit\"><a href=\"https://quay.example/lamps\">Original</a> <a "
     "rel=\"license\" "
     "href=\"https://creativecommons.org/licenses/by/4.0/\">CC BY</a></p>",
     "A401 A402"},
    {"wrong-original", CC_BY,
     BODY "<p class=\"reprint-credit\">Ada Reeve, <a href=\"https://quay.example/other\">Quay "
          "News</a> <a "
          "rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">CC</a></p>",
     "A403"},
    {"lost-link", "{\"id\":\"a\",\"permission\":\"yes\",\"preserve_links\":true}",
     "<p class=\"reprint-byline\">Ada Reeve</p><p>Text</p><p class=\"reprint-credit\">Quay "
     "News</p>",
     "C308"},
    {"kept-link", "{\"id\":\"a\",\"permission\":\"yes\",\"preserve_links\":true}",
     "<p class=\"reprint-byline\">Ada Reeve</p>" BODY "<p class=\"reprint-credit\">Quay News</p>",
     ""},
    {"credit-too-low", "{\"id\":\"a\",\"permission\":\"yes\",\"credit_position\":\"top\"}",
     BODY "<p class=\"reprint-credit\">Ada Reeve, Quay News</p>", "A406"},
    {"credit-on-top", "{\"id\":\"a\",\"permission\":\"yes\",\"credit_position\":\"top\"}",
     "<p class=\"reprint-credit\">Ada Reeve, Quay News</p>" BODY, ""},
    {"line-missing",
     "{\"id\":\"a\",\"permission\":\"yes\",\"mandatory_line\":\"First in {source}.\"}",
     BODY "<p class=\"reprint-credit\">Ada Reeve, Quay News</p>", "A405"},
    {"line-there",
     "{\"id\":\"a\",\"permission\":\"yes\",\"mandatory_line\":\"First in {source}.\"}",
     BODY "<p class=\"reprint-credit\">Ada Reeve</p><p class=\"reprint-line\">First in\n <b>Quay "
          "News</b>.</p>",
     ""},
    {"canonical-missing", "{\"id\":\"a\",\"permission\":\"yes\",\"canonical\":\"required\"}",
     BODY "<p class=\"reprint-credit\">Ada Reeve, Quay News</p>", "A407"},
    {"canonical-there", "{\"id\":\"a\",\"permission\":\"yes\",\"canonical\":\"required\"}",
     "<html><head><link rel=\"canonical\" href=\"https://quay.example/lamps\"></head><body>" BODY
     "<p class=\"reprint-credit\">Ada Reeve, Quay News</p></body></html>",
     ""},
    {"noindex-missing", "{\"id\":\"a\",\"permission\":\"yes\",\"noindex\":\"required\"}",
     BODY "<p class=\"reprint-credit\">Ada Reeve, Quay News</p>", "A409"},
    {"noindex-there", "{\"id\":\"a\",\"permission\":\"yes\",\"noindex\":\"required\"}",
     "<html><head><meta name=\"robots\" content=\"noindex\"></head><body>" BODY
     "<p class=\"reprint-credit\">Ada Reeve, Quay News</p></body></html>",
     ""},
    {"counter-missing",
     "{\"id\":\"a\",\"permission\":\"yes\",\"tracking_required\":true,\"tracking_html\":\"<img "
     "src='https://count.example/1.gif'>\"}",
     BODY "<p class=\"reprint-credit\">Ada Reeve, Quay News</p>", "A410"},
    {"counter-there",
     "{\"id\":\"a\",\"permission\":\"yes\",\"tracking_required\":true,\"tracking_html\":\"<img "
     "src='https://count.example/1.gif'>\"}",
     BODY "<p class=\"reprint-credit\">Ada Reeve, Quay News</p><img "
          "src=\"https://count.example/1.gif\">",
     ""},
    {"nothing-rendered", CC_BY, NULL, ""},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RpArticle) article = article_with ("Lamps", BODY);
    g_autoptr (RpLicence) licence = licence_from_text (cases[i].licence);
    const RpRightsInput input = {
      .article = article,
      .original = article,
      .licence = licence,
      .rendition_html = cases[i].html,
      .now = rp_time_instant ("2026-05-04T10:00:00Z"),
    };
    g_autoptr (RpRightsCase) rights_case = rp_rights_case_new (&input);
    g_autoptr (RpDecision) decision = rp_rights_judge (rights_case);
    g_autoptr (GString) found = g_string_new (NULL);

    for (guint k = 0; k < rp_decision_get_findings (decision)->len; k++) {
      RpFinding *finding = rp_decision_get_findings (decision)->pdata[k];

      g_string_append_printf (found, "%s%s", k > 0 ? " " : "", finding->rule);
    }
    g_test_message ("%s", cases[i].name);
    g_assert_cmpstr (found->str, ==, cases[i].findings);
  }
}

static gboolean
has_finding (const RpRightsInput *input, const char *rule)
{
  g_autoptr (RpRightsCase) rights_case = rp_rights_case_new (input);
  g_autoptr (RpDecision) decision = rp_rights_judge (rights_case);
  GPtrArray *findings = rp_decision_get_findings (decision);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((RpFinding *) findings->pdata[i])->rule, rule))
      return TRUE;

  return FALSE;
}

/* What the article's own statement says narrows the licence of the book. */
static void
test_statement (void)
{
  static const struct {
    const char *name;
    RpStatementField field;
    const char *value;
    const char *rule;
  } cases[] = {
    {"embargo", RP_STATEMENT_EMBARGOED_UNTIL, "2026-05-04T10:00:01Z", "T101"},
    {"embargo-without-end", RP_STATEMENT_KIND, "embargo", "T101"},
    {"expiry", RP_STATEMENT_EXPIRES, "2026-05-04T10:00:00Z", "T103"},
    {"expiry-from-receipt", RP_STATEMENT_EXPIRES, "PT48H", "T103"},
    {"mining", RP_STATEMENT_TDM, "reserved", "X602"},
  };
  g_autoptr (RpLicence) licence = licence_from_text (CC_BY);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RpArticle) article = article_with ("Lamps", BODY);
    const RpRightsInput input = {
      .article = article, .licence = licence, .now = rp_time_instant ("2026-05-04T10:00:00Z")};

    rp_article_set (article, RP_ARTICLE_PUBLISHED, "2026-05-01T10:00:00Z");
    g_test_message ("%s", cases[i].name);
    g_assert_false (has_finding (&input, cases[i].rule));
    rp_statement_set (rp_article_get_statement (article), cases[i].field, cases[i].value);
    g_assert_true (has_finding (&input, cases[i].rule));
  }
}

static void
test_partner (void)
{
  g_autoptr (RpArticle) article = article_with ("Lamps", BODY);
  g_autoptr (RpLicence) licence =
    licence_from_text ("{\"id\":\"a\",\"permission\":\"yes\",\"paywall\":\"forbidden\","
                       "\"territory\":{\"allow\":[\"GB\"]},"
                       "\"max_items_30d\":5}");
  g_autoptr (RpPartner) partner = rp_partner_new ("herald", "Herald", "html");
  RpRightsInput input = {.article = article,
                         .licence = licence,
                         .partner = partner,
                         .now = rp_time_instant ("2026-05-04T10:00:00Z")};

  /* A site that nobody fenced in can be read everywhere. */
  g_assert_true (has_finding (&input, "P202"));
  g_assert_false (has_finding (&input, "P207"));
  g_assert_false (has_finding (&input, "P210"));
  json_object_set_boolean_member (rp_partner_get_properties (partner), "paywalled", TRUE);
  json_object_set_string_member (rp_partner_get_properties (partner), "territories", "GB");
  input.items_from_source_30d = 5;
  g_assert_false (has_finding (&input, "P202"));
  g_assert_true (has_finding (&input, "P207"));
  g_assert_true (has_finding (&input, "P210"));
}

static void
test_confirmed (void)
{
  g_autoptr (RpArticle) article = article_with ("Lamps", BODY);
  g_autoptr (RpLicence) licence = licence_from_text (CC_BY);
  g_autoptr (RpLicence) reserved =
    licence_from_text ("{\"id\":\"arr\",\"name\":\"All rights reserved\",\"permission\":\"no\"}");
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const RpRightsInput input = {.article = article,
                               .licence = licence,
                               .others = others,
                               .now = rp_time_instant ("2026-05-04T10:00:00Z")};

  g_ptr_array_add (others, reserved);
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, "guessed");
  g_assert_true (has_finding (&input, "R011"));
  g_assert_true (has_finding (&input, "R012"));
  g_assert_true (has_finding (&input, "R013"));
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, "confirmed");
  g_assert_false (has_finding (&input, "R011"));
  g_assert_false (has_finding (&input, "R012"));
  g_assert_false (has_finding (&input, "R013"));
}

/* What two sources allow in their own way, neither allows while they disagree. */
static void
test_disputed (void)
{
  g_autoptr (RpArticle) article = article_with ("Lamps", BODY);
  g_autoptr (RpLicence) licence = licence_from_text (CC_BY);
  g_autoptr (RpLicence) other =
    licence_from_text ("{\"id\":\"deal\",\"name\":\"Quay deal\",\"permission\":\"yes\","
                       "\"commercial\":\"deny\",\"mandatory_line\":\"By Quay.\"}");
  g_autoptr (RpLicence) silent = licence_from_text ("{\"id\":\"x\",\"name\":\"X\"}");
  g_autoptr (RpPartner) partner = rp_partner_new ("herald", "Herald", "html");
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  const RpRightsInput input = {.article = article,
                               .licence = licence,
                               .others = others,
                               .partner = partner,
                               .rendition_html = "<p>By Ada Reeve</p>",
                               .now = rp_time_instant ("2026-05-04T10:00:00Z")};
  g_autoptr (RpRightsCase) rights_case = NULL;
  g_autoptr (RpDecision) decision = NULL;

  json_object_set_boolean_member (rp_partner_get_properties (partner), "commercial", TRUE);
  g_assert_false (has_finding (&input, "P206"));
  g_ptr_array_add (others, other);
  g_ptr_array_add (others, silent);
  g_assert_true (has_finding (&input, "P206"));
  g_assert_false (has_finding (&input, "A405")); /* nothing was rendered for the other one */
  g_assert_false (has_finding (&input, "R010"));
  rights_case = rp_rights_case_new (&input);
  decision = rp_rights_judge (rights_case);
  for (guint i = 0; i < rp_decision_get_findings (decision)->len; i++) {
    const RpFinding *finding = rp_decision_get_findings (decision)->pdata[i];

    if (g_str_equal (finding->rule, "P206")) {
      g_assert_cmpstr (finding->evidence, ==, "Quay deal");
      g_assert_true (g_str_has_prefix (finding->message, "Quay deal: "));
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rights/case/edits", test_edits);
  g_test_add_func ("/rights/case/edits-without-original", test_edits_without_original);
  g_test_add_func ("/rights/case/edits-long", test_edits_long);
  g_test_add_func ("/rights/case/output", test_output);
  g_test_add_func ("/rights/case/statement", test_statement);
  g_test_add_func ("/rights/case/partner", test_partner);
  g_test_add_func ("/rights/case/confirmed", test_confirmed);
  g_test_add_func ("/rights/case/disputed", test_disputed);

  return g_test_run ();
}

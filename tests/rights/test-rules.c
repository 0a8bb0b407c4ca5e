/* Every rule: fires, does not fire, at its boundary, and with the field missing. A row patches the
 * base case (single quotes stand for double ones) and names the findings that must come of it. */
#include "rp-json.h"
#include "rp-rights.h"

#include <string.h>

static const char base_case[] =
  "{'now':'2026-05-04T08:00:00Z',"
  "'licence':{'id':'deal','licensor':'Quay Media','permission':'yes'},"
  "'article':{'headline':'Lamps','authors':[{'name':'Ada Reeve'}],'site_name':'Quay News',"
  "'canonical_url':'https://quay.example/lamps','published':'2026-05-01T10:00:00Z','images':[]},"
  "'plan':{'publish_at':'2026-05-04T10:00:00Z',"
  "'endpoint':{'id':'herald','name':'Herald','channels':['web'],'territories':['GB'],'commercial':"
  "false,"
  "'paywalled':false,'ads':'none','can_unpublish':true,'accredited':true,'feeds_ai_training':false}"
  ","
  "'edits':{'headline_changed':false,'body':'none','words':400},"
  "'output':{'credit_author':true,'credit_source':true,'link_original':true,'link_licence':true,"
  "'title_present':true,'changes_note':false,'mandatory_line':true,'credit_position':'top',"
  "'canonical':null,'noindex':false,'tracking':true,'links_kept':1.0,'licence_on_copy':null},"
  "'history':{'items_from_source_30d':1,'uses_total':0},'approvals':[]}}";

#define CC_BY "'spdx':'CC-BY-4.0','url':'https://creativecommons.org/licenses/by/4.0/'"
#define CC_BY_ND "'spdx':'CC-BY-ND-4.0','url':'https://creativecommons.org/licenses/by-nd/4.0/'"
#define CC_BY_SA "'spdx':'CC-BY-SA-3.0','url':'https://creativecommons.org/licenses/by-sa/3.0/'"
#define LICENCE(terms) "{'licence':{" terms "}}"
#define ARTICLE(facts) "{'article':{" facts "}}"
#define PLAN(terms, plan) "{'licence':{" terms "},'plan':{" plan "}}"
#define PICTURE(facts) "'images':[{'url':'https://quay.example/p.jpg'," facts "}]"

static const struct {
  const char *name;
  const char *patch;
  const char *findings; /* "block R001; warn R011", sorted */
} cases[] = {
  {"base", "{}", ""},
  {"R001", ARTICLE ("'pubstatus':'canceled'"), "block R001"},
  {"R001-usable", ARTICLE ("'pubstatus':'usable'"), ""},
  {"R002", ARTICLE ("'pubstatus':'withheld'"), "block R002"},
  {"R010-null", "{'licence':null}", "block R010"},
  {"R010-says-nothing", "{'licence':{'permission':null}}", "block R010"},
  {"R010-spdx-suffices", LICENCE ("'permission':null," CC_BY), ""},
  {"R010-ends",
   "{'licence':null,'article':{'embargoed_until':'2026-05-05T00:00:00Z','expires':'2026-01-01T00:"
   "00:00Z'}}",
   "block R010; block T101"},
  {"R011", LICENCE ("'confidence':'guessed'"), "warn R011"},
  {"R011-parsed", LICENCE ("'confidence':'parsed'"), ""},
  {"R011-approved", PLAN ("'confidence':'guessed'", "'approvals':['licence']"), ""},
  {"R012", LICENCE ("'conflicts':['CC BY 4.0']"), "warn R012"},
  {"R012-none", LICENCE ("'conflicts':[]"), ""},
  {"R013", LICENCE ("'permission':'no'"), "block R013"},
  {"R013-ends", LICENCE ("'permission':'no','expires':'2020-01-01T00:00:00Z'"), "block R013"},
  {"R014", LICENCE ("'permission':'ask'"), "block R014"},
  {"R014-approved", PLAN ("'permission':'ask'", "'approvals':['republish']"), ""},
  {"R014-other-approval", PLAN ("'permission':'ask'", "'approvals':['fee']"), "block R014"},
  {"T101", ARTICLE ("'embargoed_until':'2026-05-04T10:00:01Z'"), "block T101"},
  {"T101-same-instant", ARTICLE ("'embargoed_until':'2026-05-04T12:00:00+02:00'"), ""},
  {"T101-zone-counts", ARTICLE ("'embargoed_until':'2026-05-04T10:00:00-01:00'"), "block T101"},
  {"T101-no-zone-is-held", ARTICLE ("'embargoed_until':'2026-05-04T00:00:00'"), "block T101"},
  {"T101-no-zone-long-over", ARTICLE ("'embargoed_until':'2026-05-03T00:00:00'"), ""},
  {"T102", LICENCE ("'valid_from':'2026-05-04T10:00:01Z'"), "block T102"},
  {"T102-same-instant", LICENCE ("'valid_from':'2026-05-04T10:00:00Z'"), ""},
  {"T103", LICENCE ("'expires':'2026-05-04T09:59:59Z'"), "block T103"},
  {"T103-same-instant", LICENCE ("'expires':'2026-05-04T10:00:00Z'"), "block T103"},
  {"T103-later", LICENCE ("'expires':'2026-05-04T10:00:01Z'"), ""},
  {"T103-article", ARTICLE ("'expires':'2026-05-04T10:00:00Z'"), "block T103"},
  {"T104", LICENCE ("'max_age_days':2"), "block T104"},
  {"T104-same-instant", LICENCE ("'max_age_days':3"), ""},
  {"T104-no-date", "{'licence':{'max_age_days':2},'article':{'published':null}}", ""},
  {"T104-extended", PLAN ("'max_age_days':2", "'approvals':['age']"), ""},
  {"T105", PLAN ("'archive_days':30", "'endpoint':{'can_unpublish':false}"), "block T105"},
  {"T105-unknown", PLAN ("'archive_days':30", "'endpoint':{'can_unpublish':null}"), ""},
  {"O702", LICENCE ("'archive_days':30"), "info O702"},
  {"P201", LICENCE ("'territory':{'deny':['GB']}"), "block P201"},
  {"P201-elsewhere", LICENCE ("'territory':{'deny':['JP']}"), ""},
  {"P201-worldwide", PLAN ("'territory':{'deny':['JP']}", "'endpoint':{'territories':['*']}"),
   "block P201"},
  {"P201-group", PLAN ("'territory':{'deny':['EU']}", "'endpoint':{'territories':['FR']}"),
   "block P201"},
  {"P201-group-endpoint", PLAN ("'territory':{'deny':['FR']}", "'endpoint':{'territories':['EU']}"),
   "block P201"},
  {"P201-unknown", PLAN ("'territory':{'deny':['GB']}", "'endpoint':{'territories':null}"), ""},
  {"P202", LICENCE ("'territory':{'allow':['US']}"), "block P202"},
  {"P202-eu-is-not-gb", LICENCE ("'territory':{'allow':['EU']}"), "block P202"},
  {"P202-eu-member",
   PLAN ("'territory':{'allow':['EU']}", "'endpoint':{'territories':['DE','fr']}"), ""},
  {"P202-eu-endpoint", PLAN ("'territory':{'allow':['EU']}", "'endpoint':{'territories':['EU']}"),
   ""},
  {"P202-star", LICENCE ("'territory':{'allow':['*']}"), ""},
  {"P202-worldwide", PLAN ("'territory':{'allow':['GB']}", "'endpoint':{'territories':['*']}"),
   "block P202"},
  {"P203", PLAN ("'channels':['web']", "'endpoint':{'channels':['web','print']}"), "block P203"},
  {"P203-covered", LICENCE ("'channels':['web','app']"), ""},
  {"P203-null-is-all", LICENCE ("'channels':null"), ""},
  {"P203-empty-is-none", LICENCE ("'channels':[]"), "block P203"},
  {"P204", LICENCE ("'outlets':['gazette']"), "block P204"},
  {"P204-named", LICENCE ("'outlets':['gazette','herald']"), ""},
  {"P205", LICENCE ("'exclusive_to':'gazette','exclusive_until':'2026-05-04T10:00:01Z'"),
   "block P205"},
  {"P205-same-instant",
   LICENCE ("'exclusive_to':'gazette','exclusive_until':'2026-05-04T10:00:00Z'"), ""},
  {"P205-ours", LICENCE ("'exclusive_to':'herald','exclusive_until':'2027-01-01T00:00:00Z'"), ""},
  {"P205-no-end", LICENCE ("'exclusive_to':'gazette'"), ""},
  {"P206", PLAN ("'commercial':'deny'", "'endpoint':{'commercial':true}"), "block P206"},
  {"P206-nc", PLAN ("'spdx':'CC-BY-NC-4.0'", "'endpoint':{'commercial':true}"), "block P206"},
  {"P206-nc-but-allowed",
   PLAN ("'spdx':'CC-BY-NC-4.0','commercial':'allow'", "'endpoint':{'commercial':true}"), ""},
  {"P206-not-commercial", LICENCE ("'commercial':'deny'"), ""},
  {"P206-unknown", PLAN ("'commercial':'deny'", "'endpoint':{'commercial':null}"), ""},
  {"P207", PLAN ("'paywall':'forbidden'", "'endpoint':{'paywalled':true}"), "block P207"},
  {"P207-free", LICENCE ("'paywall':'forbidden'"), ""},
  {"P208", PLAN ("'commercial':'no-direct-sale'", "'endpoint':{'ads':'targeted'}"), "block P208"},
  {"P208-around",
   PLAN ("'commercial':'no-direct-sale'", "'endpoint':{'ads':'around','commercial':true}"), ""},
  {"P209", PLAN ("'requires_accreditation':true", "'endpoint':{'accredited':false}"), "block P209"},
  {"P209-accredited", LICENCE ("'requires_accreditation':true"), ""},
  {"P210", PLAN ("'max_items_30d':3", "'history':{'items_from_source_30d':3}"), "block P210"},
  {"P210-one-left", PLAN ("'max_items_30d':3", "'history':{'items_from_source_30d':2}"), ""},
  {"P210-unknown", PLAN ("'max_items_30d':0", "'history':{'items_from_source_30d':null}"), ""},
  {"P211", PLAN ("'quota':{'max_uses':5}", "'history':{'uses_total':5}"), "block P211"},
  {"P211-one-left", PLAN ("'quota':{'max_uses':5}", "'history':{'uses_total':4}"), ""},
  {"P211-fee", LICENCE ("'payment':{'model':'per-use','amount':40,'currency':'GBP'}"),
   "block P211"},
  {"P211-fee-approved", PLAN ("'payment':{'model':'per-use'}", "'approvals':['fee']"), ""},
  {"P211-free", LICENCE ("'payment':{'model':'free'}"), ""},
  {"C301", PLAN (CC_BY_ND, "'edits':{'body':'rewritten'}"), "block C301"},
  {"C301-listed",
   PLAN (CC_BY_ND ",'derivatives':['rewrite']",
         "'edits':{'body':'rewritten'},'output':{'changes_note':true}"),
   ""},
  {"C301-deal", PLAN ("'derivatives':[]", "'edits':{'body':'rewritten'}"), "block C301"},
  {"C302", PLAN (CC_BY_ND, "'edits':{'body':'style'}"), "warn C302"},
  {"C302-listed", PLAN (CC_BY_ND ",'derivatives':['style']", "'edits':{'body':'style'}"), ""},
  {"C303", PLAN ("'derivatives':['style']", "'edits':{'headline_changed':true}"), "block C303"},
  {"C303-deal-is-silent", PLAN ("'id':'deal'", "'edits':{'headline_changed':true}"), ""},
  {"C303-unknown", PLAN ("'derivatives':[]", "'edits':{'headline_changed':null}"), ""},
  {"C304", LICENCE ("'max_words':399"), "block C304"},
  {"C304-exactly", LICENCE ("'max_words':400"), ""},
  {"C304-unknown", PLAN ("'max_words':10", "'edits':{'words':null}"), ""},
  {"C305", PLAN (CC_BY_ND, "'edits':{'body':'shortened'}"), "block C305"},
  {"C305-listed", PLAN ("'derivatives':['shorten']", "'edits':{'body':'shortened'}"), ""},
  {"C306", PLAN (CC_BY_ND, "'edits':{'body':'translated'}"), "block C306"},
  {"C306-approved",
   PLAN (CC_BY_ND,
         "'edits':{'body':'translated'},'approvals':['translate'],'output':{'changes_note':true}"),
   ""},
  {"C307",
   PLAN (
     CC_BY_SA,
     "'edits':{'body':'translated'},'output':{'changes_note':true,'licence_on_copy':'CC-BY-3.0'}"),
   "block C307"},
  {"C307-none", PLAN (CC_BY_SA, "'edits':{'body':'translated'},'output':{'changes_note':true}"),
   "block C307"},
  {"C307-same",
   PLAN (CC_BY_SA,
         "'edits':{'body':'translated'},'output':{'changes_note':true,'licence_on_copy':'CC-BY-SA-"
         "3.0'}"),
   ""},
  {"C307-later-version",
   PLAN (CC_BY_SA,
         "'edits':{'body':'translated'},'output':{'changes_note':true,'licence_on_copy':'CC-BY-SA-"
         "4.0'}"),
   ""},
  {"C307-verbatim", LICENCE (CC_BY_SA), ""},
  {"C308", PLAN ("'preserve_links':true", "'output':{'links_kept':0.9}"), "block C308"},
  {"C308-all", LICENCE ("'preserve_links':true"), ""},
  {"C308-unknown", PLAN ("'preserve_links':true", "'output':{'links_kept':null}"), ""},
  {"C309", PLAN (CC_BY, "'edits':{'body':'rewritten'}"), "block C309"},
  {"C309-noted", PLAN (CC_BY, "'edits':{'body':'rewritten'},'output':{'changes_note':true}"), ""},
  {"C309-style", PLAN (CC_BY, "'edits':{'body':'style'}"), ""},
  {"C310", PLAN ("'max_paragraphs':3", "'edits':{'paragraphs':4}"), "block C310"},
  {"C310-exactly", PLAN ("'max_paragraphs':3", "'edits':{'paragraphs':3}"), ""},
  {"A401", PLAN (CC_BY, "'output':{'credit_author':false}"), "block A401"},
  {"A401-deal", PLAN ("'id':'deal'", "'output':{'credit_author':false}"), "block A401"},
  {"A401-nobody-known", "{'article':{'authors':[]},'plan':{'output':{'credit_author':false}}}", ""},
  {"A401-waived", PLAN ("'attribution':{'required':false}", "'output':{'credit_author':false}"),
   ""},
  {"A401-unknown", PLAN (CC_BY, "'output':{'credit_author':null}"), ""},
  {"A402", PLAN (CC_BY, "'output':{'credit_source':false}"), "block A402"},
  {"A402-waived", PLAN ("'attribution':{'required':false}", "'output':{'credit_source':false}"),
   ""},
  {"A402-cc0", PLAN ("'spdx':'CC0-1.0'", "'output':{'credit_source':false,'credit_author':false}"),
   ""},
  {"A403", PLAN (CC_BY, "'output':{'link_original':false}"), "block A403"},
  {"A403-deal", PLAN ("'id':'deal'", "'output':{'link_original':false}"), ""},
  {"A403-deal-wants-it", PLAN ("'link_original':'required'", "'output':{'link_original':false}"),
   "block A403"},
  {"A403-print", PLAN (CC_BY, "'output':{'link_original':false},'endpoint':{'channels':['print']}"),
   ""},
  {"A404", PLAN (CC_BY, "'output':{'link_licence':false}"), "block A404"},
  {"A404-print", PLAN (CC_BY, "'output':{'link_licence':false},'endpoint':{'channels':['print']}"),
   ""},
  {"A405", PLAN ("'mandatory_line':'First in Quay News.'", "'output':{'mandatory_line':false}"),
   "block A405"},
  {"A405-none", PLAN ("'mandatory_line':null", "'output':{'mandatory_line':false}"), ""},
  {"A406", PLAN ("'credit_position':'top'", "'output':{'credit_position':'end'}"), "warn A406"},
  {"A406-top", LICENCE ("'credit_position':'top'"), ""},
  {"A406-any", PLAN ("'credit_position':'end'", "'output':{'credit_position':'end'}"), ""},
  {"A407", LICENCE ("'canonical':'required'"), "block A407"},
  {"A407-different",
   PLAN ("'canonical':'required'", "'output':{'canonical':'https://herald.example/x'}"),
   "block A407"},
  {"A407-right",
   PLAN ("'canonical':'required'", "'output':{'canonical':'https://quay.example/lamps'}"), ""},
  {"A407-preferred", LICENCE ("'canonical':'preferred'"), ""},
  {"A407-print", PLAN ("'canonical':'required'", "'endpoint':{'channels':['print']}"), ""},
  {"A409", LICENCE ("'noindex':'required'"), "block A409"},
  {"A409-set", PLAN ("'noindex':'required'", "'output':{'noindex':true}"), ""},
  {"A410", PLAN ("'tracking_required':true", "'output':{'tracking':false}"), "block A410"},
  {"A410-there", LICENCE ("'tracking_required':true"), ""},
  {"A411", PLAN (CC_BY_SA, "'output':{'title_present':false}"), "block A411"},
  {"A411-version-4", PLAN (CC_BY, "'output':{'title_present':false}"), ""},
  {"I501", "{'licence':{'images':'separate'},'article':{" PICTURE ("'caption':'Quay'") "}}",
   "block I501"},
  {"I501-own-licence",
   "{'licence':{'images':'separate'},'article':{" PICTURE (
     "'licence_url':'https://creativecommons.org/licenses/by/4.0/','credit':'Ines'") "}}",
   ""},
  {"I501-same", "{'licence':{'images':'same'},'article':{" PICTURE ("'credit':'Ines'") "}}", ""},
  {"I501-credited-to",
   "{'licence':{'images':'only-credited-to:Quay News'},'article':{" PICTURE (
     "'credit':'Photo: Ines / QUAY NEWS'") "}}",
   ""},
  {"I501-credited-to-another",
   "{'licence':{'images':['Quay News']},'article':{" PICTURE ("'credit':'Agency'") "}}",
   "block I501"},
  {"I501-excluded", "{'licence':{'images':'excluded'},'article':{" PICTURE ("'credit':'Ines'") "}}",
   "block I501"},
  {"I502", ARTICLE (PICTURE ("'licence_url':'https://creativecommons.org/licenses/by-sa/4.0/'")),
   "block I502"},
  {"I502-cc0",
   ARTICLE (PICTURE ("'licence_url':'https://creativecommons.org/publicdomain/zero/1.0/'")), ""},
  {"I503", ARTICLE (PICTURE ("'credit':'Ines'")), "warn I503"},
  {"I503-no-credit", ARTICLE (PICTURE ("'caption':'Quay'")), ""},
  {"I504",
   "{'article':{" PICTURE ("'credit':'Ines','licence_url':'https://creativecommons.org/licenses/"
                           "by-nc/4.0/'") "},'plan':{'endpoint':{'commercial':true}}}",
   "block I504"},
  {"I504-not-commercial",
   ARTICLE (
     PICTURE ("'credit':'Ines','licence_url':'https://creativecommons.org/licenses/by-nc/4.0/'")),
   ""},
  {"I505",
   "{'licence':{'images':'same','max_images':0},'article':{" PICTURE ("'caption':'Quay'") "}}",
   "block I505"},
  {"I505-exactly",
   "{'licence':{'images':'same','max_images':1},'article':{" PICTURE ("'caption':'Quay'") "}}", ""},
  {"X601", PLAN ("'ai':{'train':'deny'}", "'endpoint':{'feeds_ai_training':true}"), "block X601"},
  {"X601-does-not", LICENCE ("'ai':{'train':'deny'}"), ""},
  {"X601-allowed", PLAN ("'ai':{'train':'allow'}", "'endpoint':{'feeds_ai_training':true}"), ""},
  {"X602", LICENCE ("'tdm_reserved':true"), "info X602"},
  {"X602-not", LICENCE ("'tdm_reserved':false"), ""},
  {"L801", ARTICLE ("'policy':{'uid':'urn:p','prohibition':[{'action':'distribute'}]}"),
   "block L801"},
  {"L802",
   ARTICLE ("'policy':{'uid':'urn:p','permission':[{'action':'distribute','constraint':[{"
            "'leftOperand':'purpose','operator':'eq','rightOperand':'urn:x'}]}]}"),
   "warn L802"},
  {"L803",
   ARTICLE ("'policy':{'uid':'urn:p','permission':[{'action':'distribute','duty':[{'action':"
            "'attribute'}]}]}"),
   "info L803"},
  {"L804", ARTICLE ("'policy':{'uid':'urn:p','permission':[{'action':'archive'}]}"), "block L804"},
  {"O701", LICENCE ("'notify':{'required':true,'email':'desk@quay.example'}"), "info O701"},
  {"O701-preferred", LICENCE ("'notify':{'required':false}"), ""},
  {"O703", PLAN ("'takedown':{'must_honour_kill':true}", "'endpoint':{'can_unpublish':false}"),
   "warn O703"},
  {"O703-can", LICENCE ("'takedown':{'must_honour_kill':true,'hours':2}"), ""},
  {"all-at-once",
   "{'licence':{'max_words':10,'paywall':'forbidden'},'plan':{'endpoint':{'paywalled':true},'"
   "output':{'credit_source':false}}}",
   "block A402; block C304; block P207"},
};

static JsonObject *
object_from_quoted (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rp_json_parse_text (json, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

static void merge (JsonObject *target, JsonObject *patch);

static void
merge_cb (JsonObject *patch, const char *name, JsonNode *node, gpointer user_data)
{
  JsonObject *target = user_data;
  JsonObject *inner = rp_json_get_object (target, name);

  if (inner != NULL && JSON_NODE_HOLDS_OBJECT (node))
    merge (inner, json_node_get_object (node));
  else
    json_object_set_member (target, name, json_node_copy (node));
}

static void
merge (JsonObject *target, JsonObject *patch)
{
  json_object_foreach_member (patch, merge_cb, target);
}

static RpDecision *
judge (const char *first_patch, const char *second_patch)
{
  g_autoptr (JsonObject) object = object_from_quoted (base_case);
  g_autoptr (JsonObject) one = object_from_quoted (first_patch);
  g_autoptr (JsonObject) two = object_from_quoted (second_patch);
  g_autoptr (GError) error = NULL;
  g_autoptr (RpRightsCase) rights_case = NULL;

  merge (object, one);
  merge (object, two);
  rights_case = rp_rights_case_new_from_json (object, &error);
  g_assert_no_error (error);

  return rp_rights_judge (rights_case);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char *
list_findings (RpDecision *decision)
{
  GPtrArray *findings = rp_decision_get_findings (decision);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < findings->len; i++) {
    RpFinding *finding = findings->pdata[i];

    g_ptr_array_add (
      lines, g_strdup_printf ("%s %s", rp_severity_name (finding->severity), finding->rule));
  }
  g_ptr_array_sort (lines, compare_text);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("; ", (char **) lines->pdata);
}

/* What blocks or warns has words and a way out. */
static void
assert_explained (RpDecision *decision)
{
  GPtrArray *findings = rp_decision_get_findings (decision);

  for (guint i = 0; i < findings->len; i++) {
    RpFinding *finding = findings->pdata[i];

    g_assert_nonnull (finding->message);
    g_assert_true (g_utf8_validate (finding->message, -1, NULL));
    g_assert_nonnull (finding->term);
    if (finding->severity != RP_SEVERITY_INFO) {
      g_assert_nonnull (finding->fix_action);
      g_assert_nonnull (finding->fix_label);
    }
  }
}

static void
test_rule (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RpDecision) decision = judge (cases[i].patch, "{}");
  g_autofree char *findings = list_findings (decision);
  gboolean blocked = strstr (cases[i].findings, "block") != NULL;

  g_assert_cmpstr (findings, ==, cases[i].findings);
  g_assert_cmpint (rp_decision_is_allowed (decision), ==, !blocked);
  assert_explained (decision);
}

/* Whatever else a licence forbids, it never turns a block into an ok. */
static void
test_monotonic (void)
{
  static const char *const restrictions[] = {
    LICENCE ("'expires':'2026-01-01T00:00:00Z'"),
    LICENCE ("'permission':'no'"),
    LICENCE ("'channels':['print']"),
    LICENCE ("'territory':{'allow':['NZ']}"),
    LICENCE ("'derivatives':[]"),
    LICENCE ("'max_words':1"),
    LICENCE ("'canonical':'required'"),
    LICENCE ("'paywall':'forbidden','requires_accreditation':true"),
    LICENCE ("'images':'separate','max_images':0"),
    ARTICLE ("'pubstatus':'withheld'"),
    ARTICLE ("'embargoed_until':'2030-01-01T00:00:00Z'"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RpDecision) before = judge (cases[i].patch, "{}");

    for (guint k = 0; k < G_N_ELEMENTS (restrictions); k++) {
      g_autoptr (RpDecision) after = judge (cases[i].patch, restrictions[k]);

      g_test_message ("%s + %s", cases[i].name, restrictions[k]);
      g_assert_true (rp_decision_is_allowed (before) || !rp_decision_is_allowed (after));
    }
  }
}

static void
test_every_rule_has_a_row (void)
{
  for (guint i = 0; rp_rules[i] != NULL; i++) {
    gboolean fires = FALSE;

    for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
      fires = fires || strstr (cases[k].findings, rp_rules[i]->id) != NULL;
    g_test_message ("%s", rp_rules[i]->id);
    g_assert_true (fires);
    g_assert_nonnull (rp_rules[i]->title);
  }
}

/* Facts that were kept lead to the same verdict as the case that they were kept of. */
static void
test_facts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonObject) object = object_from_quoted (base_case);
    g_autoptr (JsonObject) patch = object_from_quoted (cases[i].patch);
    g_autoptr (RpRightsCase) first = NULL;
    g_autoptr (RpRightsCase) second = NULL;
    g_autoptr (RpLicence) licence = NULL;
    g_autoptr (RpDecision) decision = NULL;
    g_autofree char *facts = NULL;
    g_autofree char *findings = NULL;

    merge (object, patch);
    first = rp_rights_case_new_from_json (object, NULL);
    facts = rp_rights_case_to_facts (first);
    if (first->terms != NULL)
      licence = rp_licence_new_from_json (rp_json_get_object (object, "licence"), NULL);
    if (first->terms != NULL && licence == NULL)
      continue; /* not a licence that the book would take */
    second = rp_rights_case_new_from_facts (facts, licence, NULL, first->now);
    second->at = first->at;
    second->items_from_source_30d = first->items_from_source_30d;
    second->uses_total = first->uses_total;
    second->approvals = g_strdupv (first->approvals);
    rp_rights_case_set_endpoint (second, &first->endpoint);
    decision = rp_rights_judge (second);
    findings = list_findings (decision);
    g_test_message ("%s", cases[i].name);
    g_assert_cmpstr (findings, ==, cases[i].findings);
  }
  g_assert_null (rp_rights_case_new_from_facts ("{\"facts\":0}", NULL, NULL, 0));
  g_assert_null (rp_rights_case_new_from_facts ("facts", NULL, NULL, 0));
}

static void
test_messages (void)
{
  static const struct {
    const char *patch;
    const char *message;
    const char *action;
    const char *label;
    const char *args;
  } rows[] = {
    {ARTICLE ("'embargoed_until':'2026-05-05T00:01:00+01:00'"),
     "Embargoed until 5 May 2026 00:01 UTC+01:00, 13 h after your planned time.", "schedule",
     "Schedule for 00:01", "2026-05-05T00:01:00+01:00"},
    {LICENCE ("'max_words':10"), "The text has 400 words, and the licence allows 10.", "trim-body",
     "Shorten to an Excerpt", "10"},
    {PLAN ("'paywall':'forbidden'", "'endpoint':{'paywalled':true}"),
     "Herald has a paywall, and the licence allows free pages only.", "ask-owner",
     "Ask for Permission…", "paywall"},
    {LICENCE ("'canonical':'required'"),
     "The page does not name the original as its canonical address.", "set-canonical",
     "Set Canonical Address", "https://quay.example/lamps"},
    {"{'licence':{'images':'separate'},'article':{" PICTURE ("'caption':'Quay'") "}}",
     "The licence does not cover pictures without a licence of their own: Quay.", "drop-image",
     "Remove Picture", "https://quay.example/p.jpg"},
    {LICENCE ("'payment':{'model':'per-use','amount':40,'currency':'GBP'}"),
     "Each use costs 40 GBP, and nobody has approved the fee.", "record-approval",
     "Approve the Fee…", "fee"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (RpDecision) decision = judge (rows[i].patch, "{}");
    RpFinding *finding = g_ptr_array_index (rp_decision_get_findings (decision), 0);

    g_assert_cmpstr (finding->message, ==, rows[i].message);
    g_assert_cmpstr (finding->fix_action, ==, rows[i].action);
    g_assert_cmpstr (finding->fix_label, ==, rows[i].label);
    g_assert_cmpstr (finding->fix_args, ==, rows[i].args);
  }
}

static void
test_unreadable (void)
{
  static const char *const texts[] = {"{}", "{'article':{}}", "{'article':[],'plan':{}}"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JsonObject) object = object_from_quoted (texts[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (rp_rights_case_new_from_json (object, &error));
    g_assert_nonnull (error);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/rights/rules/%s", cases[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_rule);
  }
  g_test_add_func ("/rights/rules/every-rule-has-a-row", test_every_rule_has_a_row);
  g_test_add_func ("/rights/rules/monotonic", test_monotonic);
  g_test_add_func ("/rights/rules/facts", test_facts);
  g_test_add_func ("/rights/rules/messages", test_messages);
  g_test_add_func ("/rights/rules/unreadable", test_unreadable);

  return g_test_run ();
}

/* The evaluator of ODRL policies: what one condition makes of one value, and what whole policies
 * make of a request. Single quotes stand for double ones. */
#include "rp-json.h"
#include "rp-policy-judge.h"
#include "rp-time.h"

#include <string.h>

#define MAY "'@context':'http://www.w3.org/ns/odrl.jsonld','@type':'Set','uid':'urn:p'"
#define RULE(terms) "{" MAY ",'permission':[{'uid':'urn:r'," terms "}]}"
#define READ "{'action':'read','target':'urn:t','party':'urn:ann'}"
#define WHEN(condition) RULE ("'action':'read','constraint':[" condition "]")
#define EQ(left, right) "{'leftOperand':'" left "','operator':'eq','rightOperand':" right "}"
#define A EQ ("count", "1")
#define B EQ ("version", "1")
#define C EQ ("language", "'no'")
#define MEMBERS(list) "{'memberships':[" list "]}"
#define IN(member, collection) "{'member':'" member "','collection':'" collection "'}"
#define DUTY "'action':'read','duty':[{'uid':'urn:d','action':'compensate'}]"
#define STATE(fields) "{'duties':[{" fields "}]}"
#define MAY_NOT(strategy)                                                                          \
  "{" MAY "," strategy "'permission':[{'uid':'urn:r','action':'read'}],"                           \
  "'prohibition':[{'uid':'urn:n','action':'read'}]}"
#define PREFIX "'@context':['http://www.w3.org/ns/odrl.jsonld',{'ex':'https://ex.example/'}]"
#define PREFIXED(terms)                                                                            \
  "{" PREFIX ",'@type':'Set','uid':'urn:p','permission':[{'uid':'urn:r'," terms "}]}"

static JsonObject *
parse (const char *quoted)
{
  g_autofree char *text = g_strdelimit (g_strdup (quoted), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rp_json_parse_text (text, &error);

  g_assert_no_error (error);

  return json_object_ref (json_node_get_object (node));
}

static JsonObject *
judge (const char *policy_text, const char *request_text, const char *context_text)
{
  g_autofree char *text = g_strdelimit (g_strdup (policy_text), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (RpPolicy) policy = rp_policy_new_from_text (text, &error);
  g_autoptr (JsonObject) request = parse (request_text);
  g_autoptr (JsonObject) context = context_text != NULL ? parse (context_text) : NULL;
  g_autoptr (RpPolicyFacts) facts = NULL;
  g_autoptr (RpPolicyReport) report = NULL;

  g_assert_no_error (error);
  facts = rp_policy_facts_new_from_json (policy, request, context,
                                         rp_time_instant ("2026-05-04T10:00:00Z"), &error);
  g_assert_no_error (error);
  report = rp_policy_judge (policy, facts);

  return rp_policy_report_to_json (report, policy, facts);
}

/* One condition: the value in the context, the operator, the right operand. */
static const struct {
  const char *left;
  const char *value; /* NULL = the context does not say */
  const char *op;
  const char *right;
  gboolean satisfied;
} conditions[] = {
  /* numbers */
  {"count", "5", "eq", "5", TRUE},
  {"count", "5", "eq", "5.0", TRUE},
  {"count", "5", "eq", "{'@value':'5.00','@type':'xsd:decimal'}", TRUE},
  {"count", "'5'", "eq", "5", TRUE},
  {"count", "5", "eq", "6", FALSE},
  {"count", "5", "neq", "6", TRUE},
  {"count", "5", "neq", "5.0", FALSE},
  {"count", "5", "lt", "6", TRUE},
  {"count", "5", "lt", "5", FALSE},
  {"count", "5", "lteq", "5", TRUE},
  {"count", "6", "lteq", "5", FALSE},
  {"count", "6", "gt", "5", TRUE},
  {"count", "5", "gt", "5", FALSE},
  {"count", "5", "gteq", "5", TRUE},
  {"count", "4", "gteq", "5", FALSE},
  {"count", "10", "gt", "9", TRUE},
  {"count", "'10'", "gt", "'9'", TRUE},
  {"count", "-1", "lt", "0", TRUE},
  {"count", "1e3", "eq", "1000", TRUE},
  {"count", "'many'", "lt", "5", FALSE},
  {"count", "'many'", "gt", "5", FALSE},
  {"count", NULL, "lt", "5", FALSE},
  {"count", NULL, "neq", "5", FALSE},
  {"percentage", "50", "lteq", "50", TRUE},
  /* dates and times */
  {"dateTime", "'2018-01-01T00:00:00Z'", "lt", "{'@value':'2018-01-01','@type':'xsd:date'}", FALSE},
  {"dateTime", "'2017-12-31T23:59:59Z'", "lt", "{'@value':'2018-01-01','@type':'xsd:date'}", TRUE},
  {"dateTime", "'2017-12-31T23:59:59Z'", "lteq", "{'@value':'2017-12-31','@type':'xsd:date'}",
   TRUE},
  {"dateTime", "'2018-01-01T00:00:00Z'", "lteq", "{'@value':'2017-12-31','@type':'xsd:date'}",
   FALSE},
  {"dateTime", "'2017-12-31T08:00:00Z'", "eq", "{'@value':'2017-12-31','@type':'xsd:date'}", TRUE},
  {"dateTime", "'2017-12-31T08:00:00Z'", "gt", "{'@value':'2017-12-31','@type':'xsd:date'}", FALSE},
  {"dateTime", "'2018-01-01T08:00:00Z'", "gt", "{'@value':'2017-12-31','@type':'xsd:date'}", TRUE},
  {"dateTime", "'2017-12-31T00:00:00Z'", "gteq", "{'@value':'2017-12-31','@type':'xsd:date'}",
   TRUE},
  {"dateTime", "'2017-12-31'", "lt", "{'@value':'2018-01-01T00:00:00Z','@type':'xsd:dateTime'}",
   TRUE},
  {"dateTime", "'2017-12-31T23:30:00-05:00'", "lt",
   "{'@value':'2018-01-01T00:00:00Z','@type':'xsd:dateTime'}", FALSE},
  {"dateTime", "'2018-01-01T00:30:00+01:00'", "lt",
   "{'@value':'2018-01-01T00:00:00Z','@type':'xsd:dateTime'}", TRUE},
  {"dateTime", "'2018-01-01T00:00:00'", "eq",
   "{'@value':'2018-01-01T00:00:00Z','@type':'xsd:dateTime'}", TRUE},
  {"dateTime", "'2018-01-01T01:00:00+01:00'", "eq",
   "{'@value':'2018-01-01T00:00:00Z','@type':'xsd:dateTime'}", TRUE},
  {"dateTime", "'2018-01-01T00:00:00.500Z'", "gt",
   "{'@value':'2018-01-01T00:00:00Z','@type':'xsd:dateTime'}", TRUE},
  {"dateTime", "'2017-12-31T23:00:00Z'", "gteq", "{'@value':'2018-01-01+01:00','@type':'xsd:date'}",
   TRUE},
  {"dateTime", "'2018-06-01T00:00:00Z'", "eq", "{'@value':'2018','@type':'xsd:gYear'}", TRUE},
  {"dateTime", "'2018-06-30T23:59:59Z'", "lteq", "{'@value':'2018-06','@type':'xsd:gYearMonth'}",
   TRUE},
  {"dateTime", "'2018-07-01T00:00:00Z'", "lteq", "{'@value':'2018-06','@type':'xsd:gYearMonth'}",
   FALSE},
  {"dateTime", "'2018-07-01T09:59:59Z'", "lt", "{'@value':'10:00:00','@type':'xsd:time'}", TRUE},
  {"dateTime", "'2018-07-01T10:00:00Z'", "lt", "{'@value':'10:00:00','@type':'xsd:time'}", FALSE},
  {"dateTime", "'2018-01-01T00:00:00Z'", "lt", "'2018-01-02'", TRUE},
  {"dateTime", "'2018-01-01T00:00:00Z'", "lt", "'some day'", FALSE},
  {"dateTime", "'2018-01-01T00:00:00Z'", "neq", "'some day'", FALSE},
  {"dateTime", NULL, "gt", "'2026-05-04T09:59:59Z'", TRUE},
  {"dateTime", NULL, "lt", "'2026-05-04T10:00:00Z'", FALSE},
  {"event", "'2018-01-01'", "lt", "'2018-01-02T00:00:00Z'", TRUE},
  {"dateTime", "'1969-12-31T23:59:59Z'", "lt", "'1970-01-01'", TRUE},
  {"dateTime", "'2024-02-29T12:00:00Z'", "eq", "'2024-02-29'", TRUE},
  /* durations */
  {"elapsedTime", "'PT36H'", "gt", "{'@value':'P1D','@type':'xsd:duration'}", TRUE},
  {"elapsedTime", "'P1D'", "eq", "{'@value':'PT24H','@type':'xsd:duration'}", TRUE},
  {"elapsedTime", "'P30D'", "lteq", "{'@value':'P31D','@type':'xsd:duration'}", TRUE},
  {"elapsedTime", "'P27D'", "lt", "{'@value':'P1M','@type':'xsd:duration'}", TRUE},
  {"elapsedTime", "'P30D'", "lt", "{'@value':'P1M','@type':'xsd:duration'}", FALSE},
  {"elapsedTime", "'P12M'", "eq", "{'@value':'P1Y','@type':'xsd:duration'}", TRUE},
  {"elapsedTime", "'PT1H30M'", "gt", "{'@value':'PT89M59.9S','@type':'xsd:duration'}", TRUE},
  {"elapsedTime", "'P1W'", "eq", "{'@value':'P7D','@type':'xsd:duration'}", TRUE},
  {"elapsedTime", "'-P1D'", "lt", "{'@value':'PT0S','@type':'xsd:duration'}", TRUE},
  {"meteredTime", NULL, "lteq", "'P30D'", FALSE},
  /* strings, languages, booleans */
  {"media", "'print'", "eq", "'print'", TRUE},
  {"media", "'print'", "eq", "'online'", FALSE},
  {"version", "'abc'", "lt", "'abd'", TRUE},
  {"version", "'abc'", "gt", "'abd'", FALSE},
  {"version", "'10'", "lt", "{'@value':'9','@type':'xsd:string'}", TRUE},
  {"product", "{'@value':'Lampe','@language':'de'}", "eq", "{'@value':'Lampe','@language':'de'}",
   TRUE},
  {"product", "{'@value':'Lampe','@language':'no'}", "eq", "{'@value':'Lampe','@language':'de'}",
   FALSE},
  {"product", "'Lampe'", "eq", "{'@value':'Lampe','@language':'de'}", TRUE},
  {"language", "'en-GB'", "isPartOf", "'en'", TRUE},
  {"language", "'eng'", "isPartOf", "'en'", FALSE},
  {"language", "'EN'", "eq", "'en'", TRUE},
  {"product", "true", "eq", "{'@value':'1','@type':'xsd:boolean'}", TRUE},
  {"product", "false", "eq", "{'@value':'true','@type':'xsd:boolean'}", FALSE},
  /* names */
  {"purpose", "'https://ex.example/p'", "eq", "{'@id':'https://ex.example/p'}", TRUE},
  {"purpose", "'ex:p'", "eq", "{'@id':'https://ex.example/p'}", TRUE},
  {"purpose", "{'@id':'ex:p'}", "eq", "'ex:p'", TRUE},
  {"purpose", "'ex:p'", "neq", "{'@id':'ex:q'}", TRUE},
  {"purpose", "'ex:p'", "neq", "{'@id':'ex:p'}", FALSE},
  {"purpose", "'ex:p'", "lt", "{'@id':'ex:q'}", FALSE},
  {"event", "'odrl:policyUsage'", "eq", "{'@id':'http://www.w3.org/ns/odrl/2/policyUsage'}", TRUE},
  {"recipient", NULL, "eq", "{'@id':'ex:p'}", FALSE},
  {"recipient", NULL, "isNoneOf", "[{'@id':'ex:p'}]", FALSE},
  {"ex:weather", "'rain'", "eq", "'rain'", TRUE},
  {"ex:weather", NULL, "eq", "'rain'", FALSE},
  {"ex:weather", NULL, "neq", "'rain'", FALSE},
  /* lists */
  {"purpose", "'ex:a'", "isAnyOf", "['ex:a','ex:b']", TRUE},
  {"purpose", "'ex:c'", "isAnyOf", "['ex:a','ex:b']", FALSE},
  {"purpose", "['ex:c','ex:b']", "isAnyOf", "['ex:a','ex:b']", TRUE},
  {"purpose", "'ex:a'", "isAllOf", "['ex:a']", TRUE},
  {"purpose", "'ex:a'", "isAllOf", "['ex:a','ex:b']", FALSE},
  {"purpose", "['ex:b','ex:a']", "isAllOf", "['ex:a','ex:b']", TRUE},
  {"purpose", "'ex:c'", "isNoneOf", "['ex:a','ex:b']", TRUE},
  {"purpose", "'ex:a'", "isNoneOf", "['ex:a','ex:b']", FALSE},
  {"purpose", "['ex:c','ex:a']", "isNoneOf", "['ex:a','ex:b']", FALSE},
  {"purpose", "['ex:a','ex:b']", "eq", "['ex:b','ex:a']", TRUE},
  {"purpose", "['ex:a']", "eq", "['ex:b','ex:a']", FALSE},
  {"purpose", "['ex:a','ex:b']", "eq", "'ex:a'", TRUE},
  {"purpose", "['ex:a','ex:b']", "neq", "'ex:a'", FALSE},
  {"purpose", "'ex:a'", "isAnyOf", "{'@list':['ex:b','ex:a']}", TRUE},
  {"purpose", "[]", "isNoneOf", "['ex:a']", FALSE},
  {"count", "[1,2]", "lt", "3", TRUE},
  {"count", "[1,4]", "lt", "3", FALSE},
  {"count", "7", "isAnyOf", "[5,7.0]", TRUE},
  /* parts and kinds: ex:berlin is in ex:germany is in ex:europe is in ex:berlin */
  {"spatial", "'ex:berlin'", "isPartOf", "{'@id':'ex:germany'}", TRUE},
  {"spatial", "'ex:berlin'", "isPartOf", "{'@id':'ex:europe'}", TRUE},
  {"spatial", "'ex:paris'", "isPartOf", "{'@id':'ex:europe'}", FALSE},
  {"spatial", "'ex:germany'", "isPartOf", "{'@id':'ex:germany'}", TRUE},
  {"spatial", "'ex:berlin'", "eq", "{'@id':'ex:germany'}", FALSE},
  {"spatial", "'ex:germany'", "hasPart", "{'@id':'ex:berlin'}", TRUE},
  {"spatial", "'ex:germany'", "hasPart", "{'@id':'ex:paris'}", FALSE},
  {"spatial", "['ex:berlin','ex:paris']", "isPartOf", "{'@id':'ex:germany'}", FALSE},
  {"purpose", "'ex:teaching'", "isA", "{'@id':'ex:research'}", TRUE},
  {"purpose", "'ex:selling'", "isA", "{'@id':'ex:research'}", FALSE},
  {"purpose", "'ex:research'", "isA", "{'@id':'ex:research'}", TRUE},
  /* places */
  {"spatial", "'DE'", "eq", "'http://cvx.iptc.org/iso3166-1a3/DEU'", TRUE},
  {"spatial", "'urn:iso:3166:AT'", "isAnyOf", "['http://cvx.iptc.org/iso3166-1a3/AUT']", TRUE},
  {"spatial", "'DE'", "isAnyOf", "['FR','EU']", TRUE},
  {"spatial", "'GB'", "isAnyOf", "['FR','EU']", FALSE},
  {"spatial", "'DE'", "isNoneOf", "['EU']", FALSE},
  {"spatial", "'JP'", "neq", "'urn:iso:3166:JPN'", FALSE},
  {"deliveryChannel", "'web'", "eq", "'http://cv.iptc.org/newscodes/channel/web'", TRUE},
  {"deliveryChannel", "'print'", "eq", "'http://cv.iptc.org/newscodes/channel/web'", FALSE},
  /* amounts */
  {"payAmount", "{'@value':'5','unit':'EUR'}", "eq",
   "{'@value':'5.00','unit':'http://dbpedia.org/resource/Euro'}", TRUE},
  {"payAmount", "{'@value':'5','unit':'USD'}", "eq", "{'@value':'5.00','unit':'EUR'}", FALSE},
  {"payAmount", "{'amount':6,'currency':'EUR'}", "gteq", "{'@value':'5.00','unit':'EUR'}", TRUE},
  {"payAmount", "{'amount':6,'currency':'USD'}", "gteq", "{'@value':'5.00','unit':'EUR'}", FALSE},
  {"payAmount", "6", "gteq", "{'@value':'5.00','unit':'EUR'}", TRUE},
  /* nobody knows the operator */
  {"count", "5", "about", "5", FALSE},
  {"count", "5", "odrl:eq", "5", TRUE},
  {"count", "5", "http://www.w3.org/ns/odrl/2/neg", "4", TRUE},
};

static void
test_condition (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *policy = g_strdup_printf (
    PREFIXED ("'action':'read','constraint':[{'uid':'urn:c','leftOperand':'%s','operator':'%s',"
              "'rightOperand':%s}]"),
    conditions[i].left, conditions[i].op, conditions[i].right);
  g_autofree char *values = conditions[i].value != NULL
                              ? g_strdup_printf ("'%s':%s", conditions[i].left, conditions[i].value)
                              : g_strdup ("");
  g_autofree char *context = g_strdup_printf (
    "{'memberships':[" IN ("ex:berlin", "ex:germany") "," IN ("ex:germany", "ex:europe") "," IN (
      "ex:europe", "ex:berlin") "," IN ("ex:teaching", "ex:research") "],'values':{%s}}",
    values);
  g_autoptr (JsonObject) report = judge (policy, READ, context);
  JsonObject *rule =
    json_array_get_object_element (json_object_get_array_member (report, "rules"), 0);
  JsonObject *states = json_object_get_object_member (rule, "constraints");

  g_assert_cmpstr (json_object_get_string_member (states, "urn:c"), ==,
                   conditions[i].satisfied ? "Satisfied" : "Unsatisfied");
  g_assert_cmpstr (json_object_get_string_member (rule, "activation"), ==,
                   conditions[i].satisfied ? "Active" : "Inactive");
  g_assert_cmpstr (json_object_get_string_member (report, "decision"), ==,
                   conditions[i].satisfied ? "permit" : "deny");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "findings")), ==,
                    conditions[i].satisfied ? 0 : 1);
}

/* Whole policies. The outcome: the decision; then each rule's uid with + when active, and the
 * premises that do not hold. */
static const struct {
  const char *name;
  const char *policy;
  const char *request;
  const char *context;
  const char *outcome;
} cases[] = {
  /* premises */
  {"anything", RULE ("'summary':'x'"), READ, NULL, "permit urn:r+"},
  {"action", RULE ("'action':'read'"), READ, NULL, "permit urn:r+"},
  {"other-action", RULE ("'action':'print'"), READ, NULL, "deny urn:r action"},
  {"target", RULE ("'action':'read','target':'urn:t'"), READ, NULL, "permit urn:r+"},
  {"other-target", RULE ("'action':'read','target':'urn:u'"), READ, NULL, "deny urn:r target"},
  {"party", RULE ("'action':'read','assignee':'urn:ann'"), READ, NULL, "permit urn:r+"},
  {"other-party", RULE ("'action':'read','assignee':'urn:bo'"), READ, NULL, "deny urn:r party"},
  {"assigner-is-no-premise", RULE ("'action':'read','assigner':'urn:bo'"), READ, NULL,
   "permit urn:r+"},
  {"all-wrong", RULE ("'action':'print','assignee':'urn:bo','target':'urn:u'"), READ, NULL,
   "deny urn:r target party action"},
  {"nobody-asks", RULE ("'action':'read','assignee':'urn:bo'"), "{'action':'read'}", NULL,
   "deny urn:r party"},
  {"nothing-asked-for", RULE ("'action':'read'"), "{'target':'urn:t'}", NULL, "deny urn:r action"},
  /* actions */
  {"narrower-is-within", RULE ("'action':'use'"), READ, NULL, "permit urn:r+"},
  {"two-steps", RULE ("'action':'use'"), "{'action':'display'}", NULL, "permit urn:r+"},
  {"one-step", RULE ("'action':'play'"), "{'action':'display'}", NULL, "permit urn:r+"},
  {"broader-is-not", RULE ("'action':'read'"), "{'action':'use'}", NULL, "deny urn:r action"},
  {"use-is-not-sell", RULE ("'action':'use'"), "{'action':'sell'}", NULL, "deny urn:r action"},
  {"transfer-is-give", RULE ("'action':'transfer'"), "{'action':'give'}", NULL, "permit urn:r+"},
  {"extract-is-reproduce", RULE ("'action':'reproduce'"), "{'action':'extract'}", NULL,
   "permit urn:r+"},
  {"old-name", RULE ("'action':'copy'"), "{'action':'reproduce'}", NULL, "permit urn:r+"},
  {"old-name-asked", RULE ("'action':'modify'"), "{'action':'write'}", NULL, "permit urn:r+"},
  {"commons-name", RULE ("'action':'use'"), "{'action':'cc:Distribution'}", NULL, "permit urn:r+"},
  {"commercialize", RULE ("'action':'commercialize'"),
   "{'action':'http://creativecommons.org/ns#CommercialUse'}", NULL, "permit urn:r+"},
  {"unknown-action", RULE ("'action':'use'"), "{'action':'https://x.example/frob'}", NULL,
   "deny urn:r action"},
  {"own-action-within", PREFIXED ("'action':{'@id':'ex:lend','includedIn':'use'}"),
   "{'action':'ex:lend'}", NULL, "permit urn:r+"},
  {"own-action-within-use",
   "{" PREFIX ",'@graph':[{'@id':'ex:a','@type':'Action','includedIn':{'@id':'odrl:print'}},"
   "{'@type':'Set','uid':'urn:p','permission':[{'uid':'urn:r','action':'print'}]}]}",
   "{'action':'ex:a'}", NULL, "permit urn:r+"},
  {"narrow-prohibition", "{" MAY ",'prohibition':[{'uid':'urn:r','action':'print'}]}",
   "{'action':'use'}", NULL, "not-applicable urn:r action"},
  {"broad-prohibition", "{" MAY ",'prohibition':[{'uid':'urn:r','action':'use'}]}",
   "{'action':'print'}", NULL, "deny urn:r+"},
  {"list-of-actions", RULE ("'action':['print','read']"), READ, NULL, "permit urn:r+"},
  {"list-of-targets", RULE ("'action':'read','target':['urn:u','urn:t']"), READ, NULL,
   "permit urn:r+"},
  /* spellings of names */
  {"prefixed", RULE ("'action':'odrl:read'"), READ, NULL, "permit urn:r+"},
  {"full", RULE ("'action':'http://www.w3.org/ns/odrl/2/read'"), READ, NULL, "permit urn:r+"},
  {"object", RULE ("'action':{'@id':'odrl:read'}"), READ, NULL, "permit urn:r+"},
  {"value", RULE ("'action':{'rdf:value':{'@id':'odrl:read'}}"), READ, NULL, "permit urn:r+"},
  {"bare-value", RULE ("'action':[{'rdf:value':'read'}]"), READ, NULL, "permit urn:r+"},
  {"all-prefixed",
   "{'@context':{'odrl':'http://www.w3.org/ns/odrl/2/'},'@id':'urn:p','@type':'odrl:Set',"
   "'odrl:permission':{'@id':'urn:r','odrl:action':{'@id':'odrl:read'},'odrl:target':{'@id':'urn:u'"
   "}}}",
   READ, NULL, "deny urn:r target"},
  {"all-in-full",
   "[{'@id':'urn:p','@type':['http://www.w3.org/ns/odrl/2/Set'],'http://www.w3.org/ns/odrl/2/"
   "uid':[{'@id':'urn:p'}],"
   "'http://www.w3.org/ns/odrl/2/permission':[{'@id':'urn:r'}]},{'@id':'urn:r',"
   "'@type':['http://www.w3.org/ns/odrl/2/Permission'],'http://www.w3.org/ns/odrl/2/action':"
   "[{'@id':'http://www.w3.org/ns/odrl/2/read'}],'http://www.w3.org/ns/odrl/2/"
   "constraint':[{'@id':'_:c'}]},"
   "{'@id':'_:c','http://www.w3.org/ns/odrl/2/leftOperand':[{'@id':'http://www.w3.org/ns/odrl/2/"
   "count'}],"
   "'http://www.w3.org/ns/odrl/2/operator':[{'@id':'http://www.w3.org/ns/odrl/2/lt'}],"
   "'http://www.w3.org/ns/odrl/2/rightOperand':[{'@value':'5','@type':'http://www.w3.org/2001/"
   "XMLSchema#integer'}]}]",
   READ, "{'values':{'odrl:count':4}}", "permit urn:r+"},
  {"another-prefix",
   "{'@context':{'o2':'http://www.w3.org/ns/odrl/2/"
   "'},'@id':'urn:p','o2:permission':{'@id':'urn:r','o2:action':"
   "{'@id':'o2:read'}}}",
   READ, NULL, "permit urn:r+"},
  {"vocabulary",
   "{'@context':{'@vocab':'http://www.w3.org/ns/odrl/2/"
   "'},'@id':'urn:p','permission':{'@id':'urn:r','action':'read'}}",
   READ, NULL, "permit urn:r+"},
  {"other-vocabulary",
   "{'@context':['http://www.w3.org/ns/odrl.jsonld',{'@vocab':'https://ex.example/"
   "'}],'uid':'urn:p','permission':"
   "{'uid':'urn:r','action':'read','target':'urn:t','note':'x'}}",
   READ, NULL, "permit urn:r+"},
  {"term",
   "{'@context':{'may':'odrl:permission','does':{'@id':'odrl:action','@type':'@vocab'}},'@id':'urn:"
   "p',"
   "'may':{'@id':'urn:r','does':'read'}}",
   READ, NULL, "permit urn:r+"},
  {"base",
   "{'@context':['http://www.w3.org/ns/odrl.jsonld',{'@base':'https://ex.example/d/"
   "'}],'uid':'urn:p',"
   "'permission':{'uid':'urn:r','action':'read','target':'one'}}",
   "{'action':'read','target':'https://ex.example/d/one'}", NULL, "permit urn:r+"},
  {"compact-target", PREFIXED ("'action':'read','target':'ex:one'"),
   "{'action':'read','target':'https://ex.example/one'}", NULL, "permit urn:r+"},
  {"compact-asked", PREFIXED ("'action':'read','target':'https://ex.example/one'"),
   "{'action':'read','target':{'@id':'ex:one'}}", NULL, "permit urn:r+"},
  /* forms of requests */
  {"evaluated", RULE ("'action':'read','target':'urn:t','assignee':'urn:ann'"),
   "{'@type':'EvaluationRequest','evaluatedAction':'odrl:read','evaluatedTarget':{'@id':'urn:t'},"
   "'evaluatedParty':'urn:ann'}",
   NULL, "permit urn:r+"},
  {"assignee", RULE ("'action':'read','assignee':'urn:ann'"),
   "{'action':'read','assignee':{'@id':'urn:ann'}}", NULL, "permit urn:r+"},
  {"full-members", RULE ("'action':'read','target':'urn:t'"),
   "{'http://www.w3.org/ns/odrl/2/action':[{'@id':'http://www.w3.org/ns/odrl/2/read'}],"
   "'http://www.w3.org/ns/odrl/2/target':[{'@id':'urn:t'}]}",
   NULL, "permit urn:r+"},
  {"request-policy", RULE ("'action':'read','target':'urn:t','assignee':'urn:ann'"),
   "{'@type':'Request','permission':[{'action':'read','target':'urn:t'}],'assignee':'urn:ann'}",
   NULL, "permit urn:r+"},
  {"asked-refinement",
   RULE ("'action':{'rdf:value':'odrl:print','refinement':{'leftOperand':'resolution',"
         "'operator':'lteq','rightOperand':1200}}"),
   "{'action':{'rdf:value':'odrl:print','refinement':{'leftOperand':'resolution','operator':'eq','"
   "rightOperand':600}}}",
   NULL, "permit urn:r+"},
  {"asked-in-a-graph", RULE ("'action':'read','target':'urn:all'"),
   "{'@graph':[{'@id':'urn:t','@type':'Asset','partOf':'urn:all'},"
   "{'@type':'EvaluationRequest','evaluatedAction':'read','evaluatedTarget':'urn:t'}]}",
   NULL, "permit urn:r+"},
  {"asked-in-a-flat-graph", RULE ("'action':'read','target':'urn:t'"),
   "{'@graph':[{'@id':'urn:q','@type':'odrl:Request','odrl:permission':{'@id':'_:a'}},"
   "{'@id':'_:a','odrl:action':{'@id':'odrl:read'},'odrl:target':{'@id':'urn:t'}}]}",
   NULL, "permit urn:r+"},
  {"asked-by-reference", RULE ("'action':'read','target':'urn:t'"),
   "{'@graph':[{'@id':'urn:q','@type':'odrl:Request','odrl:permission':[{'odrl:action':{'@id':'"
   "odrl:read'},"
   "'odrl:target':{'@id':'urn:t'}}]}]}",
   NULL, "permit urn:r+"},
  {"parameter", WHEN (EQ ("purpose", "'urn:x'")),
   "{'action':'read','requestParameters':[{'value':'urn:x','describesFeature':'odrl:purpose'}]}",
   NULL, "permit urn:r+"},
  {"parameter-of-time",
   WHEN ("{'leftOperand':'dateTime','operator':'lt','rightOperand':'2018-01-01'}"),
   "{'action':'read','requestParameters':{'value':{'@value':'2017-12-19T15:00:00','@type':'xsd:"
   "dateTime'},"
   "'describesFeature':'sotw:CurrentXSDDateTime'}}",
   "{'now':'2026-01-01T00:00:00Z'}", "permit urn:r+"},
  /* the context */
  {"now", WHEN ("{'leftOperand':'dateTime','operator':'lt','rightOperand':'2018-01-01'}"), READ,
   "{'now':'2017-06-01T00:00:00Z'}", "permit urn:r+"},
  {"bare-key", WHEN (EQ ("purpose", "'x'")), READ, "{'values':{'purpose':'x'}}", "permit urn:r+"},
  {"prefixed-key", WHEN (EQ ("purpose", "'x'")), READ, "{'values':{'odrl:purpose':'x'}}",
   "permit urn:r+"},
  {"full-key", WHEN (EQ ("purpose", "'x'")), READ,
   "{'values':{'http://www.w3.org/ns/odrl/2/purpose':['x']}}", "permit urn:r+"},
  {"own-operand", PREFIXED ("'action':'read','constraint':" EQ ("ex:mood", "'x'")), READ,
   "{'values':{'https://ex.example/mood':'x'}}", "permit urn:r+"},
  {"status", WHEN ("{'leftOperand':'count','operator':'lt','rightOperand':5,'status':4}"), READ,
   NULL, "permit urn:r+"},
  {"status-gives-way", WHEN ("{'leftOperand':'count','operator':'lt','rightOperand':5,'status':4}"),
   READ, "{'values':{'count':5}}", "deny urn:r"},
  {"reference",
   WHEN ("{'leftOperand':'count','operator':'lt','rightOperandReference':'urn:limit'}"), READ,
   "{'values':{'count':4,'urn:limit':5}}", "permit urn:r+"},
  {"reference-unknown",
   WHEN ("{'leftOperand':'count','operator':'lt','rightOperandReference':'urn:limit'}"), READ,
   "{'values':{'count':4}}", "deny urn:r"},
  {"datatype",
   WHEN ("{'leftOperand':'version','operator':'lt','rightOperand':'9','dataType':'xsd:string'}"),
   READ, "{'values':{'version':'10'}}", "permit urn:r+"},
  {"two-constraints", WHEN (A "," B), READ, "{'values':{'count':1,'version':2}}", "deny urn:r"},
  {"incomplete", WHEN ("{'leftOperand':'count','operator':'eq'}"), READ, "{'values':{'count':1}}",
   "deny urn:r"},
  {"dangling", WHEN ("'urn:nowhere'"), READ, NULL, "deny urn:r"},
/* logic; A and B hold, C does not, D is not known */
#define KNOWN "{'values':{'count':1,'version':1,'language':'se'}}"
#define D EQ ("industry", "'x'")
  {"and", WHEN ("{'and':[" A "," B "]}"), READ, KNOWN, "permit urn:r+"},
  {"and-list", WHEN ("{'and':{'@list':[" A "," B "]}}"), READ, KNOWN, "permit urn:r+"},
  {"and-one-not", WHEN ("{'and':[" A "," C "]}"), READ, KNOWN, "deny urn:r"},
  {"and-unknown", WHEN ("{'and':[" A "," D "]}"), READ, KNOWN, "deny urn:r"},
  {"or", WHEN ("{'or':[" C "," B "]}"), READ, KNOWN, "permit urn:r+"},
  {"or-none", WHEN ("{'or':[" C "," C "]}"), READ, KNOWN, "deny urn:r"},
  {"or-unknown", WHEN ("{'or':[" D "," B "]}"), READ, KNOWN, "permit urn:r+"},
  {"or-only-unknown", WHEN ("{'or':[" D "," C "]}"), READ, KNOWN, "deny urn:r"},
  {"xone", WHEN ("{'xone':[" A "," C "]}"), READ, KNOWN, "permit urn:r+"},
  {"xone-two", WHEN ("{'xone':[" A "," B "]}"), READ, KNOWN, "deny urn:r"},
  {"xone-none", WHEN ("{'xone':[" C "," C "]}"), READ, KNOWN, "deny urn:r"},
  {"xone-unknown", WHEN ("{'xone':[" A "," D "]}"), READ, KNOWN, "deny urn:r"},
  {"sequence", WHEN ("{'andSequence':{'@list':[" A "," B "]}}"), READ, KNOWN, "permit urn:r+"},
  {"sequence-not", WHEN ("{'andSequence':{'@list':[" A "," C "]}}"), READ, KNOWN, "deny urn:r"},
  {"nested", WHEN ("{'or':[" C ",{'and':[" A ",{'xone':[" B "," C "]}]}]}"), READ, KNOWN,
   "permit urn:r+"},
  {"nested-not", WHEN ("{'or':[" C ",{'and':[" A ",{'xone':[" B "," A "]}]}]}"), READ, KNOWN,
   "deny urn:r"},
  {"logic-by-reference",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'@type':'Set','uid':'urn:p','permission':{'uid':'urn:r',"
   "'action':'read','constraint':'urn:l'}},{'uid':'urn:l','and':['urn:c1','urn:c2']},"
   "{'uid':'urn:c1','leftOperand':'count','operator':'eq','rightOperand':1},"
   "{'uid':'urn:c2','leftOperand':'version','operator':'eq','rightOperand':2}]}",
   READ, KNOWN, "deny urn:r"},
  {"logic-in-a-ring",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'@type':'Set','uid':'urn:p','permission':{'uid':'urn:r',"
   "'action':'read','constraint':'urn:l'}},{'uid':'urn:l','and':['urn:l']}]}",
   READ, KNOWN, "deny urn:r"},
  /* collections and refinements */
  {"member", RULE ("'action':'read','target':'urn:all'"), READ, MEMBERS (IN ("urn:t", "urn:all")),
   "permit urn:r+"},
  {"member-twice", RULE ("'action':'read','target':'urn:all'"), READ,
   MEMBERS (IN ("urn:t", "urn:some") "," IN ("urn:some", "urn:all")), "permit urn:r+"},
  {"ring", RULE ("'action':'read','target':'urn:all'"), READ,
   MEMBERS (IN ("urn:t", "urn:some") "," IN ("urn:some", "urn:t")), "deny urn:r target"},
  {"wrong-way", RULE ("'action':'read','target':'urn:t'"), "{'action':'read','target':'urn:all'}",
   MEMBERS (IN ("urn:t", "urn:all")), "deny urn:r target"},
  {"team", RULE ("'action':'read','assignee':{'@type':'PartyCollection','uid':'urn:team'}"), READ,
   MEMBERS (IN ("urn:ann", "urn:team")), "permit urn:r+"},
  {"not-in-team", RULE ("'action':'read','assignee':{'@type':'PartyCollection','uid':'urn:team'}"),
   READ, MEMBERS (IN ("urn:bo", "urn:team")), "deny urn:r party"},
  {"source", RULE ("'action':'read','target':{'@type':'AssetCollection','source':'urn:all'}"), READ,
   MEMBERS (IN ("urn:t", "urn:all")), "permit urn:r+"},
  {"part-in-policy",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'@type':'Asset','uid':'urn:t','partOf':'urn:all'},"
   "{'@type':'Set','uid':'urn:p','permission':{'uid':'urn:r','action':'read','target':'urn:all'}}]"
   "}",
   READ, NULL, "permit urn:r+"},
  {"refined-target",
   RULE ("'action':'read','target':{'@type':'AssetCollection','source':'urn:all','refinement':"
         "{'leftOperand':'resolution','operator':'lt','rightOperand':60}}"),
   READ, "{'memberships':[" IN ("urn:t", "urn:all") "],'values':{'resolution':59}}",
   "permit urn:r+"},
  {"refined-target-not",
   RULE ("'action':'read','target':{'@type':'AssetCollection','source':'urn:all','refinement':"
         "{'leftOperand':'resolution','operator':'lt','rightOperand':60}}"),
   READ, "{'memberships':[" IN ("urn:t", "urn:all") "],'values':{'resolution':60}}",
   "deny urn:r target"},
  {"refined-party",
   PREFIXED (
     "'action':'read','assignee':{'@type':'PartyCollection','source':'urn:team','refinement':"
     "[{'leftOperand':'ex:age','operator':'gt','rightOperand':17}]}"),
   READ, "{'memberships':[" IN ("urn:ann", "urn:team") "],'values':{'ex:age':17}}",
   "deny urn:r party"},
  {"refined-action-unknown", RULE ("'action':{'rdf:value':'odrl:read','refinement':" A "}"), READ,
   NULL, "deny urn:r action"},
  {"refined-action", RULE ("'action':{'rdf:value':'odrl:read','refinement':" A "}"), READ, KNOWN,
   "permit urn:r+"},
  {"nameless-refined",
   RULE ("'action':'read','target':{'@type':'AssetCollection','refinement':" A "}"), READ, KNOWN,
   "permit urn:r+"},
  /* duties */
  {"duty-not-set", RULE (DUTY), READ, NULL, "permit urn:r+"},
  {"duty-fulfilled", RULE (DUTY), READ, STATE ("'rule':'urn:d','state':'Fulfilled'"),
   "permit urn:r+"},
  {"duty-violated", RULE (DUTY), READ, STATE ("'rule':'urn:d','state':'Violated'"), "deny urn:r"},
  {"duty-violated-by-prefix", RULE (DUTY), READ,
   STATE ("'rule':{'@id':'urn:d'},'state':'report:Violated'"), "deny urn:r"},
  {"duty-violated-in-lower-case", RULE (DUTY), READ,
   STATE ("'rule':'urn:d','performance':'Unperformed','state':'violated'"), "deny urn:r"},
  {"duty-of-the-permission", RULE (DUTY), READ, STATE ("'rule':'urn:r','state':'Violated'"),
   "deny urn:r"},
  {"duty-by-performance", RULE (DUTY), READ, STATE ("'performance':'urn:d','state':'Violated'"),
   "deny urn:r"},
  {"duty-by-action", RULE (DUTY), READ,
   STATE (
     "'rule':'urn:r','performance':'http://www.w3.org/ns/odrl/2/compensate','state':'Violated'"),
   "deny urn:r"},
  {"duty-of-another", RULE (DUTY), READ, STATE ("'rule':'urn:e','state':'Violated'"),
   "permit urn:r+"},
  {"duty-unperformed-only", RULE (DUTY), READ,
   STATE ("'rule':'urn:d','performance':'Unperformed','state':'NonSet'"), "permit urn:r+"},
  {"duty-consequence-violated",
   RULE ("'action':'read','duty':{'uid':'urn:d','action':'attribute','consequence':{'uid':'urn:e','"
         "action':'inform'}}"),
   READ, STATE ("'rule':'urn:e','state':'Violated'"), "permit urn:r+"},
  {"obligation", "{" MAY ",'obligation':[{'uid':'urn:o','action':'read','assignee':'urn:ann'}]}",
   READ, NULL, "not-applicable urn:o+"},
  {"obligation-of-another",
   "{" MAY ",'obligation':[{'uid':'urn:o','action':'delete','assignee':'urn:bo'}]}", READ, NULL,
   "not-applicable urn:o party action"},
  {"remedy",
   "{" MAY ",'prohibition':[{'uid':'urn:n','action':'read','remedy':[{'uid':'urn:d','action':'"
   "anonymize'}]}]}",
   READ, STATE ("'rule':'urn:d','state':'Fulfilled'"), "deny urn:n+"},
  /* several rules, conflicts */
  {"conflict", MAY_NOT (""), READ, NULL, "deny urn:r+ urn:n+"},
  {"conflict-perm", MAY_NOT ("'conflict':'perm',"), READ, NULL, "permit urn:r+ urn:n+"},
  {"conflict-perm-in-full", MAY_NOT ("'conflict':{'@id':'odrl:perm'},"), READ, NULL,
   "permit urn:r+ urn:n+"},
  {"conflict-prohibit", MAY_NOT ("'conflict':'prohibit',"), READ, NULL, "deny urn:r+ urn:n+"},
  {"conflict-invalid", MAY_NOT ("'conflict':'invalid',"), READ, NULL, "deny urn:r+ urn:n+"},
  {"prohibition-with-unknown",
   "{" MAY
   ",'permission':[{'uid':'urn:r','action':'read'}],'prohibition':[{'uid':'urn:n','action':'read',"
   "'constraint':" D "}]}",
   READ, NULL, "permit urn:r+ urn:n"},
  {"one-of-two",
   "{" MAY ",'permission':[{'uid':'urn:r','action':'print'},{'uid':'urn:s','action':'read'}]}",
   READ, NULL, "permit urn:r action urn:s+"},
  {"only-prohibitions-elsewhere", "{" MAY ",'prohibition':[{'uid':'urn:n','action':'print'}]}",
   READ, NULL, "not-applicable urn:n action"},
  /* compact policies, several policies, inheritance */
  {"compact",
   "{" MAY ",'target':'urn:t','action':'read','permission':[{'uid':'urn:r','assignee':'urn:ann'},{'"
   "uid':'urn:s','assignee':'urn:bo'}]}",
   READ, NULL, "permit urn:r+ urn:s party"},
  {"compact-own-wins",
   "{" MAY ",'target':'urn:u','action':'read','permission':[{'uid':'urn:r','target':'urn:t'}]}",
   READ, NULL, "permit urn:r+"},
  {"compact-constraint",
   "{" MAY ",'constraint':" C ",'permission':[{'uid':'urn:r','action':'read'}]}", READ, KNOWN,
   "deny urn:r"},
  {"array",
   "[" RULE ("'action':'read'") ",{'@type':'Set','uid':'urn:q','prohibition':{'uid':'urn:n','"
                                "action':'read'}}]",
   READ, NULL, "deny urn:r+ urn:n+"},
  {"graph",
   "{'@context':'http://www.w3.org/ns/odrl.jsonld','@graph':[" RULE ("'action':'read'") "]}", READ,
   NULL, "permit urn:r+"},
  {"inherited",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'@type':'Set','uid':'urn:base','prohibition':{'uid':'urn:n','action':'"
   "read'}},"
   "{'@type':'Set','uid':'urn:p','inheritFrom':'urn:base','permission':{'uid':'urn:r','action':'"
   "read'}}]}",
   READ, NULL, "deny urn:r+ urn:n+"},
  {"inherited-inline",
   "{" MAY ",'assignee':'urn:bo','inheritFrom':{'@type':'Set','uid':'urn:base','permission':{'uid':"
   "'urn:s','action':'read'}},"
   "'permission':{'uid':'urn:r','action':'read'}}",
   READ, NULL, "deny urn:r party urn:s party"},
  {"inherited-twice",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'uid':'urn:a','permission':{'uid':'urn:s','action':'read'}},"
   "{'uid':'urn:b','@type':'Set','inheritFrom':'urn:a'},{'@type':'Set','uid':'urn:p','inheritFrom':"
   "'urn:b',"
   "'permission':{'uid':'urn:r','action':'print'}}]}",
   READ, NULL, "permit urn:r action urn:s+"},
  {"inherited-in-a-ring",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'uid':'urn:a','inheritFrom':'urn:p','permission':{'uid':'urn:s','"
   "action':'print'}},"
   "{'uid':'urn:p','inheritFrom':'urn:a','permission':{'uid':'urn:r','action':'read'}}]}",
   READ, NULL, "permit urn:s action urn:r+"},
  {"has-policy",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'@type':'Asset','uid':'urn:u','hasPolicy':'urn:p'},"
   "{'@type':'Set','uid':'urn:p','permission':{'uid':'urn:r','action':'read'}}]}",
   READ, NULL, "deny urn:r target"},
  {"rules-by-reference",
   "{'@context':'http://www.w3.org/ns/"
   "odrl.jsonld','@graph':[{'@type':'Set','uid':'urn:p','permission':['urn:r']},"
   "{'uid':'urn:r','@type':'Permission','action':'read','target':{'@id':'urn:t'}}]}",
   READ, NULL, "permit urn:r+"},
  {"no-rules", "{" MAY "}", READ, NULL, "not-applicable"},
  {"made-up-names", "{'uid':'urn:p','permission':[{'action':'read'},{'action':'print'}]}", READ,
   NULL, "permit urn:p#permission-1+ urn:p#permission-2 action"},
  /* the XML encoding */
  {"xml",
   "<o:Policy xmlns:o='http://www.w3.org/ns/odrl/2/' type='http://www.w3.org/ns/odrl/2/Set' "
   "uid='urn:p'>"
   "<o:permission uid='urn:r'><o:asset uid='urn:t' relation='http://www.w3.org/ns/odrl/2/target'/>"
   "<o:action name='http://www.w3.org/ns/odrl/2/read'/><o:party uid='urn:bo' "
   "function='o:assigner'/>"
   "<o:constraint name='o:spatial' operator='o:isAnyOf' rightOperand='urn:iso:3166:DE "
   "urn:iso:3166:AT'/>"
   "</o:permission></o:Policy>",
   READ, "{'values':{'spatial':'AT'}}", "permit urn:r+"},
  {"xml-not",
   "<o:Policy xmlns:o='http://www.w3.org/ns/odrl/2/' type='http://www.w3.org/ns/odrl/2/Set' "
   "uid='urn:p'>"
   "<o:permission uid='urn:r'><o:asset uid='urn:u' relation='o:target'/><o:action name='o:read'/>"
   "<o:party uid='urn:bo' function='o:assignee'/><o:duty><o:action "
   "name='o:attribute'/></o:duty></o:permission>"
   "<o:prohibition uid='urn:n'><o:action name='o:print'/></o:prohibition></o:Policy>",
   READ, NULL, "deny urn:r target party urn:n action"},
  {"xml-by-reference",
   "<Policy xmlns='http://www.w3.org/ns/odrl/2/' uid='urn:p' "
   "conflict='http://www.w3.org/ns/odrl/2/perm'>"
   "<action id='a' name='http://www.w3.org/ns/odrl/2/read'/><permission uid='urn:r'><action "
   "idref='a'/></permission>"
   "<prohibition uid='urn:n'><action idref='a'/></prohibition></Policy>",
   READ, NULL, "permit urn:r+ urn:n+"},
  {"quoted",
   "'{\\'uid\\':\\'urn:p\\',\\'permission\\':{\\'uid\\':\\'urn:r\\',\\'action\\':\\'read\\'}}'",
   READ, NULL, "permit urn:r+"},
};

static char *
summarise (JsonObject *report)
{
  static const char *const premises[] = {"target", "party", "action"};
  GString *text = g_string_new (json_object_get_string_member (report, "decision"));
  JsonArray *rules = json_object_get_array_member (report, "rules");

  for (guint i = 0; i < json_array_get_length (rules); i++) {
    JsonObject *rule = json_array_get_object_element (rules, i);
    gboolean active = g_str_equal (json_object_get_string_member (rule, "activation"), "Active");

    g_string_append_printf (text, " %s%s", json_object_get_string_member (rule, "uid"),
                            active ? "+" : "");
    for (guint k = 0; k < G_N_ELEMENTS (premises); k++)
      if (g_strcmp0 (
            rp_json_get_string (json_object_get_object_member (rule, "premises"), premises[k]),
            "Unsatisfied") == 0)
        g_string_append_printf (text, " %s", premises[k]);
  }

  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (JsonObject) report = judge (cases[i].policy, cases[i].request, cases[i].context);
  g_autofree char *outcome = summarise (report);

  g_assert_cmpstr (outcome, ==, cases[i].outcome);
}

/* Only what a rule states is a premise. */
static void
test_premises (void)
{
  g_autoptr (JsonObject) report = judge (RULE ("'target':'urn:t'"), READ, NULL);
  JsonObject *rule =
    json_array_get_object_element (json_object_get_array_member (report, "rules"), 0);
  JsonObject *premises = json_object_get_object_member (rule, "premises");

  g_assert_cmpuint (json_object_get_size (premises), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (premises, "target"), ==, "Satisfied");
}

/* Requests and policies that say nothing are told apart from a no. */
static const struct {
  const char *name;
  const char *policy;
  const char *request;
  const char *context;
} unreadable[] = {
  {"no-policy", "{'a':1}", READ, NULL},
  {"list", "[1,2]", READ, NULL},
  {"address", "https://ex.example/policy", READ, NULL},
  {"other-xml", "<rsl xmlns='https://rslstandard.org/rsl'/>", READ, NULL},
  {"half", "{'uid':'urn:p'", READ, NULL},
  {"empty-request", RULE ("'action':'read'"), "{'@type':'Request'}", NULL},
  {"bad-now", RULE ("'action':'read'"), READ, "{'now':'yesterday'}"},
};

static void
test_unreadable (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdelimit (g_strdup (unreadable[i].policy), "'", '"');
  g_autoptr (GError) error = NULL;
  g_autoptr (RpPolicy) policy = rp_policy_new_from_text (text, &error);
  g_autoptr (JsonObject) request = parse (unreadable[i].request);
  g_autoptr (JsonObject) context =
    unreadable[i].context != NULL ? parse (unreadable[i].context) : NULL;
  g_autoptr (RpPolicyFacts) facts = NULL;

  if (policy != NULL)
    facts = rp_policy_facts_new_from_json (policy, request, context, 0, &error);
  g_assert_null (facts);
  g_assert_nonnull (error);
  g_assert_cmpuint (strlen (error->message), >, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++) {
    g_autofree char *name = g_strdup_printf ("/rights/policy/condition/%03u-%s-%s", i,
                                             conditions[i].left, conditions[i].op);

    g_strdelimit (name + strlen ("/rights/policy/condition/"), "/", '-');
    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_condition);
  }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strconcat ("/rights/policy/case/", cases[i].name, NULL);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_case);
  }
  for (guint i = 0; i < G_N_ELEMENTS (unreadable); i++) {
    g_autofree char *name = g_strconcat ("/rights/policy/unreadable/", unreadable[i].name, NULL);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), test_unreadable);
  }
  g_test_add_func ("/rights/policy/premises", test_premises);

  return g_test_run ();
}

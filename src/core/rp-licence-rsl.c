#include "rp-licence-rsl.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-text.h"
#include "rp-xml.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define RSL "https://rslstandard.org/rsl"

/* The uses of the profile's "ai", their words in RSL 1.0, and in its drafts. */
enum {
  N_USES = 4
};

static const struct {
  const char *member;
  const char *word;
  const char *draft;
  gboolean by_ai;
} uses[N_USES] = {
  {"train", "ai-train", "train-ai", TRUE},
  {"input", "ai-input", "ai-use", TRUE},
  {"index", "ai-index", "ai-include", TRUE},
  {"search", "search", "search", FALSE},
};

/* ---- writing ---- */

static void
set (xmlNode *node, const char *name, const char *value)
{
  if (!rp_text_is_empty (value))
    xmlNewProp (node, BAD_CAST name, BAD_CAST value);
}

static xmlNode *
add (xmlNode *parent, const char *name, const char *text)
{
  return xmlNewTextChild (parent, NULL, BAD_CAST name, BAD_CAST text);
}

static void
add_rule (xmlNode *licence, const char *rule, const char *type, GPtrArray *words)
{
  g_autofree char *list = NULL;

  if (words->len == 0)
    return;
  g_ptr_array_add (words, NULL);
  list = g_strjoinv (" ", (char **) words->pdata);
  set (add (licence, rule, list), "type", type);
}

/* The uses that the profile answers with `answer`. */
static GPtrArray *
list_uses (JsonObject *profile, const char *answer)
{
  JsonObject *ai = rp_json_get_object (profile, "ai");
  GPtrArray *words = g_ptr_array_new ();

  for (guint i = 0; ai != NULL && i < N_USES; i++)
    if (g_strcmp0 (rp_json_get_string (ai, uses[i].member), answer) == 0)
      g_ptr_array_add (words, (gpointer) uses[i].word);

  return words;
}

static void
drop_uses_of_ai (GPtrArray *words)
{
  for (guint i = words->len; i > 0; i--)
    if (g_str_has_prefix (words->pdata[i - 1], "ai-"))
      g_ptr_array_remove_index (words, i - 1);
}

static gboolean
grants_everything (const RpTerms *terms)
{
  return !terms->tdm_reserved && (terms->is_public_domain || terms->is_creative_commons_by) &&
         !terms->creative_commons.no_derivatives;
}

static void
add_usage (xmlNode *licence, JsonObject *profile, const RpTerms *terms)
{
  g_autoptr (GPtrArray) allowed = list_uses (profile, "allow");
  g_autoptr (GPtrArray) denied = list_uses (profile, "deny");

  if (terms->tdm_reserved) {
    drop_uses_of_ai (denied);
    drop_uses_of_ai (allowed);
    g_ptr_array_add (denied, (gpointer) "ai-all");
  } else if (allowed->len + denied->len == 0 && grants_everything (terms)) {
    g_ptr_array_add (allowed, (gpointer) "all");
  }
  add_rule (licence, "permits", "usage", allowed);
  add_rule (licence, "prohibits", "usage", denied);
}

static void
add_places (xmlNode *licence, const char *rule, GStrv places)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    if (strlen (places[i]) == 2 && g_ascii_isupper (places[i][0]) && g_ascii_isupper (places[i][1]))
      g_ptr_array_add (words, places[i]);
  add_rule (licence, rule, "geo", words);
}

static void
add_amount (xmlNode *payment, JsonObject *stated)
{
  g_autofree char *amount = rp_json_dup_text (stated, "amount");
  const char *currency = rp_json_get_string (stated, "currency");
  char *end = NULL;

  if (amount == NULL || currency == NULL || strlen (currency) != 3 ||
      g_ascii_strtod (amount, &end) < 0 || *end != '\0')
    return;
  set (add (payment, "amount", amount), "currency", currency);
}

static void
add_payment (xmlNode *licence, JsonObject *profile, const RpTerms *terms)
{
  JsonObject *stated = rp_json_get_object (profile, "payment");
  const char *model = terms->payment_model;
  gboolean web_contact = rp_text_is_web_url (terms->contact);
  xmlNode *payment;
  const char *type = NULL;

  if (model != NULL)
    type = g_str_equal (model, "free")           ? "free"
           : g_str_equal (model, "subscription") ? "subscription"
                                                 : "use";
  else if (terms->is_public_domain)
    type = "free";
  else if (terms->is_creative_commons_by)
    type = "attribution";
  if (type == NULL)
    return;
  payment = add (licence, "payment", NULL);
  set (payment, "type", type);
  if (terms->url != NULL && rp_text_is_web_url (terms->url))
    add (payment, "standard", terms->url);
  if (web_contact)
    add (payment, "custom", terms->contact);
  if (stated != NULL)
    add_amount (payment, stated);
}

static void
add_owner (xmlNode *content, RpLicence *licence, const RpTerms *terms)
{
  const char *holder = terms->rights_holder != NULL ? terms->rights_holder : terms->licensor;
  const char *terms_url = rp_licence_get (licence, "terms_url");
  xmlNode *copyright;

  if (holder != NULL) {
    copyright = add (content, "copyright", holder);
    set (copyright, "type", "organization");
    if (terms->contact != NULL)
      set (copyright, strchr (terms->contact, '@') != NULL ? "contactEmail" : "contactUrl",
           terms->contact);
  }
  if (rp_text_is_web_url (terms_url))
    add (content, "terms", terms_url);
}

static gboolean
speaks_of_machines (JsonObject *profile, const RpTerms *terms)
{
  return terms->tdm_reserved || terms->is_public_domain || terms->is_creative_commons_by ||
         rp_json_has (profile, "ai") || rp_json_has (profile, "payment");
}

char *
rp_licence_to_rsl (RpLicence *licence, const char *content_url)
{
  const RpTerms *terms;
  JsonObject *profile;
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  xmlNode *root, *content, *rules;

  g_return_val_if_fail (RP_IS_LICENCE (licence), NULL);

  terms = rp_licence_get_terms (licence);
  profile = rp_licence_get_profile (licence);
  if (!speaks_of_machines (profile, terms))
    return NULL;
  doc = xmlNewDoc (BAD_CAST "1.0");
  root = xmlNewDocNode (doc, NULL, BAD_CAST "rsl", NULL);
  xmlSetNs (root, xmlNewNs (root, BAD_CAST RSL, NULL));
  xmlDocSetRootElement (doc, root);
  content = add (root, "content", NULL);
  set (content, "url", content_url != NULL ? content_url : "/");
  rules = add (content, "license", NULL);
  add_usage (rules, profile, terms);
  if (terms->commercial_denied) {
    g_autoptr (GPtrArray) words = g_ptr_array_new ();

    g_ptr_array_add (words, (gpointer) "commercial");
    add_rule (rules, "prohibits", "user", words);
  }
  add_places (rules, "permits", terms->territory_allow);
  add_places (rules, "prohibits", terms->territory_deny);
  add_payment (rules, profile, terms);
  add_owner (content, licence, terms);
  xmlNodeDump (buffer, doc, root, 0, 1);

  return g_strconcat ((const char *) xmlBufferContent (buffer), "\n", NULL);
}

/* ---- reading ---- */

typedef enum {
  ANSWER_UNKNOWN,
  ANSWER_ALLOW,
  ANSWER_DENY
} Answer;

static gboolean
covers (const char *word, guint use)
{
  return g_str_equal (word, "all") || g_str_equal (word, uses[use].word) ||
         g_str_equal (word, uses[use].draft) ||
         (uses[use].by_ai && (g_str_equal (word, "ai-all") || g_str_equal (word, "ai")));
}

/* 1.0 parts the words by spaces, the drafts by commas. */
static gboolean
lists (xmlNode *rule, guint use)
{
  g_autofree char *text = rp_xml_dup_text (rule);
  g_auto (GStrv) words = g_strsplit_set (text != NULL ? text : "", " ,\t\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (covers (words[i], use))
      return TRUE;

  return FALSE;
}

static gboolean
is_rule_of_use (xmlNode *node, const char *name)
{
  const char *type = rp_xml_is (node, NULL, name) ? rp_xml_peek_attribute (node, "type") : NULL;

  return type != NULL && g_str_equal (type, "usage");
}

static gboolean
wants_payment (xmlNode *licence)
{
  static const char *const gratis[] = {"free", "attribution", NULL};
  xmlNode *payment = rp_xml_child (licence, NULL, "payment");
  const char *type = payment != NULL ? rp_xml_peek_attribute (payment, "type") : NULL;

  return type != NULL && !g_strv_contains (gratis, type);
}

/* One licence: what it prohibits it never permits; with a list of permits, what is not on it is not
 * permitted; what is permitted for money is not permitted as it is. */
static Answer
read_answer (xmlNode *licence, guint use)
{
  gboolean listed = FALSE, permitted = FALSE;

  for (xmlNode *node = licence->children; node != NULL; node = node->next) {
    if (is_rule_of_use (node, "prohibits") && lists (node, use))
      return ANSWER_DENY;
    if (is_rule_of_use (node, "permits")) {
      listed = TRUE;
      permitted |= lists (node, use);
    }
  }
  if (listed && !permitted)
    return ANSWER_DENY;
  if (wants_payment (licence))
    return ANSWER_DENY;

  return permitted ? ANSWER_ALLOW : ANSWER_UNKNOWN;
}

static Answer
settle_answer (xmlNode *root, guint use)
{
  Answer answer = ANSWER_UNKNOWN;

  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE)) {
    Answer own = rp_xml_is (node, NULL, "license") ? read_answer (node, use) : ANSWER_UNKNOWN;

    if (own == ANSWER_ALLOW)
      return ANSWER_ALLOW;
    if (own == ANSWER_DENY)
      answer = ANSWER_DENY;
  }

  return answer;
}

static void
read_uses (JsonObject *profile, xmlNode *root)
{
  JsonObject *ai = json_object_new ();
  gboolean all_denied = TRUE;

  for (guint i = 0; i < N_USES; i++) {
    Answer answer = settle_answer (root, i);

    if (answer != ANSWER_UNKNOWN)
      json_object_set_string_member (ai, uses[i].member, answer == ANSWER_ALLOW ? "allow" : "deny");
    if (uses[i].by_ai)
      all_denied &= answer == ANSWER_DENY;
  }
  if (json_object_get_size (ai) > 0)
    json_object_set_object_member (profile, "ai", ai);
  else
    json_object_unref (ai);
  if (all_denied)
    json_object_set_boolean_member (profile, "tdm_reserved", TRUE);
}

static xmlNode *
find (xmlNode *root, const char *name)
{
  for (xmlNode *node = root; node != NULL; node = rp_xml_follow (node, root, TRUE))
    if (rp_xml_is (node, NULL, name))
      return node;

  return NULL;
}

static const char *
name_model (const char *type)
{
  static const char *const gratis[] = {"free", "attribution", "contribution", NULL};

  if (g_strv_contains (gratis, type))
    return "free";

  return g_str_equal (type, "subscription") ? "subscription" : "per-use";
}

static void
read_payment (JsonObject *profile, xmlNode *root)
{
  xmlNode *payment = find (root, "payment");
  const char *type = payment != NULL ? rp_xml_peek_attribute (payment, "type") : NULL;
  g_autofree char *standard = NULL;
  g_autofree char *custom = NULL;
  g_autofree char *amount = NULL;
  JsonObject *object;

  if (type == NULL)
    return;
  standard = rp_xml_dup_child_text (payment, NULL, "standard");
  custom = rp_xml_dup_child_text (payment, NULL, "custom");
  amount = rp_xml_dup_child_text (payment, NULL, "amount");
  object = json_object_new ();
  json_object_set_string_member (object, "model", name_model (type));
  if (amount != NULL) {
    rp_json_set_string (object, "amount", amount);
    rp_json_set_string (object, "currency",
                        rp_xml_peek_attribute (rp_xml_child (payment, NULL, "amount"), "currency"));
  }
  json_object_set_object_member (profile, "payment", object);
  rp_json_set_string (profile, "url", standard);
  rp_json_set_string (profile, "contact", custom);
}

static void
read_owner (JsonObject *profile, xmlNode *root)
{
  xmlNode *copyright = find (root, "copyright");
  xmlNode *terms = find (root, "terms");
  g_autofree char *holder = copyright != NULL ? rp_xml_dup_text (copyright) : NULL;
  g_autofree char *terms_url = terms != NULL ? rp_xml_dup_text (terms) : NULL;
  static const char *const contacts[] = {"contactEmail", "contactUrl"};

  rp_json_set_string (profile, "rights_holder", holder);
  rp_json_set_string (profile, "licensor", holder);
  rp_json_set_string (profile, "terms_url", terms_url);
  for (guint i = 0; copyright != NULL && i < G_N_ELEMENTS (contacts); i++)
    if (!rp_json_has (profile, "contact"))
      rp_json_set_string (profile, "contact", rp_xml_peek_attribute (copyright, contacts[i]));
}

/* By whom and of what: the site's name is all that such a document has for a title. */
static void
name_profile (JsonObject *profile, xmlNode *root)
{
  xmlNode *content = find (root, "content");
  const char *url = content != NULL ? rp_xml_peek_attribute (content, "url") : NULL;
  g_autofree char *host = rp_text_host (url);
  const char *holder = rp_json_get_string (profile, "rights_holder");
  const char *whose = holder != NULL ? holder : host;
  g_autofree char *slug = rp_text_slug (whose != NULL ? whose : "rsl", 60);
  g_autofree char *id = g_strconcat (slug, "-rsl", NULL);
  g_autofree char *name = whose != NULL ? g_strdup_printf (_ ("Terms of %s for machines"), whose)
                                        : g_strdup (_ ("Terms for machines"));

  json_object_set_string_member (profile, "id", id);
  json_object_set_string_member (profile, "name", name);
  if (host != NULL) {
    const char *const match[] = {host, NULL};

    rp_json_set_strv (profile, "match", match);
  }
}

RpLicence *
rp_licence_new_from_rsl (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  g_autoptr (JsonObject) profile = json_object_new ();
  xmlNode *root;

  g_return_val_if_fail (text != NULL, NULL);

  bytes = g_bytes_new_static (text, strlen (text));
  doc = rp_xml_parse (bytes, FALSE, NULL, error);
  if (doc == NULL)
    return NULL;
  root = xmlDocGetRootElement (doc);
  if (find (root, "license") == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("The RSL document states no licence"));
    return NULL;
  }
  json_object_set_int_member (profile, "version", 1);
  json_object_set_string_member (profile, "permission", "ask");
  read_uses (profile, root);
  read_payment (profile, root);
  read_owner (profile, root);
  name_profile (profile, root);

  return rp_licence_new_from_json (profile, error);
}

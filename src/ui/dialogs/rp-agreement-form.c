#include "rp-agreement-form.h"

#include "rp-id.h"
#include "rp-json.h"
#include "rp-terms.h"
#include "rp-text.h"

#include <string.h>

const RpAgreementField rp_agreement_words[RP_AGREEMENT_N_WORDS] = {
  [RP_AGREEMENT_NAME] = {"name", "name"},
  [RP_AGREEMENT_LICENSOR] = {"licensor", "licensor"},
  [RP_AGREEMENT_HOLDER] = {"holder", "rights_holder"},
  [RP_AGREEMENT_CREDIT] = {"credit", "credit_template"},
  [RP_AGREEMENT_MATCH] = {"match", "match"},
  [RP_AGREEMENT_CONTACT] = {"contact", "contact"},
  [RP_AGREEMENT_NOTES] = {"notes", "notes"},
};

const RpAgreementField rp_agreement_changes[RP_AGREEMENT_N_CHANGES] = {
  {"change_headline", "headline"},   {"change_style", "style"},     {"change_shorten", "shorten"},
  {"change_translate", "translate"}, {"change_rewrite", "rewrite"},
};

const RpAgreementField rp_agreement_channels[RP_AGREEMENT_N_CHANNELS] = {
  {"channel_web", "web"},
  {"channel_app", "app"},
  {"channel_newsletter", "newsletter"},
  {"channel_print", "print"},
  {"channel_broadcast", "broadcast"},
  {"channel_social", "social"},
  {"channel_api", "api"},
  {"channel_ai", "ai"},
};

/* ---- the credit line: one of several languages ---- */

/* The member that is meant: the article's language, else English, else the first one. */
static const char *
choose_language (JsonObject *templates, RpArticle *article, GPtrArray *kept)
{
  const char *language = rp_article_get (article, RP_ARTICLE_LANGUAGE);
  char *primary = g_strndup (language != NULL ? language : "en",
                             strcspn (language != NULL ? language : "en", "-_"));
  g_autoptr (GList) members = json_object_get_members (templates);

  g_ptr_array_add (kept, primary);
  if (json_object_has_member (templates, primary) || members == NULL)
    return primary;
  if (json_object_has_member (templates, "en"))
    return "en";

  return members->data;
}

static const char *
read_credit (JsonObject *profile, RpArticle *article, GPtrArray *kept)
{
  JsonObject *templates = rp_json_get_object (profile, "credit_template");
  const char *text = templates != NULL
                       ? rp_json_get_string (templates, choose_language (templates, article, kept))
                       : rp_json_get_string (profile, "credit_template");

  return text != NULL ? text : "";
}

static void
write_credit (JsonObject *profile, RpArticle *article, const char *text)
{
  JsonObject *templates = rp_json_get_object (profile, "credit_template");
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  if (templates != NULL)
    json_object_set_string_member (templates, choose_language (templates, article, kept), text);
  else if (*text != '\0')
    json_object_set_string_member (profile, "credit_template", text);
  else
    json_object_remove_member (profile, "credit_template");
}

/* ---- lists ---- */

static const char *
read_match (JsonObject *profile, GPtrArray *kept)
{
  g_auto (GStrv) patterns = rp_json_dup_strv (profile, "match");
  char *text = patterns != NULL ? g_strjoinv (", ", patterns) : g_strdup ("");

  g_ptr_array_add (kept, text);

  return text;
}

static void
write_match (JsonObject *profile, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  g_autoptr (JsonArray) patterns = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *pattern = rp_text_clean (parts[i]);

    if (pattern != NULL)
      json_array_add_string_element (patterns, pattern);
  }
  json_object_set_array_member (profile, "match", g_steal_pointer (&patterns));
}

static void
read_channels (JsonObject *profile, RpAgreementForm *form)
{
  g_auto (GStrv) words = rp_json_dup_strv (profile, "channels");

  form->some_channels = words != NULL;
  for (guint i = 0; i < RP_AGREEMENT_N_CHANNELS; i++)
    form->channels[i] = words == NULL || g_strv_contains ((const char *const *) words,
                                                          rp_agreement_channels[i].member);
}

/* What is allowed, also where the licence below it says so and not the profile. */
static void
read_changes (const RpTerms *terms, RpAgreementForm *form)
{
  static const RpChange changes[RP_AGREEMENT_N_CHANGES] = {
    RP_CHANGE_HEADLINE, RP_CHANGE_STYLE, RP_CHANGE_SHORTEN, RP_CHANGE_TRANSLATE, RP_CHANGE_REWRITE};

  for (guint i = 0; i < RP_AGREEMENT_N_CHANGES; i++)
    form->changes[i] = rp_terms_allow_change (terms, changes[i]);
}

/* A new agreement is made to publish; one that came without the word needs somebody's. */
static const char *
read_permission (const RpTerms *terms)
{
  if (terms->permission == RP_PERMISSION_NO)
    return "no";
  if (terms->permission == RP_PERMISSION_ASK ||
      (terms->permission == RP_PERMISSION_UNKNOWN && terms->id != NULL))
    return "ask";

  return "yes";
}

static gboolean
is_known (const char *word, const RpAgreementField *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (word, fields[i].member))
      return TRUE;

  return FALSE;
}

/* Words that the form does not show stay in the list. */
static void
write_set (JsonObject *profile,
           const char *member,
           const RpAgreementField *fields,
           const gboolean *values,
           guint n)
{
  g_auto (GStrv) before = rp_json_dup_strv (profile, member);
  g_autoptr (JsonArray) words = json_array_new ();

  for (guint i = 0; i < n; i++)
    if (values[i])
      json_array_add_string_element (words, fields[i].member);
  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    if (!is_known (before[i], fields, n))
      json_array_add_string_element (words, before[i]);
  json_object_set_array_member (profile, member, g_steal_pointer (&words));
}

/* ---- the whole form ---- */

void
rp_agreement_form_from_profile (RpAgreementForm *form,
                                JsonObject *profile,
                                RpArticle *article,
                                GPtrArray *kept)
{
  g_autoptr (RpTerms) terms = rp_terms_new (profile);

  for (guint i = 0; i < RP_AGREEMENT_N_WORDS; i++) {
    const char *text = rp_json_get_string (profile, rp_agreement_words[i].member);

    form->words[i] = text != NULL ? text : "";
  }
  form->words[RP_AGREEMENT_CREDIT] = read_credit (profile, article, kept);
  form->words[RP_AGREEMENT_MATCH] = read_match (profile, kept);
  read_channels (profile, form);
  read_changes (terms, form);
  form->permission = read_permission (terms);
  form->paywall = !terms->paywall_forbidden;
  form->commercial = rp_json_get_string (profile, "commercial");
  if (form->commercial == NULL)
    form->commercial = "";
}

static void
write_words (const RpAgreementForm *form, JsonObject *profile)
{
  for (guint i = 0; i < RP_AGREEMENT_N_WORDS; i++) {
    const char *member = rp_agreement_words[i].member;
    g_autofree char *text = rp_text_clean (form->words[i]);

    if (i == RP_AGREEMENT_CREDIT || i == RP_AGREEMENT_MATCH)
      continue;
    if (text != NULL)
      json_object_set_string_member (profile, member, text);
    else
      json_object_remove_member (profile, member);
  }
}

/* The agreement holds through its last minute. */
static void
write_end (JsonObject *profile, const RpAgreementForm *form)
{
  g_autoptr (GDateTime) last = NULL;
  g_autofree char *text = NULL;

  if (!form->end_changed)
    return;
  if (form->end == NULL) {
    json_object_remove_member (profile, "expires");
    return;
  }
  last = g_date_time_add_seconds (form->end, 59 - g_date_time_get_second (form->end));
  text = g_date_time_format_iso8601 (last);
  json_object_set_string_member (profile, "expires", text);
}

/* A list that nobody touched stays as it is, or away. */
static void
write_lists (const RpAgreementForm *form, JsonObject *profile, const RpAgreementForm *before)
{
  if (memcmp (form->changes, before->changes, sizeof form->changes) != 0)
    write_set (profile, "derivatives", rp_agreement_changes, form->changes, RP_AGREEMENT_N_CHANGES);
  if (!form->some_channels && before->some_channels)
    json_object_remove_member (profile, "channels");
  else if (form->some_channels &&
           (!before->some_channels ||
            memcmp (form->channels, before->channels, sizeof form->channels) != 0))
    write_set (profile, "channels", rp_agreement_channels, form->channels, RP_AGREEMENT_N_CHANNELS);
  if (!rp_text_same (form->words[RP_AGREEMENT_MATCH], before->words[RP_AGREEMENT_MATCH]))
    write_match (profile, form->words[RP_AGREEMENT_MATCH]);
}

/* Only what differs from what is meant without the member is written. */
static void
write_denial (JsonObject *profile, const char *member, gboolean allowed, const char *denial)
{
  if (!allowed)
    json_object_set_string_member (profile, member, denial);
  else if (g_strcmp0 (rp_json_get_string (profile, member), denial) == 0)
    json_object_remove_member (profile, member);
}

JsonObject *
rp_agreement_form_to_profile (const RpAgreementForm *form, JsonObject *profile, RpArticle *article)
{
  JsonObject *result = rp_json_object_copy (profile);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  RpAgreementForm before = {0};

  rp_agreement_form_from_profile (&before, profile, article, kept);
  if (rp_json_get_string (result, "id") == NULL) {
    g_autofree char *id = rp_id_new ();

    json_object_set_string_member (result, "id", id);
  }
  write_words (form, result);
  write_lists (form, result, &before);
  if (g_strcmp0 (form->words[RP_AGREEMENT_CREDIT], before.words[RP_AGREEMENT_CREDIT]) != 0)
    write_credit (result, article, form->words[RP_AGREEMENT_CREDIT]);
  json_object_set_string_member (result, "permission", form->permission);
  write_end (result, form);
  write_denial (result, "paywall", form->paywall, "forbidden");
  if (*form->commercial != '\0')
    json_object_set_string_member (result, "commercial", form->commercial);
  else if (rp_json_has (result, "commercial"))
    json_object_remove_member (result, "commercial");

  return result;
}

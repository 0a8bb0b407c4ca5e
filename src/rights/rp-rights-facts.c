/* The facts of a case as text, in the words of CASE.json, so that one reader reads both. */
#include "rp-json.h"
#include "rp-rights-case.h"

static void
set_flag (JsonObject *object, const char *name, RpFlag flag)
{
  if (flag != RP_FLAG_ABSENT)
    json_object_set_boolean_member (object, name, flag == RP_FLAG_YES);
}

static void
set_true (JsonObject *object, const char *name, gboolean value)
{
  if (value)
    json_object_set_boolean_member (object, name, TRUE);
}

static void
set_number (JsonObject *object, const char *name, gint64 value)
{
  if (value >= 0)
    json_object_set_int_member (object, name, value);
}

static JsonArray *
list_images (const RpCaseArticle *article)
{
  JsonArray *images = json_array_new ();

  for (guint i = 0; i < article->images->len; i++) {
    const RpCaseImage *image = article->images->pdata[i];
    JsonObject *object = json_object_new ();

    rp_json_set_string (object, "url", image->url);
    rp_json_set_string (object, "caption", image->caption);
    rp_json_set_string (object, "credit", image->credit);
    rp_json_set_string (object, "licence_url", image->licence_url);
    json_array_add_object_element (images, object);
  }

  return images;
}

static JsonObject *
write_article (const RpCaseArticle *article)
{
  JsonObject *object = json_object_new ();

  rp_json_set_string (object, "pubstatus", article->pubstatus);
  rp_json_set_string (object, "headline", article->headline);
  rp_json_set_string (object, "embargoed_until", article->embargoed_until);
  rp_json_set_string (object, "expires", article->expires);
  rp_json_set_string (object, "published", article->published);
  rp_json_set_string (object, "canonical_url", article->canonical_url);
  rp_json_set_string (object, "site_name", article->site_name);
  rp_json_set_string (object, "licensor", article->licensor);
  rp_json_set_string (object, "licence_confidence", article->confidence);
  set_true (object, "embargo_open", article->embargo_open);
  set_true (object, "tdm_reserved", article->tdm_reserved);
  rp_json_set_string (object, "policy", article->policy);
  rp_json_set_strv (object, "authors", (const char *const *) article->authors);
  if (article->images->len > 0)
    json_object_set_array_member (object, "images", list_images (article));

  return object;
}

static JsonObject *
write_edits (const RpEdits *edits)
{
  JsonObject *object = json_object_new ();

  if (edits->headline_known)
    json_object_set_boolean_member (object, "headline_changed", edits->headline_changed);
  rp_json_set_string (object, "body", rp_body_edit_get_name (edits->body));
  set_number (object, "words", edits->words);
  set_number (object, "paragraphs", edits->paragraphs);

  return object;
}

static JsonObject *
write_output (const RpCaseOutput *output)
{
  JsonObject *object = json_object_new ();

  set_flag (object, "credit_author", output->credit_author);
  set_flag (object, "credit_source", output->credit_source);
  set_flag (object, "link_original", output->link_original);
  set_flag (object, "link_licence", output->link_licence);
  set_flag (object, "title_present", output->title_present);
  set_flag (object, "changes_note", output->changes_note);
  set_flag (object, "mandatory_line", output->mandatory_line);
  set_flag (object, "noindex", output->noindex);
  set_flag (object, "tracking", output->tracking);
  rp_json_set_string (object, "credit_position", output->credit_position);
  rp_json_set_string (object, "canonical", output->canonical);
  rp_json_set_string (object, "licence_on_copy", output->licence_on_copy);
  if (output->links_kept >= 0)
    json_object_set_double_member (object, "links_kept", output->links_kept);

  return object;
}

char *
rp_rights_case_to_facts (const RpRightsCase *rights_case)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "facts", RP_RIGHTS_FACTS_VERSION);
  json_object_set_object_member (object, "article", write_article (&rights_case->article));
  json_object_set_object_member (object, "edits", write_edits (&rights_case->edits));
  if (rights_case->output.known)
    json_object_set_object_member (object, "output", write_output (&rights_case->output));

  return rp_json_object_to_text (object, FALSE);
}

#include "rp-rights-case.h"

#include "rp-error.h"
#include "rp-json.h"
#include "rp-licence-odrl.h"
#include "rp-output.h"
#include "rp-text.h"
#include "rp-time.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>

static void
image_free (gpointer data)
{
  RpCaseImage *image = data;

  g_free (image->url);
  g_free (image->caption);
  g_free (image->credit);
  g_free (image->licence_url);
  g_free (image);
}

static RpRightsCase *
case_alloc (void)
{
  RpRightsCase *self = g_new0 (RpRightsCase, 1);

  self->article.images = g_ptr_array_new_with_free_func (image_free);
  self->edits.words = -1;
  self->edits.paragraphs = -1;
  self->output.links_kept = -1;
  self->items_from_source_30d = -1;
  self->uses_total = -1;

  return self;
}

static RpFlag
read_flag (JsonObject *object, const char *name)
{
  JsonNode *node = rp_json_get (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return RP_FLAG_ABSENT;

  return json_node_get_boolean (node) ? RP_FLAG_YES : RP_FLAG_NO;
}

static char *
read_string (JsonObject *object, const char *name)
{
  return g_strdup (rp_json_get_string (object, name));
}

static GStrv
read_authors (JsonObject *article)
{
  JsonArray *authors = rp_json_get_array (article, "authors");
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; authors != NULL && i < json_array_get_length (authors); i++) {
    JsonNode *node = json_array_get_element (authors, i);
    const char *name = NULL;

    if (JSON_NODE_HOLDS_OBJECT (node))
      name = rp_json_get_string (json_node_get_object (node), "name");
    else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      name = json_node_get_string (node);
    if (!rp_text_is_empty (name))
      g_strv_builder_add (names, name);
  }

  return g_strv_builder_end (names);
}

static void
read_images (RpCaseArticle *self, JsonObject *article)
{
  JsonArray *images = rp_json_get_array (article, "images");

  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++) {
    JsonNode *node = json_array_get_element (images, i);
    JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    RpCaseImage *image;

    if (object == NULL)
      continue;
    image = g_new0 (RpCaseImage, 1);
    image->url = read_string (object, "url");
    image->caption = read_string (object, "caption");
    image->credit = read_string (object, "credit");
    image->licence_url = read_string (object, "licence_url");
    g_ptr_array_add (self->images, image);
  }
}

/* What the agreement keeps and nobody can read is not passed over. */
static void
check_licence_policy (RpRightsCase *self, JsonObject *profile)
{
  if (self->licence_policy == NULL && self->article.policy_error == NULL &&
      rp_json_get_object (profile, "policy") != NULL)
    self->article.policy_error = g_strdup (_ ("the agreement's policy is not ODRL"));
}

/* An address, or a text in another rights language, is not for us to judge. */
static void
take_policy (RpCaseArticle *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (text == NULL || strchr ("{[<\"", *text) == NULL)
    return;
  self->parsed_policy = rp_policy_new_from_text (text, &error);
  if (self->parsed_policy == NULL && g_error_matches (error, RP_ERROR, RP_ERROR_UNSUPPORTED))
    return;
  self->policy = g_strdup (text);
  if (self->parsed_policy == NULL)
    self->policy_error = g_strdup (error->message);
}

static void
read_policy (RpCaseArticle *self, JsonObject *article)
{
  JsonObject *object = rp_json_get_object (article, "policy");
  g_autofree char *text = object != NULL ? rp_json_object_to_text (object, FALSE) : NULL;

  take_policy (self, text != NULL ? text : rp_json_get_string (article, "policy"));
}

static void
read_article (RpCaseArticle *self, JsonObject *article)
{
  self->pubstatus = read_string (article, "pubstatus");
  self->headline = read_string (article, "headline");
  self->embargoed_until = read_string (article, "embargoed_until");
  self->expires = read_string (article, "expires");
  self->published = read_string (article, "published");
  self->canonical_url = read_string (article, "canonical_url");
  self->site_name = read_string (article, "site_name");
  self->licensor = read_string (article, "licensor");
  self->confidence = read_string (article, "licence_confidence");
  self->embargo_open = rp_json_get_boolean (article, "embargo_open", FALSE);
  self->tdm_reserved = rp_json_get_boolean (article, "tdm_reserved", FALSE);
  self->authors = read_authors (article);
  read_images (self, article);
  read_policy (self, article);
}

/* Also what a partner's properties hold. */
static void
read_endpoint (RpCaseEndpoint *self, JsonObject *endpoint)
{
  self->channels = rp_json_dup_strv (endpoint, "channels");
  self->territories = rp_json_dup_strv (endpoint, "territories");
  self->commercial = read_flag (endpoint, "commercial");
  self->paywalled = read_flag (endpoint, "paywalled");
  self->can_unpublish = read_flag (endpoint, "can_unpublish");
  self->accredited = read_flag (endpoint, "accredited");
  self->feeds_ai_training = read_flag (endpoint, "feeds_ai_training");
  self->indexable = read_flag (endpoint, "indexable");
  self->ads = read_string (endpoint, "ads");
}

static void
read_edits (RpEdits *self, JsonObject *edits)
{
  RpFlag headline = read_flag (edits, "headline_changed");

  self->headline_known = headline != RP_FLAG_ABSENT;
  self->headline_changed = headline == RP_FLAG_YES;
  self->body = rp_body_edit_from_name (rp_json_get_string (edits, "body"));
  self->words = rp_json_get_int (edits, "words", -1);
  self->paragraphs = rp_json_get_int (edits, "paragraphs", -1);
}

static void
read_output (RpCaseOutput *self, JsonObject *output)
{
  self->known = output != NULL;
  self->credit_author = read_flag (output, "credit_author");
  self->credit_source = read_flag (output, "credit_source");
  self->link_original = read_flag (output, "link_original");
  self->link_licence = read_flag (output, "link_licence");
  self->title_present = read_flag (output, "title_present");
  self->changes_note = read_flag (output, "changes_note");
  self->mandatory_line = read_flag (output, "mandatory_line");
  self->noindex = read_flag (output, "noindex");
  self->tracking = read_flag (output, "tracking");
  self->credit_position = read_string (output, "credit_position");
  self->canonical = read_string (output, "canonical");
  self->licence_on_copy = read_string (output, "licence_on_copy");
  self->links_kept = rp_json_get_double (output, "links_kept", -1);
}

static void
read_plan (RpRightsCase *self, JsonObject *plan)
{
  JsonObject *endpoint = rp_json_get_object (plan, "endpoint");
  JsonObject *history = rp_json_get_object (plan, "history");
  gint64 publish_at = rp_time_instant (rp_json_get_string (plan, "publish_at"));

  if (publish_at != RP_TIME_NONE)
    self->at = publish_at;
  self->own_endpoint = g_new0 (RpCaseEndpoint, 1);
  self->own_endpoint->id = read_string (endpoint, "id");
  self->own_endpoint->name = read_string (endpoint, "name");
  read_endpoint (self->own_endpoint, endpoint);
  self->endpoint = *self->own_endpoint;
  read_edits (&self->edits, rp_json_get_object (plan, "edits"));
  read_output (&self->output, rp_json_get_object (plan, "output"));
  self->items_from_source_30d = rp_json_get_int (history, "items_from_source_30d", -1);
  self->uses_total = rp_json_get_int (history, "uses_total", -1);
  self->approvals = rp_json_dup_strv (plan, "approvals");
}

RpRightsCase *
rp_rights_case_new_from_json (JsonObject *case_object, GError **error)
{
  RpRightsCase *self;
  JsonObject *licence;

  g_return_val_if_fail (case_object != NULL, NULL);

  if (rp_json_get_object (case_object, "article") == NULL ||
      rp_json_get_object (case_object, "plan") == NULL) {
    g_set_error_literal (error, RP_ERROR, RP_ERROR_UNREADABLE,
                         _ ("A rights case needs an article and a plan"));
    return NULL;
  }

  self = case_alloc ();
  self->now = rp_time_instant (rp_json_get_string (case_object, "now"));
  if (self->now == RP_TIME_NONE)
    self->now = rp_time_now ();
  self->at = self->now;
  licence = rp_json_get_object (case_object, "licence");
  if (licence != NULL && json_object_get_size (licence) > 0) {
    self->terms = rp_terms_new (licence);
    if (rp_json_get_object (licence, "policy") != NULL)
      self->licence_policy = rp_policy_new_from_json (rp_json_get (licence, "policy"), NULL);
  }
  read_article (&self->article, rp_json_get_object (case_object, "article"));
  if (licence != NULL)
    check_licence_policy (self, licence);
  read_plan (self, rp_json_get_object (case_object, "plan"));

  return self;
}

static void
take_media (RpCaseArticle *self, RpArticle *article)
{
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++) {
    RpCaseImage *image = g_new0 (RpCaseImage, 1);

    image->url = g_strdup (rp_media_get (media->pdata[i], RP_MEDIA_URL));
    image->caption = g_strdup (rp_media_get (media->pdata[i], RP_MEDIA_CAPTION));
    image->credit = g_strdup (rp_media_get (media->pdata[i], RP_MEDIA_CREDIT));
    image->licence_url = g_strdup (rp_media_get (media->pdata[i], RP_MEDIA_LICENCE_URL));
    g_ptr_array_add (self->images, image);
  }
}

static GStrv
dup_author_names (RpArticle *article)
{
  GPtrArray *authors = rp_article_get_authors (article);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < authors->len; i++) {
    RpAuthor *author = authors->pdata[i];

    if (!rp_text_is_empty (author->name))
      g_strv_builder_add (names, author->name);
  }

  return g_strv_builder_end (names);
}

static char *
dup_later (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return g_strdup (a != NULL ? a : b);

  return g_strdup (rp_time_instant (a) >= rp_time_instant (b) ? a : b);
}

/* "PT48H" counts from receipt; the article is never younger than its publication, so that is safe.
 */
static char *
dup_expiry (const char *expires, const char *published)
{
  gint64 start = rp_time_instant (published);
  int amount = 0;
  char unit = '\0';

  if (expires == NULL || *expires != 'P')
    return g_strdup (expires);
  if (start == RP_TIME_NONE)
    return NULL;
  if (sscanf (expires, "PT%d%c", &amount, &unit) == 2 && (unit == 'H' || unit == 'M'))
    return rp_time_format (start + amount * (unit == 'H' ? G_TIME_SPAN_HOUR : G_TIME_SPAN_MINUTE));
  if (sscanf (expires, "P%d%c", &amount, &unit) == 2 && (unit == 'D' || unit == 'W'))
    return rp_time_format (start + amount * (unit == 'W' ? 7 : 1) * RP_TIME_DAY);

  return NULL;
}

static char *
dup_earlier_expiry (RpArticle *article)
{
  const char *published = rp_article_get (article, RP_ARTICLE_PUBLISHED);
  g_autofree char *own = dup_expiry (rp_article_get (article, RP_ARTICLE_EXPIRES), published);
  g_autofree char *stated = dup_expiry (
    rp_statement_get (rp_article_get_statement (article), RP_STATEMENT_EXPIRES), published);

  if (own == NULL || stated == NULL)
    return own != NULL ? g_steal_pointer (&own) : g_steal_pointer (&stated);

  return rp_time_instant (own) <= rp_time_instant (stated) ? g_steal_pointer (&own)
                                                           : g_steal_pointer (&stated);
}

static void
take_article (RpCaseArticle *self, RpArticle *article)
{
  RpStatement *statement = rp_article_get_statement (article);

  self->pubstatus = g_strdup (rp_article_get (article, RP_ARTICLE_PUBSTATUS));
  self->headline = g_strdup (rp_article_get (article, RP_ARTICLE_HEADLINE));
  self->embargoed_until = dup_later (rp_article_get (article, RP_ARTICLE_EMBARGOED_UNTIL),
                                     rp_statement_get (statement, RP_STATEMENT_EMBARGOED_UNTIL));
  self->embargo_open = self->embargoed_until == NULL &&
                       g_strcmp0 (rp_statement_get (statement, RP_STATEMENT_KIND), "embargo") == 0;
  self->expires = dup_earlier_expiry (article);
  self->published = g_strdup (rp_article_get (article, RP_ARTICLE_PUBLISHED));
  self->canonical_url = g_strdup (rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
  self->site_name = g_strdup (rp_article_get (article, RP_ARTICLE_SITE_NAME));
  self->licensor = g_strdup (rp_statement_get (statement, RP_STATEMENT_LICENSOR));
  self->confidence = g_strdup (rp_article_get (article, RP_ARTICLE_LICENCE_CONFIDENCE));
  self->tdm_reserved = g_strcmp0 (rp_statement_get (statement, RP_STATEMENT_TDM), "reserved") == 0;
  self->authors = dup_author_names (article);
  take_policy (self, rp_statement_get (statement, RP_STATEMENT_POLICY));
  take_media (self, article);
}

static GStrv
dup_names (GPtrArray *licences)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < licences->len; i++)
    g_strv_builder_add (names, rp_licence_get_name (licences->pdata[i]));

  return g_strv_builder_end (names);
}

/* The licence of the book, narrowed by what this one article says. */
static void
take_licence (RpRightsCase *self, RpLicence *licence, GPtrArray *others)
{
  self->terms = rp_terms_new (rp_licence_get_profile (licence));
  self->licence_policy = rp_licence_ref_policy (licence);
  check_licence_policy (self, rp_licence_get_profile (licence));
  if (self->article.confidence != NULL) {
    g_free (self->terms->confidence);
    self->terms->confidence = g_strdup (self->article.confidence);
  }
  self->terms->tdm_reserved |= self->article.tdm_reserved;
  if (others != NULL && others->len > 0) {
    g_strfreev (self->terms->conflicts);
    self->terms->conflicts = dup_names (others);
    self->terms->disputed = TRUE;
    self->others = g_ptr_array_ref (others);
  }
}

RpCaseEndpoint *
rp_case_endpoint_new (RpPartner *partner)
{
  static const char *const everywhere[] = {"*", NULL};
  RpCaseEndpoint *self = g_new0 (RpCaseEndpoint, 1);

  self->id = g_strdup (rp_partner_get_id (partner));
  self->name = g_strdup (rp_partner_get_name (partner));
  read_endpoint (self, rp_partner_get_properties (partner));
  /* A site that nobody fenced in can be read everywhere. */
  if (self->territories == NULL)
    self->territories = g_strdupv ((char **) everywhere);
  self->carries_canonical = rp_partner_get_can_canonical (partner);
  self->unlisted = self->indexable == RP_FLAG_NO;

  return self;
}

void
rp_case_endpoint_free (RpCaseEndpoint *endpoint)
{
  g_free (endpoint->id);
  g_free (endpoint->name);
  g_free (endpoint->ads);
  g_strfreev (endpoint->channels);
  g_strfreev (endpoint->territories);
  g_free (endpoint);
}

void
rp_rights_case_set_endpoint (RpRightsCase *rights_case, const RpCaseEndpoint *endpoint)
{
  rights_case->endpoint = *endpoint;
}

RpRightsCase *
rp_rights_case_new_from_facts (const char *facts, RpLicence *licence, GPtrArray *others, gint64 now)
{
  g_autoptr (JsonNode) root = rp_json_parse_text (facts, NULL);
  JsonObject *object =
    root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  RpRightsCase *self;

  if (object == NULL || rp_json_get_int (object, "facts", 0) != RP_RIGHTS_FACTS_VERSION)
    return NULL;
  self = case_alloc ();
  self->now = self->at = now;
  read_article (&self->article, rp_json_get_object (object, "article"));
  read_edits (&self->edits, rp_json_get_object (object, "edits"));
  read_output (&self->output, rp_json_get_object (object, "output"));
  if (licence != NULL)
    take_licence (self, licence, others);

  return self;
}

RpRightsCase *
rp_rights_case_new (const RpRightsInput *input)
{
  RpRightsCase *self = case_alloc ();

  g_return_val_if_fail (input != NULL && RP_IS_ARTICLE (input->article), self);

  self->now = input->now;
  self->at = input->publish_at != 0 ? input->publish_at : input->now;
  take_article (&self->article, input->article);
  if (input->licence != NULL)
    take_licence (self, input->licence, input->others);
  if (input->partner != NULL) {
    self->own_endpoint = rp_case_endpoint_new (input->partner);
    self->endpoint = *self->own_endpoint;
  }
  self->edits =
    input->edits != NULL ? *input->edits : rp_edits_between (input->original, input->article);
  rp_output_inspect (&self->output, input);
  self->items_from_source_30d = input->items_from_source_30d;
  self->uses_total = input->uses_total;
  self->approvals = g_strdupv ((char **) input->approvals);

  return self;
}

gboolean
rp_rights_case_asks_for_uses (const RpRightsCase *rights_case)
{
  const RpTerms *terms = rights_case->terms;

  return rights_case->licence_policy != NULL || rights_case->article.parsed_policy != NULL ||
         (terms != NULL && (terms->max_items_30d >= 0 || terms->quota_max_uses >= 0));
}

gboolean
rp_rights_case_has_approval (const RpRightsCase *rights_case, const char *kind)
{
  return rights_case->approvals != NULL &&
         g_strv_contains ((const char *const *) rights_case->approvals, kind);
}

gboolean
rp_rights_case_is_print_only (const RpRightsCase *rights_case)
{
  GStrv channels = rights_case->endpoint.channels;

  return channels != NULL && g_strv_length (channels) == 1 && g_str_equal (channels[0], "print");
}

const char *
rp_rights_case_get_canonical (const RpRightsCase *rights_case)
{
  if (rights_case->output.canonical != NULL)
    return rights_case->output.canonical;

  return rights_case->endpoint.carries_canonical ? rights_case->article.canonical_url : NULL;
}

const char *
rp_rights_case_get_endpoint_name (const RpRightsCase *rights_case)
{
  if (rights_case->endpoint.name != NULL)
    return rights_case->endpoint.name;

  return rights_case->endpoint.id != NULL ? rights_case->endpoint.id : _ ("This partner");
}

static void
clear_article (RpCaseArticle *article)
{
  g_free (article->pubstatus);
  g_free (article->headline);
  g_free (article->embargoed_until);
  g_free (article->expires);
  g_free (article->published);
  g_free (article->canonical_url);
  g_free (article->site_name);
  g_free (article->licensor);
  g_free (article->confidence);
  g_free (article->policy);
  g_clear_pointer (&article->parsed_policy, rp_policy_unref);
  g_free (article->policy_error);
  g_strfreev (article->authors);
  g_ptr_array_unref (article->images);
}

void
rp_rights_case_free (RpRightsCase *rights_case)
{
  g_clear_pointer (&rights_case->terms, rp_terms_free);
  g_clear_pointer (&rights_case->licence_policy, rp_policy_unref);
  clear_article (&rights_case->article);
  g_clear_pointer (&rights_case->others, g_ptr_array_unref);
  g_clear_pointer (&rights_case->own_endpoint, rp_case_endpoint_free);
  g_free (rights_case->output.credit_position);
  g_free (rights_case->output.canonical);
  g_free (rights_case->output.licence_on_copy);
  g_strfreev (rights_case->approvals);
  g_free (rights_case);
}

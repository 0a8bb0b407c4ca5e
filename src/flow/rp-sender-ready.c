#include "rp-sender-ready.h"

#include "rp-article-state.h"
#include "rp-json.h"
#include "rp-rights.h"
#include "rp-store-articles.h"
#include "rp-store-decisions.h"

#define ROOM 32 /* articles */
#define FRESH G_TIME_SPAN_MINUTE

typedef struct {
  RpReady shown;
  char *payload;             /* owned: the article as text */
  char *original;            /* owned: as text, NULL = not kept */
  RpLicence *licence;        /* owned: with which the case was made, NULL = none */
  GStrv approvals;           /* owned: with which the case was made */
  RpRightsCase *rights_case; /* owned: without a partner; NULL = not judged yet */
  gint64 made;               /* when that was, by the monotonic clock */
} Ready;

struct _RpReadyShelf {
  GHashTable *articles; /* owned: id -> Ready, counted */
  GQueue order;         /* of their ids, borrowed, the newest first */
};

static void
drop_case (Ready *self)
{
  g_clear_pointer (&self->rights_case, rp_rights_case_free);
  g_clear_pointer (&self->approvals, g_strfreev);
  g_clear_object (&self->licence);
}

static void
ready_clear (gpointer data)
{
  Ready *self = data;

  drop_case (self);
  g_clear_object (&self->shown.article);
  g_clear_object (&self->shown.original);
  g_free (self->shown.changes);
  g_free (self->payload);
  g_free (self->original);
}

void
rp_ready_unref (RpReady *ready)
{
  g_rc_box_release_full (ready, ready_clear);
}

RpReadyShelf *
rp_ready_shelf_new (void)
{
  RpReadyShelf *shelf = g_new0 (RpReadyShelf, 1);

  shelf->articles =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rp_ready_unref);
  g_queue_init (&shelf->order);

  return shelf;
}

void
rp_ready_shelf_free (RpReadyShelf *shelf)
{
  rp_ready_shelf_clear (shelf);
  g_hash_table_unref (shelf->articles);
  g_free (shelf);
}

void
rp_ready_shelf_clear (RpReadyShelf *shelf)
{
  g_queue_clear (&shelf->order);
  g_hash_table_remove_all (shelf->articles);
}

static RpArticle *
read_article (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = text != NULL ? rp_json_parse_text (text, error) : NULL;

  return node != NULL ? rp_article_from_json (json_node_get_object (node)) : NULL;
}

/* Takes the text of the original. */
static Ready *
read_ready (const char *payload, char *original, GError **error)
{
  Ready *self = g_rc_box_new0 (Ready);

  self->payload = g_strdup (payload);
  self->original = original;
  self->shown.article = read_article (payload, error);
  if (self->shown.article == NULL) {
    rp_ready_unref (&self->shown);
    return NULL;
  }
  self->shown.original = read_article (original, NULL);
  self->shown.changes = rp_article_state_dup_changes (self->shown.original, self->shown.article);

  return self;
}

static void
put (RpReadyShelf *shelf, const char *article_id, Ready *self)
{
  char *key = g_strdup (article_id);
  GList *link = g_queue_find_custom (&shelf->order, article_id, (GCompareFunc) g_strcmp0);

  if (link != NULL)
    g_queue_delete_link (&shelf->order, link);
  g_hash_table_replace (shelf->articles, key, g_rc_box_acquire (self));
  g_queue_push_head (&shelf->order, key);
  if (shelf->order.length > ROOM)
    g_hash_table_remove (shelf->articles, g_queue_pop_tail (&shelf->order));
}

RpReady *
rp_ready_shelf_take (RpReadyShelf *shelf,
                     RpStore *store,
                     const RpDelivery *delivery,
                     GError **error)
{
  Ready *self = g_hash_table_lookup (shelf->articles, delivery->article_id);
  g_autofree char *original = rp_store_dup_original (store, delivery->article_id, NULL);

  if (self != NULL && g_str_equal (self->payload, delivery->payload) &&
      g_strcmp0 (self->original, original) == 0)
    return g_rc_box_acquire (&self->shown);
  self = read_ready (delivery->payload, g_steal_pointer (&original), error);
  if (self == NULL)
    return NULL;
  put (shelf, delivery->article_id, self);

  return &self->shown;
}

/* ---- judging ---- */

static gboolean
make_case (Ready *self,
           RpStore *store,
           RpLicenceBook *book,
           RpLicence *licence,
           gint64 now,
           GError **error)
{
  g_autoptr (GPtrArray) others = rp_article_state_list_others (book, self->shown.article);
  const RpJudgement judgement = {
    .article = self->shown.article,
    .original = self->shown.original,
    .licence = licence,
    .others = others,
    .now = now,
  };

  drop_case (self);
  self->rights_case = rp_article_state_new_case (store, &judgement, error);
  g_set_object (&self->licence, licence);
  self->made = g_get_monotonic_time ();

  return self->rights_case != NULL;
}

static gboolean
is_usable (const Ready *self, RpLicence *licence, GStrv approvals)
{
  return self->rights_case != NULL && self->licence == licence &&
         g_get_monotonic_time () < self->made + FRESH && self->approvals != NULL &&
         g_strv_equal ((const char *const *) self->approvals, (const char *const *) approvals);
}

static gboolean
find_case (Ready *self,
           RpStore *store,
           RpLicenceBook *book,
           RpLicence *licence,
           gint64 now,
           GError **error)
{
  g_auto (GStrv) approvals =
    rp_store_list_approvals (store, rp_article_get (self->shown.article, RP_ARTICLE_ID), error);

  if (approvals == NULL)
    return FALSE;
  if (is_usable (self, licence, approvals))
    return rp_article_state_count_uses (store, self->rights_case, licence, error);
  if (!make_case (self, store, book, licence, now, error))
    return FALSE;
  self->approvals = g_steal_pointer (&approvals);

  return TRUE;
}

RpDecision *
rp_ready_judge (RpReady *ready,
                RpStore *store,
                RpLicenceBook *book,
                RpLicence *licence,
                RpPartner *partner,
                gint64 publish_at,
                GError **error)
{
  Ready *self = (Ready *) ready;
  gint64 now = rp_store_get_time (store);
  RpCaseEndpoint *endpoint;
  RpDecision *decision;

  if (self->rights_case != NULL)
    self->rights_case->now = now;
  if (!find_case (self, store, book, licence, now, error))
    return NULL;
  endpoint = rp_case_endpoint_new (partner);
  self->rights_case->at = publish_at != 0 ? publish_at : now;
  rp_rights_case_set_endpoint (self->rights_case, endpoint);
  decision = rp_rights_judge (self->rights_case);
  rp_case_endpoint_free (endpoint);

  return decision;
}

#include "rp-visit-record.h"

#include <glib/gi18n-lib.h>

#include "rp-error.h"
#include "rp-parted.h"
#include "rp-store-articles.h"
#include "rp-store-sources.h"
#include "rp-time.h"
#include "rp-work.h"

RpVisitRecord *
rp_visit_record_new (RpSubscription *source)
{
  RpVisitRecord *self = g_new0 (RpVisitRecord, 1);

  self->source = g_object_ref (source);
  self->present = g_hash_table_new (g_str_hash, g_str_equal);
  self->listed = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rp_intake_result_free);

  return self;
}

void
rp_visit_record_free (gpointer data)
{
  RpVisitRecord *self = data;

  g_object_unref (self->source);
  g_hash_table_unref (self->present);
  g_ptr_array_unref (self->listed);
  g_ptr_array_unref (self->rows);
  g_free (self->title);
  g_free (self->site_url);
  g_free (self);
}

/* ---- articles that vanish and come back ---- */

static gboolean
report (RpStore *store, RpVisitRecord *self, const char *id, const char *status, const char *words)
{
  g_autoptr (RpArticle) article = rp_store_get_article (store, id, NULL);
  RpIntakeResult *row = g_new0 (RpIntakeResult, 1);

  row->name = g_strdup (self->source->url);
  row->article_id = g_strdup (id);
  row->status = g_strdup (status);
  row->message = g_strdup (words);
  if (article != NULL) {
    row->headline = g_strdup (rp_article_get (article, RP_ARTICLE_HEADLINE));
    row->licence = g_strdup (rp_article_get (article, RP_ARTICLE_LICENCE_NAME));
  }
  g_ptr_array_add (self->rows, row);

  return TRUE;
}

static gboolean
lose (RpStore *store, RpVisitRecord *self, const char *id, gint64 now, GError **error)
{
  const char *words = _ ("The source no longer has this article.");

  return rp_store_lose_source_item (store, self->source->id, id, now, error) &&
         rp_parted_note (store, id, RP_PARTED_VANISHED, words, now, error) &&
         report (store, self, id, RP_PARTED_VANISHED, words);
}

static gboolean
find_again (RpStore *store, RpVisitRecord *self, const char *id, gint64 now, GError **error)
{
  const char *words = _ ("The source has this article again.");

  return rp_parted_note (store, id, RP_PARTED_RETURNED, words, now, error) &&
         report (store, self, id, RP_PARTED_RETURNED, words);
}

static gboolean
is_listed (RpVisitRecord *self, const RpSourceItem *item)
{
  return g_hash_table_contains (self->present, item->article_id);
}

static gboolean
is_older (const RpSourceItem *item, const RpSourceItem *than)
{
  if (item->published != than->published)
    return item->published < than->published;

  return item->position > than->position;
}

/* Feeds forget their oldest items. One that is missing while an older one is still there was taken
 * out. */
static gboolean
was_taken_out (RpVisitRecord *self, GPtrArray *items, const RpSourceItem *missing)
{
  for (guint i = 0; i < items->len; i++) {
    const RpSourceItem *item = g_ptr_array_index (items, i);

    if (item != missing && item->gone == 0 && is_older (item, missing) && is_listed (self, item))
      return TRUE;
  }

  return FALSE;
}

static gboolean
settle_item (RpStore *store,
             RpVisitRecord *self,
             GPtrArray *items,
             const RpSourceItem *item,
             gint64 now,
             GError **error)
{
  if (is_listed (self, item))
    return item->gone == 0 || find_again (store, self, item->article_id, now, error);
  if (item->gone != 0)
    return TRUE;
  if (self->outcome == RP_VISIT_ENDED || was_taken_out (self, items, item))
    return lose (store, self, item->article_id, now, error);

  return rp_store_forget_source_item (store, self->source->id, item->article_id, error);
}

static gboolean
settle_items (RpStore *store, RpVisitRecord *self, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) items = NULL;

  if (self->outcome == RP_VISIT_NOTHING)
    return TRUE;
  items = rp_store_list_source_items (store, self->source->id, error);
  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < self->listed->len; i++)
    g_hash_table_add (self->present, g_ptr_array_index (self->listed, i));
  for (guint i = 0; i < items->len; i++)
    if (!settle_item (store, self, items, g_ptr_array_index (items, i), now, error))
      return FALSE;
  for (guint i = 0; i < self->listed->len; i++)
    if (!rp_store_note_source_item (store, self->source->id, g_ptr_array_index (self->listed, i), i,
                                    now, error))
      return FALSE;

  return TRUE;
}

/* ---- the source ---- */

static gboolean
has_plain_title (RpSubscription *source)
{
  g_autofree char *host = rp_subscription_dup_host (source);

  return g_strcmp0 (source->title, host) == 0 || g_strcmp0 (source->title, source->url) == 0;
}

/* While the visit went on a person may have changed what is theirs to change. */
static void
keep_wishes (RpVisitRecord *self, RpSubscription *row)
{
  RpSubscription *source = self->source;
  gboolean name_it = has_plain_title (row) && self->title != NULL;

  rp_subscription_set (&source->title, name_it ? self->title : row->title);
  rp_subscription_set (&source->licence_id, row->licence_id);
  rp_subscription_set (&source->site_url, row->site_url != NULL ? row->site_url : self->site_url);
  source->paused = source->paused || row->paused;
}

/* Two sources may turn out to have moved to one address. */
static gboolean
update_source (RpStore *store, RpVisitRecord *self, RpSubscription *row, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (rp_store_update_source (store, self->source, &local))
    return TRUE;
  if (g_error_matches (local, RP_ERROR, RP_ERROR_CONFLICT)) {
    g_autofree char *words = g_strdup_printf (
      _ ("It has moved to %s, which is among the sources already: remove this one."),
      self->source->url);

    rp_subscription_set (&self->source->message, words);
    rp_subscription_set (&self->source->url, row->url);
    return rp_store_update_source (store, self->source, error);
  }
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

static gboolean
write_all (RpStore *store, gpointer data, GError **error)
{
  RpVisitRecord *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (RpSubscription) row = rp_store_get_source (store, self->source->id, &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  self->removed = row == NULL;
  if (row == NULL)
    return TRUE;
  keep_wishes (self, row);

  return update_source (store, self, row, error) &&
         settle_items (store, self, rp_time_now (), error);
}

gpointer
rp_visit_record_write (RpStore *store, gpointer data, GError **error)
{
  return rp_store_transaction (store, write_all, data, error) ? RP_WORK_DONE : NULL;
}

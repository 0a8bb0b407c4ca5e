#include "rp-intake-save.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-fault.h"
#include "rp-parted.h"
#include "rp-store-blobs.h"
#include "rp-store-events.h"
#include "rp-store-revisions.h"
#include "rp-text.h"
#include "rp-time.h"
#include "rp-work.h"

static void
entry_free (gpointer data)
{
  RpIntakeSaveEntry *entry = data;

  g_clear_pointer (&entry->draft, rp_store_draft_free);
  g_clear_object (&entry->article);
  g_clear_object (&entry->licence);
  g_clear_pointer (&entry->others, g_ptr_array_unref);
  g_clear_pointer (&entry->snapshot, g_bytes_unref);
  g_free (entry->words);
  g_free (entry);
}

RpIntakeSave *
rp_intake_save_new (GPtrArray *partners)
{
  RpIntakeSave *self = g_new0 (RpIntakeSave, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->partners = partners;

  return self;
}

void
rp_intake_save_add (RpIntakeSave *self,
                    RpArticle *article,
                    RpLicence *licence,
                    GPtrArray *others,
                    GBytes *snapshot)
{
  RpIntakeSaveEntry *entry = g_new0 (RpIntakeSaveEntry, 1);

  entry->article = g_object_ref (article);
  entry->licence = licence != NULL ? g_object_ref (licence) : NULL;
  entry->others = others != NULL ? g_ptr_array_ref (others) : NULL;
  entry->snapshot = g_bytes_ref (snapshot);
  entry->draft = rp_store_draft_new (article);
  g_ptr_array_add (self->entries, entry);
}

void
rp_intake_save_free (gpointer data)
{
  RpIntakeSave *self = data;

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->partners);
  g_free (self);
}

/* ---- what arrived, byte for byte ---- */

static gboolean
put_pictures (RpStore *store, RpArticle *article, gboolean *out_written, GError **error)
{
  GPtrArray *media = rp_article_get_media (article);

  for (guint i = 0; i < media->len; i++) {
    RpMedia *picture = g_ptr_array_index (media, i);
    GBytes *bytes = rp_media_get_bytes (picture);
    const char *sha256 = rp_media_get (picture, RP_MEDIA_SHA256);

    if (bytes != NULL && sha256 != NULL &&
        !rp_store_put_blob_early (store, sha256, bytes, out_written, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
put_blobs (RpStore *store, RpIntakeSave *self, GError **error)
{
  gboolean written = FALSE;
  const GBytes *last = NULL;

  for (guint i = 0; i < self->entries->len; i++) {
    RpIntakeSaveEntry *entry = g_ptr_array_index (self->entries, i);
    const char *sha256 = rp_article_get (entry->article, RP_ARTICLE_SNAPSHOT);

    if (entry->snapshot != last &&
        !rp_store_put_blob_early (store, sha256, entry->snapshot, &written, error))
      return FALSE;
    last = entry->snapshot;
    if (!put_pictures (store, entry->article, &written, error))
      return FALSE;
  }

  return !written || rp_store_sync_blobs (store, error);
}

/* ---- new, or known ---- */

static gboolean
add_new (RpStore *store, RpIntakeSaveEntry *entry, gint64 now, GError **error)
{
  g_autofree char *words = g_strdup_printf (
    _ ("Imported from %s."), rp_article_get (entry->article, RP_ARTICLE_SOURCE_NAME));

  entry->status = "imported";

  return rp_store_add_draft (store, entry->draft, now, error) &&
         rp_store_add_event (store, rp_article_get (entry->article, RP_ARTICLE_ID), "imported",
                             words, NULL, rp_article_get (entry->article, RP_ARTICLE_SOURCE_URL),
                             now, error);
}

static gboolean
is_same (RpArticle *original, RpArticle *article)
{
  static const RpArticleField fields[] = {RP_ARTICLE_BODY_HTML, RP_ARTICLE_HEADLINE,
                                          RP_ARTICLE_PUBSTATUS, RP_ARTICLE_EMBARGOED_UNTIL,
                                          RP_ARTICLE_EXPIRES};

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (rp_article_get (original, fields[i]), rp_article_get (article, fields[i])) != 0)
      return FALSE;

  return TRUE;
}

/* Wires send versions in any order: a smaller number, or an earlier time of the same number, is one
 * that the library is past. */
static gboolean
is_older (RpArticle *original, RpArticle *article)
{
  const char *known = rp_article_get (original, RP_ARTICLE_VERSION);
  const char *version = rp_article_get (article, RP_ARTICLE_VERSION);
  gint64 known_time, time;

  if (known != NULL && version != NULL && g_strcmp0 (known, version) != 0 &&
      g_ascii_isdigit (*known) && g_ascii_isdigit (*version))
    return g_ascii_strtoull (version, NULL, 10) < g_ascii_strtoull (known, NULL, 10);
  known_time = rp_time_instant (rp_article_get (original, RP_ARTICLE_UPDATED));
  time = rp_time_instant (rp_article_get (article, RP_ARTICLE_UPDATED));

  return known_time != RP_TIME_NONE && time != RP_TIME_NONE && time < known_time;
}

static void
keep_confirmed_licence (RpArticle *known, RpArticle *article)
{
  static const RpArticleField fields[] = {RP_ARTICLE_LICENCE_ID, RP_ARTICLE_LICENCE_NAME,
                                          RP_ARTICLE_LICENCE_CONFIDENCE, RP_ARTICLE_CREDIT_TEMPLATE,
                                          RP_ARTICLE_COPY_LICENCE};

  if (g_strcmp0 (rp_article_get (known, RP_ARTICLE_LICENCE_CONFIDENCE), "confirmed") != 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    rp_article_set (article, fields[i], rp_article_get (known, fields[i]));
}

/* The same article again: nothing new is a duplicate; something new is taken as an update, and the
 * version that an editor may have worked on stays in the history. */
static gboolean
take_again (RpStore *store, RpIntakeSaveEntry *entry, const char *id, gint64 now, GError **error)
{
  g_autoptr (RpArticle) known = rp_store_get_article (store, id, error);
  g_autoptr (RpArticle) original = rp_store_get_original (store, id, error);
  gboolean killed;

  if (known == NULL || original == NULL)
    return FALSE;
  rp_article_set (entry->article, RP_ARTICLE_ID, id);
  rp_article_set (entry->article, RP_ARTICLE_STATE, rp_article_get (known, RP_ARTICLE_STATE));
  entry->status = "duplicate";
  if (is_same (original, entry->article))
    return TRUE;
  if (is_older (original, entry->article)) {
    entry->words = g_strdup (_ ("The library has a newer version of this article; it was kept."));
    return TRUE;
  }
  entry->status = "updated";
  keep_confirmed_licence (known, entry->article);
  killed = g_strcmp0 (rp_article_get (entry->article, RP_ARTICLE_PUBSTATUS), "canceled") == 0;

  return rp_store_keep_revision (store, id, "updated by the source", now, error) &&
         rp_store_replace_article (store, entry->article, now, error) &&
         rp_parted_note (store, id, killed ? RP_PARTED_KILLED : RP_PARTED_UPDATED,
                         killed ? _ ("The source has cancelled this article: take it down.")
                                : _ ("The source has a new version, which was "
                                     "taken over; yours is kept in the history."),
                         now, error);
}

/* The same headline, and not from two sites. */
static gboolean
is_one_article (RpArticle *known, RpArticle *article)
{
  g_autofree char *host = rp_text_host (rp_article_get (article, RP_ARTICLE_CANONICAL_URL));
  g_autofree char *known_host = rp_text_host (rp_article_get (known, RP_ARTICLE_CANONICAL_URL));

  return rp_text_same (rp_article_get (known, RP_ARTICLE_HEADLINE),
                       rp_article_get (article, RP_ARTICLE_HEADLINE)) &&
         (host == NULL || known_host == NULL || g_str_equal (host, known_host));
}

/* Nearly the same words without a common id: with the same headline it is the same article; under
 * another headline or from another site it may come under other terms, so both stay and the second
 * says it. */
static gboolean
find_alike (RpStore *store, RpIntakeSaveEntry *entry, char **out_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *id = rp_store_find_draft_alike (store, entry->draft, &local);
  g_autoptr (RpArticle) known = id != NULL ? rp_store_get_article (store, id, &local) : NULL;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (known == NULL)
    return TRUE;
  if (is_one_article (known, entry->article)) {
    *out_id = g_steal_pointer (&id);
    return TRUE;
  }
  entry->words = g_strdup_printf (
    _ ("“%s” is in the library already and reads nearly the same. Both were kept."),
    rp_article_get (known, RP_ARTICLE_HEADLINE));
  rp_article_add_warning (entry->article, "duplicate.similar", "%s", entry->words);
  g_clear_pointer (&entry->draft, rp_store_draft_free);
  entry->draft = rp_store_draft_new (entry->article);

  return TRUE;
}

/* A source lists what was thrown away here as long as it likes. */
static gboolean
is_discarded (RpStore *store, RpIntakeSaveEntry *entry, gboolean *out, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *id = rp_store_find_trashed_article (store, entry->article, &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  *out = id != NULL;
  if (id != NULL) {
    rp_article_set (entry->article, RP_ARTICLE_ID, id);
    entry->status = "duplicate";
    entry->words = g_strdup (_ ("This article is in the trash; it was left there."));
  }

  return TRUE;
}

static gboolean
save_entry (RpStore *store,
            RpIntakeSaveEntry *entry,
            const RpIntakeSave *self,
            gint64 now,
            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *known = rp_store_find_article (store, entry->article, &local);
  gboolean done, discarded = FALSE;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (known == NULL && self->leave_trash && !is_discarded (store, entry, &discarded, error))
    return FALSE;
  if (discarded)
    return TRUE;
  if (known == NULL && !find_alike (store, entry, &known, error))
    return FALSE;
  done = known != NULL ? take_again (store, entry, known, now, error)
                       : add_new (store, entry, now, error);

  return done && rp_article_state_refresh (store, entry->article, entry->licence, entry->others,
                                           self->partners, now, error);
}

static gboolean
save_all (RpStore *store, gpointer data, GError **error)
{
  RpIntakeSave *self = data;
  gint64 now = rp_time_now ();

  for (guint i = 0; i < self->entries->len; i++)
    if (!save_entry (store, g_ptr_array_index (self->entries, i), self, now, error))
      return FALSE;

  return TRUE;
}

/* Blobs go first: a row that names one that is not there must never exist. */
gpointer
rp_intake_save (RpStore *store, gpointer data, GError **error)
{
  RpIntakeSave *self = data;

  rp_fault_point ("before import");
  if (!put_blobs (store, self, error) || !rp_store_transaction (store, save_all, self, error))
    return NULL;
  rp_fault_point ("after import");

  return RP_WORK_DONE;
}

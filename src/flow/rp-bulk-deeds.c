#include "rp-bulk-deeds.h"

#include <glib/gi18n-lib.h>

#include "rp-article-state.h"
#include "rp-export.h"
#include "rp-store-articles.h"
#include "rp-store-events.h"
#include "rp-time.h"

void
rp_bulk_before_free (RpBulkBefore *before)
{
  g_free (before->id);
  g_free (before->headline);
  g_free (before->state);
  g_free (before->licence_id);
  g_free (before->licence_name);
  g_free (before->confidence);
  g_clear_pointer (&before->queued, g_ptr_array_unref);
  g_free (before);
}

/* How sure the licence is stands only in the article itself. */
static gboolean
read_confidence (RpStore *store, RpBulkBefore *before, GError **error)
{
  g_autoptr (RpArticle) article = rp_store_get_article (store, before->id, error);

  if (article == NULL)
    return FALSE;
  before->confidence = g_strdup (rp_article_get (article, RP_ARTICLE_LICENCE_CONFIDENCE));

  return TRUE;
}

RpBulkBefore *
rp_bulk_before_new (RpStore *store, const char *id, RpBulkDeed deed, GError **error)
{
  g_autoptr (RpDbRows) rows =
    rp_db_query (rp_store_get_db (store), error,
                 "SELECT headline, state, unread, licence_id, licence_name FROM articles"
                 " WHERE id = $1",
                 "s", id);
  RpBulkBefore *before;

  if (rows == NULL || !rp_db_next (rows, error))
    return NULL;
  before = g_new0 (RpBulkBefore, 1);
  before->id = g_strdup (id);
  before->headline = g_strdup (rp_db_text (rows, 0));
  before->state = g_strdup (rp_db_text (rows, 1));
  before->unread = rp_db_int (rows, 2) != 0;
  before->licence_id = g_strdup (rp_db_text (rows, 3));
  before->licence_name = before->licence_id != NULL ? g_strdup (rp_db_text (rows, 4)) : NULL;
  g_clear_pointer (&rows, rp_db_rows_free);
  if ((deed != RP_BULK_CONFIRM && deed != RP_BULK_LICENCE) ||
      read_confidence (store, before, error))
    return before;
  rp_bulk_before_free (before);

  return NULL;
}

/* ---- moving ---- */

static gboolean
is_away (const char *state)
{
  return g_strcmp0 (state, RP_STATE_ARCHIVE) == 0 || g_strcmp0 (state, RP_STATE_TRASH) == 0;
}

static gboolean
move (RpStore *store,
      const RpBulkBefore *before,
      const char *state,
      const char *already,
      char **out_problem,
      GError **error)
{
  gboolean there = state != NULL ? g_strcmp0 (before->state, state) == 0 : !is_away (before->state);

  if (there) {
    *out_problem = g_strdup (already);
    return FALSE;
  }
  if (state != NULL)
    return rp_store_set_article_state (store, before->id, state, error);

  return rp_store_set_article_state (store, before->id, RP_STATE_NEEDS_LICENCE, error) &&
         rp_article_state_settle (store, before->id, rp_time_now (), error);
}

/* Where it stood; what its deliveries have come to meanwhile counts more. */
static gboolean
move_back (RpStore *store, const RpBulkBefore *before, GError **error)
{
  gboolean delivered = g_strcmp0 (before->state, RP_STATE_SCHEDULED) == 0 ||
                       g_strcmp0 (before->state, RP_STATE_PUBLISHED) == 0 ||
                       g_strcmp0 (before->state, RP_STATE_ATTENTION) == 0;

  return rp_store_set_article_state (store, before->id, before->state, error) &&
         (!delivered || rp_article_state_settle (store, before->id, rp_time_now (), error));
}

/* ---- licences ---- */

static gboolean
attach (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  RpAmendment *job = data;

  rp_article_set (article, RP_ARTICLE_LICENCE_ID, job->value);
  rp_article_set (article, RP_ARTICLE_LICENCE_NAME, job->name);
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, job->reason);

  return TRUE;
}

static gboolean
confirm (RpStore *store, RpArticle *article, gpointer data, GError **error)
{
  rp_article_set (article, RP_ARTICLE_LICENCE_CONFIDENCE, "confirmed");

  return TRUE;
}

RpAmendment *
rp_bulk_new_amendment (RpWorkspace *workspace, RpBulkDeed deed, const char *licence_id)
{
  RpLicence *licence;
  RpAmendment *job;

  if (deed == RP_BULK_CONFIRM)
    return rp_amendment_new (workspace, NULL, confirm, "licence",
                             g_strdup (_ ("Licence confirmed.")));
  licence = deed == RP_BULK_LICENCE
              ? rp_licence_book_lookup (rp_workspace_get_book (workspace), licence_id)
              : NULL;
  if (licence == NULL)
    return NULL;
  job =
    rp_amendment_new (workspace, NULL, attach, "licence",
                      g_strdup_printf (_ ("Licence chosen: %s."), rp_licence_get_name (licence)));
  job->value = g_strdup (rp_licence_get_id (licence));
  job->name = g_strdup (rp_licence_get_name (licence));
  job->reason = g_strdup ("confirmed");

  return job;
}

RpAmendment *
rp_bulk_new_return (RpWorkspace *workspace, RpBulkDeed deed)
{
  if (deed != RP_BULK_CONFIRM && deed != RP_BULK_LICENCE)
    return NULL;

  return rp_amendment_new (workspace, NULL, attach, "licence",
                           g_strdup (_ ("The licence is as it was before.")));
}

static gboolean
amend (RpStore *store,
       const RpBulkTools *tools,
       const RpBulkBefore *before,
       char **out_problem,
       GError **error)
{
  gboolean confirmed = g_strcmp0 (before->confidence, "confirmed") == 0;

  if (tools->deed == RP_BULK_CONFIRM && before->licence_id == NULL)
    *out_problem = g_strdup (_ ("There is no licence to confirm; choose one first"));
  else if (tools->deed == RP_BULK_CONFIRM && confirmed)
    *out_problem = g_strdup (_ ("The licence is confirmed already"));
  else if (tools->amendment == NULL)
    *out_problem = g_strdup (_ ("The licence is no longer in the book"));
  else
    return rp_amendment_apply (store, tools->amendment, before->id, error);

  return FALSE;
}

/* ---- deeds ---- */

static gboolean export(RpStore *store,
                       const RpBulkTools *tools,
                       const RpBulkBefore *before,
                       GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  return rp_export_write (store, tools->book, before->id, tools->value, paths, error);
}

gboolean
rp_bulk_do (RpStore *store,
            const RpBulkTools *tools,
            const RpBulkBefore *before,
            char **out_problem,
            GError **error)
{
  switch (tools->deed) {
  case RP_BULK_ARCHIVE:
    return move (store, before, RP_STATE_ARCHIVE, _ ("It is in the archive already"), out_problem,
                 error);
  case RP_BULK_TRASH:
    return move (store, before, RP_STATE_TRASH, _ ("It is in the trash already"), out_problem,
                 error);
  case RP_BULK_RESTORE:
    return move (store, before, NULL, _ ("It is on the desk already"), out_problem, error);
  case RP_BULK_READ:
    return rp_store_set_article_read (store, before->id, error);
  case RP_BULK_UNREAD:
    return rp_store_set_article_unread (store, before->id, error);
  case RP_BULK_CONFIRM:
  case RP_BULK_LICENCE:
    return amend (store, tools, before, out_problem, error);
  case RP_BULK_EXPORT:
    return export(store, tools, before, error);
  case RP_BULK_PUBLISH: /* goes through dispatch */
  default:
    g_return_val_if_reached (FALSE);
  }
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

gboolean
rp_bulk_take_back (RpStore *store,
                   const RpBulkTools *tools,
                   const RpBulkBefore *before,
                   GError **error)
{
  switch (tools->deed) {
  case RP_BULK_ARCHIVE:
  case RP_BULK_TRASH:
  case RP_BULK_RESTORE:
    return move_back (store, before, error);
  case RP_BULK_READ:
  case RP_BULK_UNREAD:
    return before->unread ? rp_store_set_article_unread (store, before->id, error)
                          : rp_store_set_article_read (store, before->id, error);
  case RP_BULK_CONFIRM:
  case RP_BULK_LICENCE:
    set_text (&tools->amendment->value, before->licence_id);
    set_text (&tools->amendment->name, before->licence_name);
    set_text (&tools->amendment->reason, before->confidence);
    return rp_amendment_apply (store, tools->amendment, before->id, error);
  case RP_BULK_PUBLISH:
  case RP_BULK_EXPORT:
  default:
    return TRUE;
  }
}

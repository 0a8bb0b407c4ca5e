/* Saving a batch of imported articles with what they came in and their pictures, in one
 * transaction; only rp-intake-run.c includes this. */
#pragma once

#include "rp-licence.h"
#include "rp-store-articles.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  RpArticle *article;  /* owned; gets its id, or that of the article it already is */
  RpLicence *licence;  /* owned, may be NULL */
  GPtrArray *others;   /* owned, of RpLicence: what else fits; may be NULL */
  GBytes *snapshot;    /* owned: what arrived; its hash is in the article */
  RpStoreDraft *draft; /* owned */
  const char *status;  /* out: "imported", "updated", "duplicate" */
  char *words;         /* owned, out: what there is to say of it; NULL = nothing */
} RpIntakeSaveEntry;

typedef struct {
  GPtrArray *entries;   /* owned, of RpIntakeSaveEntry */
  GPtrArray *partners;  /* owned, of RpPartner */
  gboolean leave_trash; /* what a person has thrown away does not come back */
} RpIntakeSave;

RpIntakeSave *rp_intake_save_new (GPtrArray *partners);
/* Makes the draft; any thread. Keeps all four. */
void rp_intake_save_add (RpIntakeSave *self,
                         RpArticle *article,
                         RpLicence *licence,
                         GPtrArray *others,
                         GBytes *snapshot);
void rp_intake_save_free (gpointer data);
/* RpWorkFunc: RP_WORK_DONE, or NULL with an error and nothing saved. */
gpointer rp_intake_save (RpStore *store, gpointer data, GError **error);

G_END_DECLS

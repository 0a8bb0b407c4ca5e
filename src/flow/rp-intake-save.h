/* Saving one imported article with its snapshot and pictures; only rp-intake.c includes this. */
#pragma once

#include "rp-licence.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  RpArticle *article;   /* owned; gets its id, or that of the article it already is */
  RpLicence *licence;   /* owned, may be NULL */
  GPtrArray *partners;  /* owned, of RpPartner */
  GBytes *snapshot;     /* owned: what arrived */
  GHashTable *pictures; /* owned: sha256 -> GBytes */
  char *status;         /* owned, out */
} RpIntakeSave;

void rp_intake_save_free (gpointer data);
/* On the store's thread: "imported", "updated" or "duplicate"; NULL with an error. Gives a char *.
 */
gpointer rp_intake_save (RpStore *store, gpointer data, GError **error);

G_END_DECLS

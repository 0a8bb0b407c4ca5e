/* Collects what belongs into a proof and writes it, with its report. On a thread of its own with
 * its own connection; only rp-proof.c includes this. */
#pragma once

#include "rp-licence-book.h"
#include "rp-proof-zip.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  char *partner_id;
  char *url;
  char *picture; /* a PNG in the temporary folder; NULL = none could be taken */
  char *failure; /* why not */
} RpProofPage;

void rp_proof_page_free (RpProofPage *page);

typedef struct {
  RpStore *store;      /* borrowed */
  RpLicenceBook *book; /* borrowed: built-in licences */
  const char *article_id;
  const char *folder; /* for what is made on the way */
  GPtrArray *pages;   /* borrowed, of RpProofPage */
  gint64 now;
  /* what comes of it */
  JsonObject *facts;  /* owned: what the report is written from */
  GPtrArray *remarks; /* owned, of char * */
} RpProofJob;

/* Everything but the manifest. */
gboolean rp_proof_pack (RpProofJob *job, RpProofZip *zip, GError **error);
/* The report in HTML, from job->facts. Gives. */
char *rp_proof_write_report (RpProofJob *job);

G_END_DECLS

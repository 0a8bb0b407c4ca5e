/* What a deed on many articles does with one of them, and how that is taken back. On the store's
 * thread; only rp-bulk.c includes this. */
#pragma once

#include "rp-amendment.h"
#include "rp-bulk.h"
#include "rp-store.h"

G_BEGIN_DECLS

/* How an article was before. */
typedef struct {
  char *id;
  char *headline;
  char *state;
  gboolean unread;
  char *licence_id, *licence_name, *confidence;
  GPtrArray *queued; /* owned, of RpDelivery: of publishing */
} RpBulkBefore;

void rp_bulk_before_free (RpBulkBefore *before);
/* NULL when it is gone, or with an error. Gives. */
RpBulkBefore *rp_bulk_before_new (RpStore *store, const char *id, RpBulkDeed deed, GError **error);

typedef struct {
  RpBulkDeed deed;
  const char *value;      /* borrowed */
  RpAmendment *amendment; /* borrowed; for licences */
  RpLicenceBook *book;    /* borrowed copy; for exporting */
} RpBulkTools;

/* TRUE: done. FALSE with `out_problem` (gives): this article cannot; with an error: nothing can. */
gboolean rp_bulk_do (RpStore *store,
                     const RpBulkTools *tools,
                     const RpBulkBefore *before,
                     char **out_problem,
                     GError **error);
gboolean rp_bulk_take_back (RpStore *store,
                            const RpBulkTools *tools,
                            const RpBulkBefore *before,
                            GError **error);
/* The change to one article that `tools` need for this deed, or to take it back; NULL = none. */
RpAmendment *
rp_bulk_new_amendment (RpWorkspace *workspace, RpBulkDeed deed, const char *licence_id);
RpAmendment *rp_bulk_new_return (RpWorkspace *workspace, RpBulkDeed deed);

G_END_DECLS

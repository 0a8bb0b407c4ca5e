/* The library: everything that must outlive the program, in one database and a folder of blobs
 * beside it; or all of it on a server (postgresql://…), and a folder here for what is at hand.
 * Synchronous; an RpStore belongs to the thread that opened it. Several programs and threads may
 * each open the same library. The tables are in rp-store-*.h, one file each. */
#pragma once

#include "rp-db.h"
#include "rp-role.h"

G_BEGIN_DECLS

typedef struct _RpStore RpStore;

/* Opens or makes the library at `uri` and brings it to the newest schema, after a backup of the
 * file ("NAME.before-N.bak"; on a server a step is done as a whole or not at all). A library of a
 * newer program is refused, not touched. Gives. */
RpStore *rp_store_open (const char *uri, GError **error);
void rp_store_close (RpStore *store);
/* What becomes a copy of the library `source` (rp-store-copy.h): nobody else opens it from the mark
 * on until it is taken away. *out_marked = it is already, for the same source; RP_ERROR_CONFLICT
 * for another one. Gives. */
RpStore *
rp_store_open_copy (const char *uri, const char *source, gboolean *out_marked, GError **error);
gboolean rp_store_mark_copy (RpStore *store, const char *source, GError **error);
gboolean rp_store_unmark_copy (RpStore *store, GError **error);
RpDb *rp_store_get_db (RpStore *store);
/* The one that lists and searches are asked of at this moment: rp-store-reader.h, or the same. */
RpDb *rp_store_get_reader (RpStore *store);
void rp_store_lose_reader (RpStore *store); /* it did not answer */
/* As rp_db_interrupt, whichever is asked. Any thread. */
void rp_store_interrupt (RpStore *store);
/* What whoever opened the library could do in it then (rp-store-roles.h). */
RpMay rp_store_get_rights (RpStore *store);
const char *rp_store_get_blob_folder (RpStore *store);
/* Where the library is when nothing else is said. Gives. */
char *rp_store_dup_default_uri (void);

/* All or nothing: FALSE from `func` (with its error set) undoes what it did. */
typedef gboolean (*RpStoreFunc) (RpStore *store, gpointer user_data, GError **error);
gboolean
rp_store_transaction (RpStore *store, RpStoreFunc func, gpointer user_data, GError **error);
gboolean rp_store_transaction_as (RpStore *store,
                                  RpDbAccess access,
                                  RpStoreFunc func,
                                  gpointer user_data,
                                  GError **error);
/* The same for a part of one: what fails is undone alone. */
gboolean rp_store_savepoint (RpStore *store, RpStoreFunc func, gpointer user_data, GError **error);
/* What there is at an address, without opening or changing it. */
typedef struct {
  gint64 version;  /* of the library, 0 = there is none */
  gint64 known;    /* the newest that this program knows */
  gint64 articles; /* how many */
  gboolean empty;  /* nothing is there: opening it makes a library */
} RpStoreSight;

gboolean rp_store_look (const char *uri, RpStoreSight *out, GError **error);
/* What rp_db_get_news, rp_db_hear and rp_db_get_socket say. */
gboolean rp_store_get_news (RpStore *store, RpDbNews *out, GError **error);
gboolean rp_store_hear (RpStore *store, RpDbNews *out);
int rp_store_get_socket (RpStore *store);
/* Now, for all who share the library: of the server when there is one. */
gint64 rp_store_get_time (RpStore *store);
/* The whole library as a file; from a server with the originals beside it. */
gboolean rp_store_backup (RpStore *store, const char *path, GError **error);
/* Looks for damage; FALSE with an error that says what was found. */
gboolean rp_store_check (RpStore *store, GError **error);
/* Compacts the file and the search index; takes as long as a copy of it. */
gboolean rp_store_optimise (RpStore *store, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpStore, rp_store_close)

G_END_DECLS

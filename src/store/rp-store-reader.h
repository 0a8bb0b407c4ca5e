/* What only reads much, lists and searches, may ask a copy of the server that follows it (streaming
 * replication) and spares the server itself. Whoever owns the library names the copy once for all
 * desks:  ALTER DATABASE desk SET reprint.replica = 'postgresql://copy.example/desk'
 * It is asked only while it has everything that this connection has heard of or has written, so
 * nobody reads an older desk than the one he has seen; else, or when it is away, the server itself
 * is. store/ only; the store's thread, but for interrupting. */
#pragma once

#include "rp-db.h"

G_BEGIN_DECLS

typedef struct _RpStoreReader RpStoreReader;

/* NULL = there is no copy. `db` is borrowed and outlives it. */
RpStoreReader *rp_store_reader_new (RpDb *db);
void rp_store_reader_free (RpStoreReader *reader);
/* The one to ask now: the copy, or `db`. Lends until the next call. */
RpDb *rp_store_reader_choose (RpStoreReader *reader);
/* The copy did not answer; it is left alone for a while. */
void rp_store_reader_lose (RpStoreReader *reader);
/* As rp_db_interrupt. Any thread. */
void rp_store_reader_interrupt (RpStoreReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpStoreReader, rp_store_reader_free)

G_END_DECLS

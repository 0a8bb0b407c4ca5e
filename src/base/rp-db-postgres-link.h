/* The connection of the PostgreSQL driver: how it is made, kept, made again after it broke, and
 * what its errors say to a person. Only rp-db-postgres.c includes this. A link belongs to one
 * thread; rp_pq_link_interrupt may be called on any. libpq is loaded with the first link. */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

#include "rp-db.h"
#include "rp-lazy.h"

G_BEGIN_DECLS

#define RP_PQ_SYMBOLS(X)                                                                           \
  X (PQbackendPID)                                                                                 \
  X (PQcancel)                                                                                     \
  X (PQclear)                                                                                      \
  X (PQcmdStatus)                                                                                  \
  X (PQcmdTuples)                                                                                  \
  X (PQconnectdbParams)                                                                            \
  X (PQconnectionNeedsPassword)                                                                    \
  X (PQconninfoFree)                                                                               \
  X (PQconninfoParse)                                                                              \
  X (PQconsumeInput)                                                                               \
  X (PQenterPipelineMode)                                                                          \
  X (PQerrorMessage)                                                                               \
  X (PQexec)                                                                                       \
  X (PQexecPrepared)                                                                               \
  X (PQexitPipelineMode)                                                                           \
  X (PQfinish)                                                                                     \
  X (PQfreeCancel)                                                                                 \
  X (PQfreemem)                                                                                    \
  X (PQgetCancel)                                                                                  \
  X (PQgetResult)                                                                                  \
  X (PQgetisnull)                                                                                  \
  X (PQgetlength)                                                                                  \
  X (PQgetvalue)                                                                                   \
  X (PQnotifies)                                                                                   \
  X (PQntuples)                                                                                    \
  X (PQparameterStatus)                                                                            \
  X (PQpipelineSync)                                                                               \
  X (PQprepare)                                                                                    \
  X (PQresultErrorField)                                                                           \
  X (PQresultStatus)                                                                               \
  X (PQsendQueryPrepared)                                                                          \
  X (PQserverVersion)                                                                              \
  X (PQsetNoticeReceiver)                                                                          \
  X (PQsocket)                                                                                     \
  X (PQstatus)                                                                                     \
  X (PQtransactionStatus)                                                                          \
  X (PQunescapeBytea)

typedef struct {
  RP_PQ_SYMBOLS (RP_LAZY_MEMBER)
} RpPqSymbols;

extern RpPqSymbols rp_pq; /* filled when a link was made */

#define RP_PQ_CLOCK "CAST (extract (epoch FROM clock_timestamp ()) * 1000000 AS bigint)"
/* What has to be asked for before the server tells anything. */
#define RP_PQ_LISTEN "LISTEN reprint_changed; LISTEN reprint_presence"

typedef struct {
  PGconn *handle;       /* owned, NULL or broken = to be made again */
  char *uri;            /* owned */
  GHashTable *prepared; /* owned: types and SQL -> name of the statement on the server */
  gboolean sent_away;   /* the server has said that it ends this connection */
  gboolean listens;     /* wants to hear of changes */
  gboolean repeats;     /* asks the same few things all the time, and comes again by itself */
  RpDbNews news;        /* heard of */
  guint failures;       /* attempts since it last worked */
  gint64 next_try;      /* monotonic */
  char history[9];      /* another one after a fail-over: numbers of transactions before it mean
                           nothing after it. Empty on a server that is being caught up */
  gint64 clock_read;    /* rp_time_steady when the server's clock was read last */
  GMutex lock;
  PGcancel *cancel; /* owned, guarded by lock */
} RpPqLink;

/* Gives; NULL with an error. */
RpPqLink *rp_pq_link_new (const char *uri, GError **error);
void rp_pq_link_free (RpPqLink *link);
gboolean rp_pq_link_is_up (RpPqLink *link); /* as far as is known without a question */
/* Hears what the server has said, and connects again when the connection is gone. `patient` =
 * tries for a while. Not within a transaction. */
gboolean rp_pq_link_make_ready (RpPqLink *link, gboolean patient, GError **error);
/* From now on, also on the next connections: plans are kept. */
gboolean rp_pq_link_repeat (RpPqLink *link, GError **error);
/* Takes what RP_PQ_CLOCK has answered, for the whole process. */
void rp_pq_link_set_clock (RpPqLink *link, gint64 theirs);
/* Reads what has arrived, and counts what was told. */
void rp_pq_link_hear (RpPqLink *link);
void rp_pq_link_interrupt (RpPqLink *link);
/* Says why `result` (NULL = nothing came) is none. */
void rp_pq_link_set_error (RpPqLink *link, const PGresult *result, GError **error);
gboolean rp_pq_is_good (const PGresult *result);

G_END_DECLS

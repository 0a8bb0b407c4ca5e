/* What was sent and what was answered, byte for byte (bodies as blobs), secrets redacted before
 * they come here. A row is written before the first byte leaves, and completed by the answer. */
#pragma once

#include "rp-http-message.h"
#include "rp-store.h"

G_BEGIN_DECLS

typedef struct {
  char *id;
  char *delivery_id;
  gint64 at;
  char *label; /* in words: "Uploading the picture" */
  char *method;
  char *url;
  char *request_headers; /* "Name: value" lines */
  char *request_text;    /* a short body; NULL = see the blobs */
  char *request_blob;    /* SHA-256 of its parts, "+" between; NULL = none */
  gint64 answered;       /* 0 = no answer yet */
  guint status;
  char *response_headers;
  char *response_text;
  char *response_blob;
  char *error; /* in words, NULL = answered */
} RpExchangeRow;

void rp_exchange_row_free (RpExchangeRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpExchangeRow, rp_exchange_row_free)

/* The request must be redacted. Gives the row's id. */
char *rp_store_begin_exchange (RpStore *store,
                               const char *delivery_id,
                               const RpRequest *request,
                               gint64 now,
                               GError **error);
/* `response` NULL = no answer, then `failure` says why. */
gboolean rp_store_end_exchange (RpStore *store,
                                const char *id,
                                const RpResponse *response,
                                const char *failure,
                                gint64 now,
                                GError **error);
/* A body of a row, from its text or its blobs. Gives; empty when there was none. */
GBytes *rp_store_read_body (RpStore *store, const char *text, const char *blobs, GError **error);
/* Oldest first. Gives an array of RpExchangeRow. */
GPtrArray *rp_store_list_exchanges (RpStore *store, const char *delivery_id, GError **error);

G_END_DECLS

/* The values of a statement as libpq takes them; only rp-db-postgres.c includes this. Texts and
 * bytes are borrowed from the caller for as long as the statement is sent. Any thread. */
#pragma once

#include <libpq-fe.h>

#include "rp-db-driver.h"

G_BEGIN_DECLS

typedef struct {
  const char *texts[RP_DB_MAX_VALUES];
  char *made[RP_DB_MAX_VALUES]; /* owned: those of `texts` that were made here */
  int lengths[RP_DB_MAX_VALUES];
  int formats[RP_DB_MAX_VALUES];
  Oid types[RP_DB_MAX_VALUES];
  int count;
} RpPqValues;

void rp_pq_values_read (RpPqValues *self, const RpDbValue *values, guint n_values);
void rp_pq_values_clear (RpPqValues *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RpPqValues, rp_pq_values_clear)

G_END_DECLS

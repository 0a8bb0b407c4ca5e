/* The numbered steps that bring a library to today's schema; and what else
 * differs between databases; called in store/ only. */
#pragma once

#include "rp-db.h"

G_BEGIN_DECLS

#define RP_STORE_SCHEMA_VERSION 5

/* The statements from version - 1 to version. */
const char *rp_store_schema_step (RpDbDialect dialect, int version);
/* How many of the tables schema_version and copying there are. */
const char *rp_store_schema_marks (RpDbDialect dialect);
/* What articles are read from in a full text search, the newest hit first: $%u is the words'
 * parameter, and "hit" their order. */
const char *rp_store_schema_text_from (RpDbDialect dialect);
/* LIKE that does not mind capitals. */
const char *rp_store_schema_like (RpDbDialect dialect);
/* What the end of a SELECT says so that the rows of the table %s are its own until the transaction
 * ends, and those of others are left out. */
const char *rp_store_schema_lock (RpDbDialect dialect);
const char *rp_store_schema_optimise (RpDbDialect dialect);
/* What looks for damage: "ok", or what is wrong. */
const char *rp_store_schema_check (RpDbDialect dialect);

/* Of rp-store-schema-postgres.c, for the first of these only. */
const char *rp_store_schema_postgres_step (int version);

G_END_DECLS

/* The numbered steps that bring a library to today's schema; only rp-store.c calls this. */
#pragma once

#include "rp-db.h"

G_BEGIN_DECLS

#define RP_STORE_SCHEMA_VERSION 5

const char *
rp_store_schema_step (RpDbDialect dialect, int version); /* from version - 1 to version */
/* What articles are read from in a full text search, the newest hit first: $%u is the words'
 * parameter, and "hit" their order. */
const char *rp_store_schema_text_from (RpDbDialect dialect);
const char *rp_store_schema_optimise (RpDbDialect dialect);

G_END_DECLS

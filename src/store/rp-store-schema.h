/* The numbered steps that bring a library to today's schema; only rp-store.c calls this. */
#pragma once

#include "rp-db.h"

G_BEGIN_DECLS

#define RP_STORE_SCHEMA_VERSION 5

const char *
rp_store_schema_step (RpDbDialect dialect, int version); /* from version - 1 to version */
/* The condition that a full text search adds for articles; $%u is the words' parameter. */
const char *rp_store_schema_text_match (RpDbDialect dialect);
const char *rp_store_schema_optimise (RpDbDialect dialect);

G_END_DECLS

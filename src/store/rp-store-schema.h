/* The numbered steps that bring a library to today's schema; and what else
 * differs between databases; called in store/ only. */
#pragma once

#include "rp-db.h"

G_BEGIN_DECLS

#define RP_STORE_SCHEMA_VERSION 9

/* The statements from version - 1 to version. */
const char *rp_store_schema_step (RpDbDialect dialect, int version);
/* What else differs. */
typedef struct {
  const char *marks;  /* how many of the tables schema_version and copying there are */
  const char *tables; /* how many tables there are at all */
  /* What articles are read from in a full text search, the newest hit first: $%u is the words'
   * parameter, and "hit" their order. */
  const char *text_from;
  const char *like; /* LIKE that does not mind capitals */
  /* What the end of a SELECT says so that the rows of the table %s are its own until the
   * transaction ends, and those of others are left out. */
  const char *lock;
  /* The same, but waits for the others: the row stays as it is read. */
  const char *hold;
  const char *optimise; /* a script */
  const char *check;    /* looks for damage: "ok", or what is wrong */
} RpStoreWording;

const RpStoreWording *rp_store_schema_wording (RpDb *db);

/* Of rp-store-schema-postgres.c, for the first of these only. */
const char *rp_store_schema_postgres_step (int version);

G_END_DECLS

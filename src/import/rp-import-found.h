/* One rights statement as it was found, and how a block of text is read into one. Between the words
 * of rp-import-rights-words.h and the scan of rp-import-statement.h. Any thread. */
#pragma once

#include "rp-import-cc.h"
#include "rp-import-rights-words.h"
#include "rp-import-statement.h"

G_BEGIN_DECLS

/* One statement, from words or from markup. */
typedef struct {
  RpRightsKind kind;
  char *fields[RP_STATEMENT_N_FIELDS]; /* owned */
  gboolean reserved;
  gboolean declared; /* by markup */
  char *evidence;    /* owned */
  guint block;       /* its last block's index */
} RpFound;

void rp_found_free (RpFound *found);
/* Sets only what is still empty and is given; the second takes the value. */
void rp_found_set (RpFound *found, RpStatementField field, const char *value);
void rp_found_take (RpFound *found, RpStatementField field, char *value);
void rp_found_take_cc (RpFound *found, const RpCc *cc);
/* NULL when the block is no statement; sets its `leaves`. Gives. */
RpFound *rp_found_read_block (RpBlock *block);

G_END_DECLS

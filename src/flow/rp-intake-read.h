/* Reading on a thread of its own: files and texts become articles, in batches that the main thread
 * asks for one by one, so that a feed of any length and a folder of any size stay in bounds, and
 * reading goes on while the batch before is being saved. Only the intake includes this. */
#pragma once

#include <gio/gio.h>

#include "rp-importer.h"

G_BEGIN_DECLS

/* What is to be read. Strings and objects owned. */
typedef struct {
  GFile *file;   /* or NULL */
  char *path;    /* of the file among those that came with it: "folder/page.html"; NULL = alone */
  char *url;     /* or NULL */
  char *problem; /* why there is nothing to read, known beforehand; NULL = try */
  RpSource *source; /* or NULL until it was read */
} RpIntakeItem;

RpIntakeItem *rp_intake_item_new (GFile *file, const char *url, RpSource *source);
void rp_intake_item_free (RpIntakeItem *item);
/* File name or address as a person knows it. Gives. */
char *rp_intake_item_dup_name (const RpIntakeItem *item);

/* One article, or why an item gave none. */
typedef struct {
  char *name;         /* owned: of the item */
  RpArticle *article; /* owned; NULL = the item failed */
  char *failure;      /* owned; NULL = it did not */
  char *remark;       /* owned: on the whole item, with its first article; NULL = none */
  GBytes *snapshot;   /* owned: what arrived; its hash is in the article */
} RpIntakeEntry;

void rp_intake_entry_free (RpIntakeEntry *entry);

typedef struct _RpIntakeReader RpIntakeReader;

/* Reads the items (RpIntakeItem, local ones only) in their order, but pictures last: those that an
 * article shows go with it, those beside a single article are added to it. Keeps `items`. */
RpIntakeReader *rp_intake_reader_new (GPtrArray *items, GCancellable *cancellable);
/* Stops and waits for the thread. */
void rp_intake_reader_free (RpIntakeReader *self);
/* The next batch, of RpIntakeEntry; one call at a time, main thread. */
void rp_intake_reader_next_async (RpIntakeReader *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Gives; NULL at the end. */
GPtrArray *rp_intake_reader_next_finish (RpIntakeReader *self, GAsyncResult *result);
/* How many items were begun. */
guint rp_intake_reader_get_done (RpIntakeReader *self);

G_END_DECLS

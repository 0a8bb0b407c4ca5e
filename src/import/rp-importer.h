/* An importer: a pure reader of one format. Bytes in, articles out; no network, no file, no clock,
 * no settings. Called on any thread, several at once. Add one: a file rp-importer-NAME.c that ends
 * on a descriptor rp_importer_NAME, and the word NAME in meson.build. */
#pragma once

#include "rp-article.h"
#include "rp-import-sink.h"

G_BEGIN_DECLS

/* What arrived, from wherever. Borrowed by importers. */
typedef struct {
  GBytes *bytes; /* owned */
  char *name;    /* owned: file name or address as a person knows it; may be NULL */
  char *
    declared_type; /* owned: media type as the transport said, without parameters; NULL = unknown */
  char *declared_charset; /* owned: NULL = unknown */
  char *base_url; /* owned: where it came from, for links and pictures; "cid:/folder/name" for what
                     came inside an archive, mail or folder; NULL for dropped text */
  guint depth;    /* how many archives and mails it came in */
  guint64 *allowance; /* lent: bytes that archives may still unpack; NULL = the full limit */
} RpSource;

RpSource *rp_source_new (GBytes *bytes, const char *name);
void rp_source_free (RpSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpSource, rp_source_free)

#define RP_SOURCE_DEPTH_LIMIT 2 /* archives and mails deeper within each other stay closed */

typedef enum {
  RP_MATCH_NO,
  RP_MATCH_LAST_RESORT,
  RP_MATCH_LIKELY,
  RP_MATCH_CERTAIN
} RpMatch;

typedef struct {
  const char *id;                /* "html": also the "format" of inspect */
  const char *title;             /* N_("Web page") */
  const char *const *extensions; /* without dot, NULL-terminated; a hint only */
  RpMatch (*match) (const RpSource *source);
  gboolean (*parse) (const RpSource *source, RpImportSink *sink, GError **error);
} RpImporter;

extern const RpImporter *const rp_importers[]; /* NULL-terminated, made by meson.build */

/* The best match by content; RP_ERROR_UNSUPPORTED says what was found instead (empty, a picture, a
 * program …) and what to do. Lends. */
const RpImporter *rp_importer_find (const RpSource *source, GError **error);
/* find and parse; every article leaves with format, source_name, source_url, a cleaned
 * body and its licence statements recognised. No article at all is RP_ERROR_UNREADABLE. */
gboolean rp_import (const RpSource *source, RpImportSink *sink, GError **error);

G_END_DECLS

/* What DOCX and ODT have in common around their text: parts in a ZIP, pictures by name, properties.
 * Any thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "rp-import-statement.h"
#include "rp-importer.h"
#include "rp-xml.h"

G_BEGIN_DECLS

typedef struct {
  GHashTable *parts;    /* owned: GBytes by name */
  GHashTable *pictures; /* owned: part names by "cid:" address */
  RpArticle *article;   /* owned */
  RpRightsScan *scan;   /* owned */
} RpOffice;

/* FALSE with an error when the archive cannot be read. Clear it in any case. */
gboolean rp_office_open (RpOffice *self,
                         const RpSource *source,
                         gboolean (*wanted) (const char *name),
                         GError **error);
void rp_office_clear (RpOffice *self);
/* A part as XML; NULL when there is none, or it is no XML. Gives. */
xmlDoc *rp_office_read_part (RpOffice *self, const char *name);
/* The address by which the body names a picture; NULL when the archive lacks it, or it is of a kind
 * that no page shows. Gives. */
char *rp_office_dup_picture (RpOffice *self, const char *part);
void rp_office_add_keywords (RpOffice *self, const char *keywords);
/* Who is named as the document's author: only where the text names nobody. */
void rp_office_set_creator (RpOffice *self, const char *creator);
/* A title that a person gave, not a program. */
void rp_office_set_title (RpOffice *self, const char *title);
/* Lines of page headers and footers: only what they say of rights counts. */
void rp_office_scan_margin (RpOffice *self, xmlNode *root, const char *paragraph);
/* After the body: the file's own date where no other is known, pictures, headline; then the article
 * goes to the sink. */
void rp_office_finish (RpOffice *self, const char *created, RpImportSink *sink);

G_END_DECLS

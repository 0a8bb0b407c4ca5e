/* The text of a DOCX: paragraphs, runs, tables, pictures, notes. One thread. */
#pragma once

#include "rp-import-docx-parts.h"

G_BEGIN_DECLS

/* The children of `parent` (w:body, a cell, a note) into `rich`. `part` is the name of the part
 * they stand in, for its links. */
void rp_docx_read_body (RpOffice *office,
                        const RpDocxParts *parts,
                        const char *part,
                        xmlNode *parent,
                        RpRich *rich);

G_END_DECLS

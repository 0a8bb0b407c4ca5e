/* A report as a PDF. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads the plain HTML that flow/rp-proof-report writes (headings, paragraphs, lists, tables,
 * preformatted text) and sets it on A4 pages with page numbers. */
gboolean rp_camera_print (const char *html_path, const char *pdf_path, GError **error);

G_END_DECLS

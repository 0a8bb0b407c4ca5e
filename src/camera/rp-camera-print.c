#include "rp-camera-print.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "rp-html.h"

/* Points. */
#define PAGE_WIDTH 595.0
#define PAGE_HEIGHT 842.0
#define MARGIN 54.0
#define FOOT 30.0
#define TEXT_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define BOTTOM (PAGE_HEIGHT - MARGIN - FOOT)
#define GAP 12.0 /* between columns */

typedef struct {
  cairo_t *cairo;
  double y;
  guint page;
} Print;

typedef struct {
  const char *element;
  const char *font;
  double above, below;
} Look;

static const Look looks[] = {
  {"h1", "Sans Bold 18", 0, 10}, {"h2", "Sans Bold 13", 16, 6}, {"h3", "Sans Bold 10.5", 10, 4},
  {"p", "Sans 9.5", 0, 6},       {"li", "Sans 9.5", 0, 3},      {"pre", "Monospace 7.5", 2, 8},
  {"td", "Sans 8.5", 0, 3},      {"th", "Sans Bold 8.5", 0, 3},
};

static const Look *
find_look (xmlNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (rp_xml_is (node, NULL, looks[i].element))
      return &looks[i];

  return NULL;
}

static void
end_page (Print *print)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (print->cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 8");
  g_autofree char *number = g_strdup_printf ("%u", ++print->page);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, number, -1);
  pango_layout_set_width (layout, (int) (TEXT_WIDTH * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  cairo_move_to (print->cairo, MARGIN, PAGE_HEIGHT - MARGIN);
  pango_cairo_show_layout (print->cairo, layout);
  cairo_show_page (print->cairo);
  print->y = MARGIN;
}

static PangoLayout *
new_layout (Print *print, const char *text, const Look *look, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (print->cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (look->font);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

/* Line by line, so that a long text goes on on the next page. */
static void
show_lines (Print *print, PangoLayout *layout, double x)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);

  do {
    PangoRectangle line;
    double height;

    pango_layout_iter_get_line_extents (iter, NULL, &line);
    height = (double) line.height / PANGO_SCALE;
    if (print->y + height > BOTTOM)
      end_page (print);
    cairo_move_to (print->cairo, x + (double) line.x / PANGO_SCALE,
                   print->y +
                     (double) (pango_layout_iter_get_baseline (iter) - line.y) / PANGO_SCALE);
    pango_cairo_show_layout_line (print->cairo, pango_layout_iter_get_line_readonly (iter));
    print->y += height;
  } while (pango_layout_iter_next_line (iter));
}

static char *
dup_block_text (xmlNode *node)
{
  xmlChar *raw;
  char *text;

  if (!rp_xml_is (node, NULL, "pre"))
    return rp_xml_dup_text (node);
  raw = xmlNodeGetContent (node);
  text = g_strdup ((const char *) raw);
  xmlFree (raw);

  return text;
}

static void
show_block (Print *print, xmlNode *node, const Look *look)
{
  g_autofree char *text = dup_block_text (node);
  g_autofree char *marked = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  gboolean item = rp_xml_is (node, NULL, "li");

  if (text == NULL)
    return;
  marked = item ? g_strconcat ("• ", text, NULL) : g_strdup (text);
  layout = new_layout (print, marked, look, TEXT_WIDTH - (item ? GAP : 0));
  print->y += look->above;
  if (look->above > 0 && print->y > BOTTOM - 80) /* a heading stays with what follows it */
    end_page (print);
  show_lines (print, layout, MARGIN + (item ? GAP : 0));
  print->y += look->below;
}

static GPtrArray *
list_cells (xmlNode *row)
{
  GPtrArray *cells = g_ptr_array_new ();

  for (xmlNode *cell = row->children; cell != NULL; cell = cell->next)
    if (rp_xml_is (cell, NULL, "td") || rp_xml_is (cell, NULL, "th"))
      g_ptr_array_add (cells, cell);

  return cells;
}

static double
measure (Print *print, xmlNode *cell)
{
  g_autofree char *text = rp_xml_dup_text (cell);
  g_autoptr (PangoLayout) layout =
    new_layout (print, text != NULL ? text : "", find_look (cell), TEXT_WIDTH);
  int width;

  pango_layout_get_size (layout, &width, NULL);

  return (double) width / PANGO_SCALE;
}

/* What each column would like to have; what is too much is taken from the widest. Gives, of double.
 */
static GArray *
measure_columns (Print *print, xmlNode *table)
{
  GArray *widths = g_array_new (FALSE, TRUE, sizeof (double));
  double room, sum = 0, widest = 0;

  for (xmlNode *row = table; row != NULL; row = rp_xml_follow (row, table, TRUE)) {
    g_autoptr (GPtrArray) cells = rp_xml_is (row, NULL, "tr") ? list_cells (row) : NULL;

    for (guint i = 0; cells != NULL && i < cells->len; i++) {
      if (i >= widths->len)
        g_array_set_size (widths, i + 1);
      g_array_index (widths, double, i) =
        MAX (g_array_index (widths, double, i), measure (print, cells->pdata[i]));
    }
  }
  room = TEXT_WIDTH - GAP * (widths->len > 0 ? widths->len - 1 : 0);
  for (guint i = 0; i < widths->len; i++)
    sum += g_array_index (widths, double, i);
  while (sum > room + 0.5) {
    guint at = 0;
    double cut;

    for (guint i = 0; i < widths->len; i++)
      if (g_array_index (widths, double, i) > g_array_index (widths, double, at))
        at = i;
    widest = g_array_index (widths, double, at);
    cut = MIN (sum - room, MAX (widest * 0.1, 1));
    g_array_index (widths, double, at) -= cut;
    sum -= cut;
  }

  return widths;
}

/* A row stays together. */
static void
show_row (Print *print, xmlNode *row, GArray *widths)
{
  g_autoptr (GPtrArray) cells = list_cells (row);
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
  double height = 0, x = MARGIN;

  for (guint i = 0; i < cells->len; i++) {
    g_autofree char *text = rp_xml_dup_text (cells->pdata[i]);
    PangoLayout *layout = new_layout (print, text != NULL ? text : "", find_look (cells->pdata[i]),
                                      g_array_index (widths, double, i) + 1);
    int h;

    pango_layout_get_size (layout, NULL, &h);
    height = MAX (height, (double) h / PANGO_SCALE);
    g_ptr_array_add (layouts, layout);
  }
  if (print->y + height > BOTTOM)
    end_page (print);
  for (guint i = 0; i < layouts->len; i++) {
    cairo_move_to (print->cairo, x, print->y);
    pango_cairo_show_layout (print->cairo, layouts->pdata[i]);
    x += g_array_index (widths, double, i) + GAP;
  }
  print->y += height + 3;
}

static void
show_table (Print *print, xmlNode *table)
{
  g_autoptr (GArray) widths = measure_columns (print, table);

  if (print->y > BOTTOM - 60) /* its heads stay with its first row */
    end_page (print);
  for (xmlNode *row = table; row != NULL; row = rp_xml_follow (row, table, TRUE))
    if (rp_xml_is (row, NULL, "tr"))
      show_row (print, row, widths);
  print->y += 6;
}

static void
show_tree (Print *print, xmlNode *parent)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next) {
    const Look *look = node->type == XML_ELEMENT_NODE ? find_look (node) : NULL;

    if (rp_xml_is (node, NULL, "table"))
      show_table (print, node);
    else if (look != NULL)
      show_block (print, node, look);
    else if (node->type == XML_ELEMENT_NODE)
      show_tree (print, node);
  }
}

gboolean
rp_camera_print (const char *html_path, const char *pdf_path, GError **error)
{
  g_autofree char *html = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;
  Print print = {.y = MARGIN};

  if (!g_file_get_contents (html_path, &html, NULL, error))
    return FALSE;
  doc = rp_html_parse_fragment (html);
  surface = cairo_pdf_surface_create (pdf_path, PAGE_WIDTH, PAGE_HEIGHT);
  print.cairo = cairo_create (surface);
  show_tree (&print, rp_html_get_body (doc));
  end_page (&print);
  cairo_destroy (print.cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The PDF could not be written: %s"),
               cairo_status_to_string (status));

  return FALSE;
}

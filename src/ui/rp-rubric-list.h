/* A section of the sidebar that the library fills: saved searches, sources or licences, each with
 * its number. Hidden while it is empty. Main thread.
 *
 * Signal "chosen" (char *key, char *query, char *title); the key is the id behind its kind. */
#pragma once

#include <adwaita.h>

#include "rp-desk-row.h"

G_BEGIN_DECLS

typedef enum {
  RP_RUBRIC_SEARCHES,
  RP_RUBRIC_SOURCES,
  RP_RUBRIC_LICENCES,
} RpRubricKind;

#define RP_TYPE_RUBRIC_LIST (rp_rubric_list_get_type ())
G_DECLARE_FINAL_TYPE (RpRubricList, rp_rubric_list, RP, RUBRIC_LIST, AdwBin)

GtkWidget *rp_rubric_list_new (RpRubricKind kind);
/* An array of RpRubric; rows that stay keep the selection and the focus. */
void rp_rubric_list_fill (RpRubricList *self, GPtrArray *rubrics);
void rp_rubric_list_unselect (RpRubricList *self);
/* As if it had been clicked; FALSE when it is not there. */
gboolean rp_rubric_list_choose (RpRubricList *self, const char *key);
GtkListBox *rp_rubric_list_get_box (RpRubricList *self); /* lends */

G_END_DECLS

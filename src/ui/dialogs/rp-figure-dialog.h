/* The words of a picture in the text: caption, credit, and what it shows for people who do not see
 * it. Main thread. */
#pragma once

#include <adwaita.h>

#include "rp-media.h"

G_BEGIN_DECLS

#define RP_TYPE_FIGURE_DIALOG (rp_figure_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RpFigureDialog, rp_figure_dialog, RP, FIGURE_DIALOG, AdwWindow)

/* `media` has the three words as they were given. */
typedef void (*RpFigureCallback) (RpMedia *media, gpointer owner);

/* `media` is kept and changed when the person saves, then handed to the callback; `owner` is kept
 * while the dialog is open. */
void rp_figure_dialog_present (GtkWindow *parent,
                               RpMedia *media,
                               RpFigureCallback callback,
                               GObject *owner);

G_END_DECLS

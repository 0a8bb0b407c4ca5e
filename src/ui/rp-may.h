/* What the person may do on this desk (rp-role.h), asked for actions by their names. What may never
 * be done on it is not shown, or greyed in a menu; the server sees to the rest. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "rp-workspace.h"

G_BEGIN_DECLS

/* `action` with its prefix: "win.publish"; also "editor.type" and "fix.NAME", the fix_action of a
 * finding. What nobody listed may be done by everybody. */
gboolean rp_may_do (RpWorkspace *workspace, const char *action);
/* Switches off those of the actions that the widget's class installed which may never be done, and
 * hides the buttons in it that would do them. Once, when the widget is complete. */
void rp_may_limit (GtkWidget *widget, RpWorkspace *workspace);

G_END_DECLS

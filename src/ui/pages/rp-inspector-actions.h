/* The commands of the inspector, for its buttons and menus: "inspector.choose-licence",
 * "inspector.new-agreement", "inspector.edit-agreement", "inspector.confirm-licence",
 * "inspector.ask-owner"; and with the id of a delivery or partner "inspector.retry",
 * "inspector.cancel-delivery", "inspector.transcript", "inspector.withdraw",
 * "inspector.edit-partner" ("" = a new one). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rp_inspector_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS

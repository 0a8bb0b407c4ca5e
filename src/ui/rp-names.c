#include "rp-names.h"

#include <glib/gi18n-lib.h>

/* "Bold (Ctrl+B)" is called "Bold". Gives. */
static char *
dup_name (const char *tooltip)
{
  const char *keys = strstr (tooltip, " (");

  return keys != NULL ? g_strndup (tooltip, (gsize) (keys - tooltip)) : g_strdup (tooltip);
}

static void
set_name (GtkWidget *widget, const char *tooltip)
{
  g_autofree char *name = dup_name (tooltip);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Its label names it already; the same words with the underscore would come on top. */
static gboolean
has_mnemonic (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)) &&
         gtk_button_get_label (GTK_BUTTON (widget)) != NULL;
}

/* The button that GTK itself puts into a search bar. */
static gboolean
is_close_button (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "window-close-symbolic") == 0;
}

static gboolean
is_composed (GtkWidget *widget)
{
  return GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget);
}

static gboolean
is_wordless (GtkWidget *widget)
{
  return is_composed (widget) ||
         (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL);
}

/* The button inside a drop-down is what the keyboard reaches; that of a menu button asks its owner.
 */
static void
adopt (GtkWidget *widget, const char *inherited)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  gboolean inner = inherited != NULL && GTK_IS_TOGGLE_BUTTON (widget);

  if (has_mnemonic (widget))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  else if (inner)
    set_name (widget, inherited);
  else if (tooltip != NULL && is_wordless (widget))
    set_name (widget, tooltip);
  else if (is_close_button (widget))
    set_name (widget, _ ("Close"));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    adopt (child, GTK_IS_DROP_DOWN (widget) ? tooltip : NULL);
}

void
rp_names_adopt (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  adopt (root, NULL);
}

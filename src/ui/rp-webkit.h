/* WebKit is loaded with the first article that is shown: linked, it would cost every start of the
 * window a tenth of its time and some thirty megabytes. Casts are C's, since those of GObject ask
 * WebKit for its types. Main thread. */
#pragma once

#include <webkit/webkit.h>

#include "rp-lazy.h"

G_BEGIN_DECLS

#define RP_WEBKIT_SYMBOLS(X)                                                                       \
  X (jsc_value_to_string)                                                                          \
  X (webkit_context_menu_append)                                                                   \
  X (webkit_context_menu_get_items)                                                                \
  X (webkit_context_menu_get_n_items)                                                              \
  X (webkit_context_menu_item_get_stock_action)                                                    \
  X (webkit_context_menu_item_new_from_gaction)                                                    \
  X (webkit_context_menu_item_new_separator)                                                       \
  X (webkit_context_menu_remove)                                                                   \
  X (webkit_editor_state_get_typing_attributes)                                                    \
  X (webkit_navigation_action_get_request)                                                         \
  X (webkit_navigation_action_is_user_gesture)                                                     \
  X (webkit_navigation_policy_decision_get_navigation_action)                                      \
  X (webkit_network_session_new_ephemeral)                                                         \
  X (webkit_policy_decision_ignore)                                                                \
  X (webkit_settings_new_with_settings)                                                            \
  X (webkit_uri_request_get_uri)                                                                   \
  X (webkit_uri_scheme_request_finish)                                                             \
  X (webkit_uri_scheme_request_finish_error)                                                       \
  X (webkit_uri_scheme_request_get_path)                                                           \
  X (webkit_user_content_manager_add_script)                                                       \
  X (webkit_user_content_manager_new)                                                              \
  X (webkit_user_content_manager_register_script_message_handler)                                  \
  X (webkit_user_script_new_for_world)                                                             \
  X (webkit_user_script_unref)                                                                     \
  X (webkit_web_context_new)                                                                       \
  X (webkit_web_context_register_uri_scheme)                                                       \
  X (webkit_web_context_set_spell_checking_enabled)                                                \
  X (webkit_web_context_set_spell_checking_languages)                                              \
  X (webkit_web_view_call_async_javascript_function)                                               \
  X (webkit_web_view_call_async_javascript_function_finish)                                        \
  X (webkit_web_view_evaluate_javascript)                                                          \
  X (webkit_web_view_execute_editing_command)                                                      \
  X (webkit_web_view_execute_editing_command_with_argument)                                        \
  X (webkit_web_view_get_context)                                                                  \
  X (webkit_web_view_get_editor_state)                                                             \
  X (webkit_web_view_get_type)                                                                     \
  X (webkit_web_view_load_html)                                                                    \
  X (webkit_web_view_set_background_color)

typedef struct {
  RP_WEBKIT_SYMBOLS (RP_LAZY_MEMBER)
} RpWebKitSymbols;

extern RpWebKitSymbols rp_webkit; /* filled by rp_webkit_load */

/* FALSE when this computer has no WebKit. The first call loads it. */
gboolean rp_webkit_load (void);

G_END_DECLS

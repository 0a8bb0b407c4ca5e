/* Small helpers for plain text and bytes. Any thread, no state. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whitespace of any kind (no-break spaces too) becomes one space; trimmed. NULL gives NULL. Gives.
 */
char *rp_text_collapse (const char *text);
/* NULL when the text is NULL or only whitespace, else the collapsed text. Gives. */
char *rp_text_clean (const char *text);
/* g_utf8_validate_len without NULs, quick over ASCII. */
gboolean rp_text_is_utf8 (const char *text, gsize size);
gboolean rp_text_is_empty (const char *text);
/* Case-folded equality after collapsing. */
gboolean rp_text_same (const char *a, const char *b);
guint rp_text_count_words (const char *text);
/* The line ends of other systems become newlines. */
void rp_text_mend_lines (GString *text);
/* Markup that was escaped: &lt; &gt; &quot; &amp;. Gives. */
char *rp_text_unescape (const char *text);
/* g_strv_contains for short lists that are asked for each element of a tree. */
gboolean rp_text_is_among (const char *const *words, const char *word);
/* Whether `list`, words with white space between as in a class attribute, has that one. NULL has
 * none. */
gboolean rp_text_has_word (const char *list, const char *word);
/* Every `find` in `text` becomes `with`, in one pass (g_string_replace moves the rest each time).
 */
void rp_text_replace (GString *text, const char *find, const char *with);
/* At most `max_chars` characters, cut at a word, with an ellipsis when cut. Gives. */
char *rp_text_shorten (const char *text, guint max_chars);
/* "A Title, with Ümlaut" -> "a-title-with-umlaut". Gives; never empty ("article" if nothing is
 * left). */
char *rp_text_slug (const char *text, guint max_chars);
/* Text for HTML or XML: & < > " escaped, control characters left out. NULL gives "". Gives. */
char *rp_text_escape (const char *text);
char *rp_text_sha256 (GBytes *bytes); /* lower-case hex. Gives */
/* The host of an address, lower case, without "www."; NULL when there is none. Gives. */
char *rp_text_host (const char *url);
/* TRUE for an absolute http or https address with a host. */
gboolean rp_text_is_web_url (const char *text);
/* The address is on this computer: localhost, 127.…, [::1]. */
gboolean rp_text_is_loopback (const char *url);
/* `reference` resolved against `base`; NULL when the result is not http(s). Gives. */
char *rp_text_resolve_url (const char *base, const char *reference);
/* The same for a picture, which may also lie beside the page in an archive, a mail or a folder:
 * with a base such as "cid:/folder/page.html" this gives "cid:/folder/picture.png". Gives. */
char *rp_text_resolve_picture_url (const char *base, const char *reference);

G_END_DECLS

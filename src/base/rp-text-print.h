/* Fingerprints of texts, to find again what reads nearly the same (Charikar's simhash over runs of
 * three words). Any thread, no state. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts below this many words say too little. */
#define RP_TEXT_PRINT_WORDS 40
/* Prints of nearly the same text differ in at most this many bits. */
#define RP_TEXT_PRINT_NEAR 3

/* 0 when the text is too short. Case, punctuation and white space do not matter. */
guint64 rp_text_print (const char *text);
guint rp_text_print_distance (guint64 a, guint64 b);
/* The share of runs of three words that two texts have in common, 0 to 1 (Jaccard). */
double rp_text_likeness (const char *a, const char *b);

G_END_DECLS

/* The part of JSON-LD that policies use: a document with every name written in full. Members of
 * ODRL keep their short names ("permission", whatever prefix they came with), "uid" and "id" become
 * "@id", everything else is an IRI. Contexts are read from the document only, never fetched. Pure;
 * any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _RpPolicyNames RpPolicyNames;

/* `parent` (may be NULL) is what the names fall back to. Gives. */
RpPolicyNames *rp_policy_names_new (RpPolicyNames *parent);
RpPolicyNames *rp_policy_names_ref (RpPolicyNames *names);
void rp_policy_names_unref (RpPolicyNames *names);

/* A name as a full IRI: prefixes and terms of the context; a bare word is ODRL's when `is_word`,
 * else it is a reference relative to the base. Gives. */
char *rp_policy_names_expand (RpPolicyNames *names, const char *name, gboolean is_word);
/* The document in full names. `names` takes in the contexts at its top, for documents that lean on
 * this one. Gives. */
JsonNode *rp_policy_names_expand_document (RpPolicyNames *names, JsonNode *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpPolicyNames, rp_policy_names_unref)

G_END_DECLS

/* One HTTP request and its answer as plain values: what connectors produce and read without knowing
 * of sockets. Reference-free structs; one owner. */
#pragma once

#include "rp-body.h"

G_BEGIN_DECLS

typedef struct {
  char *name;
  char *value;
} RpHeader;

typedef struct {
  char *method;       /* owned */
  char *url;          /* owned, absolute */
  GPtrArray *headers; /* owned, of RpHeader */
  RpBody *body;       /* owned, NULL = none */
  char *label;        /* owned: what this request is for, in words ("Uploading the picture") */
  gboolean changes;   /* it can change something at the other side: never follow redirects, never
                         repeat   blindly */
} RpRequest;

typedef struct {
  guint status;       /* 0 = no answer */
  char *reason;       /* owned */
  char *url;          /* owned, after redirects */
  gboolean moved;     /* by redirects that were all permanent: that address is to be used now */
  GPtrArray *headers; /* owned, of RpHeader */
  GBytes *body;       /* owned, never NULL */
} RpResponse;

RpRequest *rp_request_new (const char *method, const char *url, const char *label);
void rp_request_free (RpRequest *request);
void rp_request_set_header (RpRequest *request, const char *name, const char *value);
const char *rp_request_get_header (RpRequest *request, const char *name);
void rp_request_set_body (RpRequest *request, const char *media_type, GBytes *body);
/* For what holds files; the body is borrowed. */
void rp_request_set_parts (RpRequest *request, const char *media_type, RpBody *body);
void rp_request_set_json (RpRequest *request, gpointer json_object); /* a JsonObject, borrowed */

RpResponse *rp_response_new (guint status, const char *url, GBytes *body);
void rp_response_free (RpResponse *response);
void rp_response_add_header (RpResponse *response, const char *name, const char *value);
const char *rp_response_get_header (const RpResponse *response, const char *name);
const char *rp_response_get_media_type (const RpResponse *response); /* "" when none is stated */
/* The first words of the body for a person, tags stripped, at most 160 characters. Gives. */
char *rp_response_dup_excerpt (const RpResponse *response);
/* Seconds to wait by Retry-After (number or date), capped to a day; -1 when not stated. */
gint64 rp_response_get_retry_after (const RpResponse *response, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpRequest, rp_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RpResponse, rp_response_free)

G_END_DECLS

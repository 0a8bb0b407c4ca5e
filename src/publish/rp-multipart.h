/* A multipart/form-data body (RFC 7578). Fields come before files. */
#pragma once

#include "rp-http-message.h"

G_BEGIN_DECLS

typedef struct _RpMultipart RpMultipart;

RpMultipart *rp_multipart_new (void);
void rp_multipart_add_field (RpMultipart *form, const char *name, const char *value);
void rp_multipart_add_file (RpMultipart *form,
                            const char *name,
                            const char *file_name,
                            const char *media_type,
                            RpBody *content);
/* Sets body and Content-Type of the request, and frees the form. */
void rp_multipart_finish (RpMultipart *form, RpRequest *request);

G_END_DECLS

/* Every form of every article under every licence: what the tests of this folder walk over. */
#pragma once

#include "rp-licence-book.h"
#include "rp-renderer.h"

typedef struct {
  const char *article_name; /* lent */
  RpArticle *article;       /* lent */
  RpLicence *licence;       /* lent */
} MatrixCell;

/* Calls `check` for each article under each licence, with a job that has no partner. */
typedef void (*MatrixCheck) (const MatrixCell *cell, const RpRenderJob *job);
void matrix_walk (MatrixCheck check);
char *matrix_render (const RpRenderJob *job, const char *form); /* gives */

import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { ImagesQuery, PromotionsQuery } from '../service/types';

const promotions = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
  environment: z.string().optional(),
  repository: z.string().optional(),
  outcome: z.string().optional(),
});

const images = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().optional(),
  repository: z.string().optional(),
});

/** @internal */
export function parsePromotionsQuery(query: unknown): PromotionsQuery {
  return parse(promotions, query);
}

/** @internal */
export function parseImagesQuery(query: unknown): ImagesQuery {
  return parse(images, query);
}

function parse<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (!parsed.success) {
    throw new InputError(
      `The query is malformed: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

import { InputError } from '@backstage/errors';
import type {
  ImagesRequest,
  PromotionsRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';

const promotions = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().optional(),
  environment: z.string().optional(),
  repository: z.string().optional(),
  outcome: z
    .enum(['open', 'live', 'failed', 'superseded', 'rolled-back', 'abandoned'])
    .optional(),
});

const images = z.object({
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  cursor: z.string().optional(),
  repository: z.string().optional(),
});

/** @internal */
export function parsePromotionsQuery(query: unknown): PromotionsRequest {
  return parse(promotions, query);
}

/** @internal */
export function parseImagesQuery(query: unknown): ImagesRequest {
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

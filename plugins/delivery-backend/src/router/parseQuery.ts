import { InputError } from '@backstage/errors';
import type {
  ApplicationDiffRequest,
  ImagesRequest,
  PromotionsRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { spec } from '../schema/openapi/generated/router';

const { parameters } = spec.components;

const promotions = z.object({
  limit: limit(parameters.limit.schema),
  cursor: z.string().optional(),
  environment: z.string().optional(),
  repository: z.string().optional(),
  outcome: z
    .enum(['open', 'live', 'failed', 'superseded', 'rolled-back', 'abandoned'])
    .optional(),
});

const images = z.object({
  limit: limit(parameters.imagesLimit.schema),
  cursor: z.string().optional(),
  repository: z.string().optional(),
});

const diff = z.object({
  group: z.string().optional(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** @internal */
export function parsePromotionsQuery(query: unknown): PromotionsRequest {
  return parse(promotions, query);
}

/** @internal */
export function parseImagesQuery(query: unknown): ImagesRequest {
  return parse(images, query);
}

/** @internal */
export function parseDiffQuery(query: unknown): ApplicationDiffRequest {
  return parse(diff, query);
}

function limit(schema: { minimum: number; maximum: number; default: number }) {
  return z.coerce
    .number()
    .int()
    .min(schema.minimum)
    .max(schema.maximum)
    .default(schema.default);
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

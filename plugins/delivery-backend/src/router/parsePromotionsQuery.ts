import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { PromotionsQuery } from '../service/types';

const schema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().optional(),
  environment: z.string().optional(),
  repository: z.string().optional(),
  outcome: z.string().optional(),
});

/** @internal */
export function parsePromotionsQuery(query: unknown): PromotionsQuery {
  const parsed = schema.safeParse(query);
  if (!parsed.success) {
    throw new InputError(
      `The query is malformed: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

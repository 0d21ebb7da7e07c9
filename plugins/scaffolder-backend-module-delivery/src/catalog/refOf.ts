import { stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';

const entitySchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

/** The ref of an entity in a catalog file; undefined for anything else. */
export function refOf(value: unknown): string | undefined {
  const { data } = entitySchema.safeParse(value);
  return data && stringifyEntityRef(data);
}

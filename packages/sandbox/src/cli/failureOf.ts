import { z } from 'zod';
import { Failure } from './Failure';

const errorSchema = z.object({ error: z.string() });

/** What to say of an answer of Argo CD's controls that is no success. */
export async function failureOf(response: Response): Promise<Failure> {
  const answer = errorSchema.safeParse(
    await response.json().catch(() => undefined),
  );
  return new Failure(
    answer.data?.error ?? `Argo CD answered ${response.status}.`,
  );
}

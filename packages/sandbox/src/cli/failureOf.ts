import { z } from 'zod';
import { Failure } from './Failure';

const errorSchema = z.object({ error: z.string() });

/** The failure in an error response of the sandbox's controls. */
export async function failureOf(response: Response): Promise<Failure> {
  const answer = errorSchema.safeParse(
    await response.json().catch(() => undefined),
  );
  return new Failure(
    answer.data?.error ?? `${response.url} answered ${response.status}.`,
  );
}

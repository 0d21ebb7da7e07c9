import { z } from 'zod';
import { Failure } from './Failure';

const errorSchema = z.object({ error: z.string() });

/** The failure that an answer of the sandbox's controls reports. */
export async function failureOf(response: Response): Promise<Failure> {
  const answer = errorSchema.safeParse(
    await response.json().catch(() => undefined),
  );
  return new Failure(
    answer.data?.error ?? `${response.url} answered ${response.status}.`,
  );
}

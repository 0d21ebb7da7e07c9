import { z } from 'zod';
import { ArgoCdNotFoundError, ArgoCdUnexpectedResponseError } from './errors';

/** An object of Kubernetes that is passed on as it is. */
export const objectSchema = z.record(z.string(), z.json());

/** Parses an answer. The error for an unknown shape names the instance. */
export function parseAnswer<T extends z.ZodType>(
  instance: string,
  schema: T,
  answer: unknown,
): z.infer<T> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    throw unexpectedAnswer(instance, parsed.error);
  }
  return parsed.data;
}

export function unexpectedAnswer(
  instance: string,
  error: unknown,
): ArgoCdUnexpectedResponseError {
  const why = error instanceof z.ZodError ? z.prettifyError(error) : error;
  return new ArgoCdUnexpectedResponseError(
    `Argo CD '${instance}' returned an unexpected response: ${
      why instanceof Error ? why.message : why
    }`,
    { instance, cause: error },
  );
}

/** Undefined if Argo CD reports that the object doesn't exist. */
export async function orUndefined(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ArgoCdNotFoundError) {
      return undefined;
    }
    throw error;
  }
}

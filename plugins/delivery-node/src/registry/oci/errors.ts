import {
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';

/** The error bodies of the OCI distribution specification. */
const errorsSchema = z.object({
  errors: z
    .array(
      z.object({
        code: z.string().optional(),
        message: z.string().optional(),
      }),
    )
    .min(1),
});
/** The error bodies of token servers. */
const detailsSchema = z.object({
  details: z.string().optional(),
  message: z.string().optional(),
  error_description: z.string().optional(),
});

const MAX_TEXT = 300;

/** An error for an answer's status, with the registry's own message. */
export function errorOfAnswer(
  what: string,
  status: number,
  body: string,
): Error {
  const message = `${what}: ${status} ${errorText(body)}`.trimEnd();
  switch (status) {
    case 401:
      return new AuthenticationError(message);
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    default:
      return status === 429 || status >= 500
        ? new ServiceUnavailableError(message)
        : new Error(message);
  }
}

function errorText(body: string): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return '';
  }
  const known = errorsSchema.safeParse(json);
  const details = detailsSchema.safeParse(json);
  const words = known.success
    ? known.data.errors
        .map(({ code, message }) => [code, message].filter(Boolean).join(': '))
        .join('; ')
    : details.data?.details ??
      details.data?.error_description ??
      details.data?.message ??
      '';
  return words.slice(0, MAX_TEXT);
}

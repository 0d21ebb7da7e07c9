import { z } from 'zod';
import { withoutUserInfo } from '../../userInfo';
import { withoutCredentials } from '../../redact';
import {
  type ArgoCdError,
  ArgoCdConflictError,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
  ArgoCdNotFoundError,
  ArgoCdStreamError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnexpectedResponseError,
  ArgoCdUnreachableError,
} from './errors';

/** An unsuccessful answer. */
export interface FailedResponse {
  instance: string;
  method: string;
  /** Path and query of the request. */
  path: string;
  status: number;
  body: string;
  /** Target of a redirect. */
  location?: string;
}

const unaryErrorSchema = z.object({
  code: z.number(),
  message: z.string().optional(),
  error: z.string().optional(),
});

const streamErrorSchema = z.object({
  error: z.object({
    grpc_code: z.number(),
    http_code: z.number().optional(),
    message: z.string().default(''),
  }),
});

interface ReportedError {
  code: number;
  message: string;
}

const CLASS_BY_CODE = new Map([
  [3, ArgoCdInvalidRequestError],
  [4, ArgoCdUnreachableError],
  [5, ArgoCdNotFoundError],
  [6, ArgoCdConflictError],
  [7, ArgoCdForbiddenError],
  [8, ArgoCdUnreachableError],
  [9, ArgoCdConflictError],
  [10, ArgoCdConflictError],
  [11, ArgoCdInvalidRequestError],
  [14, ArgoCdUnreachableError],
  [16, ArgoCdUnauthenticatedError],
]);

// For answers without a code, which come from something in front of Argo CD.
// 404 is missing on purpose: it means an unknown path, not a missing object.
const CLASS_BY_STATUS = new Map([
  [400, ArgoCdInvalidRequestError],
  [401, ArgoCdUnauthenticatedError],
  [403, ArgoCdForbiddenError],
  [409, ArgoCdConflictError],
  [429, ArgoCdUnreachableError],
  [502, ArgoCdUnreachableError],
  [503, ArgoCdUnreachableError],
  [504, ArgoCdUnreachableError],
]);

const URL_ADVICE = "Check the instance's url";
const ADVICE_BY_STATUS = new Map([
  [404, URL_ADVICE],
  [405, URL_ADVICE],
]);

const SHOWN_BODY_LENGTH = 200;

/**
 * Maps an answer to its error.
 *
 * Streaming endpoints return `{error: {grpc_code, …}}` even before the first
 * event, and as an event if the request asked for a stream. The other endpoints
 * return `{error, code, message}`, or plain text if no handler was reached.
 */
export function errorOfResponse(response: FailedResponse): ArgoCdError {
  const { instance, method, path, status, body } = response;
  const reported = parseUnaryError(body) ?? parseStreamError(body);
  const ErrorClass =
    (reported && CLASS_BY_CODE.get(reported.code)) ??
    CLASS_BY_STATUS.get(status) ??
    ArgoCdUnexpectedResponseError;
  const what = `Argo CD '${instance}' answered ${status} to ${method} ${path}`;
  const why = reported?.message ?? describePlain(response);
  return new ErrorClass(why ? `${what}: ${why}` : what, {
    instance,
    status,
    code: reported?.code,
    argoCdMessage: reported?.message,
  });
}

/**
 * The error in an event of an open stream; undefined if the event isn't an
 * error.
 */
export function errorOfStreamEvent(
  instance: string,
  event: unknown,
): ArgoCdStreamError | undefined {
  const parsed = streamErrorSchema.safeParse(event);
  if (!parsed.success) {
    return undefined;
  }
  const { grpc_code, http_code } = parsed.data.error;
  const message = withoutUserInfo(parsed.data.error.message);
  return new ArgoCdStreamError(
    `Argo CD '${instance}' ended the stream of applications: ${message}`,
    { instance, status: http_code, code: grpc_code, argoCdMessage: message },
  );
}

function parseUnaryError(body: string): ReportedError | undefined {
  const parsed = unaryErrorSchema.safeParse(parseJson(body));
  if (!parsed.success) {
    return undefined;
  }
  const { code, message, error } = parsed.data;
  return { code, message: withoutUserInfo(message || error || '') };
}

function parseStreamError(body: string): ReportedError | undefined {
  const text = body.startsWith('data:') ? body.slice('data:'.length) : body;
  const parsed = streamErrorSchema.safeParse(parseJson(text));
  return parsed.success
    ? {
        code: parsed.data.error.grpc_code,
        message: withoutUserInfo(parsed.data.error.message),
      }
    : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describePlain({ status, body, location }: FailedResponse): string {
  if (location !== undefined) {
    return `it redirects to ${withoutCredentials(
      location,
    )}. Redirects aren't followed: set the final address as the instance's url`;
  }
  const text = withoutCredentials(body).trim();
  const shown =
    text.length > SHOWN_BODY_LENGTH
      ? `${text.slice(0, SHOWN_BODY_LENGTH)}…`
      : text;
  return [shown, ADVICE_BY_STATUS.get(status)].filter(Boolean).join(' – ');
}

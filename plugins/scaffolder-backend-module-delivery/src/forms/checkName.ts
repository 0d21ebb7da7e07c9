import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type { ServiceCheck, ServiceDraft } from '../service';

/** Whether a service can have a name, as the form shows it. */
export type NameCheck =
  /** Nobody has it, as far as the caller may know. */
  | { state: 'free'; entityRef: string }
  /** The caller owns the service, so the template converges it. */
  | { state: 'own'; entityRef: string }
  /** The step would fail with this message. */
  | {
      state: 'refused';
      code: 'invalid' | 'missing' | 'not-allowed' | 'conflict';
      message: string;
    };

/**
 * The check of the step `delivery:service:check` for a form. What the step would
 * refuse is an answer here; everything else that fails is thrown.
 */
export async function checkName(
  check: Pick<ServiceCheck, 'checkDraft'>,
  draft: ServiceDraft,
  credentials: BackstageCredentials,
): Promise<NameCheck> {
  try {
    const { entityRef, exists } = await check.checkDraft(draft, credentials);
    return { state: exists ? 'own' : 'free', entityRef };
  } catch (error) {
    const code = codeOf(error);
    if (code && error instanceof Error) {
      return { state: 'refused', code, message: error.message };
    }
    throw error;
  }
}

function codeOf(error: unknown) {
  if (error instanceof InputError) {
    return 'invalid';
  }
  if (error instanceof NotFoundError) {
    return 'missing';
  }
  if (error instanceof NotAllowedError) {
    return 'not-allowed';
  }
  return error instanceof ConflictError ? 'conflict' : undefined;
}

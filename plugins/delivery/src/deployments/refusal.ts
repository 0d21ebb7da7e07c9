import { ResponseError } from '@backstage/errors';
import type { Translate } from '../translation';

/**
 * Why the backend refuses to show something, and what to do about it; undefined for
 * an error of another kind, which may pass.
 *
 * @internal
 */
export function refusalOf(
  error: unknown,
  name: string,
  t: Translate,
): { sentence: string; hint?: string } | undefined {
  switch (error instanceof ResponseError ? error.statusCode : undefined) {
    case 401:
      return {
        sentence: t('card.refused.signedOut'),
        hint: t('card.refused.signedOutHint'),
      };
    case 403:
      return {
        sentence: t('card.refused.forbidden', { name }),
        hint: t('card.refused.forbiddenHint'),
      };
    case 404:
      return {
        sentence: t('card.refused.missing', { name }),
        hint: t('card.refused.forbiddenHint'),
      };
    default:
      return undefined;
  }
}

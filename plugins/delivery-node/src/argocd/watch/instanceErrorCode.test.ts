import type { InstanceErrorCode } from '@landfall/backstage-plugin-delivery-common';
import {
  ArgoCdCredentialsError,
  ArgoCdForbiddenError,
  ArgoCdInvalidRequestError,
  ArgoCdStreamError,
  ArgoCdTimeoutError,
  ArgoCdUnauthenticatedError,
  ArgoCdUnexpectedResponseError,
  ArgoCdUnreachableError,
} from '../client';
import { instanceErrorCode } from './instanceErrorCode';
import { ListenerError } from './WatchSession';

const OPTIONS = { instance: 'main' };

describe('instanceErrorCode', () => {
  it.each<[InstanceErrorCode, Error]>([
    ['not-stored', new ListenerError('x')],
    ['unauthorized', new ArgoCdUnauthenticatedError('x', OPTIONS)],
    ['forbidden', new ArgoCdForbiddenError('x', OPTIONS)],
    ['invalid-answer', new ArgoCdUnexpectedResponseError('x', OPTIONS)],
    ['credentials-unusable', new ArgoCdCredentialsError('x', OPTIONS)],
    ['timed-out', new ArgoCdTimeoutError('x', OPTIONS)],
    ['unreachable', new ArgoCdUnreachableError('x', OPTIONS)],
    [
      'connection-refused',
      new ArgoCdUnreachableError('x', {
        ...OPTIONS,
        cause: Object.assign(new Error('y'), { code: 'ECONNREFUSED' }),
      }),
    ],
    ['unreachable', new ArgoCdStreamError('x', OPTIONS)],
    ['unknown', new ArgoCdInvalidRequestError('x', OPTIONS)],
    ['unknown', new Error('x')],
  ])('is %s for an %s', (code, error) => {
    expect(instanceErrorCode(error)).toBe(code);
  });
});

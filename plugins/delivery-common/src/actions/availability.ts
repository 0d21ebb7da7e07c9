import {
  type Described,
  describeMessage,
  formatMessage,
  type MessageOf,
} from '../messages';
import type { Application } from '../model/application';
import { isRunning } from '../promotion/operations';
import type {
  ActionCode,
  ApplicationActionRequest,
  DescribedActionRefusal,
} from './types';

/**
 * Why an action isn't possible.
 *
 * @public
 */
export type ActionRefusal = MessageOf<'action'>;

/**
 * Why the state of an application doesn't permit an action; undefined if it does.
 * Argo CD has the last word: this only knows what the store has.
 *
 * @public
 * @param action - to do now
 * @param options - `rollouts`: how many Rollouts the application has; undefined if
 * that isn't known
 */
export function refusalOf(
  action: ActionCode,
  application: Pick<
    Application,
    'automatedSync' | 'deletedAt' | 'history' | 'operation'
  >,
  options: { rollouts?: number } = {},
): ActionRefusal | undefined {
  const running = isRunning(application.operation);
  switch (action) {
    case 'refresh':
    case 'hard-refresh':
      return undefined;
    case 'terminate':
      return running
        ? undefined
        : { code: 'action.no-operation', parameters: {} };
    default:
  }
  if (application.deletedAt !== undefined) {
    return { code: 'action.deleting', parameters: {} };
  }
  switch (action) {
    case 'sync':
      return running
        ? { code: 'action.operation-running', parameters: {} }
        : undefined;
    case 'rollback':
      if (application.automatedSync) {
        return { code: 'action.automated-sync', parameters: {} };
      }
      if (running) {
        return { code: 'action.operation-running', parameters: {} };
      }
      return application.history.length === 0
        ? { code: 'action.history-empty', parameters: {} }
        : undefined;
    case 'rollout-promote':
    case 'rollout-promote-full':
    case 'rollout-abort':
    case 'rollout-retry':
    case 'rollout-restart':
      return options.rollouts === 0
        ? { code: 'action.no-rollout', parameters: {} }
        : undefined;
    default:
      // Changes of Git, which have rules of their own.
      return undefined;
  }
}

/**
 * Like {@link refusalOf}, for everything that a request says.
 *
 * @public
 */
export function refusalOfRequest(
  request: ApplicationActionRequest,
  application: Parameters<typeof refusalOf>[1],
  options: Parameters<typeof refusalOf>[2] = {},
): ActionRefusal | undefined {
  const refusal = refusalOf(request.action, application, options);
  if (refusal || request.action !== 'rollback') {
    return refusal;
  }
  const { historyId } = request;
  return application.history.some(({ id }) => id === historyId)
    ? undefined
    : {
        code: 'action.history-missing',
        parameters: { historyId: String(historyId) },
      };
}

/**
 * A refusal as the API sends it, with its sentences in English.
 *
 * @public
 */
export function describeRefusal(
  refusal: ActionRefusal,
  advice: { mark?: string } = {},
): DescribedActionRefusal {
  const parameters: Record<string, string> = { ...advice };
  for (const [name, value] of Object.entries(refusal.parameters)) {
    if (typeof value === 'string') {
      parameters[name] = value;
    }
  }
  const { code } = refusal;
  const described: Described<{
    code: string;
    parameters: Record<string, string>;
  }> = describeMessage({ code, parameters });
  return {
    ...described,
    advice: formatMessage({
      code: code.replace('action.', 'remedy.'),
      parameters,
    }),
  };
}

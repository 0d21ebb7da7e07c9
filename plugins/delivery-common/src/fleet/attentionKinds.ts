import type { AttentionItem, Deployment } from '../api/types';

/**
 * What somebody has to look at in one application.
 *
 * @public
 */
export type ApplicationAttention = Extract<
  AttentionItem['kind'],
  'sync-failed' | 'degraded' | 'missing' | 'waiting'
>;

/**
 * What somebody has to look at in an application, the most urgent first. An
 * entity's page and the fleet page both ask this function.
 *
 * @public
 */
export function attentionKinds({
  health,
  operation,
  waiting,
}: Pick<
  Deployment,
  'health' | 'operation' | 'waiting'
>): ApplicationAttention[] {
  const kinds: ApplicationAttention[] = [];
  if (operation?.phase === 'Failed' || operation?.phase === 'Error') {
    kinds.push('sync-failed');
  }
  if (health.status === 'Degraded') {
    kinds.push('degraded');
  }
  if (health.status === 'Missing') {
    kinds.push('missing');
  }
  // Without advice it will go on by itself.
  if (waiting?.advice) {
    kinds.push('waiting');
  }
  return kinds;
}

import { argocdUrl, listApplications } from '../applications';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { failureOf } from '../failureOf';
import { loadConfig } from '../loadConfig';
import { request, withJson } from '../request';

/** The options of `fail-rollout`. */
export interface FailRolloutOptions {
  clear?: boolean;
  config?: string;
}

/** Makes the next rollout of an application fail, or cancels that. */
export async function failRollout(
  application: string,
  options: FailRolloutOptions,
  { out, env }: CommandContext,
): Promise<void> {
  const config = await loadConfig({ env, file: options.config });
  const response = await request(
    'Argo CD',
    `${argocdUrl(config)}/_sandbox/fail-rollout`,
    withJson('POST', {
      application,
      ...(options.clear && { clear: true }),
    }),
  );
  if (response.status === 404) {
    const names = (await listApplications(config)).map(({ name }) => name);
    throw new Failure(
      `There is no application ${application}; ${
        names.length > 0 ? `there are ${names.join(', ')}` : 'there is none'
      }.`,
    );
  }
  if (!response.ok) {
    throw await failureOf(response);
  }
  out(
    options.clear
      ? `Rollouts of ${application} may succeed again.`
      : `The pods of ${application} will not get ready until it gets a newer version, or: fail-rollout ${application} --clear`,
  );
}

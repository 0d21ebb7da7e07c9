import { parseDuration } from '../../argocd/time';
import { request } from '../../http/request';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { loadConfig } from '../loadConfig';
import { orFailure, urlOf } from '../request';
import { partName } from './start';

const MAX_SECONDS = 3600;

/** Makes a part unreachable for a while. */
export async function outage(
  part: string,
  duration: string,
  options: { config?: string },
  { out, env }: CommandContext,
): Promise<void> {
  const name = partName(part);
  const seconds = secondsOf(duration);
  const config = await loadConfig({ env, file: options.config });
  const url = `${urlOf(name, config)}/_sandbox/outage`;
  const body = JSON.stringify({ seconds });
  await orFailure(name, config, () => request(url, { method: 'POST', body }));
  out(
    seconds === 0
      ? `${name} can be reached again.`
      : `${name} can't be reached for ${seconds} s.`,
  );
}

/**
 * Seconds of a duration such as `30s`, `2m` or `1m30s`. A bare number is in
 * seconds; 0 ends an outage.
 *
 * @throws Failure for anything else
 */
export function secondsOf(text: string): number {
  const seconds = (parseDuration(text) ?? NaN) / 1000;
  if (!(seconds <= MAX_SECONDS)) {
    throw new Failure(
      `"${text}" is no duration: write it like 30s, 2m or 1m30s, at most ${
        MAX_SECONDS / 60
      }m.`,
    );
  }
  return seconds;
}

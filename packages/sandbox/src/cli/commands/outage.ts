import type { SandboxConfig } from '../../config';
import type { PartName } from '../../part';
import type { CommandContext } from '../context';
import { parseDuration } from '../duration';
import { Failure } from '../Failure';
import { loadConfig } from '../loadConfig';
import { request, withJson } from '../request';
import { partName } from './start';

/** The options of `outage`. */
export interface OutageOptions {
  config?: string;
}

/** Makes a part unreachable for a while. */
export async function outage(
  part: string,
  duration: string,
  options: OutageOptions,
  { out, env }: CommandContext,
): Promise<void> {
  const name = partName(part);
  const seconds = parseDuration(duration);
  const config = await loadConfig({ env, file: options.config });
  const response = await request(
    name,
    `${urlOf(name, config)}/_sandbox/outage`,
    withJson('POST', { seconds }),
  );
  if (!response.ok) {
    throw new Failure(
      `${name} answered ${response.status}: is it the sandbox's?`,
    );
  }
  out(
    seconds === 0
      ? `${name} can be reached again.`
      : `${name} can't be reached for ${seconds} s.`,
  );
}

function urlOf(name: PartName, config: SandboxConfig): string {
  const sections = {
    git: config.git,
    ecr: config.ecr,
    argocd: config.argocd,
    'image-updater': config.imageUpdater,
  };
  const { publicUrl, port } = sections[name];
  return publicUrl ?? `http://${config.host}:${port}`;
}

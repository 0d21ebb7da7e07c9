import type { SandboxConfig } from '../../config';
import { CREDENTIALS } from '../../defaults';
import {
  EcrJsonClient,
  RegistryRequestError,
  pushImage as push,
} from '../../ecr';
import { Failure } from '../Failure';
import type { CommandContext } from '../context';
import { loadConfig } from '../loadConfig';
import { ecrUrl, repositoriesWithTags } from '../registry';
import { notRunning } from '../request';

/** The options of `push-image`. */
export interface PushImageOptions {
  content?: string;
  platform?: string;
  builtAt?: string;
  create?: boolean;
  config?: string;
}

const TAG = /^\w[\w.-]{0,127}$/;

/** Builds a small image and pushes it, as a CI would. */
export async function pushImage(
  repository: string,
  tag: string,
  options: PushImageOptions,
  { out, env }: CommandContext,
): Promise<void> {
  if (!TAG.test(tag)) {
    throw new Failure(
      `"${tag}" is no tag: letters, digits, ".", "_" and "-", beginning with a letter, a digit or "_".`,
    );
  }
  const platforms = platformsOf(options.platform);
  const created = timeOf(options.builtAt);
  const config = await loadConfig({ env, file: options.config });
  const registryUrl = ecrUrl(config);
  const credentials = CREDENTIALS.aws;
  const ecr = new EcrJsonClient({ url: registryUrl, credentials });
  try {
    if (options.create) {
      await ensureRepository(ecr, repository);
    }
    const { digest, reference } = await push({
      registryUrl,
      credentials,
      repository,
      tag,
      content: options.content,
      created,
      platforms,
    });
    out(`Pushed ${reference} (${digest}).`);
  } catch (error) {
    throw await explain(error, config, repository, tag);
  }
}

const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/;

function platformsOf(text = 'linux/amd64'): string[] {
  const platforms = text.split(',').map(part => part.trim());
  const wrong = platforms.find(platform => !PLATFORM.test(platform));
  if (wrong !== undefined) {
    throw new Failure(
      `"${wrong}" is no platform: write it like linux/arm64, and several like linux/amd64,linux/arm64.`,
    );
  }
  return [...new Set(platforms)];
}

function timeOf(text: string | undefined): Date {
  const time = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new Failure(
      `"${text}" is no time: write it like 2026-11-23T14:00:00Z.`,
    );
  }
  return time;
}

async function ensureRepository(
  ecr: EcrJsonClient,
  repositoryName: string,
): Promise<void> {
  try {
    await ecr.call('CreateRepository', { repositoryName });
  } catch (error) {
    if (
      !(error instanceof RegistryRequestError) ||
      error.code !== 'RepositoryAlreadyExistsException'
    ) {
      throw error;
    }
  }
}

async function explain(
  error: unknown,
  config: SandboxConfig,
  repository: string,
  tag: string,
): Promise<unknown> {
  if (!(error instanceof RegistryRequestError)) {
    return error;
  }
  if (error.status === undefined) {
    return notRunning('The registry', ecrUrl(config));
  }
  switch (error.code) {
    case 'NAME_UNKNOWN':
    case 'RepositoryNotFoundException': {
      const names = (await repositoriesWithTags(config)).map(it => it.name);
      return new Failure(
        `There is no repository ${repository}; ${
          names.length > 0 ? `there are ${names.join(', ')}` : 'there is none'
        }. Add --create to make it.`,
      );
    }
    case 'TAG_INVALID':
      return new Failure(
        `${repository} has the tag ${tag} already, and its tags can't be changed: choose another one.`,
      );
    default:
      return new Failure(error.message);
  }
}

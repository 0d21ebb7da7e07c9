import { CREDENTIALS } from '../../defaults';
import {
  EcrJsonClient,
  RegistryRequestError,
  pushImage as push,
} from '../../ecr';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { loadConfig } from '../loadConfig';
import { notRunning, urlOf } from '../request';

/** The options of `push-image`. */
export interface PushImageOptions {
  content?: string;
  platform?: string;
  builtAt?: string;
  create?: boolean;
  config?: string;
}

const TAG = /^\w[\w.-]{0,127}$/;
const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/;

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
  const target = {
    registryUrl: urlOf('ecr', config),
    credentials: CREDENTIALS.aws,
    repository,
    tag,
  };
  try {
    if (options.create) {
      await ensureRepository(target.registryUrl, repository);
    }
    const { content } = options;
    const image = await push({ ...target, content, created, platforms });
    out(`Pushed ${image.reference} (${image.digest}).`);
  } catch (error) {
    if (!(error instanceof RegistryRequestError)) {
      throw error;
    }
    if (error.status === undefined) {
      throw notRunning('ecr', config);
    }
    switch (error.code) {
      case 'NAME_UNKNOWN':
        throw new Failure(
          `There is no repository ${repository}. Add --create to create it; list shows those that exist.`,
        );
      case 'TAG_INVALID':
        throw new Failure(
          `${repository} has the tag ${tag} already, and its tags can't be changed: choose another one.`,
        );
      default:
        throw new Failure(error.message);
    }
  }
}

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
  url: string,
  repositoryName: string,
): Promise<void> {
  const ecr = new EcrJsonClient({ url, credentials: CREDENTIALS.aws });
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

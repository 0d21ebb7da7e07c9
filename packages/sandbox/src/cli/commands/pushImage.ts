import { CREDENTIALS } from '../../defaults';
// Not the registry itself, which takes a while to load.
import { EcrJsonClient } from '../../ecr/client/EcrJsonClient';
import { pushImage as push } from '../../ecr/client/pushImage';
import { TAG_PATTERN } from '../../ecr/model/types';
import { unless } from '../../http/request';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { loadConfig } from '../loadConfig';
import { orFailure, urlOf } from '../request';

/** The options of `push-image`. */
interface PushImageOptions {
  content?: string;
  create?: boolean;
  config?: string;
}

/** Builds a small image and pushes it, as a CI would. */
export async function pushImage(
  repository: string,
  tag: string,
  { content, create, config: file }: PushImageOptions,
  { out, env }: CommandContext,
): Promise<void> {
  if (!TAG_PATTERN.test(tag)) {
    throw new Failure(
      `"${tag}" is no tag: letters, digits, ".", "_" and "-", beginning with a letter, a digit or "_".`,
    );
  }
  const config = await loadConfig({ env, file });
  const url = urlOf('ecr', config);
  const credentials = CREDENTIALS.aws;
  const image = await orFailure(
    'ecr',
    config,
    async () => {
      if (create) {
        const ecr = new EcrJsonClient({ url, credentials });
        await unless(
          'RepositoryAlreadyExistsException',
          ecr.call('CreateRepository', { repositoryName: repository }),
        );
      }
      const created = new Date();
      const target = { registryUrl: url, credentials, repository, tag };
      return await push({ ...target, content, created });
    },
    {
      NAME_UNKNOWN: `There is no repository ${repository}. Add --create to create it; ${url} lists those that exist.`,
      TAG_INVALID: `${repository} has the tag ${tag} already, and its tags can't be changed: choose another one.`,
    },
  );
  out(`Pushed ${image.reference} (${image.digest}).`);
}

import { CREDENTIALS } from '../../defaults';
import { EcrJsonClient, RegistryRequestError } from '../../ecr';
import { listApplications } from '../applications';
import type { CommandContext } from '../context';
import { Failure } from '../Failure';
import { loadConfig } from '../loadConfig';
import { ecrUrl, repositoriesWithTags } from '../registry';
import { notRunning } from '../request';
import { table } from '../table';

/** What `list` was told. */
export interface ListOptions {
  config?: string;
}

/** Shows what runs, and which images there are. */
export async function list(
  options: ListOptions,
  { out, env }: CommandContext,
): Promise<void> {
  const config = await loadConfig({ env, file: options.config });
  const applications = await listApplications(config);
  out('Applications');
  out(
    table(
      ['name', 'versions', 'sync', 'health', 'namespace'],
      applications.map(({ name, versions, sync, health, destination }) => [
        name,
        versions.join(', '),
        sync,
        health,
        destination,
      ]),
    ),
  );
  const url = ecrUrl(config);
  const ecr = new EcrJsonClient({ url, credentials: CREDENTIALS.aws });
  try {
    const repositories = await repositoriesWithTags(ecr);
    out('\nRepositories');
    out(
      table(
        ['name', 'tags, newest first'],
        repositories.map(({ name, tags }) => [name, tags.join(', ')]),
      ),
    );
  } catch (error) {
    if (!(error instanceof RegistryRequestError)) {
      throw error;
    }
    throw error.status === undefined
      ? notRunning('The registry', url)
      : new Failure(error.message);
  }
}

import { listApplications } from '../applications';
import type { CommandContext } from '../context';
import { loadConfig } from '../loadConfig';
import { repositoriesWithTags } from '../registry';
import { table } from '../table';

/** The options of `list`. */
export interface ListOptions {
  config?: string;
}

/** Shows the running applications and the available images. */
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
  const repositories = await repositoriesWithTags(config);
  out('\nRepositories');
  out(
    table(
      ['name', 'tags, newest first'],
      repositories.map(({ name, tags }) => [name, tags.join(', ')]),
    ),
  );
}

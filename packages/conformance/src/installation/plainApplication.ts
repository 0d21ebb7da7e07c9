import type { ConfigBranch } from '../git/ConfigBranch';
import { configMap } from './fixtures';
import type { TestApplication } from './TestApplication';
import type { ApplicationInput, Installation } from './Installation';

/** The cheapest application: one ConfigMap on a separate branch. */
export interface PlainApplication {
  installation: Installation;
  app: TestApplication;
  branch: ConfigBranch;
  /** What the application was created from. */
  input: ApplicationInput;
}

/** Path of its only manifest. */
export const PLAIN_FILE = 'plain/one.yaml';

/** Creates the application and waits until Argo CD has compared it. */
export async function plainApplication(
  installation: Installation,
  name: string,
  options: Pick<ApplicationInput, 'labels' | 'automated'> = {},
): Promise<PlainApplication> {
  const branch = await installation.branch(name);
  await branch.commit({
    [PLAIN_FILE]: configMap(installation.named(name), { value: '1' }),
  });
  const input = { name, branch, path: 'plain', ...options };
  const app = await installation.createApplication(input);
  await app.until('is reconciled', view => view.sync !== '');
  return { installation, app, branch, input };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { Failure } from './say.mjs';

/**
 * The portal's configuration files on this machine; later files override
 * earlier ones. They are always passed explicitly, so that nothing is loaded by
 * default.
 *
 * @throws Failure if no file configures the systems that the portal works with
 */
export function portalConfigs({
  withSandbox,
  extraConfigs = [],
  folder = root,
}) {
  const local = join(folder, 'app-config.local.yaml');
  if (!withSandbox && extraConfigs.length === 0 && !existsSync(local)) {
    throw new Failure(
      `Without the sandbox, the portal needs to know your own systems: write them into ${local} (see "Point it at real systems" in the README), or name a file with --config.`,
    );
  }
  return [
    join(folder, 'app-config.yaml'),
    join(folder, 'app-config.development.yaml'),
    ...(withSandbox ? [join(folder, 'app-config.sandbox.yaml')] : []),
    ...extraConfigs,
    ...(existsSync(local) ? [local] : []),
  ];
}

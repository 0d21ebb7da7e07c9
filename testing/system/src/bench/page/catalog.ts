import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';

/**
 * Writes a catalog file with components that find their applications by a
 * selector. Returns its path.
 */
export function writeCatalog(folder: string, services: string[]): string {
  const path = join(folder, 'catalog.yaml');
  writeFileSync(
    path,
    services
      .map(name =>
        stringify({
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name,
            annotations: {
              'argocd/app-selector': `app.kubernetes.io/name=${name}`,
            },
          },
          spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
        }),
      )
      .join('---\n'),
  );
  return path;
}

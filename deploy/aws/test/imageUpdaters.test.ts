import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { lint, type Manifest, render, withoutHelm } from './helm.ts';

const CHART = 'charts/portal';

function values(readImageUpdaters: boolean) {
  return {
    domain: 'portal.example.com',
    image: { repository: 'registry.example.com/portal', tag: '1.0.0' },
    database: { host: 'database.example.com', port: '5432', user: 'landfall' },
    queueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/landfall',
    configRepository: 'https://git.example.com/shop/deploy.git',
    argocd: {
      url: 'https://argocd.example.com',
      frontendUrl: 'https://argocd.example.com',
    },
    readImageUpdaters,
  };
}

/** The rules of the ClusterRole in the README of the backend. */
function rulesOfReadme(): unknown {
  const readme = readFileSync(
    new URL('../../../plugins/delivery-backend/README.md', import.meta.url),
    'utf8',
  );
  return [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)]
    .flatMap(([, text]) => parseAllDocuments(text))
    .map((document): { kind?: string; rules?: unknown } => document.toJS())
    .find(({ kind }) => kind === 'ClusterRole')?.rules;
}

function find(manifests: Manifest[], kind: string): Manifest | undefined {
  return manifests.find(manifest => manifest.kind === kind);
}

function isTokenMounted(manifests: Manifest[]): boolean {
  const deployment = JSON.stringify(find(manifests, 'Deployment'));
  return deployment.includes('"automountServiceAccountToken":true');
}

describe("the portal's rights in the cluster", { skip: withoutHelm }, () => {
  it('are none by default', () => {
    const manifests = render(CHART, values(false));
    assert.equal(find(manifests, 'ClusterRole'), undefined);
    assert.equal(isTokenMounted(manifests), false);
  });

  it('are those of the README where it reads ImageUpdaters', () => {
    assert.equal(lint(CHART, values(true)), '');
    const manifests = render(CHART, values(true));
    assert.ok(rulesOfReadme(), 'the README has a ClusterRole');
    assert.deepEqual(find(manifests, 'ClusterRole')?.rules, rulesOfReadme());
    assert.equal(isTokenMounted(manifests), true);
    const config = JSON.stringify(find(manifests, 'ConfigMap')?.data);
    assert.match(config, /kubernetes:\\n\s+- instance: main/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PROFILES } from './deployment.ts';
import { withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';
import { python, toolPath, without } from './tools.ts';

/** Kinds that come with others; chain.test.ts checks them by their schemas. */
const FOREIGN = ['argoproj.io', 'external-secrets.io', 'eks.amazonaws.com'];

const skip = withoutHelm || without(toolPath('kubernetes-validate'));

describe('the manifests of our charts', { skip }, () => {
  it('are what Kubernetes 1.36 knows', () => {
    const all = PROFILES.flatMap(profile =>
      [...(platformOf(profile)?.rendered ?? [])].flatMap(([chart, manifests]) =>
        manifests
          .filter(
            ({ apiVersion }) =>
              !FOREIGN.some(group => apiVersion.startsWith(`${group}/`)),
          )
          .map(manifest => ({
            name: `${profile} ${chart} ${manifest.kind} ${manifest.metadata.name}`,
            manifest,
          })),
      ),
    );
    const kinds = new Set(all.map(({ manifest: { kind } }) => kind));
    for (const kind of [
      'ConfigMap',
      'Deployment',
      'Ingress',
      'IngressClass',
      'Job',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
      'StorageClass',
    ]) {
      assert.ok(kinds.has(kind), `no ${kind} was checked`);
    }
    assert.deepEqual(python('./manifests.py', all), []);
  });

  it('have network policies that Auto Mode enforces', () => {
    for (const profile of PROFILES) {
      const all = [...(platformOf(profile)?.rendered.values() ?? [])].flat();
      assert.ok(all.some(({ kind }) => kind === 'NetworkPolicy'));
      assert.deepEqual(
        all
          .filter(({ metadata }) => metadata.namespace === 'kube-system')
          .map(({ kind, metadata: { name }, data }) => ({ kind, name, data })),
        [
          {
            kind: 'ConfigMap',
            name: 'amazon-vpc-cni',
            data: { 'enable-network-policy-controller': 'true' },
          },
        ],
      );
    }
  });
});

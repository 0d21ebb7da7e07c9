import type { Answer, Attacker } from '../Attacker';
import type { Attack } from '../types';

/** Dry-runs a template of the attacker's own with one step. */
function dryRun(
  attacker: Attacker,
  action: string,
  input: object,
): Promise<Answer> {
  return attacker.call('POST', '/api/scaffolder/v2/dry-run', {
    body: {
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3',
        kind: 'Template',
        metadata: { name: 'own' },
        spec: {
          owner: 'group:default/mallory-team',
          type: 'service',
          steps: [{ id: 'own', name: 'own', action, input }],
        },
      },
      values: {},
      directoryContents: [],
    },
  });
}

const pushed = {
  id: '1',
  source: 'aws.ecr',
  'detail-type': 'ECR Image Action',
  account: '123456789012',
  region: 'eu-west-1',
  time: '2026-01-01T00:00:00Z',
  detail: {
    result: 'SUCCESS',
    'action-type': 'DELETE',
    'repository-name': 'shop/payments',
    'image-digest': `sha256:${'0'.repeat(64)}`,
  },
};

export const CALLING: Attack[] = [
  {
    name: "overwrite an Application by a template of one's own",
    aim: 'overwrite',
    attempt: attacker =>
      dryRun(attacker, 'delivery:argocd:application:apply', {
        path: 'application.yaml',
        overwrite: 'always',
      }),
    reason: /NotAllowed/,
  },
  {
    name: "reach internal hosts by a template of one's own",
    aim: 'read',
    attempt: attacker =>
      dryRun(attacker, 'delivery:git:repository:inspect', {
        repoUrl: 'http://169.254.169.254/latest',
      }),
    reason: /NotAllowed/,
  },
  {
    name: 'register a template of the own repository',
    aim: 'forge',
    attempt: attacker =>
      attacker.call('POST', '/api/catalog/locations', {
        body: { type: 'url', target: 'https://example.com/template.yaml' },
      }),
    reason: /NotAllowed/,
  },
  {
    name: "unregister another team's component",
    aim: 'delete',
    attempt: async attacker => {
      const found = await attacker.call(
        'GET',
        '/api/catalog/entities/by-name/component/default/payments',
      );
      const { metadata } = JSON.parse(found.text);
      return attacker.call(
        'DELETE',
        `/api/catalog/entities/by-uid/${metadata.uid}`,
      );
    },
    reason: /NotAllowed/,
  },
  {
    name: 'report a removed image without the secret',
    aim: 'forge',
    attempt: attacker =>
      attacker.call('POST', '/api/events/http/aws.ecr', {
        body: pushed,
        headers: { 'x-landfall-token': 'sandbox-events-token' },
      }),
    reason: /token|secret|401|403/i,
  },
  {
    name: 'post a notification without the secret',
    aim: 'forge',
    attempt: attacker =>
      attacker.call('POST', '/api/delivery/v1/webhooks/argocd/main', {
        body: { app: 'payments-prod', namespace: 'argocd' },
      }),
    reason: /secret|token|authentic/i,
  },
];

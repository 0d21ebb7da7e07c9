import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Apply the ApplicationSet that was rendered into the workspace',
    example: yaml.stringify({
      steps: [
        {
          id: 'set',
          action: 'delivery:argocd:application-set:apply',
          name: 'Create the ApplicationSet',
          input: {
            path: './delivery/argocd/api.yaml',
            entityRef: 'component:default/api',
          },
        },
      ],
    }),
  },
  {
    description:
      'A manifest in the template itself: one Application for each cluster with a label',
    example: yaml.stringify({
      steps: [
        {
          id: 'set',
          action: 'delivery:argocd:application-set:apply',
          name: 'Create the ApplicationSet',
          input: {
            instance: 'main',
            overwrite: 'never',
            entityRef: 'component:default/api',
            manifest: {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'ApplicationSet',
              metadata: { name: 'api' },
              spec: {
                goTemplate: true,
                goTemplateOptions: ['missingkey=error'],
                generators: [
                  { clusters: { selector: { matchLabels: { env: 'prod' } } } },
                ],
                template: {
                  metadata: {
                    name: 'api-{{ .name }}',
                    annotations: {
                      'landfall.io/entity-ref': 'component:default/api',
                    },
                  },
                  spec: {
                    project: 'shop',
                    source: {
                      repoURL: 'https://git.example.com/shop/deploy.git',
                      path: 'apps/api',
                      targetRevision: 'main',
                    },
                    destination: {
                      server: '{{ .server }}',
                      namespace: 'shop-prod',
                    },
                  },
                },
              },
            },
          },
        },
      ],
    }),
  },
];

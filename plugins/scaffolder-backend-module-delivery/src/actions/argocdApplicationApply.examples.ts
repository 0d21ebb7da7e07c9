import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Apply the Application that was rendered into the workspace',
    example: yaml.stringify({
      steps: [
        {
          id: 'dev',
          action: 'delivery:argocd:application:apply',
          name: 'Create the Application',
          input: {
            path: './delivery/argocd/api/api-dev.yaml',
            entityRef: 'component:default/api',
          },
        },
      ],
    }),
  },
  {
    description:
      'A manifest in the template itself, on one of several instances; an error if the name is taken',
    example: yaml.stringify({
      steps: [
        {
          id: 'dev',
          action: 'delivery:argocd:application:apply',
          name: 'Create the Application',
          input: {
            instance: 'main',
            overwrite: 'never',
            manifest: {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'Application',
              metadata: { name: 'api-dev' },
              spec: {
                project: 'shop',
                source: {
                  repoURL: 'https://git.example.com/shop/deploy.git',
                  path: 'apps/api',
                  targetRevision: 'main',
                },
                destination: {
                  server: 'https://kubernetes.default.svc',
                  namespace: 'shop-dev',
                },
              },
            },
          },
        },
      ],
    }),
  },
];

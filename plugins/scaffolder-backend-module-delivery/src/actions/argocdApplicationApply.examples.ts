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
          name: 'Show it to Argo CD',
          input: { path: './delivery/argocd/api/api-dev.yaml' },
        },
      ],
    }),
  },
  {
    description: 'A manifest in the template itself, on a named instance',
    example: yaml.stringify({
      steps: [
        {
          id: 'dev',
          action: 'delivery:argocd:application:apply',
          name: 'Show it to Argo CD',
          input: {
            instance: 'main',
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

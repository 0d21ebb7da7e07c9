import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Create a project for the Applications of a system',
    example: yaml.stringify({
      steps: [
        {
          id: 'project',
          action: 'delivery:argocd:project:apply',
          name: 'Create the AppProject',
          input: {
            name: 'shop',
            entityRef: 'system:default/shop',
            description: 'The shop',
            sourceRepos: ['https://git.example.com/shop/deploy.git'],
            destinations: [
              {
                server: 'https://kubernetes.default.svc',
                namespace: 'shop-*',
              },
            ],
          },
        },
      ],
    }),
  },
  {
    description: 'Let CI sync the Applications of a project, and nothing else',
    example: yaml.stringify({
      steps: [
        {
          id: 'project',
          action: 'delivery:argocd:project:apply',
          name: 'Add the role',
          input: {
            instance: 'main',
            name: 'shop',
            entityRef: 'system:default/shop',
            clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
            roles: [
              {
                name: 'ci',
                description: 'Syncs after a build',
                policies: [
                  'p, proj:shop:ci, applications, sync, shop/*, allow',
                ],
                groups: ['shop-ci'],
              },
            ],
          },
        },
      ],
    }),
  },
];

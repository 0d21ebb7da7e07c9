import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Take the Applications of a service out of Git',
    example: yaml.stringify({
      steps: [
        {
          id: 'applications',
          action: 'delivery:git:folders:remove',
          name: 'Remove the Applications',
          input: {
            repoUrl: 'https://git.example.com/shop/deploy.git',
            folders: ['argocd/api'],
            entityRef: 'component:default/api',
            message: 'feat!: remove the Applications of api',
          },
        },
      ],
    }),
  },
  {
    description: 'Open a pull request that removes everything of a service',
    example: yaml.stringify({
      steps: [
        {
          id: 'remove',
          action: 'delivery:git:folders:remove',
          name: 'Ask to remove the service',
          input: {
            repoUrl: 'https://git.example.com/shop/deploy.git',
            branch: 'main',
            folders: ['argocd/api', 'apps/api'],
            entityRef: 'component:default/api',
            message: 'feat!: remove the service api',
            mode: 'request',
          },
        },
      ],
    }),
  },
];

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Open a request that promotes what runs in staging to prod',
    example: yaml.stringify({
      steps: [
        {
          id: 'promote',
          action: 'delivery:promote',
          name: 'Promote to prod',
          input: {
            entityRef: 'component:default/api',
            fromEnvironment: 'staging',
            toEnvironments: ['prod'],
            reason: 'Tested in staging',
          },
        },
      ],
    }),
  },
  {
    description:
      'Commit a version to two environments, and keep Image Updater from moving it',
    example: yaml.stringify({
      steps: [
        {
          id: 'promote',
          action: 'delivery:promote',
          name: 'Promote 1.4.3',
          input: {
            entityRef: 'component:default/api',
            version: '1.4.3',
            toEnvironments: ['staging', 'prod'],
            mode: 'commit',
            hold: true,
          },
        },
      ],
    }),
  },
];

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait until an app of apps has read Git',
    example: yaml.stringify({
      steps: [
        {
          id: 'released',
          action: 'delivery:argocd:application:release',
          name: 'Wait until nothing creates it again',
          input: {
            name: 'api-dev',
            project: 'shop',
            entityRef: 'component:default/api',
          },
        },
      ],
    }),
  },
];

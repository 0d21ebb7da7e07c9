import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait for the first sync of an Application',
    example: yaml.stringify({
      steps: [
        {
          id: 'synced',
          action: 'delivery:argocd:application:wait',
          name: 'Wait for the first sync',
          input: {
            name: 'api-dev',
            project: 'shop',
            until: 'synced',
            timeoutSeconds: 120,
          },
        },
      ],
    }),
  },
];

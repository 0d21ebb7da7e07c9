import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'List the Applications of a service',
    example: yaml.stringify({
      steps: [
        {
          id: 'applications',
          action: 'delivery:applications:read',
          name: 'Find its Applications',
          input: { entityRef: 'component:default/api' },
        },
      ],
    }),
  },
];

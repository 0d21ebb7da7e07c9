import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Find the Applications of a service without annotations',
    example: yaml.stringify({
      steps: [
        {
          id: 'suggest',
          action: 'delivery:catalog:suggest',
          name: 'Find its Applications',
          input: { entityRef: 'component:default/api' },
        },
      ],
    }),
  },
];

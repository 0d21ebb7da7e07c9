import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Unregister a service after its Applications are gone',
    example: yaml.stringify({
      steps: [
        {
          id: 'unregister',
          action: 'delivery:catalog:unregister',
          name: 'Unregister the component',
          input: { entityRef: 'component:default/api' },
        },
      ],
    }),
  },
];

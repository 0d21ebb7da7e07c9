import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Register a component, whether or not it exists already',
    example: yaml.stringify({
      steps: [
        {
          id: 'register',
          action: 'delivery:catalog:register',
          name: 'Register the component',
          input: {
            catalogInfoUrl:
              'https://git.example.com/shop/api/src/branch/main/catalog-info.yaml',
            entityRef: 'component:default/api',
          },
        },
      ],
    }),
  },
  {
    description: 'Check that a name is free before anything is created',
    example: yaml.stringify({
      steps: [
        {
          id: 'name',
          action: 'delivery:catalog:register',
          name: 'Check the name',
          input: {
            catalogInfoUrl:
              'https://git.example.com/shop/api/src/branch/main/catalog-info.yaml',
            entityRef: 'component:default/api',
            checkOnly: true,
          },
        },
      ],
    }),
  },
];

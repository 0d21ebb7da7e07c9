import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Read what runs in every environment',
    example: yaml.stringify({
      steps: [
        {
          id: 'versions',
          action: 'delivery:version:read',
          name: 'Read the versions',
          input: { entityRef: 'component:default/api' },
        },
      ],
    }),
  },
  {
    description:
      'Read the version of one environment, for steps.staging.output.version in later steps',
    example: yaml.stringify({
      steps: [
        {
          id: 'staging',
          action: 'delivery:version:read',
          name: 'Read the version in staging',
          input: {
            entityRef: 'component:default/api',
            environment: 'staging',
            repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
          },
        },
      ],
    }),
  },
];

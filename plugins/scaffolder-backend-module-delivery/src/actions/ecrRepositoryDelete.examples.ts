import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Delete the repository of a retired component if it is empty',
    example: yaml.stringify({
      steps: [
        {
          id: 'ecr',
          action: 'delivery:ecr:repository:delete',
          name: 'Delete the image repository',
          input: { name: 'shop/api', entityRef: 'component:default/api' },
        },
      ],
    }),
  },
  {
    description: 'Delete a repository in another account with all its images',
    example: yaml.stringify({
      steps: [
        {
          id: 'ecr',
          action: 'delivery:ecr:repository:delete',
          name: 'Delete the image repository and its images',
          input: {
            name: 'shop/api',
            entityRef: 'component:default/api',
            accountId: '123456789012',
            region: 'eu-west-1',
            deleteImages: true,
          },
        },
      ],
    }),
  },
];

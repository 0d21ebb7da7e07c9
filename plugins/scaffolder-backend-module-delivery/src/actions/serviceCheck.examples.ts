import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Check the values of a form, and use the derived names in later steps',
    example: yaml.stringify({
      steps: [
        {
          id: 'service',
          action: 'delivery:service:check',
          name: 'Check the service',
          input: {
            name: '${{ parameters.name }}',
            system: '${{ parameters.system }}',
            owner: '${{ parameters.owner }}',
            environments: '${{ parameters.environments }}',
            gitHost: 'github.com',
          },
        },
        {
          id: 'image',
          action: 'delivery:ecr:repository:ensure',
          name: 'Create the image repository',
          input: { name: '${{ steps.service.output.imageRepository }}' },
        },
      ],
    }),
  },
];

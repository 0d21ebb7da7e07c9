import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Publish a missing repository and fill an empty one, so that a template can be run again',
    example: yaml.stringify({
      steps: [
        {
          id: 'source',
          action: 'delivery:git:repository:inspect',
          name: 'Look for the repository',
          input: { repoUrl: '${{ parameters.repoUrl }}' },
        },
        {
          id: 'publish',
          if: "${{ steps.source.output.state == 'missing' and steps.source.output.host == 'github' }}",
          action: 'publish:github',
          name: 'Publish the repository',
          input: { repoUrl: '${{ parameters.repoUrl }}' },
        },
        {
          id: 'fill',
          if: "${{ steps.source.output.state == 'empty' }}",
          action: 'delivery:git:commit',
          name: 'Fill the empty repository',
          input: {
            repoUrl: '${{ parameters.repoUrl }}',
            branch: 'main',
            message: 'feat: first commit',
          },
        },
      ],
    }),
  },
];

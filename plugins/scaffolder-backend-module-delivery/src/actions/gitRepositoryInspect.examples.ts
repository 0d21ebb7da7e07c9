import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Publish a repository only if it is not there yet, so that a template can be run again',
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
          if: "${{ not steps.source.output.exists and steps.source.output.host == 'github' }}",
          action: 'publish:github',
          name: 'Publish the repository',
          input: { repoUrl: '${{ parameters.repoUrl }}' },
        },
      ],
    }),
  },
];

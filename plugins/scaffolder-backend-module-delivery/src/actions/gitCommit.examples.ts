import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Commit rendered files to a configuration repository',
    example: yaml.stringify({
      steps: [
        {
          id: 'deploy',
          action: 'delivery:git:commit',
          name: 'Commit the chart',
          input: {
            repoUrl: 'https://git.example.com/shop/deploy.git',
            branch: 'main',
            sourcePath: './delivery',
            message: 'feat: add the service api',
          },
        },
      ],
    }),
  },
  {
    description:
      'Only add missing files, so that changes of a team or the Image Updater are kept',
    example: yaml.stringify({
      steps: [
        {
          id: 'deploy',
          action: 'delivery:git:commit',
          name: 'Commit the chart',
          input: {
            repoUrl: 'github.com?owner=shop&repo=deploy',
            sourcePath: './delivery',
            targetPath: 'clusters/dev',
            message: 'feat: add the service api',
            overwrite: false,
          },
        },
      ],
    }),
  },
];

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Propose rendered files in a configuration repository',
    example: yaml.stringify({
      steps: [
        {
          id: 'propose',
          action: 'delivery:git:pull-request',
          name: 'Propose the chart',
          input: {
            repoUrl: 'https://git.example.com/shop/deploy.git',
            sourcePath: './delivery',
            title: 'feat: add the service api',
            body: 'Adds the chart and the Applications of api.',
          },
        },
      ],
    }),
  },
  {
    description: 'Propose files of an entity from a branch with a given name',
    example: yaml.stringify({
      steps: [
        {
          id: 'propose',
          action: 'delivery:git:pull-request',
          name: 'Propose the chart',
          input: {
            repoUrl: 'github.com?owner=shop&repo=deploy',
            sourcePath: './delivery',
            targetPath: 'apps/api',
            branch: 'add-api',
            targetBranch: 'main',
            title: 'feat: add the service api',
            entityRef: 'component:default/api',
            ownFolders: ['apps/api'],
          },
        },
      ],
    }),
  },
];

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Follow the releases of an image by annotations, checked together with the ImageUpdater that enables them',
    example: yaml.stringify({
      steps: [
        {
          id: 'updates',
          action: 'delivery:image-updater:configure',
          name: 'Set up image updates',
          input: {
            path: './argocd/api-dev.yaml',
            annotations: {
              'image-list':
                'app=123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api:^1',
              'app.update-strategy': 'semver',
              'write-back-method': 'git',
            },
            checkWith: ['./argocd/imageupdater.yaml'],
          },
        },
      ],
    }),
  },
  {
    description:
      'Write an ImageUpdater with the settings itself, for all Applications of a service',
    example: yaml.stringify({
      steps: [
        {
          id: 'updates',
          action: 'delivery:image-updater:configure',
          name: 'Set up image updates',
          input: {
            path: './argocd/api-updater.yaml',
            imageUpdater: {
              name: 'api',
              namespace: 'argocd',
              spec: {
                writeBackConfig: { method: 'git' },
                applicationRefs: [
                  {
                    namePattern: 'api-*',
                    images: [
                      {
                        alias: 'app',
                        imageName:
                          '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api:^1',
                      },
                    ],
                  },
                ],
              },
            },
          },
        },
      ],
    }),
  },
];

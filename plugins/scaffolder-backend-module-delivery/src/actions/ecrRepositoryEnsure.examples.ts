import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'A repository with immutable tags, scanned on push, that keeps its last 50 images',
    example: yaml.stringify({
      steps: [
        {
          id: 'ecr',
          action: 'delivery:ecr:repository:ensure',
          name: 'Create the image repository',
          input: {
            name: 'shop/api',
            region: 'eu-west-1',
            tags: { team: 'shop' },
          },
        },
      ],
    }),
  },
  {
    description: 'Encrypted with a KMS key, in another account, kept for good',
    example: yaml.stringify({
      steps: [
        {
          id: 'ecr',
          action: 'delivery:ecr:repository:ensure',
          name: 'Create the image repository',
          input: {
            name: 'shop/api',
            accountId: '123456789012',
            region: 'eu-west-1',
            encryption: {
              type: 'KMS',
              kmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/shop',
            },
            keepImages: 0,
          },
        },
      ],
    }),
  },
];

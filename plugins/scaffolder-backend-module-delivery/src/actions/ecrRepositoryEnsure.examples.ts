import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'A repository of a component with immutable tags, scans on push and expiring untagged images',
    example: yaml.stringify({
      steps: [
        {
          id: 'ecr',
          action: 'delivery:ecr:repository:ensure',
          name: 'Create the image repository',
          input: {
            name: 'shop/api',
            region: 'eu-west-1',
            entityRef: 'component:default/api',
            tags: { team: 'shop' },
          },
        },
      ],
    }),
  },
  {
    description:
      'A repository encrypted with a KMS key, in another account, whose images never expire',
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
            expireUntaggedAfterDays: 0,
          },
        },
      ],
    }),
  },
  {
    description:
      'Change settings of a repository that was created elsewhere, but not its lifecycle policy',
    example: yaml.stringify({
      steps: [
        {
          id: 'ecr',
          action: 'delivery:ecr:repository:ensure',
          name: 'Scan the images of the repository',
          input: {
            name: 'shop/legacy',
            imageTagMutability: 'MUTABLE',
            converge: true,
          },
        },
      ],
    }),
  },
  {
    description:
      'A repository in two regions; the registry’s replication copies the images from the first',
    example: yaml.stringify({
      steps: [
        {
          id: 'ecr',
          action: 'delivery:ecr:repository:ensure',
          name: 'Create the image repositories',
          input: {
            name: 'shop/api',
            region: 'eu-west-1',
            replicas: [{ region: 'us-east-1' }],
            entityRef: 'component:default/api',
          },
        },
      ],
    }),
  },
];

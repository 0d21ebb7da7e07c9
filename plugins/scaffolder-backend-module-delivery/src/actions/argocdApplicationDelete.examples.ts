import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Delete an Application after its resources',
    example: yaml.stringify({
      steps: [
        {
          id: 'delete',
          action: 'delivery:argocd:application:delete',
          name: 'Delete the Application',
          input: {
            name: 'api-dev',
            project: 'shop',
            entityRef: 'component:default/api',
            cascade: 'foreground',
          },
        },
      ],
    }),
  },
  {
    description:
      'Delete an Application on one of several instances, and keep its resources running',
    example: yaml.stringify({
      steps: [
        {
          id: 'release',
          action: 'delivery:argocd:application:delete',
          name: 'Release the resources',
          input: {
            instance: 'main',
            name: 'api-dev',
            project: 'shop',
            entityRef: 'component:default/api',
            cascade: 'none',
            timeoutSeconds: 0,
          },
        },
      ],
    }),
  },
];

import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Check a chart with the values of an environment',
    example: yaml.stringify({
      steps: [
        {
          id: 'chart',
          action: 'delivery:helm:validate',
          name: 'Check the chart',
          input: {
            path: './delivery/apps/api',
            valueFiles: ['service.yaml', 'values-dev.yaml'],
            releaseName: 'api',
            namespace: 'shop-dev',
          },
        },
      ],
    }),
  },
];

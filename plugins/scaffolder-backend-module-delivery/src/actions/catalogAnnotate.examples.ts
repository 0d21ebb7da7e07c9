import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import yaml from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Connect a component with its Applications',
    example: yaml.stringify({
      steps: [
        {
          id: 'annotate',
          action: 'delivery:catalog:annotate',
          name: 'Add the annotation',
          input: {
            path: './source/catalog-info.yaml',
            entityRef: 'component:default/api',
            annotations: {
              'argocd/app-selector': 'app.kubernetes.io/name=api',
            },
          },
        },
      ],
    }),
  },
];

/** The folders of `src`, and which others each of them may import. */
const IMPORTS = {
  translation: [],
  api: [],
  live: ['api'],
  components: ['translation'],
  images: ['api', 'components', 'live', 'translation'],
  performance: ['api', 'components', 'live', 'translation'],
  promotions: ['actions', 'api', 'components', 'live', 'translation'],
  // Its dialogs read and show what the details of an application do.
  actions: ['api', 'application', 'components', 'live', 'translation'],
  // An application's details show it as a line of the card does.
  application: [
    'actions',
    'api',
    'components',
    'deployments',
    'images',
    'live',
    'promotions',
    'translation',
  ],
  versions: [
    'api',
    'components',
    'images',
    'live',
    'promotions',
    'translation',
  ],
  deployments: [
    'actions',
    'api',
    'application',
    'components',
    'images',
    'live',
    'promotions',
    'translation',
    'versions',
  ],
  fleet: [
    'actions',
    'api',
    'components',
    'deployments',
    'live',
    'performance',
    'translation',
  ],
};

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  settings: {
    'import/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
  },
  rules: {
    'import/no-restricted-paths': [
      'error',
      {
        basePath: __dirname,
        zones: Object.entries(IMPORTS).map(([folder, allowed]) => ({
          target: `./src/${folder}`,
          from: './src',
          except: [folder, ...allowed].map(name => `./${name}`),
          message: `src/${folder} imports only from ${
            allowed.join(', ') || 'itself'
          }`,
        })),
      },
    ],
  },
});

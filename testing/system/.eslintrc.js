module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The system tests run a backend as their portal, and run its actions.
    '@backstage/no-mixed-plugin-imports': [
      'warn',
      {
        excludedTargetPackages: [
          '@landfall/backstage-plugin-delivery-backend',
          '@landfall/backstage-plugin-scaffolder-backend-module-delivery',
        ],
      },
    ],
  },
});

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The portal that the system tests run is a backend, and they run its actions.
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

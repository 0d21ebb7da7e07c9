/**
 * Texts of the fields in forms of the scaffolder. Part of the plugin's message
 * catalogue.
 *
 * @internal
 */
export const formMessages = {
  chooseService: 'Choose a service first.',
  name: {
    checking: 'Checking the name',
    free: 'The name is free.',
    own: '{{entityRef}} exists, and you own it: the template completes what is missing.',
    refused: "The service can't be created: {{message}}",
    error:
      "Couldn't check the name. The template checks it again before it creates anything.",
  },
  environments: {
    loading: 'Loading the environments',
    none: 'No environments are configured. List them under delivery.environments in the configuration.',
    noneOfService: 'The service has no applications in any environment yet.',
    unknown: '{{name}} (not offered)',
    error: "Couldn't load the environments.",
  },
  version: {
    label: 'Version',
    repository: 'Image',
    choose: 'Choose a version',
    loading: 'Loading the versions',
    none: 'No image of {{name}} is known yet. As soon as one is pushed, its versions appear here.',
    runsIn: 'runs in {{environments}}',
    nextIn: 'Image Updater chooses it for {{environments}}',
    now: 'What Image Updater would choose now',
    chosen: 'What it makes of {{version}}',
    others: 'Why not the others',
    error: "Couldn't load the versions of {{name}}.",
  },
  preview: {
    title: 'Files that the template writes',
    files: 'Files',
    reading: 'Updating the preview',
    incomplete:
      'The preview appears as soon as the form is filled in: {{problems}}',
    failed: 'The template would stop: {{message}}',
    denied:
      'You may not preview files. This needs the permission scaffolder.template.dry-run.',
    empty: 'The template writes no files.',
    noText: 'Not shown, because the file is large or not text.',
    more: 'The first {{shown}} of {{total}} files.',
    error: "Couldn't update the preview.",
  },
} as const;

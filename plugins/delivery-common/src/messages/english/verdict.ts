/**
 * Why Image Updater takes or passes over a version. The texts are clauses that
 * follow a colon. `{{message}}` is the updater's own message, word for word.
 *
 * @internal
 */
export const verdictMessages = {
  chosen: 'taken by the policy',
  'image-name-invalid': '{{message}}',
  'constraint-missing': '{{message}}',
  'constraint-invalid': "the constraint can't be read: {{message}}",
  'not-allowed': "allow-tags {{allowTags}} doesn't match it",
  'allow-tags-unreadable': "allow-tags can't be read: {{allowTags}}",
  ignored: 'ignore-tags {{pattern}} matches it',
  'not-followed': 'not the tag {{tag}}, whose digest is followed',
  unreadable: "its manifest or its build date couldn't be read",
  'platform-missing': 'built for {{found}}, not for {{wanted}}',
  'platforms-unknown': 'built for no platform, so not for {{wanted}}',
  'not-semver': 'not a semantic version',
  prerelease: 'a prerelease, and the constraint {{constraint}} includes none',
  'prerelease-unconstrained':
    'a prerelease; only a constraint with one, such as >=1.0.0-0, includes prereleases',
  'outside-constraint': 'outside the constraint {{constraint}}',
  lower: 'lower than {{chosen}}',
  'same-version':
    'the same version as {{chosen}}, which comes later in the order of names',
  'built-before': 'built before {{chosen}}',
  'built-together':
    'built at the same time as {{chosen}}, which comes later in the order of names',
  'build-date-unknown': "which version was built last isn't known",
  'seems-older': "pushed before {{chosen}}; when they were built isn't known",
  'sorts-before': 'sorts before {{chosen}}',
  older: 'another version is preferred',
  duplicate: 'the tag is already earlier in the list',
  untagged: 'without a tag, so the updater ignores it',
} as const;

/**
 * What Image Updater does with the version that it chooses.
 *
 * @internal
 */
export const selectionMessages = {
  unusable: '{{message}}',
  'no-tags': 'The repository has no tags',
  unread: "The repository couldn't be read",
  none: 'None of {{total}} versions can be taken: {{verdicts}}',
  tally: '{{total}} {{verdict}}',
  chosen: 'Image Updater sets {{tag}}',
  'not-live':
    "The application doesn't run {{image}}, and Image Updater only updates what runs",
  update: 'Image Updater sets {{tag}} in place of {{running}}',
  'update-untagged': 'Image Updater sets {{tag}}, where no tag is set now',
  unpredictable:
    "What Image Updater sets can't be predicted: it goes by build dates, which aren't known here. {{tag}} was pushed last",
  downgrade:
    'Image Updater goes back to {{tag}} from {{running}}, which it no longer finds or accepts',
  'up-to-date': '{{tag}} already runs',
} as const;

/**
 * Assumptions of a choice that aren't known for certain.
 *
 * @internal
 */
export const doubtMessages = {
  'build-date-unknown':
    "Image Updater goes by the build date, which isn't known here. The time of the push is used instead",
  'platforms-unknown':
    "Whether {{tag}} has an image for {{platforms}} isn't known here",
} as const;

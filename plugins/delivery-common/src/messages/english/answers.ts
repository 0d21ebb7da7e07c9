/**
 * Summaries of what is answered to programs, such as MCP clients. Lists in a
 * sentence are other messages.
 *
 * @internal
 */
export const answerMessages = {
  about: '{{application}} in {{environment}}: {{statements}}',
  runs: 'runs {{version}} of {{repository}}',
  'runs-none': 'no pod runs {{repository}}',
  wants: 'Git wants {{version}} of {{repository}}',
  'under-way': '{{version}} of {{repository}} is {{stage}}',
  ended: '{{version}} of {{repository}} is {{outcome}}',
  waiting: '{{reasons}}',
  'no-applications': '{{entity}} has no applications here',
  'nobody-runs': 'No application that you may see runs {{image}}',
  'nothing-waits': 'No version is waiting or has failed',
  'no-promotions': 'There are no promotions like that',
  'repository-unknown':
    '{{repository}} is not one of the image repositories here, which are: {{repositories}}',
  'not-managed': 'Image Updater does nothing with {{repository}}',
  'if-enabled': 'if it were enabled: {{selection}}',
  'tag-known': 'the registry has {{tag}}: {{verdict}}',
  'tag-unknown':
    'if {{tag}} were pushed, which the registry does not have yet: {{verdict}}',
  finding: '{{setting}}: {{effect}}. {{fix}}',
  refused: 'not possible: {{reasons}}',
  recorded: '{{action}}: {{results}}',
  more: '{{total}} more are not listed',
  stale:
    "Argo CD '{{instance}}' can't be reached, so this is its last known state",
} as const;

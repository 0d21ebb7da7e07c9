/** @internal */
export const answers = {
  'message.answer.about': '{{application}} in {{environment}}: {{statements}}',
  'message.answer.runs': '{{version}} von {{repository}} läuft',
  'message.answer.runs-none': 'kein Pod führt {{repository}} aus',
  'message.answer.wants': 'in Git steht {{version}} von {{repository}}',
  'message.answer.under-way':
    '{{version}} von {{repository}} ist unterwegs: {{stage}}',
  'message.answer.ended': '{{version}} von {{repository}}: {{outcome}}',
  'message.answer.waiting': '{{reasons}}',
  'message.answer.no-applications': '{{entity}} hat hier keine Anwendungen',
  'message.answer.nobody-runs':
    'Keine Anwendung, die Sie sehen dürfen, führt {{image}} aus',
  'message.answer.nothing-waits':
    'Keine Version wartet oder ist fehlgeschlagen',
  'message.answer.no-promotions': 'Solche Promotions gibt es nicht',
  'message.answer.repository-unknown':
    '{{repository}} gehört nicht zu den Image-Repositorys hier: {{repositories}}',
  'message.answer.not-managed':
    'Image Updater aktualisiert {{repository}} nicht',
  'message.answer.if-enabled': 'wäre er aktiviert: {{selection}}',
  'message.answer.tag-known': 'die Registry hat {{tag}}: {{verdict}}',
  'message.answer.tag-unknown':
    'würde {{tag}} gepusht, das die Registry noch nicht hat: {{verdict}}',
  'message.answer.finding': '{{setting}}: {{effect}}. {{fix}}.',
  'message.answer.refused': 'nicht möglich: {{reasons}}',
  'message.answer.recorded': '{{action}}: {{results}}',
  'message.answer.more': '{{total}} weitere sind nicht aufgeführt',
  'message.answer.stale':
    'Argo CD „{{instance}}“ ist nicht erreichbar, angezeigt wird daher der letzte bekannte Stand',
};

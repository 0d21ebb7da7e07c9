/** @internal */
export const answers = {
  'message.answer.about': '{{environment}} の {{application}}: {{statements}}',
  'message.answer.runs': '{{repository}} の {{version}} を実行しています',
  'message.answer.runs-none': '{{repository}} を実行している Pod はありません',
  'message.answer.wants': 'Git の指定は {{repository}} の {{version}} です',
  'message.answer.under-way':
    '{{repository}} の {{version}} は進行中です: {{stage}}',
  'message.answer.ended': '{{repository}} の {{version}}: {{outcome}}',
  'message.answer.waiting': '{{reasons}}',
  'message.answer.no-applications':
    '{{entity}} のアプリケーションはここにはありません',
  'message.answer.nobody-runs':
    '表示できるアプリケーションのうち、{{image}} を実行しているものはありません',
  'message.answer.nothing-waits': '待機中または失敗したバージョンはありません',
  'message.answer.no-promotions': '該当するプロモーションはありません',
  'message.answer.repository-unknown':
    '{{repository}} は対象のイメージリポジトリではありません。対象: {{repositories}}',
  'message.answer.not-managed':
    'Image Updater は {{repository}} を更新しません',
  'message.answer.if-enabled': '有効であれば: {{selection}}',
  'message.answer.tag-known': 'レジストリに {{tag}} があります: {{verdict}}',
  'message.answer.tag-unknown':
    'レジストリにまだない {{tag}} がプッシュされた場合: {{verdict}}',
  'message.answer.finding': '{{setting}}: {{effect}}。{{fix}}',
  'message.answer.refused': 'できません: {{reasons}}',
  'message.answer.recorded': '{{action}}: {{results}}',
  'message.answer.more': '他に {{total}} 件あります',
  'message.answer.stale':
    'Argo CD「{{instance}}」に接続できないため、最後に確認した状態を表示しています',
};

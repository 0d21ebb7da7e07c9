/** @internal */
export const card = {
  'card.progress.updated': '{{of}} 個中 {{pods}} 個の Pod を更新済み',
  'card.progress.updatedOnly': '更新済みの Pod: {{pods}} 個',
  'card.progress.available': '{{of}} 個中 {{pods}} 個の Pod が準備完了',
  'card.progress.unready': '準備中の Pod: {{pods}} 個',
  'card.progress.ending': '終了待ちの古い Pod: {{pods}} 個',
  'card.progress.workload': '{{workload}}: {{progress}}',
  'card.drift.resources': 'Git と異なるリソース: {{resources}}',
  'card.drift.more': '他 {{total}} 個',
  'card.drift.showAll': 'Git と異なる {{application}} のリソースをすべて表示',
  'card.drift.showFewer': '{{application}} のリソースの表示を減らす',
  'card.drift.unlisted': '他 {{total}} 個',
  'card.pods.one': 'Pod {{pod}} が失敗しています: {{reason}}',
  'card.pods.several':
    '{{pods}} 個の Pod が失敗しています (例: {{pod}}): {{reason}}',
  'card.pods.unknown': '理由は報告されていません',
  'card.source.chart': 'Helm チャート {{name}} {{version}}',
  'card.source.chartOnly': 'Helm チャート {{name}}',
  'card.source.several': '{{total}} 個のソース',
  'card.image.open': 'イメージ {{version}} をレジストリで開く',
  'card.image.first':
    'まだ稼働しているバージョンはありません。最初のバージョンはプッシュ後にここに表示されます:',
  'card.image.firstOnly':
    'まだ稼働しているバージョンはありません。最初のバージョンはプッシュと同期の後にここに表示されます。',
  'card.environments.more': '他 {{total}} 個の環境を表示',
  'card.environments.oneMore': '他 1 個の環境を表示',
  'card.environments.fewer': '環境の表示を減らす',
  'card.environments.none':
    'このカードは一部の環境とリポジトリのみを表示します ({{settings}})。{{name}} にはいずれも該当するものがありません。すべては「Deployments」タブで確認できます。',
  'card.first.reading':
    'Argo CD {{instances}} を初めて読み込んでいます。完了すると、アプリケーションがここに表示されます。',
  'card.first.unconfigured': 'Argo CD が設定されていません。',
  'card.first.configure':
    'このポータルの管理者が app-config.yaml に追加する必要があります:',
  'card.first.suggested':
    '次の Argo CD アプリケーションは、名前が似ていて、このコンポーネントのものであることが確認できています: {{applications}}。表示するには、catalog-info.yaml の metadata.annotations に次の行を追加してください:',
  'card.first.orSuggested': 'または名前で指定: {{applications}}',
  'card.refused.forbidden':
    '{{name}} のデプロイメントを表示する権限がありません。',
  'card.refused.forbiddenHint':
    'オーナーまたはこのポータルの管理者にアクセス権を依頼してください。',
  'card.refused.missing':
    '{{name}} はカタログに存在しないか、表示する権限がありません。',
  'card.refused.signedOut': 'セッションの有効期限が切れました。',
  'card.refused.signedOutHint':
    'ページを再読み込みして、もう一度サインインしてください。',
  'card.part.failed': 'ページのこの部分は表示できません。',
  'filters.title': '絞り込み',
  'filters.titleSet': '絞り込み ({{total}})',
};

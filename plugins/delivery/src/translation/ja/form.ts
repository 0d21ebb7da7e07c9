/** @internal */
export const form = {
  'form.chooseService': '先にサービスを選択してください。',
  'form.name.checking': '名前を確認しています',
  'form.name.free': 'この名前は使用できます。',
  'form.name.own':
    '{{entityRef}} は既に存在し、あなたが所有しています。テンプレートは不足しているものを補います。',
  'form.name.refused': 'サービスを作成できません: {{message}}',
  'form.name.error':
    '名前を確認できませんでした。テンプレートは作成の前にもう一度確認します。',
  'form.environments.loading': '環境を読み込んでいます',
  'form.environments.none':
    '環境が設定されていません。設定の delivery.environments に追加してください。',
  'form.environments.noneOfService':
    'このサービスのアプリケーションはまだどの環境にもありません。',
  'form.environments.unknown': '{{name}} (選択肢にありません)',
  'form.environments.error': '環境を読み込めませんでした。',
  'form.version.label': 'バージョン',
  'form.version.repository': 'イメージ',
  'form.version.choose': 'バージョンを選択してください',
  'form.version.loading': 'バージョンを読み込んでいます',
  'form.version.none':
    '{{name}} のイメージはまだ見つかっていません。プッシュされると、ここにバージョンが表示されます。',
  'form.version.runsIn': '{{environments}} で稼働中',
  'form.version.nextIn': 'Image Updater が {{environments}} に選択',
  'form.version.now': 'Image Updater が現在選択するバージョン',
  'form.version.chosen': '{{version}} の扱い',
  'form.version.others': '他のバージョンが選択されない理由',
  'form.version.error': '{{name}} のバージョンを読み込めませんでした。',
  'form.preview.title': 'テンプレートが書き込むファイル',
  'form.preview.files': 'ファイル',
  'form.preview.reading': 'プレビューを更新しています',
  'form.preview.incomplete':
    'フォームの入力が完了するとプレビューが表示されます: {{problems}}',
  'form.preview.failed': 'テンプレートは中断されます: {{message}}',
  'form.preview.denied':
    'ファイルをプレビューする権限がありません。scaffolder.template.dry-run の権限が必要です。',
  'form.preview.empty': 'テンプレートはファイルを書き込みません。',
  'form.preview.noText':
    'ファイルが大きいか、テキストではないため表示されません。',
  'form.preview.more': '{{total}} 個のファイルのうち最初の {{shown}} 個です。',
  'form.preview.error': 'プレビューを更新できませんでした。',
};

/** @internal */
export const images = {
  'images.removed':
    '{{version}} は実行中ですが、リポジトリに存在しません。別のノードで起動する Pod はイメージを取得できません',
  'images.title': 'イメージ',
  'images.loading': 'イメージを読み込んでいます',
  'images.repository': 'リポジトリ',
  'images.allRepositories': 'すべて',
  'images.column.tags': 'タグ',
  'images.column.digest': 'ダイジェスト',
  'images.column.pushed': 'プッシュ日時',
  'images.column.runsIn': '稼働環境',
  'images.column.verdict': 'Image Updater',
  'images.untagged': 'タグなし',
  'images.moreTags': '他 {{total}} 個',
  'images.seen': '検出',
  'images.scan': 'スキャン: {{result}}',
  'images.problems': 'リポジトリの問題',
  'images.openImage': '{{digest}} をレジストリで開く',
  'images.verdict.runs': '稼働中',
  'images.verdict.next': '次に適用',
  'images.verdict.sameTag':
    '同じタグがすでに稼働中で、ダイジェストは追跡されません',
  'images.verdict.notEnabled': '次の候補ですが、有効になっていません',
  'images.verdict.notLive':
    '次の候補ですが、アプリケーションはこのイメージを使用していません',
  'images.verdict.passedOver': '対象外: {{reason}}',
  'images.verdict.none': 'ポリシーなし',
  'images.empty.unread': '{{repository}} のイメージを読み取れませんでした。',
  'images.empty.unknown':
    '{{name}} のイメージは見つかっていません。Argo CD アプリケーションがイメージを使用するか、Image Updater の対象に指定すると、そのリポジトリのイメージがここに表示されます。アノテーション aws.amazon.com/amazon-ecr-arn または aws.amazon.com/amazon-ecr-tags で指定したリポジトリも同様です。',
  'images.empty.repository':
    '{{repository}} のイメージはまだ見つかっていません。イメージをプッシュするか、Landfall がこのレジストリを読み込むように設定されているか確認してください。',
  'images.error.read': '{{name}} のイメージを読み込めませんでした。',
  'images.error.reread':
    '{{name}} のイメージを更新できませんでした。最後に確認した状態を表示しています。',
  'images.applications.list': 'Image Updater の次の動作',
  'images.applications.unmanaged': 'イメージの更新は設定されていません',
  'images.applications.unusable': 'Image Updater の設定を使用できません',
  'images.applications.open': 'Image Updater の動作を試す',
  'images.applications.openFor':
    '{{application}} に対する Image Updater の動作を試す',
  'images.findings.list': '変更が必要な Image Updater の設定',
  'images.findings.application': '{{environment}}、{{application}}',
  'images.findings.severity.error': 'エラー',
  'images.findings.severity.warning': '警告',
  'images.findings.severity.info': '注意',
  'images.findings.sentence': '{{sentence}}。',
  'images.findings.place': '{{kind}} {{name}}: {{place}}',
  'images.availability.available':
    '{{version}} を利用できます。Image Updater が次のサイクルで適用します',
  'images.availability.downgrade':
    'Image Updater が次のサイクルで {{version}} に戻します',
  'images.availability.passedOver': '対象外: {{version}} ({{reason}})',
  'images.availability.notEnabled':
    'Image Updater は有効になっていません: {{advice}}',
  'images.availability.unusable': 'Image Updater は何も行いません: {{advice}}',
  'images.updater.title': 'Image Updater の動作を試す',
  'images.updater.subtitle':
    '{{environment}} の {{application}}、{{repository}}',
  'images.updater.intro':
    'ポリシーを変更して、リポジトリのどのタグが選ばれるかを確認できます。変更は保存されません。',
  'images.updater.close': '閉じる',
  'images.updater.notFound':
    'リンク先のアプリケーションは {{name}} のものではないか、すでに存在しません。',
  'images.updater.form': 'ポリシー',
  'images.updater.constraint': '制約',
  'images.updater.followedTag': '追跡するタグ',
  'images.updater.constraintUnused': 'この戦略では使用されません',
  'images.updater.constraintHelp':
    '例: ~1.4、>=1.2 <2。空欄の場合はすべてのバージョン',
  'images.updater.followedTagHelp': 'ダイジェストを追跡するタグ。例: latest',
  'images.updater.strategy': '戦略',
  'images.updater.strategies.semver': 'semver: 最も高いバージョン',
  'images.updater.strategies.newestBuild': 'newest-build: 最新のビルド',
  'images.updater.strategies.alphabetical': 'alphabetical: 名前順で最後',
  'images.updater.strategies.digest': 'digest: 1 つのタグのダイジェスト',
  'images.updater.allowTags': '許可するタグ',
  'images.updater.allowTagsHelp': 'regexp: に続けて Go の正規表現、または any',
  'images.updater.ignoreTags': '無視するタグ',
  'images.updater.ignoreTagsHelp':
    '*-rc* などのパターン。複数の場合はカンマで区切ります',
  'images.updater.platforms': 'プラットフォーム',
  'images.updater.platformsHelp':
    '例: linux/arm64。空欄の場合は Image Updater のプラットフォーム',
  'images.updater.reset': 'リセット',
  'images.updater.result': '結果',
  'images.updater.problems': 'ポリシーの問題',
  'images.updater.others': 'その他のタグ',
  'images.updater.tag': 'タグ',
  'images.updater.pushed': 'プッシュ日時',
  'images.updater.reason': '理由',
  'images.updater.runs': '稼働中',
  'images.updater.more': '他 {{total}} 個',
  'images.updater.annotations': 'Application のアノテーション',
  'images.updater.annotationsHelp':
    'useAnnotations を指定した ImageUpdater によって有効になる場合に、metadata.annotations に記述します。',
  'images.updater.copy': 'アノテーションをコピー',
  'images.updater.noAnnotations':
    'アノテーション image-list はイメージをカンマで区切るため、この制約を含めることができません。カンマを使わずに記述してください。すべての条件を満たす必要がある場合は空白で区切ります。',
};

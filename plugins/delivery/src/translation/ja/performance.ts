/** @internal */
export const performance = {
  'performance.title': 'デリバリーのパフォーマンス',
  'performance.loading': 'デリバリーのパフォーマンスを読み込んでいます',
  'performance.error': 'デリバリーのパフォーマンスを読み込めませんでした。',
  'performance.errorStale':
    'デリバリーのパフォーマンスを更新できませんでした。最後に取得した数値を表示しています。',
  'performance.noApplications': '測定対象のアプリケーションが見つかりません。',
  'performance.noDeployments': 'この期間にデプロイはありません。',
  'performance.controls.period': '期間',
  'performance.controls.interval': '集計単位',
  'performance.controls.environment': '環境',
  'performance.controls.allEnvironments': 'すべて',
  'performance.controls.days': '過去 {{value}} 日間',
  'performance.controls.weeks': '過去 {{value}} 週間',
  'performance.controls.dates': '日付を指定',
  'performance.controls.from': '開始日',
  'performance.controls.to': '終了日',
  'performance.controls.problems.incomplete':
    '開始日と終了日を入力してください。',
  'performance.controls.problems.reversed': '終了日が開始日より前です。',
  'performance.controls.problems.too-long': '期間は最長 1 年です。',
  'performance.controls.day': '日',
  'performance.controls.week': '週',
  'performance.figures.list': '指標',
  'performance.figures.none': 'データなし',
  'performance.figures.definitionOf': '{{title}}の定義',
  'performance.figures.within90': '90% が {{duration}}以内',
  'performance.frequency.title': 'デプロイの頻度',
  'performance.frequency.perDay': '1 日あたり {{value}} 回',
  'performance.frequency.perWeek': '1 週間あたり {{value}} 回',
  'performance.frequency.perMonth': '1 か月あたり {{value}} 回',
  'performance.frequency.detail': 'デプロイ {{deployments}} 回',
  'performance.frequency.oneDeployment': 'デプロイ 1 回',
  'performance.frequency.definition':
    'Argo CD の同期によって新しいバージョンがアプリケーションに適用され、アプリケーションが正常 (Healthy) になった頻度です。1 回の同期に含まれるイメージはまとめて 1 回のデプロイと数えます。ロールバックなど、以前のバージョンに戻すものは数えません。',
  'performance.leadTime.title': 'リードタイム',
  'performance.leadTime.definition':
    'イメージがレジストリにプッシュされてから、アプリケーションがそのイメージで正常 (Healthy) になるまでの時間です。半数のバージョンはこの時間以内でした。アプリケーションごとに、そのバージョンの最初のデプロイを数えます。',
  'performance.failureRate.title': '変更失敗率',
  'performance.failureRate.detail':
    'デプロイ {{attempts}} 回のうち {{failures}} 回が失敗',
  'performance.failureRate.definition':
    '同期に失敗したもの、正常 (Healthy) になる前に Degraded になったもの、ロールバックされたものの割合です。その後回復したものも含みます。',
  'performance.restoreTime.title': '復旧時間',
  'performance.restoreTime.definition':
    'デプロイが失敗してから、アプリケーションがそのバージョンまたは以降のバージョンで正常 (Healthy) になるか、ロールバックが適用されるまでの時間です。半数の失敗はこの時間以内に復旧しました。',
  'performance.trend.more':
    'その前の {{days}} 日間より {{value}} 多い: {{judgement}}',
  'performance.trend.less':
    'その前の {{days}} 日間より {{value}} 少ない: {{judgement}}',
  'performance.trend.longer':
    'その前の {{days}} 日間より {{value}} 長い: {{judgement}}',
  'performance.trend.shorter':
    'その前の {{days}} 日間より {{value}} 短い: {{judgement}}',
  'performance.trend.pointsMore':
    'その前の {{days}} 日間より {{value}} ポイント高い: {{judgement}}',
  'performance.trend.pointsLess':
    'その前の {{days}} 日間より {{value}} ポイント低い: {{judgement}}',
  'performance.trend.same': 'その前の {{days}} 日間と同じ',
  'performance.trend.none': 'その前の {{days}} 日間の数値はありません',
  'performance.trend.better': '改善',
  'performance.trend.worse': '悪化',
  'performance.shares.title': 'リードタイムの内訳',
  'performance.shares.caption':
    'すべての段階の時刻がわかる {{versions}} 個のバージョンの平均',
  'performance.shares.stage': '段階',
  'performance.shares.mean': '平均時間',
  'performance.shares.share': '割合',
  'performance.shares.proposed': '提案まで',
  'performance.shares.committed': 'コミットまで',
  'performance.shares.synced': '同期まで',
  'performance.shares.healthy': '正常になるまで',
  'performance.charts.deployments': 'デプロイと失敗',
  'performance.charts.leadTime': 'リードタイム',
  'performance.charts.restoreTime': '復旧時間',
  'performance.charts.succeeded': '失敗なし',
  'performance.charts.failed': '失敗',
  'performance.charts.median': '中央値',
  'performance.charts.p90': '90 パーセンタイル',
  'performance.charts.description':
    '{{title}}、{{from}} から {{to}} まで。{{summary}}。',
  'performance.charts.highest': '{{series}}: 最大値 {{value}} ({{at}})',
  'performance.charts.nothing': 'データなし',
  'performance.charts.asTable': '表',
  'performance.charts.asChart': 'グラフ',
  'performance.charts.showTable': '{{title}}を表で表示',
  'performance.charts.showChart': '{{title}}をグラフで表示',
  'performance.charts.csv': 'CSV',
  'performance.charts.download': '{{title}}を CSV でダウンロード',
  'performance.table.day': '日 (UTC)',
  'performance.table.week': '週 (UTC)',
  'performance.table.deployments': 'デプロイ',
  'performance.table.healthy': '正常',
  'performance.table.failures': '失敗',
  'performance.table.failureRate': '失敗率',
  'performance.table.versions': 'バージョン',
  'performance.table.restored': '復旧',
  'performance.table.unknown': '観測なし',
  'performance.table.none': '–',
  'performance.notes.knownSince': '{{day}} より前のことはわかりません。',
  'performance.notes.observed':
    'どの情報源も時刻を報告しない場合は、Landfall が検出した時刻を使います。該当するバージョンは {{versions}} 個です。',
  'performance.notes.leftOut': '含まれないもの: {{reasons}}。',
  'performance.notes.reason': '{{reason}} ({{total}})',
  'performance.notes.utc': '日付は UTC です。',
  'performance.leftOut.before-watch':
    'Landfall がアプリケーションを監視する前のデプロイ',
  'performance.leftOut.repeated':
    'ロールバックなど、以前のバージョンに戻すもの',
  'performance.leftOut.under-way': '進行中',
  'performance.leftOut.unconfirmed':
    '正常になったことを観測する前に置き換えられたもの',
  'performance.leftOut.no-push-time':
    'プッシュの時刻がないもの (リードタイムのみ)',
  'performance.leftOut.no-stage-times': '段階の時刻が欠けているもの (内訳のみ)',
  'performance.leftOut.no-failure-time':
    '失敗せずにロールバックされたもの (復旧時間のみ)',
  'performance.leftOut.not-restored': 'まだ復旧していないもの (復旧時間のみ)',
} as const;

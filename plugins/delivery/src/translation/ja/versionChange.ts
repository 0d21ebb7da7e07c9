/** Why a version can't be changed in Git, and what to do about it. @internal */
export const versionChange = {
  'message.change.yaml-invalid':
    '{{path}} を YAML として読めません: {{message}}。先にファイルを修正してください',
  'message.change.file-missing':
    '{{path}} は Argo CD が追うリビジョンにないか、テキストファイルではありません',
  'message.change.file-too-large':
    '{{path}} は大きすぎるため、ここでは編集できません',
  'message.change.version-invalid':
    '「{{version}}」はイメージのタグにできません。タグに使えるのは英数字、ピリオド、アンダースコア、ハイフンです',
  'message.change.version-not-found':
    '{{path}} に {{repository}} のバージョンの値がありません。実行中のバージョンで値を追加するか、手動で変更してください',
  'message.change.version-included':
    '{{repository}} のバージョンは、{{path}} が取り込む {{place}} に書かれています。他の環境も取り込んでいる可能性があるため、そこは変更しませんでした。{{path}} の images に、name を {{repository}}、newTag を実行中のバージョンとする項目を追加するか、手動で変更してください',
  'message.change.version-elsewhere':
    '{{path}} に {{repository}} のバージョンの値がなく、このリポジトリにないものを取り込んでいます: {{remote}}。{{path}} の images に、name を {{repository}}、newTag を実行中のバージョンとする項目を追加するか、手動で変更してください',
  'message.change.version-ambiguous':
    '{{path}} には {{repository}} のバージョンになり得る値が複数あるため ({{keys}})、変更しませんでした。Image Updater の設定で正しい値を指定するか、手動で変更してください',
  'message.change.version-shared':
    '{{path}} の値 {{key}} は YAML アンカーで他の値にも使われています。手動で変更してください',
  'message.change.version-pinned':
    '{{path}} の値 {{key}} はダイジェストを指定しており、タグを変えても効果がありません。ダイジェストを削除するか、手動で変更してください',
  'message.change.version-not-text':
    '{{path}} の値 {{key}} は単一のテキストではないため、バージョンにできません。手動で変更してください',
  'message.change.same':
    'Git では {{repository}} はすでに {{version}} なので、何も変わりません',
  'message.change.source-not-git':
    '{{repository}} のバージョンは、アプリケーションが使う Git リポジトリで設定されていません。アプリケーションの定義で変更してください',
  'message.change.sources-ambiguous':
    'アプリケーションの複数のソースが {{repository}} のバージョンを設定できます。Image Updater の設定でファイルを指定するか、手動で変更してください',
  'message.change.updater-writes-to-cluster':
    'Image Updater は {{repository}} のバージョンを Git ではなくクラスター内の Application に書き込みます。write-back-method を git にしてください',
  'message.change.manifest-not-found':
    '{{repository}} のバージョンは Application {{application}} 自体 (ソースの {{field}}) で設定されていますが、変更対象の唯一のリポジトリである {{url}} に、このバージョンを持つマニフェストが見つかりません。Application の定義で変更するか、そこから削除して {{url}} のファイルでバージョンを設定してください',
  'message.change.hold-not-found':
    'Image Updater による {{repository}} の更新を止められません: 設定を持つ {{resource}} が {{url}} に見つかりません',
  'message.change.hold-without-alias':
    'Image Updater による {{repository}} の更新を止められません: image-list のイメージにエイリアスがありません。エイリアスを付けてください',
  'message.change.hold-several':
    'Image Updater による {{repository}} の更新を止められません: {{total}} 件の設定が対象です。1 つだけ残してください',
  'message.change.not-held': '{{repository}} の更新は止められていません',
  'message.change.not-updated':
    'Image Updater はここで {{repository}} を更新しないため、止めるものがありません',
  'message.change.refused': '{{message}}',
  'message.change.note-approval':
    '{{approvers}} のメンバーが承認するまで待ちます',
  'message.change.note-no-image':
    '前回の読み取りでは、レジストリにイメージ {{version}} がありませんでした。プッシュした直後でなければ、バージョンを確認してください',
  'message.change.note-merge': 'リクエストがマージされるまで何も変わりません',
  'message.change.note-syncs': 'ブランチに入ると Argo CD が自動で同期します',
  'message.change.note-sync-manual':
    '自動同期はオフです。ブランチに入ったらアプリケーションを同期してください',
  'message.change.note-updater-moves':
    'その後、Image Updater が次のサイクルで {{version}} を設定します',
  'message.change.note-held':
    '更新を再開するまで、Image Updater はこのバージョンを変更しません',
  'message.change.note-resumes':
    'その後、Image Updater が次のサイクルで {{version}} を設定します',
} as const;

/** @internal */
export const reasons = {
  'message.stuck.updater-cycle': 'Image Updater の次のサイクルを待っています',
  'message.stuck.policy-passes-over':
    'Image Updater は {{version}} を対象外とします: {{verdict}}',
  'message.stuck.updater-failing':
    'Image Updater が ImageUpdater {{updater}} について報告しています: {{message}}',
  'message.stuck.comparison-pending':
    'Argo CD の次の比較を待っています。最後の比較はプッシュより前のため、コミットの有無はまだわかりません',
  'message.stuck.updater-queue':
    'Image Updater はキューを処理しています: {{total}} 件中 {{committed}} 件のアプリケーションにこのバージョンがあります',
  'message.stuck.updater-unusable':
    'コミットされていません。このイメージに対する Image Updater の設定が使用できません: {{message}}',
  'message.stuck.updater-not-visible':
    'まだコミットされていません。Argo CD から見える ImageUpdater はありませんが、Image Updater が {{at}} にこのアプリケーションのコミットを行ったため、存在しています',
  'message.stuck.updater-not-enabled':
    'コミットされていません: このアプリケーションを選択する useAnnotations 付きの ImageUpdater がないため、アノテーションは無視されます',
  'message.stuck.updaters-unreadable':
    'コミットされておらず、原因は不明です: Argo CD「{{instance}}」の ImageUpdater リソースを読み込めませんでした',
  'message.stuck.updater-overdue':
    'Image Updater に十分な時間がありましたが、コミットされていません: {{cause}}',
  'message.stuck.merge-pending':
    'リクエスト {{request}} のマージを待っています: {{url}}',
  'message.stuck.request-closed':
    'コミットされていません: リクエスト {{request}} はマージされずにクローズされました: {{url}}',
  'message.stuck.request-missing':
    'ブランチ {{branch}} で提案されていますが、マージリクエストは作成されていません',
  'message.stuck.merge-not-compared':
    'リクエスト {{request}} はマージされましたが、Argo CD は新しいリビジョンをまだ比較していません: {{url}}',
  'message.stuck.not-refreshed':
    'Argo CD は新しいリビジョンをまだ比較していません',
  'message.stuck.comparison-failed': '{{message}}',
  'message.stuck.automated-sync-off': '自動同期がオフになっています',
  'message.stuck.rollback-undone':
    'Image Updater はロールバック後に {{version}} を再びコミットしました',
  'message.stuck.sync-window-closed': '{{cause}}',
  'message.stuck.sync-windows-unreadable':
    '同期されていません。同期ウィンドウによる制限の有無を読み込めませんでした',
  'message.stuck.sync-pending': 'まもなく Argo CD が同期します',
  'message.stuck.syncing': '{{message}}',
  'message.stuck.sync-failing': '{{message}}',
  'message.stuck.rolling-out': '{{message}}',
  'message.stuck.suspended': '{{message}}',
  'message.stuck.degraded': '{{message}}',
  'message.stuck.missing': '{{message}}',
  'message.cause.reported': '{{message}}',
  'message.cause.updater-looked':
    'ImageUpdater {{updater}} が最後にアプリケーションを確認したのは {{at}} です',
  'message.cause.updater-wrote':
    'Image Updater は {{at}} にこのアプリケーションを {{version}} に更新したと報告していますが、Argo CD にはそのコミットがありません',
  'message.cause.updater-wrote-some':
    'ImageUpdater {{updater}} は {{at}} にイメージを {{version}} に更新したと報告していますが、Argo CD にはそのコミットがありません',
  'message.cause.updater-silent':
    'ImageUpdater {{updater}} は確認を報告していません',
  'message.cause.image-unreferenced':
    'アノテーションにも ImageUpdater にもこのイメージの指定がありません',
  'message.cause.window-denies':
    '同期ウィンドウにより同期が禁止されています: {{windows}}',
  'message.cause.window-awaited': '同期ウィンドウを待っています: {{windows}}',
  'message.cause.window-denies-until':
    '同期ウィンドウにより {{until}} まで同期が禁止されています: {{windows}}',
  'message.cause.window-awaited-until':
    '{{until}} に開く同期ウィンドウを待っています: {{windows}}',
  'message.cause.window': '{{schedule}} から {{duration}}',
  'message.cause.window-in-zone':
    '{{schedule}} ({{timeZone}}) から {{duration}}',
  'message.cause.sync-running': '同期を実行しています',
  'message.cause.sync-failed': '同期に失敗しました',
  'message.cause.no-pods': '現在これを実行している Pod はありません',
  'message.cause.pods-replaced': 'Pod を置き換えています',
  'message.cause.rollout-paused': 'ロールアウトは一時停止しています',
  'message.cause.resources-missing': 'アプリケーションのリソースがありません',
  'message.cause.application-degraded': 'アプリケーションは Degraded です',
  'message.cause.commit-not-observed':
    '{{version}} を含むコミットは観測されていないため、この変更に含まれていない可能性があります',
  'message.promotion.replaced': '{{version}} に置き換えられました',
  'message.promotion.passed-by':
    'デプロイされる前に {{version}} に置き換えられました',
  'message.promotion.passed-by-many':
    '{{version}} など、後からプッシュされた複数のバージョンに置き換えられました',
  'message.promotion.superseded-after-failing':
    '失敗した後、{{version}} に置き換えられました: {{cause}}',
  'message.promotion.superseded-after-failing-unexplained':
    '失敗した後、{{version}} に置き換えられました',
  'message.promotion.rolled-back': '{{version}} にロールバックされました',
  'message.promotion.rolled-back-by':
    '{{user}} が {{version}} にロールバックしました',
  'message.promotion.not-applied':
    'Argo CD はアプリケーションを Synced としていますが、このバージョンは実行されていません',
  'message.promotion.image-removed':
    'イメージはデプロイされる前にレジストリから削除されました',
  'message.promotion.image-moved':
    'イメージの取得元は {{repository}} に変わりました',
  'message.promotion.image-unused':
    'アプリケーションはこのイメージを使用しなくなりました',
  'message.promotion.application-gone': 'アプリケーションはすでに存在しません',
  'message.promotion.sync-failed': '{{message}}',
  'message.promotion.degraded': '{{message}}',
  'message.promotion.degraded-unexplained': 'アプリケーションは Degraded です',
  'message.promotion.other': '{{text}}',
  'message.verdict.chosen': 'ポリシーにより選択されます',
  'message.verdict.image-name-invalid': '{{message}}',
  'message.verdict.constraint-missing': '{{message}}',
  'message.verdict.constraint-invalid': '制約を解釈できません: {{message}}',
  'message.verdict.not-allowed': 'allow-tags {{allowTags}} に一致しません',
  'message.verdict.allow-tags-unreadable':
    'allow-tags を解釈できません: {{allowTags}}',
  'message.verdict.ignored': 'ignore-tags {{pattern}} に一致します',
  'message.verdict.not-followed':
    'ダイジェストを追跡するタグ {{tag}} ではありません',
  'message.verdict.unreadable':
    'マニフェストまたはビルド日時を読み込めませんでした',
  'message.verdict.platform-missing':
    '{{found}} 用のビルドで、{{wanted}} 用ではありません',
  'message.verdict.platforms-unknown':
    'どのプラットフォーム用のビルドでもないため、{{wanted}} では使用できません',
  'message.verdict.not-semver': 'セマンティックバージョンではありません',
  'message.verdict.prerelease':
    'プレリリースですが、制約 {{constraint}} はプレリリースを含みません',
  'message.verdict.prerelease-unconstrained':
    'プレリリースです。>=1.0.0-0 のようにプレリリースを含む制約でのみ対象になります',
  'message.verdict.outside-constraint': '制約 {{constraint}} の範囲外です',
  'message.verdict.lower': '{{chosen}} より低いバージョンです',
  'message.verdict.same-version':
    '{{chosen}} と同じバージョンですが、名前の順序では {{chosen}} が後になります',
  'message.verdict.built-before': '{{chosen}} より前のビルドです',
  'message.verdict.built-together':
    '{{chosen}} と同時のビルドですが、名前の順序では {{chosen}} が後になります',
  'message.verdict.build-date-unknown':
    'どのバージョンが最後にビルドされたか不明です',
  'message.verdict.seems-older':
    '{{chosen}} より前にプッシュされました。ビルド日時は不明です',
  'message.verdict.sorts-before': '{{chosen}} より前の順序です',
  'message.verdict.older': '別のバージョンが優先されます',
  'message.verdict.duplicate': '同じタグがリストの前方にすでにあります',
  'message.verdict.untagged':
    'タグがないため、Image Updater の対象になりません',
  'message.selection.unusable': '{{message}}',
  'message.selection.no-tags': 'リポジトリにタグがありません',
  'message.selection.unread': 'リポジトリを読み込めませんでした',
  'message.selection.none':
    '{{total}} 個のバージョンはいずれも選択できません: {{verdicts}}',
  'message.selection.tally': '{{verdict}} ({{total}} 個)',
  'message.selection.chosen': 'Image Updater は {{tag}} を設定します',
  'message.selection.not-live':
    'アプリケーションは {{image}} を使用していません。Image Updater は稼働中のイメージのみを更新します',
  'message.selection.update':
    'Image Updater は {{running}} を {{tag}} に変更します',
  'message.selection.update-untagged':
    'Image Updater はタグのない箇所に {{tag}} を設定します',
  'message.selection.unpredictable':
    'Image Updater が設定するバージョンは予測できません。基準となるビルド日時がここでは不明です。最後にプッシュされたのは {{tag}} です',
  'message.selection.downgrade':
    'Image Updater は {{running}} が見つからないか受け入れられないため、{{tag}} に戻します',
  'message.selection.up-to-date': '{{tag}} はすでに稼働しています',
  'message.doubt.build-date-unknown':
    'Image Updater はビルド日時を基準にしますが、ここでは不明なため、代わりにプッシュ日時を使用しています',
  'message.doubt.platforms-unknown':
    '{{tag}} に {{platforms}} 用のイメージがあるかどうかは、ここでは不明です',
  'message.advice.updater-log': '詳細は Image Updater のログを参照してください',
  'message.advice.enable-updater':
    'このアプリケーションを選択する、useAnnotations 付きの ImageUpdater を追加してください',
  'message.advice.check-updater':
    'Image Updater のログと ImageUpdater {{updater}} を確認してください',
  'message.advice.reference-image':
    'アノテーション image-list または ImageUpdater でイメージを指定してください',
  'message.advice.grant-reading':
    'Argo CD がアクセスを拒否しました。このアプリケーションと、ImageUpdater リソースを管理するアプリケーションに対する `applications, get` を、ポータルのアカウントに付与してください',
  'message.advice.wait-for-argocd':
    'Argo CD から応答がありませんでした。再試行します',
  'message.advice.portal-log':
    'Argo CD は応答に失敗しました。詳細はポータルのログを参照してください',
  'message.advice.grant-kubernetes':
    'Kubernetes がアクセスを拒否しています。ポータルのサービスアカウントに apiGroups: [{{group}}]、resources: [imageupdaters]、verbs: [list, watch] の ClusterRole を割り当ててください',
  'message.advice.install-updater':
    'クラスターに ImageUpdater の CRD がありません。Image Updater 1 をインストールするか、設定の delivery.imageUpdater.kubernetes を修正してください',
  'message.advice.wait-for-kubernetes':
    'Kubernetes API から応答がありませんでした。再試行します',
  'message.advice.kubernetes-log':
    'Kubernetes API を読み込めません。詳細はポータルのログを参照してください',
  'message.advice.check-branch':
    'Argo CD が参照するリポジトリ、ブランチ、パスに書き込んでいるか確認してください',
  'message.advice.merge-request':
    'リクエストをレビューしてマージする必要があります',
  'message.advice.reopen-request':
    'リクエストを再度オープンしてマージするか、別のバージョンをプッシュしてください',
  'message.advice.open-request':
    '{{branch}} を {{base}} にマージするリクエストを作成してください',
  'message.advice.sync-application':
    'アプリケーションを手動で同期する必要があります',
  'message.advice.stop-update':
    '再発を防ぐには、バージョンの制約を狭めるか、修正したバージョンをプッシュしてください',
  'message.advice.allow-tags-malformed':
    'どのタグも許可されません。「regexp:{{expression}}」のように、正規表現の前に「regexp:」を付けてください',
  'message.advice.allow-tags-unknown-function':
    'どのタグも許可されません。「{{name}}:」の代わりに、「regexp:」と正規表現、または「any」を使用してください',
  'message.advice.allow-tags-invalid-expression':
    'どのタグも許可されません。Go の正規表現 (RE2。先読み、後読み、後方参照は使用不可) になるように修正してください: {{message}}',
  'message.advice.allow-tags-too-complex':
    'Landfall は許可されるタグを判定できないため、どのタグも許可しません。Image Updater 自体にこの制限はありません。正規表現を {{characters}} 文字以内に短縮し、繰り返しを合計 {{instructions}} 回未満にしてください',
  'message.advice.application-type-unsupported':
    'Image Updater が対応するのは Helm、Kustomize、プラグインのソースのみです。いずれかを使用するか、write-back target に「kustomization」または「helmvalues:<file>」を指定してください',
  'message.advice.applications-missing':
    'spec.applicationRefs でアプリケーションを指定してください',
  'message.advice.constraint-invalid':
    '何も選択されません。~1.4、^2、1.x、「>=1.2 <2」のように制約をバージョンの範囲で指定するか、別の更新戦略を選んでください',
  'message.advice.constraint-too-long':
    'Landfall は {{characters}} 文字を超える制約を評価しないため、何も選択しません。制約を短くしてください',
  'message.advice.constraint-missing':
    '「{{image}}:latest」のように、ダイジェストを追跡するタグを指定してください',
  'message.advice.force-update-invalid':
    'どのイメージも更新されません。force-update には「true」または「false」を指定してください',
  'message.advice.git-secret-foreign':
    '何もコミットされません。アプリケーションの名前空間 {{namespace}} にある Secret を使用してください',
  'message.advice.git-secret-unused':
    '何もコミットされません。Image Updater が Secret を使用するのは https:// と SSH のリポジトリのみです。そのいずれかを使用するか、write-back method を git:repocreds にしてください',
  'message.advice.ignore-tags-malformed':
    'このパターンは何も無視せず、Image Updater も報告しません。「{{pattern}}」の括弧が閉じるように修正してください',
  'message.advice.ignore-tags-too-long':
    'Landfall が評価するのは最初の {{used}} 個のみです。Image Updater 自体にこの制限はありません。パターンを減らすか短くしてください',
  'message.advice.image-list-empty':
    'アノテーション {{annotation}} に少なくとも 1 つのイメージを追加してください',
  'message.advice.image-list-missing':
    'アノテーション {{annotation}} にアプリケーションのイメージを列挙するか、useAnnotations の代わりに ImageUpdater で指定してください',
  'message.advice.image-name-empty':
    'リスト内のどのイメージも更新されません。「{{alias}}=」の後にイメージを指定してください',
  'message.advice.image-name-differs':
    'このイメージは更新されません。Image Updater は名前を表記のまま比較し、アプリケーションは {{running}} を実行しています。同じ表記でイメージを記述してください',
  'message.advice.image-name-invalid':
    'この名前のリポジトリはどのレジストリにも存在できません。イメージ「{{image}}」を修正してください',
  'message.advice.image-name-library':
    'このイメージは更新されません。Image Updater 1.3 は実行中のイメージの名前から「library/」を取り除きます。名前が library/ で始まらないリポジトリにイメージを移してください',
  'message.advice.label-selector-invalid':
    'この参照は何にも一致しません。labelSelectors を修正してください',
  'message.advice.manifest-targets-ambiguous':
    'リスト内のどのイメージも更新されません。{{alias}} のアノテーションは helm.* と kustomize.* のどちらか一方のみにしてください',
  'message.advice.manifest-targets-of-image-ambiguous':
    'このイメージは除外されます。manifestTargets には helm、kustomize、plugin のいずれか 1 つのみを残してください',
  'message.advice.name-pattern-invalid':
    'リソース全体が無効です。namePattern の括弧が閉じるように修正してください',
  'message.advice.not-enabled':
    'バージョン 1 以降、名前空間 {{namespace}} の ImageUpdater が有効にしない限り、Image Updater はアノテーションを無視します。applicationRefs: [{namePattern: {{name}}, useAnnotations: true}] を指定した ImageUpdater を追加してください',
  'message.advice.not-visible':
    'Image Updater が {{at}} にこのアプリケーションのコミットを行ったため、ImageUpdater は存在します。その動作を表示するには、Landfall が読み取る Argo CD アプリケーションでそれを管理するか、設定で delivery.imageUpdater.kubernetes を指定してください',
  'message.advice.overlapping-updaters':
    '互いの変更を取り消し合います。namePattern と labelSelectors が重複しないようにしてください',
  'message.advice.platform-malformed':
    '「{{platform}}」に一致するイメージはありません。linux/arm64 のように、os/architecture の形式で指定してください',
  'message.advice.pull-secret-foreign':
    'このイメージは更新されません。アプリケーションの名前空間 {{namespace}} にある Secret を使用してください',
  'message.advice.pull-secret-invalid':
    'このイメージは更新されません。Secret は pullsecret:{{namespace}}/<name> または secret:{{namespace}}/<name>#<field> の形式で指定するか、env:<variable> または ext:/<スクリプトのパス> を使用してください',
  'message.advice.pull-request-branch':
    '何も書き込まれません。ベースブランチのみを指定してください',
  'message.advice.pull-request-provider':
    '何も書き込まれません。github と gitlab のどちらか一方のみを残してください',
  'message.advice.source-missing': 'Application にソースを指定してください',
  'message.advice.strategy-renamed':
    '「{{name}}」の代わりに「{{strategy}}」を指定してください',
  'message.advice.strategy-unknown':
    '更新戦略には semver、newest-build、alphabetical、digest のいずれかを使用してください',
  'message.advice.write-back-branch-invalid':
    '何も書き込まれません。ブランチは base、base:target、:target のいずれかの形式で指定してください',
  'message.advice.write-back-credentials-invalid':
    '何も書き込まれません。write-back method には git:repocreds または git:secret:<namespace>/<name> を使用してください',
  'message.advice.write-back-method-invalid':
    '何も書き込まれません。write-back method には argocd、git、git:repocreds、git:secret:<namespace>/<name> のいずれかを使用してください',
  'message.advice.write-back-target-invalid':
    '何も書き込まれません。write-back target には「kustomization:」とフォルダーを指定してください',
};

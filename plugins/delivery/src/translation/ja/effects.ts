/** What Image Updater does with settings that should be changed. @internal */
export const effects = {
  'message.effect.unknown-key':
    'Image Updater に {{key}} という設定はないため、無視されます',
  'message.effect.misspelt-key':
    'Image Updater に {{key}} という設定はないため、無視されます',
  'message.effect.misspelt-prefix':
    '{{key}} は Image Updater の設定と接頭辞が異なるため、無視されます',
  'message.effect.key-of-application':
    '{{key}} は無視されます。{{setting}} はアプリケーション全体にのみ、エイリアスなしで指定できます',
  'message.effect.key-of-image':
    '{{key}} は無視されます。{{setting}} は個々のイメージにのみ指定できます',
  'message.effect.alias-unlisted':
    '{{key}} は無視されます。image-list にエイリアス {{alias}} のイメージはありません',
  'message.effect.alias-misspelt':
    '{{key}} は無視されます。image-list にエイリアス {{alias}} のイメージはありません',
  'message.effect.value-empty': '{{key}} は値がないため、無視されます',
  'message.effect.value-not-text':
    '{{key}} の値が文字列ではないため、Kubernetes が Application を拒否します',
  'message.effect.label-not-annotation':
    'ラベル {{key}} は無視されます。設定はアノテーションで指定します',
  'message.effect.image-list-missing':
    'image-list がないため、すべての設定が無視されます',
  'message.effect.image-list-empty':
    'image-list が空のため、どのイメージも更新されません',
  'message.effect.image-name-empty':
    '「{{alias}}=」の後に何もないため、リストのどのイメージも更新されません',
  'message.effect.image-url':
    '{{image}} は URL のため、実行中のイメージと一致しません',
  'message.effect.image-name-invalid':
    'その名前のリポジトリは存在し得ないため、イメージ {{image}} は更新されません',
  'message.effect.image-name-form':
    'イメージ {{image}} は更新されません。アプリケーションでは {{running}} として実行されており、Image Updater は別のイメージとして扱います',
  'message.effect.image-not-run':
    'アプリケーションで実行されていないため、イメージ {{image}} は更新されません',
  'message.effect.image-digest-ignored':
    '{{image}} の後のダイジェストは無視されます',
  'message.effect.constraint-comma':
    'カンマはイメージの区切りのため、「{{image}}」は別のイメージとして読み取られます',
  'message.effect.alias-invalid':
    '後に「=」が続くため、「{{alias}}」はエイリアスとして読み取られます',
  'message.effect.force-update-invalid':
    '「{{value}}」は真偽値ではないため、どのイメージも更新されません',
  'message.effect.manifest-targets-ambiguous':
    '{{alias}} に複数の種類の書き込み先があるため、どのイメージも更新されません',
  'message.effect.strategy-unknown':
    'Image Updater に「{{strategy}}」という戦略はないため、semver が使用されます',
  'message.effect.strategy-renamed':
    '「{{name}}」はまだ使用できますが、{{strategy}} の以前の名前です',
  'message.effect.constraint-invalid':
    '「{{constraint}}」はバージョンの範囲ではないため、何も選択されません',
  'message.effect.constraint-missing':
    '{{image}} にダイジェストを追跡するタグがないため、何も選択されません',
  'message.effect.constraint-ignored':
    '戦略 {{strategy}} では、制約「{{constraint}}」は無視されます',
  'message.effect.followed-tag-range':
    '何も選択されません。digest は名前が「{{constraint}}」と完全に一致するタグを追跡します',
  'message.effect.platforms-ignored':
    '戦略 {{strategy}} はタグ名のみを読み取るため、プラットフォームは無視されます',
  'message.effect.platform-malformed':
    'プラットフォーム「{{platform}}」のイメージはないため、何も選択されません',
  'message.effect.platform-unknown':
    '何も選択されません。レジストリでは {{platform}} のアーキテクチャを {{architecture}} と呼びます',
  'message.effect.allow-tags-malformed':
    '「{{expression}}」の前に「regexp:」がないため、どのタグも許可されません',
  'message.effect.allow-tags-unknown-function':
    '「{{name}}」はフィルターの種類ではないため、どのタグも許可されません',
  'message.effect.allow-tags-invalid-expression':
    'Go が正規表現をコンパイルできないため、どのタグも許可されません: {{message}}',
  'message.effect.allow-tags-too-complex':
    'どのタグが許可されるかを Landfall は評価できません。Image Updater は評価できます',
  'message.effect.allow-tags-impossible':
    'どのタグも許可されません。正規表現「{{expression}}」は、タグに含まれることのない {{character}} を必要とします',
  'message.effect.ignore-tags-all':
    'パターン {{pattern}} がすべてのタグを無視するため、何も選択されません',
  'message.effect.ignore-tags-malformed':
    '括弧が閉じられていないため、パターン {{pattern}} は何も無視しません',
  'message.effect.ignore-tags-never':
    'パターン {{pattern}} は何も無視しません。タグに含まれることのない {{character}} を必要とします',
  'message.effect.ignore-tags-negation':
    'パターン {{pattern}} は、残すはずの文字を含むタグを無視します。「!」は否定になりません',
  'message.effect.ignore-tags-too-long':
    'Landfall はパターンの一部のみを評価します。Image Updater はすべてを使用します',
  'message.effect.pull-secret-invalid':
    'プル用の Secret の形式を Image Updater が読み取れないため、イメージは更新されません',
  'message.effect.pull-secret-namespace':
    'プル用の Secret は名前空間 {{namespace}} に、アプリケーションは {{own}} にあるため、イメージは更新されません',
  'message.effect.credentials-namespace':
    'Git 用の Secret は名前空間 {{namespace}} に、アプリケーションは {{own}} にあるため、何も書き込まれません',
  'message.effect.credentials-unnamed':
    'Secret の名前が指定されていないため、何も書き込まれません',
  'message.effect.credentials-over-http':
    '何も書き込まれません。{{repository}} は https ではないため、Secret の認証情報は使用されません',
  'message.effect.write-back-method-invalid':
    '「{{method}}」は書き戻し方法ではないため、どのイメージも更新されません',
  'message.effect.write-back-credentials-invalid':
    '書き戻し方法に未知の認証情報が指定されているため、どのイメージも更新されません',
  'message.effect.write-back-branch-invalid':
    '「{{branch}}」にコロンが複数あるため、どのイメージも更新されません',
  'message.effect.write-back-target-invalid':
    '{{target}} 全体が置き換えられてしまうため、どのイメージも更新されません',
  'message.effect.write-back-target-prefix':
    'コロンがないため、「{{target}}」は {{prefix}} と {{path}} として読み取られます',
  'message.effect.write-back-target-outside':
    '{{path}} はリポジトリの外にあるため、何も書き込まれません',
  'message.effect.write-back-target-misspelt':
    '「{{target}}」は既知の種類で始まらないため、リポジトリのルートのファイルとして書き込まれます',
  'message.effect.write-back-target-space':
    '代わりに、名前が空白で始まるファイルに書き込まれます: 「{{target}}」',
  'message.effect.kustomization-file':
    '「{{target}}」はフォルダーとして扱われるため、何も書き込まれません',
  'message.effect.kustomization-root':
    '「{{target}}」は無視され、既定のオーバーライドファイルに書き込まれます',
  'message.effect.write-back-target-bare':
    '「{{target}}」は {{path}} ではなく、リポジトリのルートに書き込まれます',
  'message.effect.pull-request-branch':
    'プルリクエストでは「{{branch}}」を使用できないため、どのイメージも更新されません',
  'message.effect.pull-request-provider':
    'プルリクエストにはプロバイダーがちょうど 1 つ必要なため、どのイメージも更新されません',
  'message.effect.git-settings-unused':
    '書き戻し方法が argocd のため、{{setting}} は無視されます',
  'message.effect.write-back-chart':
    '{{repository}} はチャートのリポジトリであり Git リポジトリではないため、何も書き込まれません',
  'message.effect.branch-template-empty':
    '{{field}} はプルリクエストを開くとき以外は空のため、どのアプリケーションとバージョンも同じブランチになります',
  'message.effect.branch-template-unknown':
    'ブランチに {{field}} という値はないため、何も書き込まれません',
  'message.effect.branch-template-base':
    '何も書き込まれません。「{{branch}}」は既存のブランチ名として扱われます',
  'message.effect.branch-is-commit':
    '{{revision}} はコミットでありブランチではないため、何も書き込まれません',
  'message.effect.branch-of-chart':
    '何も書き込まれません。リポジトリ {{repository}} のソースがないため、チャートのバージョン {{revision}} がブランチとして扱われます',
  'message.effect.source-missing':
    'Application にソースがないため、どのイメージも更新されません',
  'message.effect.application-type-unsupported':
    'ソースが Helm、Kustomize、プラグインのいずれでもないため、どのイメージも更新されません',
  'message.effect.target-of-other-tool':
    'このアプリケーションのバージョンは {{tool}} 用に書き込まれるため、{{setting}} は無視されます',
  'message.effect.helm-spec-overrides':
    'helm.image-spec がイメージ全体を保持するため、{{setting}} は無視されます',
  'message.effect.helm-name-default':
    'イメージの名前もパラメーター image.name に書き込まれます',
  'message.effect.shared-parameter':
    '{{images}} が同じパラメーター {{parameter}} に書き込むため、最後のものが有効になります',
  'message.effect.shared-kustomize-image':
    '{{images}} が Kustomize の同じイメージ {{image}} を変更するため、最後のものが有効になります',
  'message.effect.several-sources':
    '複数のソースのうち、最初のものだけが変更されます: {{source}}',
  'message.effect.not-enabled':
    'useAnnotations を設定して {{namespace}}/{{name}} を選択する ImageUpdater がないため、すべてのアノテーションが無視されます',
  'message.effect.updater-missing':
    'useAnnotations を設定して {{namespace}}/{{name}} を選択する ImageUpdater がなければ、すべてのアノテーションが無視されます。ImageUpdater は指定されていません',
  'message.effect.annotations-ignored':
    'ImageUpdater {{updater}} がアプリケーション用の設定を持つため、すべてのアノテーションが無視されます',
  'message.effect.updater-other-namespace':
    'アプリケーションは名前空間 {{namespace}} にあるため、ImageUpdater {{updater}} の対象になりません',
  'message.effect.overlapping-updaters':
    'ImageUpdater {{updaters}} が同じイメージを更新し、互いの書き込みを取り消します',
  'message.effect.applications-missing':
    'applicationRefs がないため、リソースは何もしません',
  'message.effect.name-pattern-invalid':
    '「{{pattern}}」の括弧が閉じられていないため、リソースは何もしません',
  'message.effect.label-selector-invalid':
    '参照は何も選択しません: {{message}}',
  'message.effect.images-missing':
    '参照には images または useAnnotations が必要なため、Kubernetes がリソースを拒否します',
  'message.effect.ref-duplicate':
    '2 つの参照の namePattern がどちらも {{pattern}} のため、Kubernetes がリソースを拒否します',
  'message.effect.settings-ignored':
    'useAnnotations が設定されているため、{{field}} は無視されます',
  'message.effect.unknown-field':
    'ImageUpdater のこの場所に {{field}} というフィールドはないため、Kubernetes が拒否または破棄します',
  'message.effect.misspelt-field':
    'ImageUpdater のこの場所に {{field}} というフィールドはないため、Kubernetes が拒否または破棄します',
  'message.effect.default-overrides':
    'Kubernetes がここに {{field}}: {{value}} を追加し、上位の {{replaced}} が置き換えられます',
  'message.effect.verification-ignored':
    'useAnnotations を持つ参照は spec の imagesVerification を使用しないため、署名は検証されません',
  'message.effect.nothing-selected': '何も選択されません。{{reason}}',
  'message.effect.digits-as-version':
    'タグ {{tag}} はバージョン {{tag}}.0.0 とみなされ、{{other}} のようなリリースより上位になります',
  'message.effect.hashes-in-order':
    '{{tag}} のようなタグはハッシュであり、アルファベット順に意味はありません',
  'message.effect.alphabetical-order':
    'タグは文字列として比較されるため、{{higher}} の方が上位でも {{tag}} が選択されます',
  'message.effect.downgrade':
    '{{running}} は、より古い {{tag}} に置き換えられます。許可されたタグのうち最上位のものが選ばれます',
  'message.effect.digest-on-immutable':
    '{{repository}} のタグは変更できないため、何も更新されません',
};

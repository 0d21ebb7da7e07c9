/** What to write instead of settings that should be changed. @internal */
export const fixes = {
  'message.fix.unknown-key':
    '{{key}} を削除するか、ドキュメントにある設定を使用してください',
  'message.fix.misspelt-key': '代わりに {{nearest}} と指定してください',
  'message.fix.misspelt-prefix': '代わりに {{nearest}} と指定してください',
  'message.fix.key-of-application':
    'アプリケーションのすべてのイメージ用に {{setting}} と指定してください',
  'message.fix.key-of-image':
    'イメージごとに <alias>.{{setting}} として指定してください',
  'message.fix.alias-unlisted':
    'image-list でイメージの前に「{{alias}}=」を付けるか、設定を削除してください',
  'message.fix.alias-misspelt':
    'image-list と同じエイリアス {{nearest}} を指定してください',
  'message.fix.value-empty': '値を指定するか、{{key}} を削除してください',
  'message.fix.value-not-text': '{{key}} の値を引用符で囲んでください',
  'message.fix.label-not-annotation':
    '{{key}} を metadata.annotations に移動してください',
  'message.fix.image-list-missing':
    'アノテーション {{annotation}} にイメージを指定してください',
  'message.fix.image-list-empty': 'イメージを 1 つ以上指定してください',
  'message.fix.image-name-empty':
    '「{{alias}}=」の後にイメージを指定してください',
  'message.fix.image-url':
    'スキームを付けずに registry/repository の形式で指定してください',
  'message.fix.image-name-invalid':
    '[alias=]registry/repository[:constraint] の形式で、小文字で指定してください',
  'message.fix.image-name-form': 'イメージを {{running}} と指定してください',
  'message.fix.image-not-run':
    '名前を修正するか、イメージを削除してください。一時的にのみ実行される場合は force-update を設定してください',
  'message.fix.image-digest-ignored':
    'ダイジェストを削除してください。ダイジェストを追跡するには、タグを指定して digest 戦略を使用してください',
  'message.fix.constraint-comma':
    '制約の各部分は、カンマではなく空白で区切ってください',
  'message.fix.alias-invalid':
    'app={{entry}} のように、英数字、「.」「-」「_」からなるエイリアスをイメージの前に付けてください',
  'message.fix.force-update-invalid':
    '「true」または「false」を指定してください',
  'message.fix.manifest-targets-ambiguous':
    'Helm、Kustomize、プラグインのいずれか 1 種類のみを残してください',
  'message.fix.strategy-unknown':
    'semver、newest-build、alphabetical、digest のいずれかを使用してください',
  'message.fix.strategy-renamed': '{{strategy}} を指定してください',
  'message.fix.constraint-invalid':
    '~1.4、^2、1.x のような範囲を指定するか、別の戦略を使用してください',
  'message.fix.constraint-missing':
    '{{image}}:latest のように、追跡するタグを指定してください',
  'message.fix.constraint-ignored':
    '制約を削除してください。タグは allow-tags で選ぶか、semver 戦略を使用してください',
  'message.fix.followed-tag-range':
    'latest のように追跡するタグを指定するか、semver 戦略を使用してください',
  'message.fix.platforms-ignored':
    'プラットフォームを削除するか、newest-build または digest 戦略を使用してください',
  'message.fix.platform-malformed':
    'linux/arm64 のように、os/architecture の形式で指定してください',
  'message.fix.platform-unknown': '{{nearest}} を指定してください',
  'message.fix.allow-tags-malformed':
    'regexp:{{expression}} と指定してください',
  'message.fix.allow-tags-unknown-function':
    '「regexp:」と正規表現、または「any」を指定してください',
  'message.fix.allow-tags-invalid-expression':
    '先読み・後読みや後方参照を含まない Go の正規表現を指定してください',
  'message.fix.allow-tags-too-complex':
    '繰り返しの少ない、より短い正規表現を指定してください',
  'message.fix.allow-tags-impossible':
    '正規表現から {{character}} を削除してください',
  'message.fix.ignore-tags-all': 'パターン {{pattern}} を削除してください',
  'message.fix.ignore-tags-malformed': '括弧を閉じてください',
  'message.fix.ignore-tags-never':
    '{{character}} を含まないパターンを指定してください。正規表現には allow-tags を使用してください',
  'message.fix.ignore-tags-negation': '[!…] ではなく [^…] と指定してください',
  'message.fix.ignore-tags-too-long': 'パターンを減らすか、短くしてください',
  'message.fix.pull-secret-invalid':
    'pullsecret:<namespace>/<name>、secret:<namespace>/<name>#<field>、env:<variable>、ext:</absolute/path> のいずれかを指定してください',
  'message.fix.pull-secret-namespace':
    'Secret を {{own}} にコピーし、それを参照してください',
  'message.fix.credentials-namespace':
    'Secret を {{own}} にコピーし、それを参照してください',
  'message.fix.credentials-unnamed':
    'git:secret:<namespace>/<name> と指定してください',
  'message.fix.credentials-over-http':
    'リポジトリの https アドレス、または git:repocreds を使用してください',
  'message.fix.write-back-method-invalid':
    'argocd、git、git:repocreds、git:secret:<namespace>/<name> のいずれかを指定してください',
  'message.fix.write-back-credentials-invalid':
    'git:repocreds または git:secret:<namespace>/<name> を指定してください',
  'message.fix.write-back-branch-invalid':
    'ブランチは base、base:target、:target のいずれかの形式で指定してください',
  'message.fix.write-back-target-invalid':
    '「kustomization:」とファイルのフォルダーを指定してください',
  'message.fix.write-back-target-prefix':
    '{{prefix}}:<path> か、{{prefix}} で始まらないファイル名を指定してください',
  'message.fix.write-back-target-outside':
    'リポジトリ内のパスを指定してください。「/」で始まるパスはルートからのパスです',
  'message.fix.write-back-target-misspelt':
    '{{nearest}}:<path> と指定してください',
  'message.fix.write-back-target-space': 'コロンの後の空白を削除してください',
  'message.fix.kustomization-file':
    'kustomization のフォルダーのみを指定してください',
  'message.fix.kustomization-root':
    'リポジトリのルートには「kustomization:/.」を指定してください',
  'message.fix.write-back-target-bare':
    '{{path}} にある Helm の values ファイルには helmvalues:{{target}} を、それ以外は完全なパスを指定してください',
  'message.fix.pull-request-branch': 'ベースブランチのみを指定してください',
  'message.fix.pull-request-provider':
    'github と gitlab のどちらか一方のみを残してください',
  'message.fix.git-settings-unused':
    'write-back-method を git に設定するか、{{setting}} を削除してください',
  'message.fix.write-back-chart':
    'git-repository に書き込み先の Git リポジトリを設定してください',
  'message.fix.branch-template-empty':
    '{{field}} の代わりに .SHA256 または .Images のタグを使用してください',
  'message.fix.branch-template-unknown':
    '.SHA256、または .Images の繰り返しの中で .Name、.Alias、.OldTag、.NewTag を使用してください',
  'message.fix.branch-template-base':
    'main:{{branch}} のように、テンプレートの前にコロンを付けてください',
  'message.fix.branch-is-commit':
    'git-branch に書き込み先のブランチを設定してください',
  'message.fix.branch-of-chart':
    'git-branch を設定するか、リポジトリをソースと完全に同じ表記で指定してください',
  'message.fix.source-missing': 'Application にソースを指定してください',
  'message.fix.application-type-unsupported':
    'Helm か Kustomize、または書き込み先として kustomization か helmvalues を使用してください',
  'message.fix.target-of-other-tool':
    '{{setting}} を削除するか、{{tool}} 用の設定を使用してください',
  'message.fix.helm-spec-overrides':
    '{{setting}} または helm.image-spec を削除してください',
  'message.fix.helm-name-default':
    'helm.image-name に image.repository のようなチャートのパラメーターを設定してください',
  'message.fix.shared-parameter':
    'helm.image-name と helm.image-tag、またはプラグインの設定で、イメージごとに別のパラメーターを指定してください',
  'message.fix.shared-kustomize-image':
    'イメージごとに別の kustomize.image-name を指定するか、1 つだけを残してください',
  'message.fix.several-sources':
    'イメージをそのソースに置くか、write-back-method、git-repository、write-back-target でもう一方のファイルを指定してください',
  'message.fix.not-enabled':
    '名前空間 {{namespace}} に applicationRefs: [{namePattern: {{name}}, useAnnotations: true}] を持つ ImageUpdater を追加してください',
  'message.fix.updater-missing':
    'ImageUpdater と一緒に検査するか、applicationRefs: [{namePattern: {{name}}, useAnnotations: true}] を持つものを追加してください',
  'message.fix.annotations-ignored':
    'アノテーションを削除するか、{{updater}} の参照に useAnnotations を設定してください',
  'message.fix.updater-other-namespace':
    'ImageUpdater を名前空間 {{namespace}} に移動してください',
  'message.fix.overlapping-updaters':
    'namePattern と labelSelectors が互いに重ならないようにしてください',
  'message.fix.applications-missing':
    'spec.applicationRefs でアプリケーションを参照してください',
  'message.fix.name-pattern-invalid': '括弧を閉じてください',
  'message.fix.label-selector-invalid': 'labelSelectors を修正してください',
  'message.fix.images-missing':
    'useAnnotations: true を設定するか、イメージを指定してください',
  'message.fix.ref-duplicate': '参照をまとめるか、異なるパターンにしてください',
  'message.fix.settings-ignored':
    '{{field}} を削除して代わりにアノテーションを設定するか、useAnnotations を削除してください',
  'message.fix.unknown-field':
    '{{field}} を削除するか、本来の場所に移動してください',
  'message.fix.misspelt-field': '代わりに {{nearest}} と指定してください',
  'message.fix.default-overrides':
    'ここでも {{field}}: {{replaced}} と指定してください',
  'message.fix.verification-ignored':
    '参照に imagesVerification を設定してください',
  'message.fix.nothing-selected':
    '制約またはフィルターを修正するか、許可されるバージョンをプッシュしてください',
  'message.fix.digits-as-version':
    'allow-tags または ignore-tags でそのようなタグを除外するか、制約を狭めてください',
  'message.fix.hashes-in-order':
    'newest-build 戦略を使用するか、順序に意味のあるタグのみを許可してください',
  'message.fix.alphabetical-order': 'semver 戦略を使用してください',
  'message.fix.downgrade':
    '{{running}} を含むように制約またはフィルターを広げるか、{{tag}} を削除してください',
  'message.fix.digest-on-immutable':
    '別の戦略でバージョンを追跡するか、タグの移動を許可してください',
};

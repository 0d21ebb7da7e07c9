/** @internal */
export const problems = {
  'message.problem.annotation-too-long':
    '{{annotation}} は {{characters}} 文字です。最初の {{limit}} 文字に含まれる項目のみを使用します',
  'message.problem.too-many':
    '{{annotation}} には {{entries}} 個の項目があります。最初の {{limit}} 個のみを使用します',
  'message.problem.name-malformed':
    '{{annotation}} に、アプリケーション名として使用できない項目があります: {{names}}',
  'message.problem.instance-unknown':
    '{{annotation}} で指定された Argo CD インスタンスは設定されていません: {{instances}}',
  'message.problem.applications-withheld':
    'アノテーションに一致するものの、エンティティのものであることを確認できないため表示していないアプリケーションの数: {{total}}',
  'message.problem.arn-missing': '{{annotation}} が空です',
  'message.problem.arn-malformed':
    '{{annotation}} の「{{arn}}」は使用できません: {{fault}}',
  'message.problem.tags-malformed':
    '{{annotation}} は使用できません: {{faults}}',
  'message.problem.tags-too-long':
    '{{annotation}} は {{characters}} 文字のため使用しません。最大 {{limit}} 文字です',
  'message.problem.repository-not-allowed':
    '{{annotation}} で指定された {{repository}} (アカウント {{account}}、{{region}}) は、このエンティティでは表示できません',
  'message.problem.repositories-not-allowed':
    '{{annotation}} で見つかったものの、このエンティティでは表示できないリポジトリの数: {{total}}',
  'message.problem.nothing-tagged':
    'タグ {{tags}} が付いたリポジトリはありません',
  'message.problem.too-many-tagged':
    'タグ {{tags}} が付いたリポジトリが {{limit}} 個を超えています。最初の {{limit}} 個のみを使用します',
  'message.problem.search-failed':
    'タグ {{tags}} が付いたリポジトリを、すべての場所では検索できませんでした',
  'message.problem.account-not-configured':
    'AWS アカウントが設定されていないため、{{repository}} は読み込まれません',
  'message.problem.read-failed': '{{repository}} を読み込めませんでした',

  'message.fault.not-an-arn': 'リポジトリの ARN ではありません',
  'message.fault.partition-unknown':
    'パーティション {{partition}} は {{partitions}} のいずれでもありません',
  'message.fault.region-elsewhere':
    'パーティション {{partition}} にリージョン {{region}} はありません',
  'message.fault.repository-name-invalid':
    '「{{name}}」は ECR で使用できない名前です',
  'message.fault.no-tag': 'タグがありません',
  'message.fault.tag-without-value': '「{{tag}}」に等号がありません',
  'message.fault.tag-without-key': '「{{tag}}」にキーがありません',
  'message.fault.tag-too-long': '「{{tag}}」は AWS の上限を超えています',
  'message.fault.tag-character-invalid':
    '「{{tag}}」に AWS で使用できない文字が含まれています',
  'message.fault.tag-contradictory':
    '「{{tag}}」は {{key}} に別の値を指定しています',

  'message.detail.reported': '{{message}}',
  'message.detail.instances-configured':
    '設定済みのインスタンス: {{instances}}',
  'message.detail.no-instance-configured': '設定済みのインスタンスはありません',

  'message.instance.unreachable': 'Argo CD に接続できません',
  'message.instance.connection-refused': 'Argo CD が接続を拒否しました',
  'message.instance.host-not-found': 'Argo CD のホスト名を解決できません',
  'message.instance.timed-out': 'Argo CD が時間内に応答しません',
  'message.instance.certificate-untrusted':
    'Argo CD の証明書に署名した認証局が信頼されていません',
  'message.instance.certificate-expired':
    'Argo CD の証明書は期限切れか、まだ有効ではありません',
  'message.instance.certificate-of-another-host':
    'Argo CD の証明書は別のホスト名のものです',
  'message.instance.tls-failed':
    'Argo CD との暗号化された接続を確立できませんでした',
  'message.instance.credentials-unusable':
    'Argo CD に対する Landfall の認証情報を使用できません',
  'message.instance.unauthorized':
    'Argo CD が Landfall の認証情報を拒否しました',
  'message.instance.forbidden':
    'Argo CD の Landfall 用アカウントに権限がありません',
  'message.instance.invalid-answer': 'Argo CD の応答を解釈できません',
  'message.instance.not-stored':
    'Argo CD から受信した内容を保存できませんでした',
  'message.instance.partly-unread':
    'この Argo CD の一部のアプリケーションを読み込めません',
  'message.instance.list-unconfirmed':
    'Argo CD の一覧に含まれるアプリケーションが以前より大幅に減っています。確認できるまで、最後に確認した状態を保持します',
  'message.instance.unknown': 'Argo CD を監視できません',

  'message.advice.shorten-names':
    '名前の数を減らすか、{{selector}} または {{project}} でアプリケーションを選択してください',
  'message.advice.shorten-instances':
    'インスタンスの数を減らすか、{{annotation}} を削除してすべてのインスタンスを検索してください',
  'message.advice.write-names':
    '{{annotation}} は <name> または <namespace>/<name> の形式で指定してください。複数の場合はカンマで区切ります',
  'message.advice.correct-instance':
    '{{annotation}} を修正するか、削除してすべてのインスタンスを検索してください',
  'message.advice.prove-ownership':
    'Argo CD の Application にアノテーション {{mark}} を追加するか、Landfall の設定 delivery.access.projects でその AppProject をエンティティのオーナーに割り当ててください',
  'message.advice.narrow-annotations':
    '自身のアプリケーションのみに一致するように、{{annotation}} などのエンティティのアノテーションを絞り込んでください',
  'message.advice.write-arns':
    '{{annotation}} は arn:aws:ecr:<region>:<account>:repository/<name> の形式で指定してください。複数の場合はカンマで区切ります',
  'message.advice.write-arns-or-remove':
    '{{annotation}} を arn:aws:ecr:<region>:<account>:repository/<name> の形式で指定するか (複数の場合はカンマで区切ります)、削除してください',
  'message.advice.shorten-arns':
    'リポジトリの数を {{limit}} 個以内にするか、リポジトリにタグを付けて {{tags}} を使用してください',
  'message.advice.write-tags':
    '{{annotation}} は key=value の形式で指定してください。複数の場合はカンマで区切ります',
  'message.advice.allow-repository':
    'Landfall の設定 {{setting}} で、エンティティのオーナーに許可してください',
  'message.advice.tag-repository':
    'リポジトリにタグを付けるか、そのアカウントとリージョンが検索対象か確認してください (Landfall の設定 {{setting}})',
  'message.advice.add-tag':
    '該当するリポジトリが少なくなるように、{{annotation}} にタグを追加してください',
  'message.advice.permit-search':
    '再試行します。検索するには、リージョンの指定と、ecr:DescribeRepositories および ecr:ListTagsForResource の権限が必要です。{{annotation}} にはどちらも不要です',
  'message.advice.configure-account':
    'アカウントを修正するか、Landfall の設定 aws.accounts または {{setting}} に追加してください',
  'message.advice.permit-reading':
    '再試行し、それまでは前回読み込んだ内容を表示します。リポジトリが存在し、Landfall に読み込み権限があることを確認してください',
};

/** @internal */
export const instances = {
  'instances.advice.unreachable':
    'Argo CD が稼働していること、および Backstage から設定済みの URL に接続できることを確認してください。',
  'instances.advice.connection-refused':
    'Argo CD が稼働していることと、設定済みの URL のポートを確認してください。',
  'instances.advice.host-not-found':
    '設定済みの URL のホスト名を確認してください。',
  'instances.advice.timed-out':
    'Argo CD が過負荷でないこと、および Backstage から設定済みの URL に接続できることを確認してください。',
  'instances.advice.certificate-untrusted':
    'その証明書をインスタンスの `ca` に設定してください。',
  'instances.advice.certificate-expired':
    '証明書を更新し、双方のホストの時刻を確認してください。',
  'instances.advice.certificate-of-another-host':
    '証明書のホスト名に合わせて URL を設定してください。',
  'instances.advice.tls-failed':
    '設定済みの URL が Argo CD の HTTPS ポートであることを確認してください。',
  'instances.advice.credentials-unusable':
    '設定済みの認証情報を確認してください。',
  'instances.advice.unauthorized':
    'Landfall 用アカウントの新しいトークンを作成して設定してください。',
  'instances.advice.forbidden':
    'Argo CD の RBAC で Landfall 用アカウントに権限を付与してください。',
  'instances.advice.invalid-answer':
    '設定済みの URL がログインページではなく Argo CD を指していることを確認してください。',
  'instances.advice.not-stored': '理由はバックエンドのログにあります。',
  'instances.advice.partly-unread': '対象はバックエンドのログにあります。',
  'instances.advice.unknown': '理由はバックエンドのログにあります。',
};
